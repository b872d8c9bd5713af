"""Checks on an area that somebody has drawn: EPSG:4326 degrees, longitude first."""

from collections.abc import Mapping
from typing import Any

import shapely
from shapely.errors import ShapelyError
from shapely.geometry import MultiPolygon, Polygon, shape
from shapely.validation import explain_validity

from gis.errors import AreaCrossesItself, AreaUnreadable
from gis.geometry.place import checked_place

CORNERS_MOST = 5_000
"""Corners of an area; who draws by hand makes dozens."""


def checked_area(geojson: Mapping[str, Any], *, field: str = "area") -> MultiPolygon:
    """Return an area on the ground of Japan, from its GeoJSON geometry.

    An area whose edges cross is refused, not mended: nobody but who drew it knows what it means.

    Parameters
    ----------
    geojson
        A Polygon or MultiPolygon (RFC 7946), degrees, longitude first.
    field
        The name of the field it came in, for the error.

    Raises
    ------
    gis.errors.AreaUnreadable
        It is no such geometry, has no extent, or more than :data:`CORNERS_MOST` corners.
    gis.errors.PlaceAtZero, gis.errors.PlaceSwapped, gis.errors.PlaceOutsideJapan
        A corner cannot be meant.
    gis.errors.AreaCrossesItself
        Its edges cross each other.
    """
    area = _area(geojson, field)
    if area.convex_hull.area == 0:
        raise AreaUnreadable(field=field)
    for lon, lat in shapely.get_coordinates(area):
        checked_place(float(lon), float(lat), field=field)
    if not area.is_valid:
        # The reason ends with the place, such as "Self-intersection[139.4 35.3]".
        place = explain_validity(area).partition("[")[2].rstrip("]").replace(" ", ", ")
        raise AreaCrossesItself(field=field, place=place or "—")
    return area


def _area(geojson: Mapping[str, Any], field: str) -> MultiPolygon:
    try:
        area = shape(geojson)
    except (ShapelyError, ValueError, TypeError, KeyError, IndexError, AttributeError) as fault:
        raise AreaUnreadable(field=field) from fault
    if isinstance(area, Polygon):
        area = MultiPolygon([area])
    if not isinstance(area, MultiPolygon) or not 0 < shapely.get_num_coordinates(area) <= (
        CORNERS_MOST
    ):
        raise AreaUnreadable(field=field)
    # A third ordinate, such as a height, is nothing that an area on the ground has.
    flat: MultiPolygon = shapely.force_2d(area)
    return flat
