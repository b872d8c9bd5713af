"""Checks on an area that somebody has drawn: EPSG:4326 degrees, longitude first."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final

import shapely
from pyproj import Geod
from shapely.errors import ShapelyError
from shapely.geometry import MultiPolygon, Polygon, box, shape
from shapely.validation import explain_validity

from gis.config import Bounds
from gis.errors import AreaCrossesItself, AreaTooDetailed, AreaTooLarge, AreaUnreadable
from gis.geometry.place import checked_place

CORNERS_MOST: Final = 5_000
"""Corners of an area; who draws by hand makes dozens."""
ASKED_CORNERS_MOST: Final = 1_000
"""Corners of an area that is only asked about: each point of the store is held against all."""
CITIES_MOST: Final = 10
"""How many times the box around the municipality may be asked about at once."""
M2_PER_KM2: Final = 1_000_000
_EARTH = Geod(ellps="GRS80")


def checked_area(
    geojson: Mapping[str, Any], *, field: str = "area", corners_most: int = CORNERS_MOST
) -> MultiPolygon:
    """Return an area on the ground of Japan, from its GeoJSON geometry.

    An area whose edges cross is refused, not mended: nobody but who drew it knows what it means.

    Parameters
    ----------
    geojson
        A Polygon or MultiPolygon (RFC 7946), degrees, longitude first.
    field
        The name of the field it came in, for the error.
    corners_most
        How many corners are read.

    Raises
    ------
    gis.errors.AreaUnreadable
        It is no such geometry, or has no extent.
    gis.errors.AreaTooDetailed
        It has more than ``corners_most`` corners.
    gis.errors.PlaceAtZero, gis.errors.PlaceSwapped, gis.errors.PlaceOutsideJapan
        A corner cannot be meant.
    gis.errors.AreaCrossesItself
        Its edges cross each other.
    """
    area = _area(geojson, field, corners_most)
    for lon, lat in shapely.get_coordinates(area):
        checked_place(float(lon), float(lat), field=field)
    if area.convex_hull.area == 0:
        raise AreaUnreadable(field=field)
    if not area.is_valid:
        # The reason ends with the place, such as "Self-intersection[139.4 35.3]".
        place = explain_validity(area).partition("[")[2].rstrip("]").split()
        shown = ", ".join(f"{float(degrees):.5f}" for degrees in place)
        raise AreaCrossesItself(field=field, place=shown or "—")
    return area


def checked_question(
    geojson: Mapping[str, Any], bounds: Bounds, *, field: str = "area"
) -> MultiPolygon:
    """Return an area about which the store can be asked, from its GeoJSON geometry.

    Parameters
    ----------
    bounds
        The box around the municipality, of which :data:`CITIES_MOST` are the most.

    Raises
    ------
    gis.errors.Refused
        As :func:`checked_area` does; of more than :data:`ASKED_CORNERS_MOST` corners, too.
    gis.errors.AreaTooLarge
        It is larger than that.
    """
    area = checked_area(geojson, field=field, corners_most=ASKED_CORNERS_MOST)
    asked_m2, most_m2 = extent(area).area_m2, CITIES_MOST * extent(box(*bounds.degrees())).area_m2
    if asked_m2 > most_m2:
        asked, most = (f"{m2 / M2_PER_KM2:,.0f}" for m2 in (asked_m2, most_m2))
        raise AreaTooLarge(field=field, received=f"{asked} km²", most=f"{most} km²")
    return area


@dataclass(frozen=True)
class Extent:
    """How large an area is on the ground, and how long the way around it."""

    area_m2: float
    around_m: float


def extent(area: Polygon | MultiPolygon) -> Extent:
    """Return how large an area (EPSG:4326) is along the ellipsoid (GRS 80)."""
    # What turns the other way round counts as negative, by which holes are taken off.
    area_m2, around_m = _EARTH.geometry_area_perimeter(shapely.orient_polygons(area))
    return Extent(area_m2, around_m)


def ewkt(area: MultiPolygon) -> str:
    """Return an area as PostGIS reads it, with its SRID."""
    return f"SRID=4326;{area.wkt}"


def _area(geojson: Mapping[str, Any], field: str, most: int) -> MultiPolygon:
    try:
        corners = _corners(geojson)
        area = shape(geojson) if corners <= most else None
    except (ShapelyError, ValueError, TypeError, KeyError, IndexError, AttributeError) as fault:
        raise AreaUnreadable(field=field) from fault
    if area is None:
        raise AreaTooDetailed(field=field, received=f"{corners:,}", most=f"{most:,}")
    if isinstance(area, Polygon):
        area = MultiPolygon([area])
    if not isinstance(area, MultiPolygon) or area.is_empty:
        raise AreaUnreadable(field=field)
    # A third ordinate, such as a height, is nothing that an area on the ground has.
    flat: MultiPolygon = shapely.force_2d(area)
    return flat


def _corners(geojson: Mapping[str, Any]) -> int:
    """Return how many corners were sent, before any geometry is made of them."""
    rings = geojson["coordinates"]
    if geojson["type"] == "MultiPolygon":
        rings = chain.from_iterable(rings)
    return sum(map(len, rings))
