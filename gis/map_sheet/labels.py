"""Where words stand on the map: beside what they name, none over another, none over a mark.

Lengths are millimetres. The font is of fixed pitch, so that how long a line is follows from its
letters.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil, hypot
from typing import Final
from unicodedata import east_asian_width

LINE: Final = 1.25
"""From one line to the next, in letters' heights."""
PADDING: Final = 0.25
"""Around the words, in letters' heights."""
STEPS: Final = 16
"""In how many points a line is looked at."""
HAIR: Final = 0.05
"""What stands beside something does not touch it, however numbers are rounded."""


@dataclass(frozen=True)
class Area:
    """A rectangle that is taken, or wanted."""

    left: float
    top: float
    right: float
    bottom: float

    @classmethod
    def around(cls, x: float, y: float, half_x: float, half_y: float) -> "Area":
        """Return the rectangle around a middle."""
        return cls(x - half_x, y - half_y, x + half_x, y + half_y)

    def overlaps(self, other: "Area") -> bool:
        """Tell whether both have a part in common."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def holds(self, point: Sequence[float] | None) -> bool:
        """Tell whether a point lies in it."""
        return point is not None and (
            self.left < point[0] < self.right and self.top < point[1] < self.bottom
        )

    def is_within(self, width: float, height: float) -> bool:
        """Tell whether all of it lies on a sheet of that size."""
        return self.left >= 0 and self.top >= 0 and self.right <= width and self.bottom <= height


Offsets = Callable[[float, float], Iterable[tuple[float, float]]]
"""Of half a width and half a height: where the middle may lie from what is named, best first."""


@dataclass(frozen=True)
class Label:
    """Words that want a place."""

    kind: str
    """In which look they are set, by the template's names."""
    lines: tuple[str, ...]
    x: float
    y: float
    size: float
    """How high a letter is."""
    offsets: Offsets
    is_needed: bool = False
    """Whether they must stand somewhere, even over something else."""
    opacity: int = 100
    """Per cent."""
    colour: str = ""
    mark: tuple[float, float, float] | None = None
    """Middle and radius of what is named, where a line leads to it from words that stand away."""

    room: tuple[float, float] | None = None
    """Half of a box that is drawn around the words."""

    @property
    def half(self) -> tuple[float, float]:
        """Half of the room that the words take."""
        if self.room:
            return self.room
        widest = max(map(letters, self.lines), default=0)
        padding = 2 * PADDING
        return (
            (widest + padding) * self.size / 2,
            (len(self.lines) * LINE + padding) * self.size / 2,
        )

    @property
    def leader(self) -> tuple[tuple[float, float], tuple[float, float]] | None:
        """The line from what is named to the words, where one is needed."""
        if self.mark is None:
            return None
        here, (x, y, radius) = self.area(), self.mark
        end = min(max(x, here.left), here.right), min(max(y, here.top), here.bottom)
        away = hypot(end[0] - x, end[1] - y)
        if away <= 1.5 * radius:
            return None
        share = radius / away
        return (x + (end[0] - x) * share, y + (end[1] - y) * share), end

    def area(self) -> Area:
        """Return the room that the words take where they are now."""
        return Area.around(self.x, self.y, *self.half)


def letters(text: str) -> float:
    """Return how long a line is in letters' heights: half a letter where it is a narrow one."""
    return sum(1 if east_asian_width(each) in "WFA" else 0.5 for each in text)


def wrapped(text: str, longest: float, most: int) -> tuple[str, ...]:
    """Return a text in lines of about the same length, cut with 「…」 after so many lines.

    Parameters
    ----------
    longest
        How many letters a line has at most.
    most
        How many lines.
    """
    words = " ".join(text.split())
    rows = min(max(ceil(letters(words) / longest), 1), most)
    even = min(ceil(letters(words) / rows), longest)
    lines = [""]
    for letter in words:
        if letters(lines[-1] + letter) > even:
            lines.append("")
        lines[-1] += letter
    if len(lines) > most:
        lines = [*lines[: most - 1], lines[most - 1][:-1] + "…"]
    return tuple(line.strip() for line in lines)


def beside(half_mark: float) -> Offsets:
    """Return places right, left, above and below a mark."""

    def offsets(half_x: float, half_y: float) -> Iterator[tuple[float, float]]:
        right, below = half_mark + half_x + HAIR, half_mark + half_y + HAIR
        yield from ((right, 0), (-right, 0), (0, below), (0, -below))
        yield from ((x, y) for x in (right, -right) for y in (half_y, -half_y))

    return offsets


def around(half_mark: float, reach: float, step: float) -> Offsets:
    """Return places beside a mark, then ever further away from it."""
    near = beside(half_mark)

    def offsets(half_x: float, half_y: float) -> Iterator[tuple[float, float]]:
        yield from near(half_x, half_y)
        away = step
        while away <= reach:
            right, below = half_mark + away + half_x, half_mark + away + half_y
            for y in (0, away, -away):
                yield from ((right, y), (-right, y))
            for x in (0, away, -away):
                yield from ((x, below), (x, -below))
            yield from ((x, y) for x in (right, -right) for y in (below, -below))
            away += step

    return offsets


def on_the_spot(_half_x: float, _half_y: float) -> tuple[tuple[float, float], ...]:
    """Return the place itself and no other."""
    return ((0, 0),)


def nearby(reach_x: float, reach_y: float, step: float) -> Offsets:
    """Return places around, the nearest first; sideways is nearer than up and down."""
    columns, rows = int(reach_x / step), int(reach_y / step)
    places = [
        (x * step, y * step) for x in range(-columns, columns + 1) for y in range(-rows, rows + 1)
    ]
    places.sort(key=lambda place: hypot(place[0], 2 * place[1]))
    return lambda _half_x, _half_y: places


def arrange(
    labels: Iterable[Label], taken: list[Area], width: float, height: float
) -> tuple[list[Label], int]:
    """Return the labels that have found a place on a sheet, and how many have not.

    The first ones choose first.
    """
    taken, placed, left_out = [*taken], [], 0
    for label in labels:
        found = _find(label, taken, width, height)
        if found is None and label.is_needed:
            found = _moved_in(label, width, height)
        if found is None:
            left_out += 1
        else:
            placed.append(found)
            taken.append(found.area())
    return placed, left_out


def _find(label: Label, taken: list[Area], width: float, height: float) -> Label | None:
    for x, y in label.offsets(*label.half):
        moved = replace(label, x=label.x + x, y=label.y + y)
        area = moved.area()
        if (
            area.is_within(width, height)
            and not any(map(area.overlaps, taken))
            and not _leads_across(moved, taken)
        ):
            return moved
    return None


def _leads_across(label: Label, taken: list[Area]) -> bool:
    """Tell whether the line to a mark crosses something that is not on the mark itself."""
    if label.leader is None:
        return False
    (from_x, from_y), (to_x, to_y) = label.leader
    others = [area for area in taken if not area.holds(label.mark)]
    for step in range(STEPS + 1):
        share = step / STEPS
        point = from_x + (to_x - from_x) * share, from_y + (to_y - from_y) * share
        if any(area.holds(point) for area in others):
            return True
    return False


def _moved_in(label: Label, width: float, height: float) -> Label:
    half_x, half_y = label.half
    return replace(
        label,
        x=min(max(label.x, half_x), max(width - half_x, half_x)),
        y=min(max(label.y, half_y), max(height - half_y, half_y)),
    )
