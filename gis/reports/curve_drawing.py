"""The curve of people in shelters on paper: its lines as SVG, and the words beside them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby, pairwise
from math import floor, log10
from typing import Final

from gis.clock import jst
from gis.reports.evacuee_curve import CurvePoint
from gis.reports.paper_look import palette
from gis.reports.summary_map import svg

LEFT: Final = 16.0
RIGHT: Final = 6.0
TOP: Final = 3.0
BOTTOM: Final = 9.0
"""Millimetres around the field, in which the words stand."""
STEPS: Final = (1, 2, 5, 10)
LINES: Final = 5
"""Lines across at the most, above that of 0."""
TICKS: Final = 9
HOURS: Final = (1, 2, 3, 6, 12, 24)


@dataclass(frozen=True)
class Word:
    """Something written beside a drawing, its middle or its right end at ``x``: millimetres."""

    x: float
    y: float
    text: str
    is_centred: bool


@dataclass(frozen=True)
class Drawing:
    """Lines, and the words beside them."""

    svg: str
    width: float
    height: float
    words: tuple[Word, ...]


def draw_curve(points: Sequence[CurvePoint], width: float, height: float) -> Drawing:
    """Return a curve of two points or more on a piece of paper (millimetres).

    It is broken where nobody knew how many there were, and dashed where some are not in it.
    """
    field = _Field(points, width, height)
    lines = "".join([*field.grid(), *field.curve()])
    words = (*field.heights(), *field.moments())
    return Drawing(svg(width, height, lines), width, height, words)


def step_of(most: int) -> int:
    """Return by how much the lines across go up, so that at most :data:`LINES` reach the most."""
    rough = max(most, 1) / LINES
    power = int(10 ** max(floor(log10(rough)), 0))
    steps = (step * power for step in STEPS)
    return next(step for step in steps if step >= rough)


class _Field:
    """Where moments and numbers lie on paper."""

    def __init__(self, points: Sequence[CurvePoint], width: float, height: float) -> None:
        self.points, self.width, self.height = points, width, height
        self.since, self.until = points[0].at, points[-1].at
        most = max((point.persons.known or 0 for point in points), default=0)
        self.step = step_of(most)
        self.top = max(-(-most // self.step), 1) * self.step

    def x(self, at: datetime) -> float:
        share = (at - self.since) / (self.until - self.since)
        return LEFT + share * (self.width - LEFT - RIGHT)

    def y(self, persons: int) -> float:
        bottom = self.height - BOTTOM
        return bottom - persons / self.top * (bottom - TOP)

    def grid(self) -> Iterator[str]:
        line = f'stroke="{palette()["line"]}" stroke-width="0.2"'
        for persons in range(0, self.top + 1, self.step):
            y = self.y(persons)
            yield f'<path d="M{LEFT} {y:.2f}H{self.width - RIGHT:.2f}" {line}/>'
        for at in self._ticks():
            foot = f"M{self.x(at):.2f} {self.height - BOTTOM:.2f}v1.2"
            yield f'<path d="{foot}" stroke="{palette()["ink"]}" stroke-width="0.25"/>'

    def curve(self) -> Iterator[str]:
        for (is_known, lacks), pieces in groupby(pairwise(self.points), key=_look):
            if not is_known:
                continue
            first, *more = pieces
            places = [first[0], first[1], *(after for _, after in more)]
            way = "L".join(self._at(point) for point in places)
            dashes = ' stroke-dasharray="1.4 0.9"' if lacks else ""
            yield (
                f'<path d="M{way}" fill="none" stroke="{palette()["accent"]}" stroke-width="0.7"'
                f' stroke-linejoin="round"{dashes}/>'
            )
        last = self.points[-1]
        if last.persons.known is not None:
            x, y = self.x(last.at), self.y(last.persons.known)
            yield f'<circle cx="{x:.2f}" cy="{y:.2f}" r="0.9" fill="{palette()["accent"]}"/>'

    def heights(self) -> Iterator[Word]:
        for persons in range(0, self.top + 1, self.step):
            yield Word(LEFT - 1.5, self.y(persons), f"{persons:,}", is_centred=False)

    def moments(self) -> Iterator[Word]:
        for at in self._ticks():
            yield Word(self.x(at), self.height - BOTTOM + 3.4, f"{jst(at):%m-%d}", is_centred=True)
            yield Word(self.x(at), self.height - BOTTOM + 6.6, f"{jst(at):%H:%M}", is_centred=True)

    def _at(self, point: CurvePoint) -> str:
        return f"{self.x(point.at):.2f} {self.y(point.persons.known or 0):.2f}"

    def _ticks(self) -> Iterator[datetime]:
        """Yield full hours of a wall clock in Japan, as many as have room."""
        length = self.until - self.since
        hours = next((each for each in HOURS if length / timedelta(hours=each) <= TICKS), 24)
        midnight = jst(self.since).replace(hour=0, minute=0, second=0, microsecond=0)
        steps = range(int((self.until - midnight) / timedelta(hours=hours)) + 1)
        moments = (midnight + timedelta(hours=hours * step) for step in steps)
        return (at for at in moments if at >= self.since)


def _look(piece: tuple[CurvePoint, CurvePoint]) -> tuple[bool, bool]:
    """Return whether both ends of a piece are known, and whether anybody lacks in them."""
    ends = [point.persons for point in piece]
    is_known = all(persons.known is not None for persons in ends)
    return is_known, is_known and any(persons.unknown_places for persons in ends)
