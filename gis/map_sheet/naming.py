"""What is written on the map: orders, annotations, shelters with their figures, counts, towns."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from gis.clock import jst
from gis.map_sheet.compiling import REPORTS, WHOLE, MapSheet, Shown
from gis.map_sheet.drawing import (
    LETTER,
    TAG_AT,
    TAG_TEXT_FROM,
    UNIT_MM,
    by_weight,
    count_width,
    tag_width,
    tags,
    unit_mm,
)
from gis.map_sheet.labels import (
    Area,
    Label,
    around,
    arrange,
    beside,
    letters,
    nearby,
    on_the_spot,
    wrapped,
)
from gis.map_sheet.marks import TAG_HEIGHT
from gis.queries.damage_marks import DamageMark
from gis.queries.places import TownPoint
from gis.reports.order_wording import order_text
from gis.reports.supply_wording import late_text
from gis.text import N_, Language, translate
from gis.vocabulary import Crowding, Hazard, OrderKind, ShelterState

FIGURES: Final = N_("{persons} of {capacity}")
LETTER_MM: Final = 2.3
QUIET_MM: Final = 2.0
TOWN_MM: Final = 2.5
ORDER_MM: Final = 2.8
COUNT_MM: Final = 13 * UNIT_MM
"""As large as in the box that is drawn for it."""
COUNT_HALF: Final = 11
"""Half the height of that box, in units."""
ANNOTATION_LETTERS, ANNOTATION_LINES = 13, 3
NAME_LETTERS, NAME_LINES = 11, 2
OCCUPIED, QUIET, SIGN, VEHICLE, POINT, REPORT = 16, 7, 12, 15, 8, 6
"""How far marks reach from their middle, in units."""
REACH, STEP = 90, 15
"""How far from its mark a name may stand, and in which steps a place is sought."""
BLOCKS_UP_TO: Final = 20_000
"""Up to this scale 一丁目, 二丁目, … stand apart; on smaller ones they are one town."""


@dataclass(frozen=True)
class Named:
    """What is written on a sheet."""

    labels: list[Label]
    counts: list[tuple[DamageMark, tuple[float, float]]]
    """Where the boxes stand in which reports are counted."""
    nameless: int
    """Shelters in operation whose name has found no room."""


def named(sheet: MapSheet, language: Language) -> Named:
    """Return what is written on a sheet, and where."""
    return _Names(sheet, language).arranged()


class _Names:
    def __init__(self, sheet: MapSheet, language: Language) -> None:
        self.sheet, self.language = sheet, language
        self.unit, self.enlarged = unit_mm(sheet), sheet.layout.enlarged
        self.size = sheet.ground.width_mm, sheet.ground.height_mm
        self.counted = [mark for mark in sheet.reports if mark.reports > 1]
        self.shelters = by_weight(sheet.layers.get("shelters", ()))[::-1]

    def arranged(self) -> Named:
        """Place them: what must be read first, then shelters, then towns, then the rest."""
        marks = [*self._marks()]
        counts, _ = arrange(self._counts(), marks, *self.size)
        taken = marks + [label.area() for label in counts]
        needed, _ = arrange((*self._orders(), *self._annotations()), taken, *self.size)
        taken += [label.area() for label in needed]
        busy, nameless = arrange(self._occupied(), taken, *self.size)
        taken += [label.area() for label in busy]
        rest, _ = arrange((*self._supplies(), *self._towns(), *self._quiet()), taken, *self.size)
        boxes = [
            (mark, (label.x, label.y)) for mark, label in zip(self.counted, counts, strict=True)
        ]
        tagged, _ = arrange(self._tags(), [], *self.size)
        return Named([*rest, *busy, *counts, *needed, *tagged], boxes, nameless)

    def _marks(self) -> Iterator[Area]:
        """Yield what no word may hide."""
        for one in self.shelters:
            reach = QUIET if _is_quiet(one) else OCCUPIED
            yield self._reach(one.label, reach)
        for one in self.sheet.layers.get("road-closures", ()):
            yield self._reach(one.label, SIGN)
        for one in (*self._of("depots"), *self._of("dispatches")):
            yield self._reach(one.label, VEHICLE)
        for one in self.sheet.layers.get("annotations", ()):
            if one.shape.geom_type == "Point":
                yield self._reach(one.label, POINT)
        for one in tags(self.sheet):
            left, top = self._tag_corner(one)
            right, below = tag_width(one.told) * self.unit, TAG_HEIGHT * self.unit
            yield Area(left, top, left + right, top + below)
        for mark in self.sheet.reports:
            if mark.reports == 1:
                yield self._reach(self.sheet.ground.of_plane(mark.east_m, mark.north_m), REPORT)

    def _tag_corner(self, one: Shown) -> tuple[float, float]:
        x, y = (place + by * self.unit for place, by in zip(one.label, TAG_AT, strict=True))
        return x, y

    def _tags(self) -> Iterator[Label]:
        """Yield how long what runs out first lasts, into the tags that are drawn for it."""
        for one in tags(self.sheet):
            left, top = self._tag_corner(one)
            middle = TAG_TEXT_FROM + LETTER * letters(one.told["tag"]) / 2
            yield Label(
                "tag-thin" if one.told["step"] == "today" else "tag", (one.told["tag"],),
                left + middle * self.unit, top + TAG_HEIGHT / 2 * self.unit,
                LETTER * self.unit, on_the_spot, is_needed=True,
                opacity=self._opacity("shortages"),
                colour="paper" if one.told["is_out"] else "ink",
            )  # fmt: skip

    def _reach(self, place: tuple[float, float], units: float) -> Area:
        half = units * self.unit
        return Area.around(*place, half, half)

    def _opacity(self, layer: str) -> int:
        return self.sheet.wanted.opacity.get(layer, WHOLE)

    def _counts(self) -> Iterator[Label]:
        """Yield the numbers of reports, in boxes that give way to what they would hide."""
        for mark in self.counted:
            half = count_width(mark.reports) / 2 * self.unit, COUNT_HALF * self.unit
            yield Label(
                "count", (f"{mark.reports:,}",),
                *self.sheet.ground.of_plane(mark.east_m, mark.north_m), COUNT_MM * self.enlarged,
                nearby(6 * self.enlarged, 6 * self.enlarged, 1.5 * self.enlarged), is_needed=True,
                opacity=self._opacity(REPORTS), room=half,
            )  # fmt: skip

    def _orders(self) -> Iterator[Label]:
        for one in reversed(self.sheet.layers.get("evacuation-orders", ())):
            kind, hazard = OrderKind(one.told["kind"]), Hazard(one.told["hazard"])
            yield Label(
                "order", (order_text(kind, hazard, self.language),), *one.label,
                ORDER_MM * self.enlarged, self._nearby(), is_needed=True,
                opacity=self._opacity("evacuation-orders"),
                colour=f"order-{one.told['level'] or 4}",
            )  # fmt: skip

    def _annotations(self) -> Iterator[Label]:
        for one in reversed(self.sheet.layers.get("annotations", ())):
            lines = wrapped(one.told["text"], ANNOTATION_LETTERS, ANNOTATION_LINES)
            yield Label(
                "annotation", lines, *one.label, ORDER_MM * self.enlarged, self._nearby(),
                is_needed=True, opacity=self._opacity("annotations"),
            )  # fmt: skip

    def _nearby(self) -> Any:  # noqa: ANN401 - a function of two lengths
        return nearby(40 * self.enlarged, 20 * self.enlarged, 2.5 * self.enlarged)

    def _occupied(self) -> Iterator[Label]:
        """Yield the names of those that are in operation, each with its figures."""
        near, reach, step = (each * self.unit for each in (OCCUPIED, REACH, STEP))
        for one in self.shelters:
            if not _is_quiet(one):
                figures = (self._figures(one),) if _holds_people(one) else ()
                yield Label(
                    "shelter", (*_name(one), *figures), *one.label, LETTER_MM * self.enlarged,
                    around(near, reach, step), opacity=self._opacity("shelters"),
                    mark=(*one.label, near),
                )  # fmt: skip

    def _supplies(self) -> Iterator[Label]:
        """Yield the names of depots, and of what is on the road with when it is expected."""
        named = [("depots", one, (one.told["name"],)) for one in self._of("depots")]
        going = [
            ("dispatches", one, (one.told["vehicle"] or "", self._expected(one)))
            for one in self._of("dispatches")
        ]
        for layer, one, lines in (*named, *going):
            yield Label(
                "quiet", tuple(filter(None, lines)), *one.label, QUIET_MM * self.enlarged,
                beside(VEHICLE * self.unit), opacity=self._opacity(layer),
            )  # fmt: skip

    def _of(self, layer: str) -> Sequence[Shown]:
        return self.sheet.layers.get(layer, ())

    def _expected(self, one: Shown) -> str:
        """Return when a vehicle is expected, and by how much it is late; nothing: nobody told."""
        if one.told["expected_at"] is None:
            return ""
        expected_at = datetime.fromisoformat(one.told["expected_at"])
        late = late_text(expected_at, self.sheet.as_of, self.language)
        return " ".join(filter(None, (f"{jst(expected_at):%H:%M}", late)))

    def _quiet(self) -> Iterator[Label]:
        for one in self.shelters:
            if _is_quiet(one):
                yield Label(
                    "quiet", _name(one), *one.label, QUIET_MM * self.enlarged,
                    beside(QUIET * self.unit), opacity=self._opacity("shelters"),
                )  # fmt: skip

    def _figures(self, one: Shown) -> str:
        unknown = translate(Crowding.UNKNOWN.label, self.language)
        persons, capacity = (
            unknown if one.told[name] is None else f"{one.told[name]:,}"
            for name in ("persons", "capacity")
        )
        return translate(FIGURES, self.language).format(persons=persons, capacity=capacity)

    def _towns(self) -> Iterator[Label]:
        """Yield the names of towns, the most populous first."""
        for _, name, x, y in sorted(self._groups(), reverse=True):
            yield Label(
                "town", (name,), x, y, TOWN_MM * self.enlarged, on_the_spot,
                opacity=self._opacity("towns"),
            )  # fmt: skip

    def _groups(self) -> Iterator[tuple[int, str, float, float]]:
        stand_apart = self.sheet.ground.ground_m_per_mm * 1000 <= BLOCKS_UP_TO
        groups: defaultdict[str, list[Shown]] = defaultdict(list)
        for one in self.sheet.layers.get("towns", ()):
            town = TownPoint("", one.told["name"], None, 0, 0)
            groups[town.name if stand_apart else town.district].append(one)
        for name, towns in groups.items():
            people = sum(one.told["population"] or 0 for one in towns)
            x, y = (sum(one.label[axis] for one in towns) / len(towns) for axis in (0, 1))
            yield people, name, x, y


def _name(one: Shown) -> tuple[str, ...]:
    return wrapped(one.told["name"], NAME_LETTERS, NAME_LINES)


def _is_quiet(one: Shown) -> bool:
    return ShelterState(one.told["state"]).is_over


def _holds_people(one: Shown) -> bool:
    return ShelterState(one.told["state"]).holds_people
