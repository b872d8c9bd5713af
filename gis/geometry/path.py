"""Checks on a stretch of road that somebody has drawn: EPSG:4326 degrees, longitude first."""

from collections.abc import Mapping
from typing import Any

import shapely
from shapely.errors import ShapelyError
from shapely.geometry import LineString, Point, shape

from gis.errors import PathUnreadable
from gis.geometry.place import checked_place

CORNERS_MOST = 5_000
"""Corners of a line; who draws by hand makes dozens."""


def checked_path(geojson: Mapping[str, Any], *, field: str = "path") -> Point | LineString:
    """Return a point or a line on the ground of Japan, from its GeoJSON geometry.

    Parameters
    ----------
    geojson
        A Point or LineString (RFC 7946), degrees, longitude first.
    field
        The name of the field it came in, for the error.

    Raises
    ------
    gis.errors.PathUnreadable
        It is no such geometry, a line without length, or has more than :data:`CORNERS_MOST`
        corners.
    gis.errors.PlaceAtZero, gis.errors.PlaceSwapped, gis.errors.PlaceOutsideJapan
        A corner cannot be meant.
    """
    try:
        path = shape(geojson)
    except (ShapelyError, ValueError, TypeError, KeyError, IndexError, AttributeError) as fault:
        raise PathUnreadable(field=field) from fault
    is_path = isinstance(path, Point | LineString) and not path.is_empty
    if not is_path or shapely.get_num_coordinates(path) > CORNERS_MOST:
        raise PathUnreadable(field=field)
    for lon, lat in shapely.get_coordinates(path):
        checked_place(float(lon), float(lat), field=field)
    if isinstance(path, LineString) and path.length == 0:
        raise PathUnreadable(field=field)
    # A third ordinate, such as a height, is nothing that a stretch on the ground has.
    flat: Point | LineString = shapely.force_2d(path)
    return flat
