import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis.errors import PlaceAtZero, PlaceOutsideJapan, PlaceSwapped
from gis.geometry.place import JAPAN, Place, checked_place
from gis.text import Language

longitudes = st.floats(JAPAN.west, JAPAN.east)
latitudes = st.floats(JAPAN.south, JAPAN.north)


@pytest.mark.parametrize(
    ("lon", "lat"),
    [
        (139.4035, 35.3338),  # 茅ヶ崎市
        (122.9333, 24.45),  # 与那国島
        (153.9806, 24.2833),  # 南鳥島
        (136.0711, 20.4231),  # 沖ノ鳥島
        (148.7531, 45.5253),  # 択捉島
    ],
)
def test_a_place_anywhere_in_japan_is_taken(lon: float, lat: float) -> None:
    assert checked_place(lon, lat) == Place(lon, lat)


@pytest.mark.parametrize("lon", [JAPAN.west, JAPAN.east])
@pytest.mark.parametrize("lat", [JAPAN.south, JAPAN.north])
def test_the_edge_belongs_to_it(lon: float, lat: float) -> None:
    assert checked_place(lon, lat) == Place(lon, lat)


@pytest.mark.parametrize("zero", [0.0, -0.0])
def test_0_0_is_a_device_that_knew_nothing(zero: float) -> None:
    with pytest.raises(PlaceAtZero):
        checked_place(zero, zero)


@given(longitudes, latitudes)
def test_longitude_and_latitude_in_each_others_place_are_noticed(lon: float, lat: float) -> None:
    with pytest.raises(PlaceSwapped) as refused:
        checked_place(lat, lon)
    explained = refused.value.explain(Language.EN)
    assert f"If {lon} is the longitude and {lat} the latitude" in explained


@pytest.mark.parametrize(
    ("lon", "lat"),
    [
        (-122.4, 37.8),
        (139.4, -35.3),
        (139.4, 0.0),
        (0.0, 35.3),
        (121.999, 35.3),
        (139.4, 46.001),
        (math.nan, 35.3),
        (139.4, math.nan),
        (math.inf, 35.3),
        (math.nan, math.nan),
    ],
)
def test_anywhere_else_lies_outside(lon: float, lat: float) -> None:
    with pytest.raises(PlaceOutsideJapan) as refused:
        checked_place(lon, lat, field="place")
    assert refused.value.field == "place"


@given(longitudes, latitudes)
def test_the_store_is_given_every_digit(lon: float, lat: float) -> None:
    srid, _, point = Place(lon, lat).ewkt().partition(";")
    assert srid == "SRID=4326"
    x, y = point.removeprefix("POINT(").removesuffix(")").split()
    assert (float(x), float(y)) == (lon, lat)
