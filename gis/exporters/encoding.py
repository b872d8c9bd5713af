"""As what kind of file a list is written."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from gis.exporters.remark import Remark

Row = Sequence[str]

_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""What no workbook can hold and no reader of lists expects; it comes with names pasted in."""


def readable(row: Row) -> Row:
    """Return a row without what no workbook can hold."""
    return [_NO_TEXT.sub("", cell) for cell in row] if _NO_TEXT.search("".join(row)) else row


@dataclass(frozen=True)
class Encoded:
    """A file, and what could not be written into it as it is."""

    content: bytes
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True)
class Encoding:
    """A kind of file; a row of cells is written as text, cell by cell."""

    name: str
    """On the command line and in addresses: the name of its module."""
    title: str
    """English, marked for translation."""
    suffix: str
    media_type: str
    encode: Callable[[Iterable[Row]], Encoded]
    """Writes rows, of which the first is the header."""
