"""Damage reports in a file of any kind that is a table: every row taken, or refused with a reason.

What somebody wrote in a row is never lost: a cell that cannot be read as what it should be is named
and joins the note. Only a row that does not say what is damaged is refused.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from gis.damage import DamageDetails, implausible, out_of_place
from gis.garbage import collection_paused
from gis.importers import values
from gis.importers.cells import Cells, Layout, RowRefused, refused, whole_rows
from gis.importers.damage_words import HEADINGS, WORDS, bare_heading, known_columns, word
from gis.importers.errors import EmptyReportFile, TooManyReports, UnrecognisedReports
from gis.importers.files import Record, Sheet, sheets
from gis.importers.format import Format
from gis.importers.inventory import Problem
from gis.importers.moments import EXPECTED, moment
from gis.importers.refused import REASON
from gis.importers.table import HEADER_ROWS, Table
from gis.importers.values import SWAPPED, Unreadable
from gis.text import N_, Language, translate
from gis.vocabulary import DamageCategory, DwellingClass, FloodLevel, Severity, Term

ROWS_MOST = 20_000
"""Rows of one file; one above it holds more than a city's teams can see in days."""

NOTES = ("situation", "note", "remarks")
PLACES = ("address", "place")
TERMS = ("phenomenon", "dwelling_class", "flood_level", "quick_inspection")
COUNTS = ("people_in_danger", "households", "residents", "depth_cm")

_COUNT = re.compile(
    r"約?([0-9]{1,9}(?:\.[0-9]+)?)(?:人|名|世帯|cm|センチ|棟|箇所|か所|戸|件|隻|ha|回線)?"
)

ELSEWHERE = N_("something that is said of such damage; it stands in the note")
TODAY = N_("a time of day; midnight is taken")
REPEATED = N_("another report; an earlier row says the same")

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class DamageRow(DamageDetails):
    """One report as the file tells it; None is unknown.

    ``location`` is (lon, lat) in degrees, EPSG:4326; ``observed_at`` is aware.
    """

    row: int
    """The row in the file as a spreadsheet numbers it; in GeoJSON the feature, from 1."""
    id: UUID | None = None
    """Where the file names one."""
    category: DamageCategory
    severity: Severity | None = None
    location: tuple[float, float] | None = None
    place_text: str | None = None
    note: str | None = None
    reporter: str | None = None
    observed_at: datetime | None = None

    def content(self) -> str:
        """Return all that it says as one text, wherever it stands in whichever file."""
        told = {
            each.name: str(getattr(self, each.name))
            for each in sorted(fields(self), key=lambda each: each.name)
            if each.name != "row" and getattr(self, each.name) is not None
        }
        if self.observed_at is not None:
            told["observed_at"] = str(self.observed_at.timestamp())
        return repr(told)


@dataclass(frozen=True)
class ReportList:
    """A whole file. Each row is taken, refused with a problem, or says what an earlier one says."""

    rows: tuple[DamageRow, ...]
    problems: tuple[Problem, ...]
    row_count: int
    """Rows in the file that hold anything, without the header and what stands above it."""
    repeated: int = 0
    """Rows that say what an earlier one says: one report with it."""
    header: tuple[str, ...] = field(default=(), compare=False)
    records: tuple[Record, ...] = field(default=(), compare=False)

    @property
    def refused_rows(self) -> frozenset[int]:
        """The numbers of the rows that were not taken."""
        return frozenset(
            problem.row for problem in self.problems if problem.row and not problem.taken
        )

    @property
    def swapped_rows(self) -> frozenset[int]:
        """The rows whose latitude and longitude stand in each other's place."""
        return frozenset(
            problem.row for problem in self.problems if problem.row and problem.expected == SWAPPED
        )


def parse_reports(content: bytes, today: date, *, swap_axes: bool = False) -> ReportList:
    """Return what a file of damage reports says, every row of it taken or refused.

    Parameters
    ----------
    content
        A file of any kind that :mod:`gis.importers.files` reads. Of several sheets the first with
        a heading for what is damaged is read, and the others are named as not read.
    today
        In Japan, for moments without a year.
    swap_axes
        Turn latitude and longitude round wherever they are recognisably swapped.

    Raises
    ------
    gis.importers.errors.EmptyReportFile, gis.importers.errors.UnrecognisedReports
        Nothing stands in the file, or nothing that says what is damaged.
    gis.importers.errors.TooManyReports
        It has more than :data:`ROWS_MOST` rows.
    gis.errors.Refused
        The file cannot be read, for one of the reasons in :mod:`gis.importers.errors`.
    """
    with collection_paused():
        found = [sheet for sheet in sheets(content) if sheet.records]
        sheet, table, known = _recognised(found)
        others = [each.name or "" for each in found if each is not sheet]
        return _read(table, known, [*_whole_file(table, known, others)], today, swap_axes=swap_axes)


