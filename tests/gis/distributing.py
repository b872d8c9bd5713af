"""Two other ways to distribute: what people do by hand, and the least possible by another rule."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import networkx as nx

from gis.distribution import Demand, DistancesM, Plan, Supply, suggest

TENTHS = 10
"""In how many steps weights are told: those of :func:`urgency_weight`."""


@dataclass(frozen=True)
class Case:
    """Who has what, who lacks what, and how far it is."""

    supplies: Sequence[Supply]
    demands: Sequence[Demand]
    distances_m: DistancesM

    def suggest(self) -> Plan:
        return suggest(self.supplies, self.demands, self.distances_m)

    def of(self, item: str) -> "Case":
        return Case(
            [supply for supply in self.supplies if supply.item == item],
            [demand for demand in self.demands if demand.item == item],
            self.distances_m,
        )

    def reaches(self, supply: Supply, demand: Demand) -> bool:
        way = (supply.place, demand.place)
        return supply.item == demand.item and way in self.distances_m and len(set(way)) > 1


class Cost(NamedTuple):
    """What a plan is judged by, the first first."""

    lacking: float
    """Weight × quantity that stays lacking."""
    metres: float
    """Weight × quantity × distance."""


def cost(case: Case) -> Cost:
    """Return what the plan that is suggested costs."""
    plan = case.suggest()
    weights = {(demand.place, demand.item): demand.weight for demand in case.demands}
    return Cost(
        math.fsum(weights[each.place, each.item] * each.quantity for each in plan.lacking),
        math.fsum(
            weights[each.destination, each.item] * each.quantity * each.distance_m
            for each in plan.shipments
        ),
    )


def nearest_first(case: Case) -> Cost:
    """Return what it costs to serve the most urgent first, from the nearest place that has any."""
    left = {(supply.place, supply.item): supply.quantity for supply in case.supplies}
    lacking, metres = 0.0, 0.0
    for demand in sorted(case.demands, key=lambda demand: -demand.weight):
        missing = demand.quantity
        reached = sorted(
            (distance_m, place)
            for (place, destination), distance_m in case.distances_m.items()
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


def least(case: Case) -> Cost:
    """Return the least cost, as a flow of whole numbers by network simplex: nothing is rounded.

    Weights are in tenths, distances in whole metres; there is one item. A unit that lacks costs
    more than all metres together.
    """
    tenths = {demand.place: round(demand.weight * TENTHS) for demand in case.demands}
    farthest = max((round(distance_m) for distance_m in case.distances_m.values()), default=0)
    dear = 1 + sum(tenths[demand.place] * demand.quantity for demand in case.demands) * farthest
    flow = nx.DiGraph()
    flow.add_node("all", demand=-sum(demand.quantity for demand in case.demands))
    for supply in case.supplies:
        flow.add_edge("all", ("from", supply.place), capacity=supply.quantity, weight=0)
    for demand in case.demands:
        flow.add_node(demand.place, demand=demand.quantity)
        flow.add_edge("all", demand.place, weight=dear * tenths[demand.place])
    for (origin, destination), distance_m in case.distances_m.items():
        if ("from", origin) in flow and destination in tenths and origin != destination:
            metres = tenths[destination] * round(distance_m)
            flow.add_edge(("from", origin), destination, weight=metres)
    lacking, metres = divmod(nx.network_simplex(flow)[0], dear)
    return Cost(lacking / TENTHS, metres / TENTHS)
