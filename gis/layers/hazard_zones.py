"""The hazard zones that count in the incident, simplified to what a map of a city shows."""

from typing import Any

from sqlalchemy.orm import Session

from gis.geometry.tiles import Tile
from gis.layers.layer import Layer, Tiles, View
from gis.queries.damage_tiles import Seen
from gis.queries.hazard_zones import Zone, active_layers, hazard_areas, hazard_tile
from gis.text import N_


def features(session: Session, view: View) -> list[dict[str, Any]]:
    """Return one feature per zone, the deepest last: it lies over the others."""
    layers = active_layers(session, view.incident, known_at=view.known_at or view.as_of)
    return [
        {
            "type": "Feature",
            "id": str(drawn.id),
            "geometry": drawn.area,
            "properties": properties(drawn.zone),
        }
        for drawn in hazard_areas(session, layers)
    ]


def properties(zone: Zone) -> dict[str, Any]:
    """Return what the map shows of a zone; unknown facts are None."""
    return {
        "hazard": zone.layer.hazard.value,
        "title": zone.layer.title,
        "source": zone.layer.source,
        "is_fictitious": zone.layer.is_fictitious,
        "label": zone.label,
        "name": zone.name,
        "min_depth_m": zone.min_depth_m,
        "max_depth_m": zone.max_depth_m,
        "depth_class": zone.depth_class,
        "warning": zone.warning,
    }


def draw(session: Session, view: View, tile: Tile, _which: Seen) -> bytes:
    """Return a tile of the zones, simplified to what can be seen at its zoom."""
    layers = active_layers(session, view.incident, known_at=view.known_at or view.as_of)
    return hazard_tile(session, tile.zoom, tile.x, tile.y, layers)


LAYER = Layer(
    "hazard-zones", N_("Hazard zones"), frozenset({"hazard_zones", "incidents"}), features,
    Tiles("hazard_zones", draw),
)  # fmt: skip
