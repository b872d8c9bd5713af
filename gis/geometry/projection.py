"""From the plane coordinates of Japanese maps to degrees."""

from functools import cache
from typing import Any

from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError


@cache
def _transformer(crs: str) -> Any:  # noqa: ANN401 - pyproj publishes no types
    return Transformer.from_crs(crs, "EPSG:4326", always_xy=True)


def to_degrees(east: float, north: float, crs: str) -> tuple[float, float]:
    """Return longitude and latitude (degrees, EPSG:4326) of a point.

    Parameters
    ----------
    east, north
        Coordinates in ``crs``, metres for a plane one (平面直角座標系, whose X is north).
    crs
        Anything that names a coordinate reference system, such as ``EPSG:6677``.
    """
    lon, lat = _transformer(crs).transform(east, north)
    return float(lon), float(lat)


def is_crs(name: str) -> bool:
    """Tell whether something names a coordinate reference system."""
    try:
        CRS.from_user_input(name)
    except CRSError:
        return False
    return True
