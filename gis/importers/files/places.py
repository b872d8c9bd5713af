"""From the geometry of features to the cells 緯度 and 経度."""

import math
import re
from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely
from pyproj import Transformer
from pyproj.exceptions import CRSError

from gis.importers.errors import UnknownCoordinateSystem
from gis.importers.files.sheet import LAT, LON

IN_DEGREES = frozenset({"EPSG:4326", "EPSG:4612", "EPSG:6668", "OGC:CRS84"})
"""WGS 84, JGD2000 and JGD2011: for the place of a shelter they are one, within a metre."""

_NAMED = re.compile(r"(?:urn:ogc:def:crs:)?(EPSG|OGC):(?:[\d.]*:)?([A-Z0-9]+)", re.IGNORECASE)
_DECIMALS = 9
"""Of a degree: a tenth of a millimetre. What stands behind them is noise of the transformation."""


def authority_name(crs: str) -> str:
    """Return a name such as ``EPSG:6677`` from the forms in which GeoJSON gives one.

    Raises
    ------
    UnknownCoordinateSystem
        It is in none of these forms.
    """
    parts = _NAMED.fullmatch(crs.strip())
    if parts is None:
        raise UnknownCoordinateSystem(received=crs)
    return f"{parts[1]}:{parts[2]}".upper()


def places(shapes: Sequence[Any], crs: str) -> list[dict[str, object]]:
    """Return where each shape is, its latitude and longitude (degrees, EPSG:4326) by heading.

    A point is where it is, any other shape at a point on it; one that is nowhere has neither
    heading. What cannot be transformed keeps its own coordinates, which no degrees are.

    Parameters
    ----------
    shapes
        Geometries of shapely, x east and y north; None where there is none.
    crs
        Their coordinate reference system, for pyproj.

    Raises
    ------
    UnknownCoordinateSystem
        pyproj does not know it.
    """
    array = np.array([*shapes, None], dtype=object)[:-1]  # an array of objects, even of none
    array[shapely.is_empty(array)] = None
    is_point = shapely.get_type_id(array) == shapely.GeometryType.POINT
    points = np.where(is_point, array, _points_on(array))
    xs, ys = shapely.get_x(points), shapely.get_y(points)
    lons, lats = (xs, ys) if crs in IN_DEGREES else _transformed(xs, ys, crs)
    return [
        {} if math.isnan(lon) or math.isnan(lat) else {LAT: lat, LON: lon}
        for lon, lat in zip(lons.tolist(), lats.tolist(), strict=True)
    ]


def _points_on(shapes: Any) -> Any:  # noqa: ANN401 - shapely publishes no types
    try:
        return shapely.point_on_surface(shapes)
    except shapely.errors.GEOSException:
        # A ring that crosses itself has no inside to stand in.
        return shapely.centroid(shapes)


def _transformed(xs: Any, ys: Any, crs: str) -> tuple[Any, Any]:  # noqa: ANN401 - arrays of numpy
    try:
        transformer = Transformer.from_crs(crs, "EPSG:4326", always_xy=True)
    except CRSError as error:
        raise UnknownCoordinateSystem(received=crs) from error
    lons, lats = transformer.transform(xs, ys)
    is_place = np.isfinite(lons) & np.isfinite(lats)
    return (
        np.where(is_place, np.round(lons, _DECIMALS), xs),
        np.where(is_place, np.round(lats, _DECIMALS), ys),
    )
