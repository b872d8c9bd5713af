"""The map's own plane: Web Mercator (EPSG:3857), in which it is drawn on screen and on paper."""

from dataclasses import dataclass
from math import atan, cos, exp, log, pi, radians, sin, sqrt, tan
from typing import Any, Final

import numpy as np
import shapely

from gis.geometry.tiles import HALF_WORLD_M

RADIUS_M: Final = HALF_WORLD_M / pi
_E2: Final = 0.00669438002290
"""The square of the eccentricity of GRS 80."""


def to_plane(lon: float, lat: float) -> tuple[float, float]:
    """Return metres east and north in EPSG:3857 of a place (degrees, EPSG:4326)."""
    return RADIUS_M * radians(lon), RADIUS_M * log(tan(pi / 4 + radians(lat) / 2))


def lat_of(north_m: float) -> float:
    """Return the latitude (degrees) of what lies so far north in EPSG:3857."""
    return (2 * atan(exp(north_m / RADIUS_M)) - pi / 2) * 180 / pi


def ground_m_per_m(lat: float) -> float:
    """Return how many metres on the ground (GRS 80) a metre of EPSG:3857 is, along a parallel."""
    return cos(radians(lat)) / sqrt(1 - _E2 * sin(radians(lat)) ** 2)


@dataclass(frozen=True)
class Extent:
    """A box in EPSG:3857; metres."""

    west: float
    south: float
    east: float
    north: float

    def bounds_m(self) -> tuple[float, float, float, float]:
        """Return west, south, east and north in metres."""
        return self.west, self.south, self.east, self.north

    def span(self, level: int) -> tuple[int, int, int, int]:
        """Return the first and last column, the first and last row that it covers on a level."""
        side, last = 2 * HALF_WORLD_M / 2**level, 2**level - 1

        def number(distance_m: float) -> int:
            return int(min(max(distance_m // side, 0), last))

        return (
            number(self.west + HALF_WORLD_M), number(self.east + HALF_WORLD_M),
            number(HALF_WORLD_M - self.north), number(HALF_WORLD_M - self.south),
        )  # fmt: skip


@dataclass(frozen=True)
class Sheet:
    """How an extent lies on paper: millimetres from its left edge, and from its upper one."""

    extent: Extent
    m_per_mm: float
    """Metres of EPSG:3857."""

    @property
    def width_mm(self) -> float:
        """How wide the extent is on paper."""
        return (self.extent.east - self.extent.west) / self.m_per_mm

    @property
    def height_mm(self) -> float:
        """How high the extent is on paper."""
        return (self.extent.north - self.extent.south) / self.m_per_mm

    @property
    def ground_m_per_mm(self) -> float:
        """How many metres on the ground a millimetre is, along the parallel through the middle."""
        middle = lat_of((self.extent.south + self.extent.north) / 2)
        return self.m_per_mm * ground_m_per_m(middle)

    def place(self, lon: float, lat: float) -> tuple[float, float]:
        """Return where a place (degrees, EPSG:4326) lies on paper."""
        return self.of_plane(*to_plane(lon, lat))

    def of_plane(self, east_m: float, north_m: float) -> tuple[float, float]:
        """Return where a place of EPSG:3857 lies on paper."""
        return (
            (east_m - self.extent.west) / self.m_per_mm,
            (self.extent.north - north_m) / self.m_per_mm,
        )

    def draw(self, geojson: dict[str, Any], slack_mm: float, fineness_mm: float) -> Any:  # noqa: ANN401 - shapely publishes no types
        """Return a GeoJSON geometry as it lies on paper, cut off beyond the sheet's edge.

        Parameters
        ----------
        slack_mm
            How far beyond the edge it goes on, so that no line is drawn along the edge.
        fineness_mm
            What is smaller than that on paper is left out.
        """
        shape = shapely.make_valid(shapely.geometry.shape(geojson))
        on_paper = shapely.transform(shape, self._onto_paper)
        simple = shapely.simplify(on_paper, fineness_mm)
        return shapely.clip_by_rect(
            simple, -slack_mm, -slack_mm, self.width_mm + slack_mm, self.height_mm + slack_mm
        )

    def _onto_paper(self, places: Any) -> Any:  # noqa: ANN401 - an array of degrees
        lat = np.radians(np.clip(places[:, 1], -89, 89))
        east = RADIUS_M * np.radians(places[:, 0])
        north = RADIUS_M * np.log(np.tan(pi / 4 + lat / 2))
        return np.column_stack(self.of_plane(east, north))
