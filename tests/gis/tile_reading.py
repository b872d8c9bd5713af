"""Vector tiles read back by a second program: GDAL."""

from pathlib import Path
from tempfile import TemporaryDirectory

import geopandas as gpd
import pyogrio  # type: ignore[import-untyped]

from gis.geometry.tiles import Tile


def read_tile(content: bytes, tile: Tile) -> gpd.GeoDataFrame:
    """Return the features of a tile in EPSG:4326, columns of what they say; none for no bytes."""
    if not content:
        return gpd.GeoDataFrame({"id": []}, geometry=[], crs=4326)
    with TemporaryDirectory() as folder:
        file = Path(folder, "tile.mvt")
        file.write_bytes(content)
        found = pyogrio.read_dataframe(f"MVT:{file}", X=tile.x, Y=tile.y, Z=tile.zoom, CLIP="NO")
    return found.to_crs(4326)


def reports_in(content: bytes, tile: Tile) -> int:
    """Return how many reports a tile tells of, singly and in cells."""
    found = read_tile(content, tile)
    if "n" not in found:
        return len(found)
    return int(found["n"].fillna(1).sum())
