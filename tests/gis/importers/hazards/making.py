"""Small files of invented zones, in every container."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import geopandas
import shapely

from gis.importers.hazards import Choices, ZoneFile, ZoneRow, parse_zones
from gis.importers.hazards.areas import Fit, areas_of
from gis.importers.hazards.depths import read_depth
from gis.importers.hazards.plain import PLAIN
from gis.importers.hazards.zones import ZoneClass
from gis.vocabulary import Hazard
from tests.gis.importers.files.making import packed

WEST, SOUTH = 139.40, 35.31
SIDE = 0.01


def square(east: float = 0, north: float = 0, side: float = SIDE) -> shapely.Polygon:
    """Return a square by the sea, moved by so many of its sides."""
    west, south = WEST + east * SIDE, SOUTH + north * SIDE
    return shapely.box(west, south, west + side, south + side)


BOW_TIE = shapely.Polygon([(139.4, 35.31), (139.41, 35.32), (139.41, 35.31), (139.4, 35.32)])
"""A ring that crosses itself."""


def geojson(*rows: tuple[Any, Mapping[str, object]]) -> bytes:
    """Return a GeoJSON file of areas (None: none) with their properties."""
    features = [
        {
            "type": "Feature",
            "properties": properties,
            "geometry": area and json.loads(shapely.to_geojson(area)),
        }
        for area, properties in rows
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def only(properties: dict[str, object]) -> ZoneRow:
    """Return the zone of a file of one row, in which nothing is wrong."""
    found = parse_zones(geojson((square(), properties)))
    assert found.problems == ()
    return found.rows[0]


def zones(*rows: tuple[Any, str | None], hazard: Hazard = Hazard.TSUNAMI) -> ZoneFile:
    """Return a file of areas, each with its depth in words."""
    content = geojson(*((area, {"浸水深": depth}) for area, depth in rows))
    return parse_zones(content, Choices(hazard, "浸水深"))


def zone_file(*rows: tuple[Any, str | None], hazard: Hazard = Hazard.TSUNAMI) -> ZoneFile:
    """Return what such a file says, without the file: reading one takes a process of its own."""
    areas = areas_of([shapely.to_wkb(area, hex=True) for area, _ in rows], None)
    taken = [
        ZoneRow(number, ZoneClass(depth, depth=read_depth(depth or "")), fit.area)
        for number, (fit, (_, depth)) in enumerate(zip(areas, rows, strict=True), start=1)
        if isinstance(fit, Fit)
    ]
    return ZoneFile(hazard, tuple(taken), (), len(rows), PLAIN)


def containers(folder: Path, crs: str | None) -> dict[str, bytes]:
    """Return the same two squares with depths in every container, in a coordinate system."""
    table = geopandas.GeoDataFrame(
        {"A40_003": ["0.5m未満", "3m以上5m未満"]}, geometry=[square(), square(1)], crs="EPSG:6668"
    )
    if crs is not None:
        table = table.to_crs(crs)
    for ending in ("gpkg", "fgb", "geojson", "shp"):
        table.to_file(folder / f"zones.{ending}")
    parts = {
        file.name: file.read_bytes()
        for file in folder.iterdir()
        if file.suffix in {".shp", ".shx", ".dbf", ".prj", ".cpg"}
    }
    made = {ending: (folder / f"zones.{ending}").read_bytes() for ending in ("gpkg", "fgb")}
    return made | {
        "geojson": (folder / "zones.geojson").read_bytes(),
        "shapefile": packed({f"A40/{name}": part for name, part in parts.items()}),
    }
