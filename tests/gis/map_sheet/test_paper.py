"""Paper: all of the view fits, the scale is round, and the bar is as long as it says."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod, Transformer

from gis.config import Bounds
from gis.errors import ViewTooWide
from gis.map_sheet.paper import Paper, layout, round_scale, scale_bar_m, sheet_of

CITY = Bounds(west=139.34, south=35.30, east=139.46, north=35.37)
_EARTH = Geod(ellps="GRS80")
_TO_PLANE = Transformer.from_crs(4326, 3857, always_xy=True)

longitudes = st.floats(125, 150)
latitudes = st.floats(24, 46)
sides = st.floats(1e-6, 2)


@given(longitudes, latitudes, sides, sides, st.sampled_from(Paper))
def test_all_of_the_view_fits_around_the_same_middle(
    west: float, south: float, width: float, height: float, paper: Paper
) -> None:
    view = Bounds(west=west, south=south, east=west + width, north=south + height)
    laid = layout(paper, view)
    ground = sheet_of(view, laid.map)
    left, bottom = _TO_PLANE.transform(view.west, view.south)
    right, top = _TO_PLANE.transform(view.east, view.north)
    extent = ground.extent
    assert extent.west <= left < right <= extent.east
    assert extent.south <= bottom < top <= extent.north
    assert math.isclose(extent.west + extent.east, left + right, abs_tol=1e-3)
    assert math.isclose(ground.width_mm, laid.map.width)
    assert math.isclose(ground.height_mm, laid.map.height)


@given(st.floats(1, 5_000_000))
def test_the_scale_has_two_digits_and_is_never_larger_than_fits(needed: float) -> None:
    scale = round_scale(needed)
    assert scale >= max(needed * (1 - 1e-6), 500)
    assert str(scale)[2:].strip("0") == ""


@given(longitudes, latitudes, st.floats(0.001, 0.5))
def test_the_scale_bar_is_as_long_on_paper_as_the_ground_is(
    west: float, south: float, side: float
) -> None:
    view = Bounds(west=west, south=south, east=west + side, north=south + side)
    ground = sheet_of(view, layout(Paper.A4, view).map)
    length_m = scale_bar_m(ground.ground_m_per_mm, 44)
    extent = ground.extent
    middle = (extent.west + extent.east) / 2, (extent.south + extent.north) / 2
    drawn_m = length_m / ground.ground_m_per_mm * ground.m_per_mm
    ends = [
        _TO_PLANE.transform(middle[0] + offset, middle[1], direction="INVERSE")
        for offset in (-drawn_m / 2, drawn_m / 2)
    ]
    _, _, measured_m = _EARTH.inv(*ends[0], *ends[1])
    assert math.isclose(measured_m, length_m, rel_tol=1e-3)
    assert 0.4 * 44 <= length_m / ground.ground_m_per_mm <= 44


def test_paper_lies_where_the_view_is_wider_than_high() -> None:
    lying = layout(Paper.A4, CITY)
    upright = layout(Paper.A3, Bounds(west=139.4, south=35.2, east=139.41, north=35.4))
    assert (lying.width, lying.height) == (297, 210)
    assert (upright.width, upright.height) == (297, 420)


def test_the_scale_is_that_of_the_paper() -> None:
    ground = sheet_of(CITY, layout(Paper.A4, CITY).map)
    assert round(ground.ground_m_per_mm * 1000) == 50_000


def test_a_view_of_half_the_world_is_refused() -> None:
    world = Bounds(west=-179, south=-80, east=179, north=80)
    with pytest.raises(ViewTooWide):
        sheet_of(world, layout(Paper.A4, world).map)
