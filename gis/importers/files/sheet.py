"""What every container is read into: rows of cells, numbered as people see them."""

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from gis.text import N_

LAT = "緯度"
LON = "経度"

COLUMNS_MOST = 500
"""Different properties of all features; more is no table, and would fill the memory with blanks."""

_WHOLE_MOST = 1e15
"""Above it a float no longer tells one whole number from the next."""
_UNREADABLE = re.compile(r"[\x00-\x08\x0e-\x1f\ud800-\udfff]")


class Record(NamedTuple):
    """One row of the file; a spreadsheet shows it under this number.

    There are hundreds of thousands of these; a tuple is made in half the time of a dataclass.
    """

    row: int
    cells: tuple[str, ...]
    flaw: str | None = None
    """What it would take to tell its cells apart, a message of the catalogue; None when whole."""


@dataclass(frozen=True)
class Sheet:
    """A table of a file: a worksheet, a layer, or all there is in a text."""

    name: str | None
    """As people see it in the file; None where there is but one table, without a name."""
    records: tuple[Record, ...]
    """The rows that hold anything; features are numbered from 1, below a header numbered 0."""
    notes: tuple[str, ...] = ()
    """What should be known of the table as a whole: messages of the catalogue."""
    ends_openly: bool = False
    """Whether its last row has no line end, and so may have been cut off."""


def shown(value: object) -> str:
    """Return a value as the cell that people see; what stands for no letter becomes U+FFFD."""
    match value:
        case None:
            return ""
        case str():
            return _UNREADABLE.sub("\ufffd", value)
        case float() if math.isnan(value):
            return ""
        # A workbook has no whole numbers: its 142077 comes as 142077.0.
        case float() if value.is_integer() and abs(value) < _WHOLE_MOST:
            return str(int(value))
    try:
        return _UNREADABLE.sub("\ufffd", json.dumps(value, ensure_ascii=False))
    except RecursionError:
        # It could just be read so deep, and cannot be written: no cell that means anything.
        return "\ufffd"


def feature_rows(features: Sequence[Mapping[str, object] | object]) -> tuple[Record, ...]:
    """Return a header, and each feature under its number from 1.

    Parameters
    ----------
    features
        The properties of each feature by heading; what is no mapping becomes a row with a flaw.
    """
    rows = [feature if isinstance(feature, Mapping) else None for feature in features]
    columns = dict.fromkeys(column for row in rows if row for column in row)
    if not columns or len(columns) > COLUMNS_MOST:
        return ()
    header = Record(0, tuple(map(shown, columns)))
    return header, *(
        Record(number, (shown(feature),), N_("a feature with properties"))
        if row is None
        else Record(number, tuple(shown(row.get(column)) for column in columns))
        for number, (row, feature) in enumerate(zip(rows, features, strict=True), start=1)
    )
