"""Depots (物資拠点), each with what most of lies there."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from gis.layers.layer import Layer, View, iso, point_feature
from gis.queries.stocks import PlaceView, StockLine, places, stocks
from gis.text import N_
from gis.vocabulary import PlaceKind

LARGEST = 5
"""Of how many items a depot says how much of each lies there."""


def features(session: Session, view: View) -> list[dict[str, Any]]:
    """Return one feature per depot, the closed ones first: those in use lie over them.

    They are drawn as they stand now; what lay there is that of the moment.
    """
    depots = sorted(places(session, PlaceKind.DEPOT), key=lambda depot: depot.closed_at is None)
    lying = defaultdict(list)
    place_ids = [depot.id for depot in depots]
    for line in stocks(session, place_ids=place_ids, **view.past_moment):
        lying[line.place_id].append(line)
    return [
        point_feature(depot.id, depot.lon, depot.lat, properties(depot, lying[depot.id]))
        for depot in depots
    ]


def properties(depot: PlaceView, lines: Sequence[StockLine]) -> dict[str, Any]:
    """Return what the map shows of a depot; quantities are in the items' units."""
    there = [line for line in lines if line.quantity > 0]
    largest = sorted(there, key=lambda line: (-line.quantity, line.item_code))[:LARGEST]
    return {
        "name": depot.name,
        "address": depot.address,
        "phone": depot.phone,
        "closed_at": iso(depot.closed_at),
        "is_fictitious": depot.is_fictitious,
        "kinds": len(there),
        "reserved_kinds": reserved_kinds(lines),
        "stock": [
            {
                "item": line.item_code,
                "quantity": line.quantity,
                # What nobody has counted there may be more of.
                "is_counted": line.counted_at is not None,
                "reserved": line.reserved,
            }
            for line in largest
        ],
        "is_stock_fictitious": any(line.is_fictitious for line in there),
        "told_at": iso(max((_told_at(line) for line in lines), default=None)),
    }


def reserved_kinds(lines: Sequence[StockLine]) -> int | None:
    """Return of how many items some is reserved; None where nobody knows any more."""
    reserved = [line.reserved for line in lines if line.reserved is not None]
    return sum(some > 0 for some in reserved) if len(reserved) == len(lines) else None


def _told_at(line: StockLine) -> datetime:
    return max(line.moved_at, line.counted_at or line.moved_at)


LAYER = Layer("depots", N_("Depots"), frozenset({"supplies"}), features)