def _recognised(found: Sequence[Sheet]) -> tuple[Sheet, Table, Format]:
    if not found:
        raise EmptyReportFile
    for sheet in found:
        for index, row in enumerate(sheet.records[:HEADER_ROWS]):
            columns = known_columns(row.cells)
            if "category" in columns and len(columns) > 1:
                table = Table(row.cells, sheet.records[index + 1 :], sheet.ends_openly)
                return sheet, _checked(table), Format("damage_reports", "被害報告", columns)
    received = ",".join(found[0].records[0].cells)
    raise UnrecognisedReports(received=received, headings=", ".join(HEADINGS["category"]))


def _checked(table: Table) -> Table:
    if not table.records:
        raise EmptyReportFile
    if len(table.records) > ROWS_MOST:
        raise TooManyReports(received=len(table.records), most=ROWS_MOST)
    return table


def _whole_file(table: Table, known: Format, others: Sequence[str]) -> list[Problem]:
    """Return what there is to say about the file as a whole."""
    reasons = {translate(REASON, language) for language in Language}
    read = {bare_heading(name) for name in (*known.columns.values(), *reasons)}
    unread = [cell for cell in table.header if cell.strip() and bare_heading(cell) not in read]
    sheet_left = N_("one list in the file; this sheet was not read")
    column_left = N_("a heading of a damage report; this column was not read")
    problems = [Problem(None, None, name, sheet_left, taken=True) for name in others]
    problems += [Problem(None, cell, cell, column_left, taken=True) for cell in unread]
    if not {"observed_at", "date"} & known.columns.keys():
        undated = N_("a column with the moment; that of the import is taken")
        problems.append(Problem(None, "確認日時", "", undated, taken=True))
    return problems


def _read(
    table: Table, known: Format, problems: list[Problem], today: date, *, swap_axes: bool
) -> ReportList:
    reports: dict[str, DamageRow] = {}
    repeated = 0
    for cells in whole_rows(table, Layout.of(table, known)):
        try:
            report = _RowReader(cells, today, swap_axes=swap_axes).report()
        except RowRefused:
            problems.extend(refused(cells.problems))
            continue
        if reports.setdefault(report.content(), report) is not report:
            repeated += 1
            cells.note(None, ",".join(cells.record.cells), REPEATED)
        problems.extend(cells.problems)
    rows, count = tuple(reports.values()), len(table.records)
    return ReportList(rows, tuple(problems), count, repeated, table.header, table.records)


