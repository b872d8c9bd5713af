"""Two other ways to distribute: what people do by hand, and the least possible by another rule."""

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import networkx as nx

from gis.distribution import Demand, DistancesM, Plan, Supply

TENTHS = 10


class Cost(NamedTuple):
    """What a plan is judged by, the first first."""

    lacking: float
    """Weight × quantity that stays lacking."""
    metres: float
    """Weight × quantity × distance."""


def cost(plan: Plan, demands: Iterable[Demand]) -> Cost:
    weights = {(demand.place, demand.item): demand.weight for demand in demands}
    return Cost(
        math.fsum(weights[each.place, each.item] * each.quantity for each in plan.lacking),
        math.fsum(
            weights[each.destination, each.item] * each.quantity * each.distance_m
            for each in plan.shipments
        ),
    )


def nearest_first(
    supplies: Iterable[Supply], demands: Iterable[Demand], distances_m: DistancesM
) -> Cost:
    """Return what it costs to serve the most urgent first, from the nearest place that has any."""
    left = {(supply.place, supply.item): supply.quantity for supply in supplies}
    lacking, metres = 0.0, 0.0
    for demand in sorted(demands, key=lambda demand: -demand.weight):
        missing = demand.quantity
        reached = sorted(
            (distance_m, place)
            for (place, destination), distance_m in distances_m.items()
            if destination == demand.place != place
        )
        for distance_m, place in reached:
            sent = min(missing, left.get((place, demand.item), 0))
            if sent:
                left[place, demand.item] -= sent
                missing -= sent
                metres += demand.weight * sent * distance_m
        lacking += demand.weight * missing
    return Cost(lacking, metres)


def least(supplies: Sequence[Supply], demands: Sequence[Demand], distances_m: DistancesM) -> Cost:
    """Return the least cost, as a flow of whole numbers by network simplex: nothing is rounded.

    Weights are in tenths, distances in whole metres; there is one item. A unit that lacks costs
    more than all metres together.
    """
    tenths = {demand.place: round(demand.weight * TENTHS) for demand in demands}
    farthest = max((round(distance_m) for distance_m in distances_m.values()), default=0)
    dear = 1 + sum(tenths[demand.place] * demand.quantity for demand in demands) * farthest
    flow = nx.DiGraph()
    flow.add_node("all", demand=-sum(demand.quantity for demand in demands))
    for supply in supplies:
        flow.add_edge("all", ("from", supply.place), capacity=supply.quantity, weight=0)
    for demand in demands:
        flow.add_node(demand.place, demand=demand.quantity)
        flow.add_edge("all", demand.place, weight=dear * tenths[demand.place])
    for (origin, destination), distance_m in distances_m.items():
        if ("from", origin) in flow and destination in tenths and origin != destination:
            metres = tenths[destination] * round(distance_m)
            flow.add_edge(("from", origin), destination, weight=metres)
    lacking, metres = divmod(nx.network_simplex(flow)[0], dear)
    return Cost(lacking / TENTHS, metres / TENTHS)
