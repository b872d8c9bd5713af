from typing import Any

import pytest
import shapely
from shapely.geometry import LineString, MultiPolygon, Point

from gis import errors
from gis.geometry.drawing import checked_shape
from gis.geometry.path import CORNERS_MOST

RING = [[139.40, 35.32], [139.41, 35.32], [139.41, 35.33], [139.40, 35.32]]
BOW_TIE = [[139.40, 35.32], [139.41, 35.33], [139.41, 35.32], [139.40, 35.33], [139.40, 35.32]]


@pytest.mark.parametrize(
    ("geojson", "kind"),
    [
        ({"type": "Point", "coordinates": [139.4, 35.3, 12]}, Point),
        ({"type": "LineString", "coordinates": RING[:2]}, LineString),
        ({"type": "Polygon", "coordinates": [RING]}, MultiPolygon),
        ({"type": "MultiPolygon", "coordinates": [[RING]]}, MultiPolygon),
    ],
)
def test_a_point_a_line_or_an_area_is_taken(geojson: dict[str, Any], kind: type) -> None:
    drawn = checked_shape(geojson)
    assert isinstance(drawn, kind)
    assert not shapely.has_z(drawn)


@pytest.mark.parametrize(
    ("geojson", "refusal"),
    [
        ({}, errors.ShapeUnreadable),
        ({"type": ["Polygon"], "coordinates": [RING]}, errors.ShapeUnreadable),
        ({"type": "MultiPoint", "coordinates": RING}, errors.ShapeUnreadable),
        ({"type": "LineString", "coordinates": [RING[0]] * 2}, errors.ShapeUnreadable),
        (
            {"type": "LineString", "coordinates": RING[:2] * CORNERS_MOST},
            errors.ShapeUnreadable,
        ),
        ({"type": "Polygon", "coordinates": [BOW_TIE]}, errors.AreaCrossesItself),
        ({"type": "Point", "coordinates": [0, 0]}, errors.PlaceAtZero),
        (
            {"type": "LineString", "coordinates": [[2.3, 48.8], [2.4, 48.8]]},
            errors.PlaceOutsideJapan,
        ),
    ],
)
def test_what_cannot_be_drawn_is_refused(
    geojson: dict[str, Any], refusal: type[errors.Refused]
) -> None:
    with pytest.raises(refusal) as refused:
        checked_shape(geojson)
    assert refused.value.field == "shape"
