"""CSV in UTF-8 with a byte order mark, by which Excel knows it."""

import csv
import io
from collections.abc import Iterable

from gis.exporters.encoding import Encoded, Encoding, Row
from gis.text import N_


def written(rows: Iterable[Row], encoding: str) -> bytes:
    """Return rows as CSV with CRLF (RFC 4180).

    A cell that begins like a formula stays as it is: an apostrophe in front of it would be part of
    the data to every reader that is no spreadsheet, and the next import would keep it.
    """
    content = io.BytesIO()
    with io.TextIOWrapper(content, encoding, newline="") as text:
        csv.writer(text).writerows(rows)
        text.flush()
        return content.getvalue()


def encode(rows: Iterable[Row]) -> Encoded:
    """Return the file; every text can be written."""
    return Encoded(written(rows, "utf-8-sig"))


ENCODING = Encoding("csv_utf8", N_("CSV (UTF-8)"), ".csv", "text/csv; charset=utf-8", encode)
