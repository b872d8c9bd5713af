"""Rows read by column, with every cell that cannot be read noted and no row lost."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import itemgetter
from typing import TypeVar

from gis.importers import columns
from gis.importers.files import Record
from gis.importers.format import Format
from gis.importers.inventory import Problem
from gis.importers.table import Table, heading
from gis.importers.values import Unreadable, written
from gis.text import N_

FOUND_LENGTH = 80
"""Characters of a cell that a problem repeats; the rest says nothing more."""

T = TypeVar("T")


class RowRefused(Exception):  # noqa: N818 - a finding about a file, not a fault of the program
    """A row cannot be taken; why stands among the problems of its cells."""


@dataclass(frozen=True)
class Layout:
    """Where the columns of a format stand in a table."""

    places: Mapping[str, int]
    headings: Mapping[str, str]
    """Our columns to their headings in this very table, for people who look for them there."""
    details: Sequence[str]
    """Those of our columns without a field of their own that stand in this table."""
    notes: Sequence[str]
    """Those that join the remarks."""
    names: Sequence[str]
    """Those that name the municipality."""
    unknown: frozenset[str]
    """Cells that mean what an empty one means."""
    columns: Sequence[str]
    pick: Callable[[Sequence[str]], Sequence[str]]
    """Takes from a row the cells of ``columns``."""
    width: int
    reach: int
    """How many cells a row must have; without them its marks may stand under other headings."""

    @classmethod
    def of(cls, table: Table, known: Format) -> "Layout":
        """Return where a table has the columns of a format, of several equal ones the first."""
        first = {heading(cell): place for place, cell in reversed(list(enumerate(table.header)))}
        places = {
            column: first[heading(name)]
            for column, name in known.columns.items()
            if heading(name) in first
        }
        return cls(
            places=places,
            headings={column: written(table.header[place]) for column, place in places.items()},
            details=[column for column in columns.DETAILS if column in places],
            notes=[column for column in columns.NOTES if column in places],
            names=[column for column in columns.MUNICIPALITY_NAMES if column in places],
            unknown=known.unknown,
            columns=[*places],
            # The last one only makes sure that there are two, so that cells come as a tuple.
            pick=itemgetter(*places.values(), 0),
            width=len(table.header),
            reach=1 + max((places.get(column, 0) for column in known.required), default=0),
        )

    def by_column(self, row: Sequence[str]) -> dict[str, str]:
        """Return the cells of a row by our column; blank ones may be missing."""
        try:
            picked = self.pick(row)
        except IndexError:
            picked = self.pick([*row, *[""] * self.width])
        found = dict(zip(self.columns, picked, strict=False))
        if self.unknown:
            found = {column: cell for column, cell in found.items() if cell not in self.unknown}
        return found


@dataclass(slots=True)
class Cells:
    """The cells of one row by our column; a column that is not there is blank."""

    record: Record
    layout: Layout
    by_column: Mapping[str, str]
    problems: list[Problem] = field(default_factory=list)

    def text(self, column: str) -> str | None:
        """Return a cell as people read it, or None when it is blank."""
        cell = self.by_column.get(column)
        return (cell and written(cell)) or None

    def read(self, column: str, reader: Callable[[str], T]) -> T | None:
        """Return what a reader makes of a cell; None when it is blank or has been noted."""
        found = self.text(column)
        if found is None:
            return None
        try:
            return reader(found)
        except Unreadable as unreadable:
            self.note(column, found, unreadable.expected)
            return None

    def note(self, column: str | None, found: str, expected: str) -> None:
        """Note that something else was expected; the row goes in all the same."""
        shown = column and self.layout.headings.get(column, column)
        self.problems.append(
            Problem(self.record.row, shown, found[:FOUND_LENGTH], expected, taken=True)
        )

    def refuse(self, column: str | None, found: str, expected: str) -> RowRefused:
        """Note why the row cannot go in, and return what to raise."""
        self.note(column, found, expected)
        return RowRefused()


def whole_rows(table: Table, layout: Layout) -> Iterator[Cells]:
    """Yield the cells of each row; one that may stand under the wrong headings has a problem."""
    for record in table.records:
        row = record.cells
        cells = Cells(record, layout, layout.by_column(row))
        if record.flaw:
            cells.note(None, row[0], record.flaw)
        # Blank cells that a spreadsheet left out at the end, or added there, do no harm.
        elif len(row) < layout.reach or (
            len(row) > layout.width and any(map(str.strip, row[layout.width :]))
        ):
            cells.note(None, ",".join(row), N_("as many cells as the header has columns"))
        # Nothing in the last cell that is needed, at a file's open end: a mark may be cut off.
        elif (
            table.ends_openly
            and record is table.records[-1]
            and len(row) == layout.reach
            and not row[-1]
        ):
            cells.note(None, ",".join(row), N_("a line end after the last row"))
        # What stands for a letter that was lost: U+FFFD, and in Japanese files the geta 〓.
        elif "\ufffd" in (letters := "".join(row)) or "〓" in letters:
            cells.note(None, ",".join(row), N_("letters that can be read"))
        yield cells


def refused(problems: Sequence[Problem]) -> list[Problem]:
    """Return the problems of a row that was not taken."""
    return [replace(problem, taken=False) for problem in problems]


def missing_columns(known: Format, layout: Layout) -> list[Problem]:
    """Return a problem of the whole file for each required column that it does not have."""
    expected = N_("this column; without it no row is marked")
    return [
        Problem(None, known.columns[column], "", expected, taken=True)
        for column in known.required
        if column not in layout.places
    ]
