"""Map tiles: squares of the world in EPSG:3857, counted from the north-west (the usual XYZ)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Self

from gis.errors import NotFound
from gis.text import N_

DEEPEST: Final = 18
"""The deepest zoom of the map: there a tile is some 125 m wide at 35 degrees north."""
FINEST: Final = 28
"""The level of which the store counts columns and rows of a place: 15 cm at the equator."""
HALF_WORLD_M: Final = 20_037_508.342789244
"""From the middle of EPSG:3857 to its edge."""


@dataclass(frozen=True, slots=True)
class Tile:
    """A tile of a zoom: column ``x`` from the west, row ``y`` from the north."""

    zoom: int
    x: int
    y: int

    @classmethod
    def checked(cls, zoom: int, x: int, y: int, deepest: int = DEEPEST) -> Self:
        """Return a tile that the map has.

        Raises
        ------
        gis.errors.NotFound
            The zoom is none of 0 to ``deepest``, or has no such column or row.
        """
        if not (0 <= zoom <= deepest and min(x, y) >= 0 and max(x, y) < 2**zoom):
            raise NotFound(field="tile", received=f"{zoom}/{x}/{y}", kind=N_("map tile"))
        return cls(zoom, x, y)

    def span(self, level: int) -> tuple[int, int, int, int]:
        """Return the first and last column, the first and last row that it covers on a level.

        On a level above its own it is the one that covers the tile.
        """
        below = level - self.zoom
        if below < 0:
            x, y = self.x >> -below, self.y >> -below
            return x, x, y, y
        return (
            self.x << below, ((self.x + 1) << below) - 1,
            self.y << below, ((self.y + 1) << below) - 1,
        )  # fmt: skip

    def bounds_m(self) -> tuple[float, float, float, float]:
        """Return west, south, east and north in metres of EPSG:3857."""
        side = 2 * HALF_WORLD_M / 2**self.zoom
        west, north = self.x * side - HALF_WORLD_M, HALF_WORLD_M - self.y * side
        return west, north - side, west + side, north

    def on_the_way(self) -> Iterator["Tile"]:
        """Yield every tile that touches its inside: those that hold it, itself, those within."""
        for zoom in range(DEEPEST + 1):
            first_x, last_x, first_y, last_y = self.span(zoom)
            for x in range(first_x, last_x + 1):
                for y in range(first_y, last_y + 1):
                    yield Tile(zoom, x, y)
