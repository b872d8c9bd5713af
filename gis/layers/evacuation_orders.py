"""Evacuation orders in force, each where it applies."""

from typing import Any

from sqlalchemy.orm import Session

from gis.layers.layer import Layer, View, iso
from gis.queries.evacuation_orders import Announcement, areas, orders_in_force
from gis.text import N_


def features(session: Session, view: View) -> list[dict[str, Any]]:
    """Return one feature per order in force, the least urgent first: the others lie over it."""
    if view.incident_id is None:
        return []
    orders = orders_in_force(session, view.incident_id, as_of=view.as_of, known_at=view.known_at)
    where = areas(session, [order.id for order in orders])
    made = []
    for order in reversed(orders):
        area = where.get(order.id)
        label = [area.lon, area.lat] if area else None
        made.append(
            {
                "type": "Feature",
                "id": str(order.order_id),
                "geometry": area.geometry if area else None,
                "properties": properties(order) | {"label": label},
            }
        )
    return made


def properties(order: Announcement) -> dict[str, Any]:
    """Return what the map shows of an order; unknown figures are None."""
    return {
        "kind": order.kind.value,
        "hazard": order.hazard.value,
        "level": order.level,
        "areas": order.areas,
        "is_whole": order.is_whole,
        # What was not drawn is about where the towns lie: of each only a point is known.
        "is_drawn": order.is_drawn,
        "persons": order.persons.known,
        "persons_unknown_towns": order.persons.unknown_places,
        "announced_at": iso(order.announced_at),
    }


LAYER = Layer(
    "evacuation-orders",
    N_("Evacuation orders"),
    frozenset({"evacuation_orders", "incidents", "places"}),
    features,
)
