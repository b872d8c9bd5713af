"""The small map of a printed summary, as SVG: outline and open shelters, not a single letter."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, pi, radians, sin
from typing import Final

from gis.reports.paper_look import palette
from gis.reports.situation import ShelterLine, SituationSummary
from gis.vocabulary import Crowding

Point = tuple[float, float]

QUARTERS: Final = {
    Crowding.VACANT: ("level-1", 1),
    Crowding.SLIGHTLY_CROWDED: ("level-2", 2),
    Crowding.CROWDED: ("level-3", 3),
    Crowding.FULL: ("level-4", 4),
}
"""In which colour and up to which quarter a mark is filled: it reads without the colour, too."""
RADIUS: Final = 1.7
"""Of a mark, in millimetres."""
MARGIN: Final = 3.0
_QUESTION: Final = "M-3.2 -2.4A3.2 3 0 1 1 1.2 0.4Q0 1 0 2.6M0 4.9V5.3"
_LEAST: Final = (Crowding.VACANT, Crowding.SLIGHTLY_CROWDED, Crowding.UNKNOWN, Crowding.CROWDED)
"""From what lies at the bottom on; the full ones lie above all."""


@dataclass(frozen=True)
class Frame:
    """How degrees (EPSG:4326) lie on paper: millimetres from the upper left corner."""

    west: float
    north: float
    mm_per_degree: float
    """Of latitude."""
    narrowing: float
    """Of a degree of longitude against one of latitude."""
    left: float
    top: float

    def at(self, lon: float, lat: float) -> Point:
        """Return where a place lies."""
        east = (lon - self.west) * self.narrowing * self.mm_per_degree
        return self.left + east, self.top + (self.north - lat) * self.mm_per_degree


def draw_map(summary: SituationSummary, width: float, height: float) -> str | None:
    """Return the map as an SVG document of some millimetres; None where nothing has a place."""
    shelters = placed(summary)
    rings = summary.outline or ()
    places = [place for ring in rings for place in ring]
    places += [place for place, _ in shelters]
    if not places:
        return None
    frame = frame_of(places, width, height)
    drawn = _land(rings, frame) + "".join(_shelters(shelters, frame))
    return svg(width, height, drawn)


def placed(summary: SituationSummary) -> list[tuple[Point, ShelterLine]]:
    """Return the open shelters that have a place, with it, those last that need a look first."""
    found = [
        ((line.facts.lon, line.facts.lat), line)
        for line in summary.open_shelters
        if line.facts.lon is not None and line.facts.lat is not None
    ]
    return sorted(found, key=lambda one: _rank(one[1]))


def frame_of(places: Sequence[Point], width: float, height: float) -> Frame:
    """Return how some places (degrees) fit on a piece of paper (millimetres), in its middle."""
    lons, lats = zip(*places, strict=True)
    west, east, south, north = min(lons), max(lons), min(lats), max(lats)
    narrowing = cos(radians((south + north) / 2))
    # A single place has no extent: then a degree is as long as on a map of a town.
    wide, high = max((east - west) * narrowing, 0.01), max(north - south, 0.01)
    scale = min((width - 2 * MARGIN) / wide, (height - 2 * MARGIN) / high)
    left = (width - (east - west) * narrowing * scale) / 2
    top = (height - (north - south) * scale) / 2
    return Frame(west, north, scale, narrowing, left, top)


def mark(crowding: Crowding, x: float = 0, y: float = 0) -> str:
    """Return the mark of a shelter: a disc filled by quarters; hatched where nobody knows."""
    ink, paper = palette()["ink"], palette()["paper"]
    disc = f'<circle r="{RADIUS}" fill="{paper}" stroke="{ink}" stroke-width="0.3"/>'
    filled = _unknown() if crowding is Crowding.UNKNOWN else _quarters(*QUARTERS[crowding])
    return f'<g transform="translate({x:.2f} {y:.2f})">{disc}{filled}</g>'


def legend_mark(crowding: Crowding) -> str:
    """Return a mark alone, as an SVG document."""
    side = 2 * RADIUS + 0.6
    return svg(side, side, mark(crowding, side / 2, side / 2))


def svg(width: float, height: float, drawn: str) -> str:
    """Return what was drawn in millimetres as an SVG document."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.2f}mm" height="{height:.2f}mm"'
        f' viewBox="0 0 {width:.2f} {height:.2f}">{drawn}</svg>'
    )


def _rank(line: ShelterLine) -> int:
    return _LEAST.index(line.crowding) if line.crowding in _LEAST else len(_LEAST)


def _land(rings: Iterable[Sequence[Point]], frame: Frame) -> str:
    ways = (
        "M" + "L".join("{:.2f} {:.2f}".format(*frame.at(*place)) for place in ring) + "Z"
        for ring in rings
    )
    way = "".join(ways)
    look = (
        f'fill="{palette()["page"]}" fill-rule="evenodd" stroke="{palette()["shore"]}"'
        ' stroke-width="0.35" stroke-linejoin="round"'
    )
    return f'<path d="{way}" {look}/>' if way else ""


def _shelters(shelters: Iterable[tuple[Point, ShelterLine]], frame: Frame) -> Iterable[str]:
    for place, line in shelters:
        yield mark(line.crowding or Crowding.UNKNOWN, *frame.at(*place))


def _quarters(colour: str, quarters: int) -> str:
    look = f'fill="{palette()[colour]}" stroke="{palette()["ink"]}" stroke-width="0.15"'
    radius = RADIUS - 0.15
    if quarters == len(QUARTERS):
        return f'<circle r="{radius:.2f}" {look}/>'
    angle = quarters * pi / 2
    x, y = radius * sin(angle), -radius * cos(angle)
    arc = f"A{radius:.2f} {radius:.2f} 0 {int(angle > pi)} 1 {x:.2f} {y:.2f}"
    return f'<path d="M0 0V{-radius:.2f}{arc}Z" {look}/>'


def _unknown() -> str:
    ink, paper = palette()["ink"], palette()["paper"]
    hatch = "".join(_chord(offset) for offset in (-1.2, -0.6, 0, 0.6, 1.2))
    return (
        f'<path d="{hatch}" stroke="{ink}" stroke-opacity=".55" stroke-width="0.14"/>'
        f'<g transform="translate(0.13 -0.15) scale(.24)"><path d="{_QUESTION}" fill="none"'
        f' stroke="{paper}" stroke-width="4"/><path d="{_QUESTION}" fill="none" stroke="{ink}"'
        ' stroke-width="1.7"/></g>'
    )


def _chord(offset: float) -> str:
    """Return a chord at 45 degrees, so far from the middle."""
    half = (RADIUS**2 - offset**2) ** 0.5
    root = 2**0.5
    x, y = offset / root, offset / root
    return (
        f"M{x - half / root:.2f} {y + half / root:.2f}L{x + half / root:.2f} {y - half / root:.2f}"
    )
