from math import inf, nan
from typing import Any

import pytest
from shapely.geometry import MultiPolygon, shape

from gis import errors
from gis.config import city_profile
from gis.errors import Refused
from gis.geometry.area import CORNERS_MOST, checked_area, checked_question, extent

SQUARE = [[139.40, 35.32], [139.41, 35.32], [139.41, 35.33], [139.40, 35.33], [139.40, 35.32]]
BOW_TIE = [[139.40, 35.32], [139.41, 35.33], [139.41, 35.32], [139.40, 35.33], [139.40, 35.32]]


def polygon(*rings: list[list[float]]) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": list(rings)}


def test_an_area_is_taken_as_it_was_drawn() -> None:
    area = checked_area(polygon(SQUARE))
    assert isinstance(area, MultiPolygon)
    assert [list(corner) for corner in area.geoms[0].exterior.coords] == SQUARE


def test_parts_and_holes_are_kept_and_heights_are_not() -> None:
    hole = [[lon * 1.0, lat] for lon, lat in reversed(SQUARE)]
    hole = [[139.405 + (lon - 139.405) / 2, 35.325 + (lat - 35.325) / 2] for lon, lat in hole]
    high = [[lon + 0.1, lat, 12.0] for lon, lat in SQUARE]
    area = checked_area({"type": "MultiPolygon", "coordinates": [[SQUARE, hole], [high]]})
    assert [len(part.interiors) for part in area.geoms] == [1, 0]
    assert not area.has_z


def test_crossing_edges_are_refused_with_the_place() -> None:
    with pytest.raises(errors.AreaCrossesItself) as refused:
        checked_area(polygon(BOW_TIE))
    assert str(refused.value.facts["place"]).startswith("139.405")


@pytest.mark.parametrize(
    ("geojson", "refusal"),
    [
        ({}, errors.AreaUnreadable),
        ({"type": "Point", "coordinates": [139.4, 35.3]}, errors.AreaUnreadable),
        ({"type": "Polygon", "coordinates": []}, errors.AreaUnreadable),
        (
            {"type": "Polygon", "coordinates": [[[139.4, 35.3], [139.5, 35.3]]]},
            errors.AreaUnreadable,
        ),
        ({"type": "Polygon", "coordinates": "here"}, errors.AreaUnreadable),
        ({"type": "Polygon", "coordinates": [[["a", "b"]] * 4]}, errors.AreaUnreadable),
        ({"type": "Polygon"}, errors.AreaUnreadable),
        (polygon([SQUARE[0]] * (CORNERS_MOST + 1)), errors.AreaTooDetailed),
        (polygon([[lat, lon] for lon, lat in SQUARE]), errors.PlaceSwapped),
        (polygon([[0.0, 0.0], *SQUARE[1:4], [0.0, 0.0]]), errors.PlaceAtZero),
        (polygon([[-73.9, 40.7], *SQUARE[1:4], [-73.9, 40.7]]), errors.PlaceOutsideJapan),
        (polygon([SQUARE[0]] * 4), errors.AreaUnreadable),
        (polygon([[nan, 35.3], *SQUARE[1:4], [nan, 35.3]]), errors.AreaUnreadable),
        (polygon([[inf, 35.3], *SQUARE[1:4], [inf, 35.3]]), errors.PlaceOutsideJapan),
    ],
)
def test_what_is_no_area_in_japan_is_refused(
    geojson: dict[str, Any], refusal: type[Refused]
) -> None:
    with pytest.raises(refusal) as refused:
        checked_area(geojson)
    assert refused.value.field == "area"


def test_an_area_of_too_many_corners_says_how_many_came_and_how_many_are_read() -> None:
    with pytest.raises(errors.AreaTooDetailed) as refused:
        checked_area(polygon([SQUARE[0]] * 1_000_000))
    assert (refused.value.received, refused.value.facts["most"]) == ("1,000,000", "5,000")


def test_the_store_is_asked_about_a_city_and_not_about_a_country() -> None:
    bounds = city_profile("142077").bounds
    assert checked_question(polygon(SQUARE), bounds)
    country = [[130.0, 31.0], [142.0, 31.0], [142.0, 44.0], [130.0, 44.0], [130.0, 31.0]]
    with pytest.raises(errors.AreaTooLarge) as refused:
        checked_question(polygon(country), bounds)
    assert str(refused.value.received).endswith(" km²")
    assert refused.value.facts["most"] == "1,220 km²"


def test_the_size_is_that_on_the_ground_whichever_way_round_it_was_drawn() -> None:
    ring = [[139.405 + (lon - 139.405) / 2, 35.325 + (lat - 35.325) / 2] for lon, lat in SQUARE]
    whole, hole = extent(shape(polygon(SQUARE))), extent(shape(polygon(ring)))
    # A hundredth of a degree is 1,109.4 m to the north and 908.9 m to the east there.
    assert whole.area_m2 == pytest.approx(1109.4 * 909.0, rel=1e-3)
    assert whole.around_m == pytest.approx(2 * (1109.4 + 909.0), rel=1e-3)
    assert extent(shape(polygon(SQUARE[::-1]))).area_m2 == pytest.approx(whole.area_m2)
    for turned in (ring, ring[::-1]):
        left = extent(shape(polygon(SQUARE, turned))).area_m2
        assert left == pytest.approx(whole.area_m2 - hole.area_m2)
