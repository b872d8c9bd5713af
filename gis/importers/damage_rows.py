"""One row of a table of damage reports, made a report.

What somebody wrote in a row is never lost: a cell that cannot be read as what it should be is named
and joins the note. Only a row that does not say what is damaged is refused.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from gis.damage import DamageDetails, implausible, out_of_place
from gis.importers import values
from gis.importers.cells import Cells, RowRefused
from gis.importers.damage_list import DamageRow
from gis.importers.damage_words import WORDS, word
from gis.importers.moments import EXPECTED, moment
from gis.importers.values import SWAPPED, Unreadable
from gis.text import N_
from gis.vocabulary import DamageCategory, Term

NOTES = ("situation", "note", "remarks")
PLACES = ("address", "place")
TERMS = ("phenomenon", "dwelling_class", "flood_level", "quick_inspection")
COUNTS = ("people_in_danger", "households", "residents", "depth_cm")

_COUNT = re.compile(
    r"約?([0-9]{1,9}(?:\.[0-9]+)?)(?:人|名|世帯|cm|センチ|棟|箇所|か所|戸|件|隻|ha|回線)?"
)

ELSEWHERE = N_("something that is said of such damage; it stands in the note")
TODAY = N_("a time of day; midnight is taken")

T = TypeVar("T")


class RowReader:
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
            self._leave(name if self.cells.text(name) else "severity", ELSEWHERE)
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
