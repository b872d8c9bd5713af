"""The layers of the map: one file each, and one line here."""

from gis.layers import (
    annotations,
    boundary,
    damage_reports,
    depots,
    dispatches,
    evacuation_orders,
    hazard_zones,
    population,
    road_closures,
    shelters,
    shortages,
    towns,
)
from gis.layers.layer import Layer, View

__all__ = ["LAYERS", "Layer", "View"]

LAYERS: dict[str, Layer] = {
    layer.name: layer
    for layer in (
        boundary.LAYER,
        hazard_zones.LAYER,
        population.LAYER,
        evacuation_orders.LAYER,
        annotations.LAYER,
        road_closures.LAYER,
        towns.LAYER,
        damage_reports.LAYER,
        dispatches.LAYER,
        depots.LAYER,
        shelters.LAYER,
        shortages.LAYER,
    )
}
"""From bottom to top."""
