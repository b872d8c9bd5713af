"""How large words may be so that a box of 第4号様式 holds them all. Pure.

Japanese characters are as wide as they are high, others half as wide: so it is in the fonts that
forms are set in.
"""

from collections.abc import Callable, Iterator
from math import ceil, inf
from typing import Final

LARGEST_PT: Final = 10.0
SMALLEST_PT: Final = 6.5
"""Smaller ones cannot be read on paper."""
UNBROKEN_PT: Final = 7.5
STEP_PT: Final = 0.5
PADDING_PT: Final = 5.0
LEADING: Final = 1.3
ONE_LINE: Final = 1.2
"""How high a line is, as a share of its letters: among others, and alone."""
DOWNWARDS: Final = 1.35
"""The same of letters that stand one below the other."""
TALL_PT: Final = 60.0
"""From this height on words begin at the top of their box, as what is written on does."""


def letters_pt(text: str, size: tuple[float, float], *, wraps: bool = True) -> float | None:
    """Return the largest size of letters at which a box holds a text; None where none does.

    Rather than break its lines they are a little smaller, down to :data:`UNBROKEN_PT`.

    Parameters
    ----------
    size
        How wide and how high the box is, in points.
    wraps
        Whether a line that is too long goes on in the next one.
    """
    width = size[0] - PADDING_PT
    height = size[1] - (PADDING_PT if size[1] >= TALL_PT else 0.0)
    lines = [_ems(line) for line in text.split("\n")]
    unbroken = _largest(lambda points: _height(lines, width / points, points, 1) <= height)
    if not wraps or (unbroken is not None and unbroken >= UNBROKEN_PT):
        return unbroken
    return _largest(lambda points: _height(lines, width / points, points, None) <= height)


def _height(lines: list[float], room: float, points: float, most: int | None) -> float:
    """Return how high lines are together, where a line holds so many characters.

    ``most`` is in how many pieces a line may be broken; where it takes more it is infinitely high.
    """
    counts = [_wrapped(ems, room) for ems in lines]
    if most is not None and max(counts) > most:
        return inf
    count = sum(counts)
    return points * (count * LEADING if count > 1 else ONE_LINE)


def _largest(fits: Callable[[float], bool]) -> float | None:
    return next(filter(fits, _sizes()), None)


def downwards_pt(text: str, size: tuple[float, float]) -> float | None:
    """Return the largest size of letters that stand one below the other; None where none fits."""
    width, height = size
    columns = text.split("\n")
    longest = max(map(len, columns))
    return _largest(
        lambda points: (
            points * longest * DOWNWARDS <= height and points * len(columns) * LEADING <= width
        )
    )


def _sizes() -> Iterator[float]:
    points = LARGEST_PT
    while points >= SMALLEST_PT:
        yield points
        points -= STEP_PT


def _ems(line: str) -> float:
    return sum(0.5 if character.isascii() else 1.0 for character in line)


def lines_of(line: str, room: float) -> int:
    """Return in how many lines a text is set where that many Japanese characters fit into one."""
    return _wrapped(_ems(line), room)


def _wrapped(ems: float, room: float) -> int:
    """Return in how many lines one is set; one character less in each where it does not end."""
    return 1 if ems <= room else ceil(ems / max(room - 1.0, 1.0))
