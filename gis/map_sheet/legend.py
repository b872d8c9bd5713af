"""The legend of a sheet: what its marks mean, of only what is there."""

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from gis.map_sheet.compiling import MapSheet
from gis.map_sheet.drawing import LETTER, TAG, is_late, is_old, tags, zone_look
from gis.map_sheet.marks import BOX, CROWDING, TAG_HEIGHT, ZONES, Marks
from gis.reports.supply_wording import LATE_ON_THE_ROAD, SHORTAGE_STEPS
from gis.text import N_, Language, translate
from gis.vocabulary import (
    AnnotationColour,
    ClosureGrade,
    Crowding,
    DepthClass,
    DispatchStep,
    ItemKind,
    OrderKind,
    PlaceKind,
    Severity,
    ShelterState,
    ZoneWarning,
)

DEPTH_UNKNOWN: Final = N_("depth unknown")
DEPOT_CLOSED: Final = N_("Depot not in use")
OLD: Final = N_("Old figure")
SELF_ORGANISED: Final = N_("Self-organised shelter")
SEVERITY_UNKNOWN: Final = N_("Severity unknown")
ORDER: Final = N_("{kind} (level {level})")
UNCONFIRMED: Final = N_("Nobody has looked at it (hollow)")
COUNTED: Final = N_("How many reports lie here, in the colour of the worst")
PEOPLE: Final = N_("By area, around the points of towns")
REPORTS_HERE: Final = N_("Damage reports: {count} on this sheet")
SHARES: Final = {"vacant": 0.3, "slightly_crowded": 0.55, "crowded": 0.8, "full": 1.0}
EXAMPLE: Final = {
    "state": "open",
    "crowding": "vacant",
    "share": 0.3,
    "self_organised": False,
    "designations": ["designated_shelter"],
}


class Entry(NamedTuple):
    """A mark and its meaning; without a mark it is the title of those that follow."""

    mark: str
    """An SVG document, or nothing."""
    meaning: str


def legend(sheet: MapSheet, marks: Marks, language: Language) -> list[Entry]:
    """Return what is there, from top to bottom; titles first."""
    return [*_Legend(sheet, marks, language).entries()]


