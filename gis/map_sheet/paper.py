"""Paper, and how a view of the map lies on it. Millimetres, from the upper left corner."""

from dataclasses import dataclass
from enum import StrEnum
from math import ceil, floor, log10
from typing import Final

from gis.config import Bounds
from gis.errors import ViewTooWide
from gis.geometry.mercator import Extent, Sheet, ground_m_per_m, lat_of, to_plane


class Paper(StrEnum):
    """A size of paper."""

    A4 = "a4"
    A3 = "a3"


SIZES_MM: Final = {Paper.A4: (210.0, 297.0), Paper.A3: (297.0, 420.0)}
ENLARGED: Final = {Paper.A4: 1.0, Paper.A3: 1.25}
"""Larger paper hangs further away: its words and marks grow, and the map still gains room."""
MARGIN_MM: Final = 8.0
"""What no office printer cuts off."""
HEAD_MM: Final = 16.0
SIDE_MM: Final = 58.0
FOOT_MM: Final = 58.0
GAP_MM: Final = 4.0
FINEST_SCALE: Final = 500
COARSEST_SCALE: Final = 5_000_000
"""A view of all of eastern Japan; wider ones show nothing of a city."""


@dataclass(frozen=True)
class Box:
    """A rectangle on paper."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Layout:
    """Where things stand on a sheet."""

    width: float
    height: float
    enlarged: float
    """By how much words and marks are larger than on A4."""
    head: Box
    map: Box
    key: Box
    """Legend, scale and credits: beside the map, or beneath it where the paper stands upright."""
    is_upright: bool


def layout(paper: Paper, view: Bounds) -> Layout:
    """Return how a sheet is laid out for a view: lying where that is wider than high."""
    short, long = SIZES_MM[paper]
    west, south, east, north = _plane(view)
    is_upright = north - south > east - west
    width, height = (short, long) if is_upright else (long, short)
    enlarged = ENLARGED[paper]
    head, side, foot, gap = (each * enlarged for each in (HEAD_MM, SIDE_MM, FOOT_MM, GAP_MM))
    inside, top = width - 2 * MARGIN_MM, MARGIN_MM + head
    below = height - top - MARGIN_MM
    if is_upright:
        chart = Box(MARGIN_MM, top, inside, below - foot - gap)
        key = Box(MARGIN_MM, height - MARGIN_MM - foot, inside, foot)
    else:
        chart = Box(MARGIN_MM, top, inside - side - gap, below)
        key = Box(width - MARGIN_MM - side, top, side, below)
    return Layout(
        width, height, enlarged, Box(MARGIN_MM, MARGIN_MM, inside, head), chart, key, is_upright
    )


def sheet_of(view: Bounds, frame: Box) -> Sheet:
    """Return how the ground lies in a frame: all of the view, around its middle.

    The scale is the next round one, such as 1:25,000.

    Raises
    ------
    gis.errors.ViewTooWide
        Nothing could be told apart.
    """
    west, south, east, north = _plane(view)
    middle_x, middle_y = (west + east) / 2, (south + north) / 2
    per_m = ground_m_per_m(lat_of(middle_y))
    needed = max((east - west) / frame.width, (north - south) / frame.height)
    scale = round_scale(needed * per_m * 1000)
    if scale > COARSEST_SCALE:
        raise ViewTooWide(received=f"1:{scale:,}", most=f"1:{COARSEST_SCALE:,}")
    m_per_mm = scale / 1000 / per_m
    half_x, half_y = frame.width * m_per_mm / 2, frame.height * m_per_mm / 2
    extent = Extent(middle_x - half_x, middle_y - half_y, middle_x + half_x, middle_y + half_y)
    return Sheet(extent, m_per_mm)


def _plane(view: Bounds) -> tuple[float, float, float, float]:
    return *to_plane(view.west, view.south), *to_plane(view.east, view.north)


def round_scale(at_least: float) -> int:
    """Return the next scale number of two digits and zeros, :data:`FINEST_SCALE` at the least."""
    step = int(10 ** (floor(log10(max(at_least, FINEST_SCALE))) - 1))
    # What floating point adds to a round number is none.
    return max(ceil(round(at_least / step, 6)) * step, FINEST_SCALE)


def scale_bar_m(ground_m_per_mm: float, most_mm: float) -> int:
    """Return the longest round length (1, 2 or 5 and zeros) that a bar of that size can show."""
    most_m = ground_m_per_mm * most_mm
    power = 10 ** floor(log10(most_m))
    return int(max(each * power for each in (1, 2, 5) if each * power <= most_m))
