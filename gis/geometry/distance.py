"""How far places lie from each other on the ground."""

from collections.abc import Sequence

from pyproj import Geod

from gis.geometry.place import Place

_EARTH = Geod(ellps="GRS80")


def distances_m(place: Place, others: Sequence[tuple[float, float]]) -> list[float]:
    """Return how far each of some points lies from a place, along the ellipsoid (GRS 80).

    Parameters
    ----------
    others
        Longitude and latitude of each, degrees in EPSG:4326.

    Returns
    -------
    list of float
        Metres, in the order of the points.
    """
    count = len(others)
    to_lon, to_lat = [lon for lon, _ in others], [lat for _, lat in others]
    _, _, metres = _EARTH.inv([place.lon] * count, [place.lat] * count, to_lon, to_lat)
    return list(metres)
