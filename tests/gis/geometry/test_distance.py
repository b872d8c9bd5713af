import pytest

from gis.geometry.distance import distances_m
from gis.geometry.place import Place

HERE = Place(139.4, 35.33)


def test_a_place_is_nowhere_from_itself() -> None:
    assert distances_m(HERE, [(139.4, 35.33)]) == [0]


def test_a_minute_of_latitude_is_a_sea_mile_and_one_of_longitude_is_shorter() -> None:
    north, east = distances_m(HERE, [(139.4, 35.33 + 1 / 60), (139.4 + 1 / 60, 35.33)])
    assert north == pytest.approx(1852, abs=5)
    assert east == pytest.approx(1515, abs=5)


def test_of_no_points_there_are_no_distances() -> None:
    assert distances_m(HERE, []) == []
