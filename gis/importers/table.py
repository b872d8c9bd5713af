"""A header and its rows, and how headings are compared."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from gis.importers.files import Record, Sheet

HEADER_ROWS = 10
"""Rows from the top in which a header is looked for; some lists have a title above it."""

_UNITS = re.compile(r"\(.*?\)|[_\-.:]")


@dataclass(frozen=True)
class Table:
    """A header and what stands below it, blank rows left out."""

    header: tuple[str, ...]
    records: tuple[Record, ...]
    ends_openly: bool = False
    """Whether the last row may have been cut off."""


@lru_cache(maxsize=1024)
def heading(cell: str) -> str:
    """Return a column's heading in the one spelling that all its variants have in common.

    Width, blanks, line breaks, 表記/標記, 日時特記/時間特記 and the separator between two words
    differ from town to town.
    """
    plain = re.sub(r"[\s、,，・/]+", "", unicodedata.normalize("NFKC", cell))
    return plain.replace("標記", "表記").replace("時間特記", "日時特記")


def bare_heading(cell: str) -> str:
    """Return a heading without what varies: width, case, blanks, a unit in parentheses."""
    return _UNITS.sub("", heading(cell)).casefold()


def known_columns(header: Iterable[str], headings: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return under which heading of a header stands what.

    Parameters
    ----------
    header
        Of the file.
    headings
        Of each thing the headings under which people write it; of several in one file the first
        one named.
    """
    there: dict[str, str] = {}
    for cell in header:
        there.setdefault(bare_heading(cell), cell)
    found = (
        (field, next((there[name] for name in map(bare_heading, names) if name in there), None))
        for field, names in headings.items()
    )
    return {field: cell for field, cell in found if cell is not None}


def found_table(
    sheets: Sequence[Sheet],
    headings: Mapping[str, Sequence[str]],
    is_header: Callable[[Mapping[str, str]], bool],
) -> tuple[Sheet, Table, dict[str, str]] | None:
    """Return the first sheet with a header in its first rows, what stands below it, its columns.

    Parameters
    ----------
    headings
        As :func:`known_columns` takes them.
    is_header
        Tells from the known columns of a row whether it is the header.
    """
    for sheet in sheets:
        for index, row in enumerate(sheet.records[:HEADER_ROWS]):
            columns = known_columns(row.cells, headings)
            if is_header(columns):
                table = Table(row.cells, sheet.records[index + 1 :], sheet.ends_openly)
                return sheet, table, columns
    return None
