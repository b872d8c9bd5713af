"""The map itself as SVG: shapes and marks, without a single letter."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from math import atan2, degrees, sqrt
from typing import Any, Final

import shapely

from gis.map_sheet.compiling import REPORTS, WHOLE, MapSheet, Shown
from gis.map_sheet.labels import letters
from gis.map_sheet.marks import TAG_HEIGHT, Marks, Palette
from gis.queries.damage_marks import DamageMark
from gis.vocabulary import ClosureGrade, ShelterState

UNIT_MM: Final = 0.2
"""What is a pixel on the screen: its 36 pixels wide marks are some 7 mm wide on A4."""
POINT: Final = 7
"""Radius of a point that somebody has drawn on the map, in units."""
M_PER_ROOT: Final = 5
"""The area of a circle goes by how many people live in a town: a thousand, 158 m around it."""
PRIORITY: Final = {"full": 6, "crowded": 5, "unknown": 4, "slightly_crowded": 3, "vacant": 2}
"""What needs a look lies over what does not."""
DIGIT: Final = 8
COUNT: Final = 30
"""How wide the box of a count is beside its digits, in units."""
DIGITS_FROM: Final = 21
"""Where in it the digits begin, behind the square."""

TAG_AT: Final = (11, -11 - TAG_HEIGHT)
"""Where the tag of a shortage begins from the middle of its shelter, whose gauge it leaves free."""
TAG: Final = 19
"""How wide a tag is beside its text, in units."""
TAG_TEXT_FROM: Final = 15
"""Where in it the text begins."""
LETTER: Final = 13
"""How high a letter in it is."""
TAGS_UP_TO: Final = 40_000
"""On smaller scales shelters lie over each other: there what lasts until tomorrow has no tag."""


def unit_mm(sheet: MapSheet) -> float:
    """Return how many millimetres a unit of the drawing is."""
    return UNIT_MM * sheet.layout.enlarged


Counts = Sequence[tuple[DamageMark, tuple[float, float]]]
"""Where the boxes stand in which reports are counted: millimetres."""


def draw_map(sheet: MapSheet, palette: Palette, counts: Counts) -> str:
    """Return the map as an SVG document."""
    drawing = _Drawing(sheet, Marks(palette), counts)
    width, height = (
        f"{side / drawing.unit:.1f}" for side in (sheet.ground.width_mm, sheet.ground.height_mm)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
        f'<rect width="{width}" height="{height}" fill="{palette["sea"]}"/>'
        f"{''.join(drawing.layers())}</svg>"
    )


def is_old(told: Any, as_of: datetime) -> bool:  # noqa: ANN401 - what a layer tells
    """Tell whether the figure of a shelter is older than it should be."""
    stale_at = told["stale_at"]
    return stale_at is not None and datetime.fromisoformat(stale_at) <= as_of


def tags(sheet: MapSheet) -> list[Shown]:
    """Return of what runs out what has a tag on a sheet of that scale, the most urgent last."""
    shown = sheet.layers.get("shortages", ())
    is_near = sheet.ground.ground_m_per_mm * 1000 <= TAGS_UP_TO
    return [one for one in shown if is_near or one.told["step"] != "today"]


def tag_width(told: Any) -> float:  # noqa: ANN401 - what a layer tells
    """Return how wide the tag of a shortage is, in units."""
    return TAG + LETTER * letters(told["tag"])


def is_late(told: Any) -> bool:  # noqa: ANN401 - what a layer tells
    """Tell whether a vehicle on the road was expected earlier."""
    expected_at, as_of = told["expected_at"], datetime.fromisoformat(told["as_of"])
    return expected_at is not None and datetime.fromisoformat(expected_at) < as_of


def _heading(line: Any) -> float:  # noqa: ANN401 - shapely publishes no types
    """Return where a line goes from its beginning to its end, in degrees clockwise."""
    coordinates = shapely.get_coordinates(line)
    east, south = coordinates[-1] - coordinates[0]
    return degrees(atan2(south, east))


def zone_look(told: Any) -> str:  # noqa: ANN401 - what a layer tells
    """Return by what a hazard zone is drawn: the class of its depth, or of its warning."""
    return str(told["depth_class"] or told["warning"] or "unknown")


def by_weight(shelters: Iterable[Shown]) -> list[Shown]:
    """Return shelters with those last that need a look first."""
    return sorted(shelters, key=lambda one: _weight(one.told))


def _weight(told: Any) -> int:  # noqa: ANN401 - what a layer tells
    if ShelterState(told["state"]).holds_people:
        return PRIORITY[told["crowding"]]
    return 0 if ShelterState(told["state"]).is_over else 1


class _Drawing:
    """The layers of a sheet, in units."""

    def __init__(self, sheet: MapSheet, marks: Marks, counts: Counts) -> None:
        self.sheet, self.marks, self.counts = sheet, marks, counts
        self.unit = unit_mm(sheet)

    def layers(self) -> Iterator[str]:
        """Yield them from bottom to top, as the screen does; or as somebody has put them."""
        panes: Sequence[tuple[str, Callable[[Sequence[Shown]], Iterable[str]]]] = (
            ("boundary", self._land),
            ("hazard-zones", self._zones),
            ("population", self._people),
            ("evacuation-orders", self._orders),
            ("annotations", self._annotations),
            ("road-closures", self._closures),
            ("dispatches", self._ways),
            (REPORTS, self._reports),
            ("road-closures", self._signs),
            ("dispatches", self._vehicles),
            ("depots", self._depots),
            ("shelters", self._shelters),
            ("shortages", self._shortages),
        )
        for name, draw in sorted(panes, key=lambda pane: self._rank(pane[0])):
            opacity = self.sheet.wanted.opacity.get(name, WHOLE) / WHOLE
            drawn = "".join(draw(self.sheet.layers.get(name, ())))
            if drawn:
                yield f'<g opacity="{opacity}">{drawn}</g>' if opacity < 1 else drawn

    def _rank(self, name: str) -> int:
        """Return how far up a layer was put; two that nobody moved stay as they were."""
        order = self.sheet.wanted.order
        return len(order) - order.index(name) if name in order else 0

    def _land(self, shown: Sequence[Shown]) -> Iterable[str]:
        return (self._path(one.shape, self.marks.land()) for one in shown)

    def _zones(self, shown: Sequence[Shown]) -> Iterable[str]:
        return (self._path(one.shape, self.marks.zone(zone_look(one.told))) for one in shown)

    def _people(self, shown: Sequence[Shown]) -> Iterable[str]:
        for one in shown:
            radius_m = M_PER_ROOT * sqrt(one.told["population"] or 0)
            radius = radius_m / self.sheet.ground.ground_m_per_mm / self.unit
            x, y = (place / self.unit for place in one.label)
            yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" {self.marks.people()}/>'

    def _orders(self, shown: Sequence[Shown]) -> Iterable[str]:
        return (self._path(one.shape, self.marks.order(one.told["level"])) for one in shown)

    def _annotations(self, shown: Sequence[Shown]) -> Iterable[str]:
        for one in shown:
            shape = one.shape
            if shape.geom_type == "Point":
                shape = shape.buffer(POINT * self.unit)
            for look in self.marks.annotation(one.told["colour"], kind_of(one.shape)):
                yield self._path(shape, look)

    def _closures(self, shown: Sequence[Shown]) -> Iterable[str]:
        for one in shown:
            if one.shape.geom_type != "Point":
                for look in self.marks.closure_line(ClosureGrade(one.told["grade"])):
                    yield self._path(one.shape, look)

    def _signs(self, shown: Sequence[Shown]) -> Iterable[str]:
        for one in shown:
            yield self._at(one.label, self.marks.closure(ClosureGrade(one.told["grade"])))

    def _ways(self, shown: Sequence[Shown]) -> Iterable[str]:
        for one in shown:
            for look in self.marks.dispatch_line(is_late=is_late(one.told)):
                yield self._path(one.shape, look)

    def _vehicles(self, shown: Sequence[Shown]) -> Iterable[str]:
        for one in shown:
            drawn = self.marks.dispatch(is_late=is_late(one.told), heading=_heading(one.shape))
            yield self._at(one.label, drawn)

    def _depots(self, shown: Sequence[Shown]) -> Iterable[str]:
        for one in shown:
            drawn = self.marks.depot(is_closed=one.told["closed_at"] is not None)
            yield self._at(one.label, drawn)

    def _reports(self, _shown: Sequence[Shown]) -> Iterable[str]:
        for mark in self.sheet.reports:
            if mark.reports == 1:
                place = self.sheet.ground.of_plane(mark.east_m, mark.north_m)
                drawn = self.marks.report(mark.severity, is_confirmed=mark.is_confirmed)
                yield self._at(place, drawn)
        for mark, place in self.counts:
            width = count_width(mark.reports)
            drawn = self.marks.count(mark.severity, width, is_confirmed=mark.is_confirmed)
            yield self._at(place, drawn)

    def _shelters(self, shown: Sequence[Shown]) -> Iterable[str]:
        for one in by_weight(shown):
            old = is_old(one.told, self.sheet.as_of)
            yield self._at(one.label, self.marks.shelter(one.told, is_old=old))

    def _shortages(self, _shown: Sequence[Shown]) -> Iterable[str]:
        for one in tags(self.sheet):
            drawn = self.marks.shortage(one.told["step"], tag_width(one.told))
            x, y = (place + by * self.unit for place, by in zip(one.label, TAG_AT, strict=True))
            yield self._at((x, y), drawn)

    def _at(self, place: tuple[float, float], drawn: str) -> str:
        x, y = (each / self.unit for each in place)
        return f'<g transform="translate({x:.1f} {y:.1f})">{drawn}</g>'

    def _path(self, shape: Any, look: str) -> str:  # noqa: ANN401 - shapely publishes no types
        return f'<path d="{"".join(self._pieces(shape))}" {look}/>'

    def _pieces(self, shape: Any) -> Iterator[str]:  # noqa: ANN401 - shapely publishes no types
        for part in shapely.get_parts(shape):
            if part.geom_type == "Polygon":
                yield from (self._line(ring, "Z") for ring in (part.exterior, *part.interiors))
            elif part.geom_type == "LineString":
                yield self._line(part, "")
            elif part.geom_type != "Point":
                yield from self._pieces(part)

    def _line(self, line: Any, end: str) -> str:  # noqa: ANN401 - shapely publishes no types
        places = (shapely.get_coordinates(line) / self.unit).tolist()
        return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in places) + end


def kind_of(shape: Any) -> str:  # noqa: ANN401 - shapely publishes no types
    """Return ``Point``, ``LineString`` or ``Polygon``; what was cut into parts is what it was."""
    return ("Point", "LineString", "Polygon")[shapely.get_dimensions(shape)]


def count_width(reports: int) -> int:
    """Return how wide the box of a count is, in units."""
    return COUNT + DIGIT * len(f"{reports:,}")
