"""Checks on what somebody has drawn on the map: EPSG:4326 degrees, longitude first."""

from collections.abc import Mapping
from typing import Any

from shapely.geometry import LineString, MultiPolygon, Point

from gis.errors import PathUnreadable, ShapeUnreadable
from gis.geometry.area import checked_area
from gis.geometry.path import checked_path

AREAS = ("Polygon", "MultiPolygon")


def checked_shape(
    geojson: Mapping[str, Any], *, field: str = "shape"
) -> Point | LineString | MultiPolygon:
    """Return a point, a line or an area on the ground of Japan, from its GeoJSON geometry.

    Parameters
    ----------
    geojson
        A Point, LineString, Polygon or MultiPolygon (RFC 7946), degrees, longitude first.
    field
        The name of the field it came in, for the error.

    Raises
    ------
    gis.errors.ShapeUnreadable
        It is neither a point nor a line nor an area, or has too many corners
        (:data:`gis.geometry.path.CORNERS_MOST`).
    gis.errors.AreaUnreadable, gis.errors.AreaTooDetailed, gis.errors.AreaCrossesItself
        As :func:`gis.geometry.area.checked_area` says.
    gis.errors.PlaceAtZero, gis.errors.PlaceSwapped, gis.errors.PlaceOutsideJapan
        A corner cannot be meant.
    """
    if geojson.get("type") in AREAS:
        return checked_area(geojson, field=field)
    try:
        return checked_path(geojson, field=field)
    except PathUnreadable as fault:
        raise ShapeUnreadable(field=field) from fault
