"""From the text of a GeoJSON file to numbered rows of cells, as if it had been a table.

A feature is a row under its number in the file, its properties and its place are the cells. Any
format of a table is read from it that way, without knowing of GeoJSON.
"""

import json
from dataclasses import replace
from typing import Any

import shapely
from shapely.errors import ShapelyError

from gis.importers.errors import UnknownCoordinateSystem
from gis.importers.files.layers import Layer, layers
from gis.importers.files.places import IN_DEGREES, authority_name, places
from gis.importers.files.sheet import LAT, LON, Sheet, feature_rows, shown
from gis.importers.files.text import decoded

_BEGINS_WITHIN = 64
"""Bytes in which the first brace stands, after a byte order mark and blanks."""


def read(content: bytes) -> tuple[Sheet, ...] | None:
    """Return the features as a table, or None when the bytes are no GeoJSON.

    Places are in degrees (EPSG:4326) unless a member "crs" says otherwise, as it did before
    RFC 7946 and as the programs of many town halls write it to this day.

    Raises
    ------
    NotATextFile, UnknownCoordinateSystem
        It cannot be read.
    """
    if b"{" not in content[:_BEGINS_WITHIN]:
        return None
    found = _collection(decoded(content))
    if found is None:
        return None
    rows = _rows(found["features"], _crs(found.get("crs")))
    return (Sheet(None, feature_rows(rows)),)


def features(content: bytes) -> tuple[Layer, ...] | None:
    """Return the features with all their geometry, or None when the bytes are no GeoJSON.

    Raises
    ------
    BrokenFile, NotATextFile, ReadingTooCostly, UnknownCoordinateSystem
        It cannot be read.
    """
    if b"{" not in content[:_BEGINS_WITHIN]:
        return None
    text = decoded(content)
    found = _collection(text)
    if found is None:
        return None
    # A system that GDAL does not know it passes over in silence.
    crs = _crs(found.get("crs"))
    return tuple(replace(layer, crs=crs) for layer in layers({"list.geojson": text.encode()}))


def _collection(text: str) -> dict[str, Any] | None:
    if not text.lstrip().startswith("{"):
        return None
    try:
        # Numbers stay as written; a detour through binary would change identifiers and degrees.
        found = json.loads(text, parse_float=str, parse_int=str, parse_constant=str)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found.get("features"), list) else None


def _crs(member: object) -> str:
    match member:
        case None:
            return "EPSG:4326"
        case {"properties": {"name": str(name)}}:
            return authority_name(name)
    raise UnknownCoordinateSystem(received=shown(member))


def _rows(features: list[Any], crs: str) -> list[object]:
    """Return each feature's place and properties by heading, or itself when it is none."""
    geometries = [one.get("geometry") if isinstance(one, dict) else None for one in features]
    written = [_written(geometry, crs) for geometry in geometries]
    shapes = [
        None if place else _shape(geometry)
        for geometry, place in zip(geometries, written, strict=True)
    ]
    return [
        _properties(feature, place or transformed or _kind(feature))
        for feature, place, transformed in zip(features, written, places(shapes, crs), strict=True)
    ]


def _properties(feature: object, place: dict[str, object]) -> object:
    """Return a place and the properties of a feature; a copy of the place among them is none."""
    if not isinstance(feature, dict) or not isinstance(feature.get("properties"), dict):
        return shown(feature)
    return place | {
        shown(name): value
        for name, value in feature["properties"].items()
        if name not in {LAT, LON} or not place
    }


def _written(geometry: object, crs: str) -> dict[str, object]:
    """Return a point in degrees as it stands in the file, digit by digit."""
    match geometry:
        case {"type": "Point", "coordinates": [lon, lat, *_]} if crs in IN_DEGREES:
            return {LAT: lat, LON: lon}
    return {}


def _shape(geometry: object) -> Any:  # noqa: ANN401 - shapely publishes no types
    match geometry:
        case {"type": kind, "coordinates": coordinates}:
            try:
                written = {"type": kind, "coordinates": _numbers(coordinates)}
                return shapely.from_geojson(json.dumps(written))
            except (ShapelyError, RecursionError, TypeError, ValueError):
                return None
    return None


def _numbers(coordinates: Any) -> Any:  # noqa: ANN401 - JSON of any depth
    return list(map(_numbers, coordinates)) if isinstance(coordinates, list) else float(coordinates)


def _kind(feature: object) -> dict[str, object]:
    """Return the kind of a geometry that is nowhere in place of its latitude, for people to see."""
    match feature:
        case {"geometry": {"type": kind}}:
            return {LAT: kind, LON: None}
    return {}
