"""From the bytes of a CSV or TSV file to numbered rows of cells."""

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from gis.importers.errors import NotATextFile
from gis.importers.files.sheet import Record, Sheet
from gis.text import N_

_SAMPLE_ROWS = 10
"""Rows from the top in which tabs and commas are counted."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BINARY = re.compile(r"[\x00-\x08\x0e-\x1f]")


def read(content: bytes) -> tuple[Sheet, ...]:
    """Return the one table of a text; what nothing else has recognised is taken for one.

    Raises
    ------
    NotATextFile
        It is none.
    """
    text = decoded(content)
    return (Sheet(None, tuple(records(text)), ends_openly=not text.endswith(("\n", "\r"))),)


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
    lines: Iterable[str] = _lines(text)
    kept: list[str] = []
    delimiter = _delimiter(text)
    origin = start = row = 0
    while True:
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
        try:
            for cells in reader:
                row += 1
                start = origin + reader.line_num
                if any(map(str.strip, cells)):
                    yield Record(row, tuple(cells))
        except csv.Error:
            # Only now is it worth the memory to hold all lines, to go back among them.
            kept = kept or list(_lines(text))
            row += 1
            yield Record(row, (kept[start].strip(),), N_("quotation marks in pairs"))
            origin = start = start + 1
            lines = map(kept.__getitem__, range(origin, len(kept)))
        else:
            return


def _lines(text: str) -> io.StringIO:
    """Return the lines of a text, whatever ends them."""
    return io.StringIO(text, newline=None)


def _delimiter(text: str) -> str:
    top = "".join(islice(_lines(text), _SAMPLE_ROWS))
    return "\t" if top.count("\t") > top.count(",") else ","
