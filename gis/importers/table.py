"""A header and its rows, and how headings are compared."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from gis.importers.files import Record

HEADER_ROWS = 10
"""Rows from the top in which a header is looked for; some lists have a title above it."""


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
