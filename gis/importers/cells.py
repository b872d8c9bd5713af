"""Rows read by heading, with every cell that cannot be read noted and no row lost."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from gis.importers.inventory import Inventory, Problem, ShelterRow
from gis.importers.table import Record, Table, heading
from gis.importers.values import Unreadable, written
from gis.text import N_

FOUND_LENGTH = 80
"""Characters of a cell that a problem repeats; the rest says nothing more."""

T = TypeVar("T")


class RowRefused(Exception):  # noqa: N818 - a finding about a file, not a fault of the program
    """A row cannot be taken; why stands among the problems of its cells."""


@dataclass
class Cells:
    """The cells of one row by their column's heading; a column that is not there is blank."""

    record: Record
    places: Mapping[str, int]
    problems: list[Problem] = field(default_factory=list)

    def text(self, column: str) -> str | None:
        """Return a cell as people read it, or None when it is blank."""
        place = self.places.get(heading(column))
        if place is None or place >= len(self.record.cells):
            return None
        cell = self.record.cells[place]
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
        self.problems.append(
            Problem(self.record.row, column, found[:FOUND_LENGTH], expected, taken=True)
        )

    def refuse(self, column: str | None, found: str, expected: str) -> RowRefused:
        """Note why the row cannot go in, and return what to raise."""
        self.note(column, found, expected)
        return RowRefused()


def read_rows(
    table: Table, columns: Sequence[str], shelter: Callable[[Cells], ShelterRow]
) -> Inventory:
    """Return the inventory of a table.

    Parameters
    ----------
    table
        A header and its rows.
    columns
        The columns of which every row must have a cell, if only a blank one. A header without one
        of them is a problem of the whole file.
    shelter
        Makes a shelter of a row, or raises :class:`RowRefused`.
    """
    places = _places(table.header)
    missing = [column for column in columns if heading(column) not in places]
    problems = [
        Problem(None, column, "", N_("this column; without it no row is marked"), taken=True)
        for column in missing
    ]
    reach = 1 + max(places.get(heading(column), 0) for column in columns)
    shelters: list[ShelterRow] = []
    seen: set[tuple[str, str, str]] = set()
    for record in table.records:
        cells = Cells(record, places)
        try:
            _check_shape(cells, reach, len(table.header))
            row = shelter(cells)
            _check_once(cells, row, seen)
        except RowRefused:
            problems.extend(replace(problem, taken=False) for problem in cells.problems)
        else:
            shelters.append(row)
            problems.extend(cells.problems)
    return Inventory(tuple(shelters), tuple(problems), len(table.records))


def _places(header: Sequence[str]) -> dict[str, int]:
    """Return where each heading stands, the first of several equal ones."""
    backwards = reversed(list(enumerate(header)))
    return {heading(cell): place for place, cell in backwards}


def _check_shape(cells: Cells, reach: int, width: int) -> None:
    """Refuse a row whose cells may stand under the wrong headings.

    Blank cells that a spreadsheet left out at the end, or added there, do no harm.
    """
    row = cells.record
    if row.flaw:
        raise cells.refuse(None, row.cells[0], row.flaw)
    if any("\ufffd" in cell for cell in row.cells):
        raise cells.refuse(None, ",".join(row.cells), N_("letters that can be read"))
    if len(row.cells) < reach or any(cell.strip() for cell in row.cells[width:]):
        found = ",".join(row.cells)
        raise cells.refuse(None, found, N_("as many cells as the header has columns"))


def _check_once(cells: Cells, row: ShelterRow, seen: set[tuple[str, str, str]]) -> None:
    """Refuse a second row with the same designation under the same ID.

    Which of the two is right cannot be told, and the later one must not overwrite the earlier.
    """
    for kind, common_id in row.designations:
        identifier = common_id or row.local_id
        if identifier is None:
            continue
        # A publisher's own ID is unique within its municipality only.
        known = (kind, row.municipality_code, identifier)
        if known in seen:
            raise cells.refuse(None, identifier, N_("an ID that is in the file once"))
        seen.add(known)
