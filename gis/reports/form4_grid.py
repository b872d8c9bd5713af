"""The grid of 消防庁 第4号様式: which range holds what, read once from the file beside this one."""

import re
import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from string import Formatter
from typing import Final

from openpyxl.utils.cell import range_boundaries

_FILE: Final = Path(__file__).with_name("form4.toml")
_ENTRY: Final = re.compile(r"(?P<range>[A-Z]+\d+(?::[A-Z]+\d+)?)(?P<marks>[~^<>]*) (?P<text>.*)")
_SIZE: Final = re.compile(r"(?P<first>\w+?)(?:-(?P<last>\w+))?=(?P<size>[\d.]+)")

POINTS_PER_CHARACTER: Final = 5.25
"""How wide a spreadsheet makes a column per character of its width: 7 pixels at 96 per inch."""


@dataclass(frozen=True)
class Range:
    """Cells of a sheet from one corner to the other, counted from 1, both included."""

    left: int
    top: int
    right: int
    bottom: int

    @classmethod
    def named(cls, reference: str) -> "Range":
        """Return the range of a reference such as ``B2:D2`` or ``F13``."""
        left, top, right, bottom = range_boundaries(reference)
        if left is None or top is None or right is None or bottom is None:
            raise ValueError(f"no range of cells: {reference}")
        return cls(left, top, right, bottom)


@dataclass(frozen=True)
class Box:
    """A range of the form with what stands in it: words, and in braces what is filled in."""

    reference: str
    marks: str
    text: str

    @cached_property
    def cells(self) -> Range:
        """The cells that it covers."""
        return Range.named(self.reference)

    @cached_property
    def asks(self) -> tuple[str, ...]:
        """What is filled in: keys of figures, and names of facts."""
        return tuple(name for _, name, _, _ in Formatter().parse(self.text) if name)

    @property
    def figure(self) -> str | None:
        """The key of the figure that it asks; None where it asks none."""
        return self.asks[0] if self.asks and "." in self.asks[0] else None

    @property
    def says_more_than_its_figure(self) -> bool:
        """Whether a word or a unit stands beside the figure, as in その1."""
        return self.text != f"{{{self.figure}}}"

    @property
    def is_merged(self) -> bool:
        """Whether its cells are one."""
        return ":" in self.reference and not self.runs_on

    @property
    def has_border(self) -> bool:
        """Whether a line is around it."""
        return "~" not in self.marks and not self.runs_on

    @property
    def is_vertical(self) -> bool:
        """Whether it is written downwards."""
        return "^" in self.marks

    @property
    def runs_on(self) -> bool:
        """Whether it is one cell whose text covers those beside it."""
        return ">" in self.marks

    @property
    def begins_left(self) -> bool:
        """Whether its words begin at its left edge; else they stand in its middle, or its right."""
        return bool(set(self.marks) & set("<>~")) and not self.is_vertical


@dataclass(frozen=True)
class Part:
    """A page of the form."""

    name: str
    columns: tuple[float, ...]
    """How wide they are, in characters."""
    rows: tuple[float, ...]
    """How high they are, in points."""
    frames: tuple[Range, ...]
    """Ranges with a line around all of them."""
    boxes: tuple[Box, ...]

    @cached_property
    def printed(self) -> Range:
        """The range that is printed."""
        right = max(box.cells.right for box in self.boxes)
        return Range(1, 1, right + 1, len(self.rows))

    def place(self, cells: Range) -> tuple[float, float]:
        """Return how far a range is from the left and the top edge, in points."""
        return self._width(1, cells.left - 1), sum(self.rows[: cells.top - 1])

    def size(self, cells: Range) -> tuple[float, float]:
        """Return how wide and how high a range is, in points."""
        height = sum(self.rows[cells.top - 1 : cells.bottom])
        return self._width(cells.left, cells.right), height

    def _width(self, first: int, last: int) -> float:
        return sum(self.columns[first - 1 : last]) * POINTS_PER_CHARACTER


def _sizes(line: str) -> tuple[float, ...]:
    """Return sizes told as ``1=16 3-4=20``, or by letters, one after another from the first."""
    sizes: list[float] = []
    for told in _SIZE.finditer(line):
        first, last = told["first"], told["last"] or told["first"]
        many = int(last) - int(first) + 1 if first.isdigit() else 1
        sizes += [float(told["size"])] * many
    return tuple(sizes)


def _box(entry: str) -> Box:
    read = _ENTRY.fullmatch(entry)
    if read is None:
        raise ValueError(f"no entry of the form: {entry}")
    return Box(read["range"], read["marks"], read["text"].replace("⏎", "\n"))


def _part(told: dict[str, str]) -> Part:
    return Part(
        told["name"],
        _sizes(told["columns"]),
        _sizes(told["rows"]),
        tuple(map(Range.named, told["frames"].split())),
        tuple(
            _box(entry) for line in told["grid"].split("\n") if line for entry in line.split(" | ")
        ),
    )


PARTS: Final = tuple(
    _part(told) for told in tomllib.loads(_FILE.read_text(encoding="utf-8"))["parts"]
)
"""その1 (災害概況即報) and その2 (被害状況即報)."""