class _Legend:
    def __init__(self, sheet: MapSheet, marks: Marks, language: Language) -> None:
        self.sheet, self.marks, self.language = sheet, marks, language

    def entries(self) -> Iterator[Entry]:
        """Yield groups of entries, each after its title."""
        groups = (
            (N_("Shelters"), self._shelters()),
            (N_("Runs out first"), self._shortages()),
            (REPORTS_HERE, self._reports()),
            (ItemKind.SUPPLY.label, (*self._depots(), *self._dispatches())),
            (N_("Road closures"), self._closures()),
            (N_("Evacuation orders"), self._orders()),
            (N_("Annotations"), self._annotations()),
            (N_("Hazard zones"), self._zones()),
            (N_("Population"), self._people()),
        )
        for title, entries in groups:
            listed = [*entries]
            if listed:
                reports = sum(mark.reports for mark in self.sheet.reports)
                told = translate(title, self.language).format(count=f"{reports:,}")
                yield Entry("", told)
                yield from listed

    def _entry(self, drawn: str, message: str) -> Entry:
        half = BOX / 2
        mark = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{-half} {-half} {BOX} {BOX}">'
            f"{drawn}</svg>"
        )
        return Entry(mark, translate(message, self.language))

    def _wash(self, look: str, message: str) -> Entry:
        return self._entry(f'<rect x="-12" y="-8" width="24" height="16" {look}/>', message)

    def _told(self, layer: str) -> list[Mapping[str, Any]]:
        return [one.told for one in self.sheet.layers.get(layer, ())]

    def _shelters(self) -> Iterator[Entry]:
        told = self._told("shelters")
        states = {one["state"] for one in told}
        opened = [one for one in told if ShelterState(one["state"]).holds_people]
        fullness = {one["crowding"] for one in opened}
        for crowding in Crowding:
            if crowding.value in fullness:
                share = SHARES[crowding] if crowding.value in CROWDING else None
                yield self._shelter(crowding.label, crowding=crowding.value, share=share)
        if any(is_old(one, self.sheet.as_of) for one in opened):
            drawn = self.marks.shelter(EXAMPLE, is_old=True)
            yield self._entry(drawn, OLD)
        if any(one["self_organised"] for one in opened):
            yield self._shelter(SELF_ORGANISED, self_organised=True)
        for state in (
            ShelterState.PREPARING, ShelterState.UNKNOWN, ShelterState.NOT_OPENED,
            ShelterState.CLOSED,
        ):  # fmt: skip
            if state.value in states:
                yield self._shelter(state.label, state=state.value)

    def _shelter(self, message: str, **looks: object) -> Entry:
        return self._entry(self.marks.shelter({**EXAMPLE, **looks}), message)

    def _reports(self) -> Iterator[Entry]:
        reports = self.sheet.reports
        found = {mark.severity for mark in reports}
        for severity in (*reversed(Severity), None):
            if severity in found:
                drawn = self.marks.report(severity, is_confirmed=True)
                yield self._entry(drawn, severity.label if severity else SEVERITY_UNKNOWN)
        if any(not mark.is_confirmed for mark in reports):
            drawn = self.marks.report(Severity.SEVERE, is_confirmed=False)
            yield self._entry(drawn, UNCONFIRMED)
        if any(mark.reports > 1 for mark in reports):
            drawn = self.marks.count(Severity.MODERATE, BOX - 2, is_confirmed=True)
            yield self._entry(drawn, COUNTED)

    def _depots(self) -> Iterator[Entry]:
        found = {one["closed_at"] is not None for one in self._told("depots")}
        for is_closed, message in ((False, PlaceKind.DEPOT.label), (True, DEPOT_CLOSED)):
            if is_closed in found:
                yield self._entry(self.marks.depot(is_closed=is_closed), message)

    def _shortages(self) -> Iterator[Entry]:
        found = {one.told["step"] for one in tags(self.sheet)}
        for step, message in SHORTAGE_STEPS.items():
            if step in found:
                width = TAG + LETTER
                moved = f"translate({-width / 2} {-TAG_HEIGHT / 2})"
                drawn = self.marks.shortage(step, width)
                yield self._entry(f'<g transform="{moved}">{drawn}</g>', message)

    def _dispatches(self) -> Iterator[Entry]:
        found = {is_late(one) for one in self._told("dispatches")}
        for late, message in ((False, DispatchStep.LEFT.label), (True, LATE_ON_THE_ROAD)):
            if late in found:
                yield self._entry(self.marks.dispatch(is_late=late), message)

    def _closures(self) -> Iterator[Entry]:
        found = {one["grade"] for one in self._told("road-closures")}
        for grade in ClosureGrade:
            if grade.value in found:
                yield self._entry(self.marks.closure(grade), grade.label)

    def _orders(self) -> Iterator[Entry]:
        found = {(one["kind"], one["level"]) for one in self._told("evacuation-orders")}
        for kind in reversed(OrderKind):
            for level in sorted((level for each, level in found if each == kind), key=str):
                name = translate(kind.label, self.language)
                if level is not None:
                    name = translate(ORDER, self.language).format(kind=name, level=level)
                yield self._wash(self.marks.order(level), "")._replace(meaning=name)

    def _annotations(self) -> Iterator[Entry]:
        found = {one["colour"] for one in self._told("annotations")}
        for colour in AnnotationColour:
            if colour.value in found:
                _, line = self.marks.annotation(colour.value, "LineString")
                yield self._entry(f'<path d="M-13 0H13" {line}/>', colour.label)

    def _zones(self) -> Iterator[Entry]:
        labels = {term.value: term.label for term in (*DepthClass, *ZoneWarning)}
        found = {zone_look(one) for one in self._told("hazard-zones")}
        for look in ZONES:
            if look in found:
                yield self._wash(self.marks.zone(look), labels.get(look, DEPTH_UNKNOWN))

    def _people(self) -> Iterator[Entry]:
        if self._told("population"):
            yield self._entry(f'<circle r="12" {self.marks.people()}/>', PEOPLE)
