"""From the bytes of a CSV or TSV file to numbered rows of cells."""

import codecs
import csv
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from gis.importers.errors import NotATextFile
from gis.text import N_

HEADER_ROWS = 10
"""Rows from the top in which a header is looked for; some lists have a title above it."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BINARY = re.compile(r"[\x00-\x08\x0e-\x1f]")


@dataclass(frozen=True)
class Record:
    """One row of the file; a spreadsheet shows it under this number."""

    row: int
    cells: tuple[str, ...]
    flaw: str | None = None
    """What it would take to tell its cells apart, a message of the catalogue; None when whole."""


@dataclass(frozen=True)
class Table:
    """A header and what stands below it, blank rows left out."""

    header: tuple[str, ...]
    records: tuple[Record, ...]


@lru_cache(maxsize=1024)
def heading(cell: str) -> str:
    """Return a column's heading in the one spelling that all its variants have in common.

    Width, blanks, 表記/標記 and the separator between two words differ from town to town.
    """
    plain = unicodedata.normalize("NFKC", cell).replace("標記", "表記")
    return re.sub(r"[\s、,，・/]+", "", plain)


def decoded(content: bytes) -> str:
    """Return the text of a file in UTF-8, CP932 or UTF-16, with or without a byte order mark.

    A mark settles the encoding; what is broken below it comes out as U+FFFD and costs its row,
    not the file.

    Raises
    ------
    NotATextFile
        It is in none of these, or holds control characters that no text has.
    """
    for encoding, errors in _encodings(content):
        try:
            text = content.decode(encoding, errors)
        except UnicodeDecodeError:
            continue
        if not _BINARY.search(text):
            return text
    raise NotATextFile


def _encodings(content: bytes) -> Sequence[tuple[str, str]]:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return ((encoding, "replace"),)
    # Every comma and line end of UTF-16 has a zero byte, after it or before it.
    if zeros := content.count(0):
        is_little = 2 * content[1::2].count(0) > zeros
        return (("utf-16-le" if is_little else "utf-16-be", "strict"),)
    return (("utf-8", "strict"), ("cp932", "strict"))


def records(text: str) -> Iterator[Record]:
    """Yield the rows that hold anything, of comma- or tab-separated text.

    After a row whose quotation marks do not pair up, reading goes on with the line below it: one
    forgotten mark must not swallow the rest of the list.
    """
    lines = [line + "\n" for line in re.split(r"\r\n|\r|\n", text)]
    top = "".join(lines[:HEADER_ROWS])
    delimiter = "\t" if top.count("\t") > top.count(",") else ","
    start = row = 0
    while start < len(lines):
        origin = start
        reader = csv.reader(
            map(lines.__getitem__, range(origin, len(lines))), delimiter=delimiter, strict=True
        )
        try:
            for cells in reader:
                row += 1
                start = origin + reader.line_num
                if any(map(str.strip, cells)):
                    yield Record(row, tuple(cells))
        except csv.Error:
            row += 1
            yield Record(row, (lines[start].strip(),), N_("quotation marks in pairs"))
            start += 1
