from typing import Any

import pytest

from gis.importers.errors import UnknownCoordinateSystem
from gis.importers.files import sheets
from tests.gis.importers.files.making import geojson

SQUARE = [[[139.40, 35.33], [139.42, 35.33], [139.42, 35.35], [139.40, 35.35], [139.40, 35.33]]]
IN_ZONE_9 = {"type": "Point", "coordinates": [-38651.2, -73055.4]}
"""円蔵小学校 in the plane coordinates of Kanagawa, EPSG:6677: east, then north."""


def named(name: str) -> dict[str, Any]:
    return {"type": "name", "properties": {"name": name}}


def place(content: bytes) -> tuple[str, ...]:
    (table,) = sheets(content)
    assert table.records[0].cells[:2] == ("緯度", "経度")
    return table.records[1].cells[:2]


@pytest.mark.parametrize("name", ["EPSG:6677", "urn:ogc:def:crs:EPSG::6677"])
def test_plane_coordinates_become_degrees(name: str) -> None:
    lat, lon = map(float, place(geojson(IN_ZONE_9, crs=named(name))))
    assert (lat, lon) == pytest.approx((35.3411, 139.4081), abs=1e-3)


@pytest.mark.parametrize("name", ["EPSG:6668", "EPSG:4612", "urn:ogc:def:crs:OGC:1.3:CRS84", ""])
def test_degrees_of_any_japanese_datum_stay_as_written(name: str) -> None:
    content = geojson({"type": "Point", "coordinates": [1, 2]}, crs=named(name) if name else None)
    assert place(content.replace(b"[1, 2]", b"[139.40, 35.30]")) == ("35.30", "139.40")


def test_an_area_is_given_by_a_point_on_it() -> None:
    lat, lon = map(float, place(geojson({"type": "Polygon", "coordinates": SQUARE})))
    assert (lat, lon) == pytest.approx((35.34, 139.41))


@pytest.mark.parametrize(
    "geometry",
    [
        {"type": "Polygon", "coordinates": [[["x"]]]},
        {"type": "Polygon", "coordinates": [[[139, 35]]]},
        {"type": "Point", "coordinates": []},
        {"type": "Spiral", "coordinates": [1, 2]},
    ],
)
def test_a_geometry_that_is_none_says_so_in_place_of_a_latitude(geometry: dict[str, Any]) -> None:
    assert place(geojson(geometry)) == (geometry["type"], "")


@pytest.mark.parametrize(
    "crs", [named("EPSG:1"), named("/etc/passwd"), {"type": "link", "properties": {"href": "x"}}]
)
def test_a_coordinate_system_that_nobody_knows_is_refused(crs: dict[str, Any]) -> None:
    with pytest.raises(UnknownCoordinateSystem):
        sheets(geojson(IN_ZONE_9, crs=crs))


@pytest.mark.parametrize("around", ["%s", '{"properties": {"a": %s}}'])
def test_no_depth_of_nesting_breaks_anything(around: str) -> None:
    for depth in range(700, 1010):
        nested = around % ("[" * depth + "]" * depth)
        assert (
            len(sheets(f'{{"features": [{nested}, {{"properties": {{"b": 1}}}}]}}'.encode())) == 1
        )
