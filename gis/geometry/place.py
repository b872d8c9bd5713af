"""Checks on a single place in EPSG:4326 degrees, longitude first."""

from dataclasses import dataclass

from gis.config import Bounds
from gis.errors import PlaceAtZero, PlaceOutsideJapan, PlaceSwapped

JAPAN = Bounds(west=122.0, south=20.0, east=154.0, north=46.0)
"""A box around the inhabited islands, 与那国島 to 南鳥島 and 沖ノ鳥島 to 択捉島."""


@dataclass(frozen=True)
class Place:
    """A point on the ground: degrees in EPSG:4326."""

    lon: float
    lat: float

    def ewkt(self) -> str:
        """Return the point as PostGIS reads it, with its SRID."""
        return f"SRID=4326;POINT({self.lon!r} {self.lat!r})"


def checked_place(lon: float, lat: float, *, field: str = "location") -> Place:
    """Return a place that a Japanese municipality can mean.

    Parameters
    ----------
    lon, lat
        Degrees in EPSG:4326.
    field
        The name of the field the place came in, for the error.

    Raises
    ------
    PlaceAtZero
        Both are 0, as devices send without a fix.
    PlaceSwapped
        The other way round they would lie in Japan.
    PlaceOutsideJapan
        Anywhere else outside :data:`JAPAN`, not-a-number included.
    """
    if JAPAN.contain(lon, lat):
        return Place(lon, lat)
    received = f"{lon}, {lat}"
    if lon == 0 and lat == 0:
        raise PlaceAtZero(field=field, received=received)
    if JAPAN.contain(lat, lon):
        raise PlaceSwapped(field=field, received=received, lon=lat, lat=lon)
    raise PlaceOutsideJapan(field=field, received=received)