class _RowReader:
    """Reads one row; what it cannot read joins the note."""

    def __init__(self, cells: Cells, today: date, *, swap_axes: bool) -> None:
        self.cells = cells
        self.today = today
        self.swap_axes = swap_axes
        self.left: list[str] = []

    def report(self) -> DamageRow:
        """Return the report of a row.

        Raises
        ------
        RowRefused
            It has none; why stands among the problems of the cells.
        """
        if self.cells.problems:
            raise RowRefused
        category = self._category()
        told = {"severity": None, **self._degree()}
        told |= {name: found for name in TERMS if (found := self._term(name)) is not None}
        told |= {name: self._read(name, _count) for name in COUNTS}
        told["affected"] = self._read("affected", _amount)
        severity = told.pop("severity")
        details = self._details(category, told)
        observed_at, location, identifier = self._observed_at(), self._location(), self._id()
        return DamageRow(
            row=self.cells.record.row,
            id=identifier,
            category=category,
            severity=severity,
            location=location,
            place_text=self._joined(PLACES, " "),
            observed_at=observed_at,
            reporter=self.cells.text("reporter"),
            # Last: by now it is known what cannot be read.
            note="\n".join(filter(None, [self._joined(NOTES, "\n"), *self.left])) or None,
            **details,
        )

    def _category(self) -> DamageCategory:
        found = self.cells.text("category") or ""
        category = WORDS["category"].get(word(found))
        if not isinstance(category, DamageCategory):
            expected = N_("what is damaged, such as 住家, 道路, 崖くずれ or 火災")
            raise self.cells.refuse("category", found, expected)
        return category

    def _degree(self) -> dict[str, Any]:
        """Return what the degree says; many lists have the class of a dwelling there."""
        found = self.cells.text("severity")
        if found is None:
            return {}
        for name in ("severity", "dwelling_class", "flood_level"):
            if term := WORDS[name].get(word(found)):
                return {name: term}
        self._leave("severity", N_("甚大, 中程度 or 軽微; taken as unknown, it stands in the note"))
        return {}

    def _term(self, name: str) -> Term | None:
        found = self.cells.text(name)
        term = found and WORDS[name].get(word(found))
        if found and not term:
            self._leave(name, N_("a word of the guide; taken as unknown, it stands in the note"))
        return term or None

    def _read(self, name: str, reader: Callable[[str], T]) -> T | None:
        found = self.cells.text(name)
        try:
            return reader(found) if found is not None else None
        except Unreadable as unreadable:
            self._leave(name, unreadable.expected)
            return None

    def _leave(self, name: str, expected: str) -> None:
        """Name a cell that cannot be read, and keep what it says for the note."""
        found = self.cells.text(name) or ""
        self.cells.note(name, found, expected)
        self._keep(name, found)

    def _keep(self, name: str, found: str) -> None:
        self.left.append(f"{self.cells.layout.headings.get(name, name)}: {found}")

    def _details(self, category: DamageCategory, told: Mapping[str, Any]) -> dict[str, Any]:
        """Return the details that can be said of such damage; the others join the note."""
        said = dict(told)
        details = DamageDetails(**said)
        wrong = [*out_of_place(category, details), *(name for name, _ in implausible(details))]
        for name in dict.fromkeys(wrong):
            in_degree = {"dwelling_class": DwellingClass, "flood_level": FloodLevel}
            stands = "severity" if name in in_degree and not self.cells.text(name) else name
            self._leave(stands, ELSEWHERE)
            said[name] = None
        return said

    def _observed_at(self) -> datetime | None:
        names = ("observed_at",) if self.cells.text("observed_at") else ("date", "time")
        found = self._joined(names, " ")
        if found is None:
            return None
        try:
            told, has_time = moment(found, self.today)
        except Unreadable:
            self.cells.note(names[0], found, EXPECTED)
            self._keep(names[0], found)
            return None
        if not has_time:
            self.cells.note(names[0], found, TODAY)
        return told

    def _location(self) -> tuple[float, float] | None:
        lon, lat = self.cells.text("lon"), self.cells.text("lat")
        if lon is None and lat is None:
            return None
        try:
            return _place(lon or "", lat or "", swap_axes=self.swap_axes)
        except Unreadable as unreadable:
            self.cells.note("lat", f"{lat or ''}, {lon or ''}", unreadable.expected)
            self._keep("lat", f"{lat or ''}, {lon or ''}")
            return None

    def _id(self) -> UUID | None:
        """Return the id of a report; a number of the office's own is kept in the note."""
        found = self.cells.text("id")
        try:
            return UUID(values.plain(found)) if found else None
        except ValueError:
            self._keep("id", found or "")
            return None

    def _joined(self, names: Sequence[str], separator: str) -> str | None:
        return separator.join(filter(None, map(self.cells.text, names))) or None


def _place(lon: str, lat: str, *, swap_axes: bool) -> tuple[float, float]:
    try:
        place = values.place(lon, lat)
    except Unreadable as unreadable:
        if unreadable.expected == SWAPPED and swap_axes:
            return _place(lat, lon, swap_axes=False)
        if unreadable.expected == SWAPPED:
            raise
        raise Unreadable(N_("a place in Japan, in degrees; taken without a place")) from None
    return place.lon, place.lat


def _amount(cell: str) -> float:
    found = _COUNT.fullmatch(values.plain(cell).casefold())
    if found is None:
        raise Unreadable(N_("a number; taken as unknown, it stands in the note"))
    # The store keeps two decimals; what is filed again must compare equal.
    return round(float(found[1]), 2)


def _count(cell: str) -> int:
    amount = _amount(cell)
    if not amount.is_integer():
        raise Unreadable(N_("a whole number; taken as unknown, it stands in the note"))
    return int(amount)
