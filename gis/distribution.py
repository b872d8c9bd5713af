"""What to send from where to where: pure, without a store or a clock.

Depots have stock, and some shelters more than they need; other shelters lack things. How much goes
each way is computed in gis/transportation.py; here stands what it means.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar
from uuid import UUID

import numpy as np

from gis.transportation import QUANTITY_MOST, Transportation
from gis.vocabulary import ShipmentReason

URGENCY_MOST = 10.0
"""The weight of a shelter that has run out: one metre to it counts as ten to one that can wait."""
CAN_WAIT_HOURS = 72.0
"""What lasts so long can wait: the three days that 防災基本計画 asks people to keep at home."""

DistancesM = Mapping[tuple[UUID, UUID], float]
"""Metres from an origin to a destination; where a pair is missing or infinite, there is no way."""


@dataclass(frozen=True)
class Supply:
    """What a place can give of an item: its free stock; 0 is a depot that has none left."""

    place: UUID
    item: str
    quantity: int

    def __post_init__(self) -> None:
        _check_quantity(self.quantity)


@dataclass(frozen=True)
class Demand:
    """What a shelter lacks of an item; the larger the weight (above 0), the more urgent."""

    place: UUID
    item: str
    quantity: int
    weight: float = 1.0

    def __post_init__(self) -> None:
        _check_quantity(self.quantity)
        if not 0 < self.weight < math.inf:
            raise ValueError(f"a weight must be above 0 and finite; received {self.weight}")


@dataclass(frozen=True)
class Shipment:
    """How much of an item is to go from one place to another, and why from there."""

    origin: UUID
    destination: UUID
    item: str
    quantity: int
    distance_m: float
    reason: ShipmentReason
    nearer: UUID | None = None
    """The place from which one would rather expect it; None where the origin is the nearest."""


@dataclass(frozen=True)
class Lacking:
    """What a shelter still lacks when all has been sent."""

    place: UUID
    item: str
    quantity: int


@dataclass(frozen=True)
class Plan:
    """What is to be sent, and what nobody can send; by item, the most urgent shelter first."""

    shipments: tuple[Shipment, ...] = ()
    lacking: tuple[Lacking, ...] = ()


def urgency_weight(hours: float | None) -> float:
    """Return how urgent a lack is, from 1 to :data:`URGENCY_MOST`.

    It grows evenly from 1 at :data:`CAN_WAIT_HOURS` to its most at 0, in steps of a tenth. These
    are less than an hour, which no forecast is exact to; between shelters of one step the distance
    decides.

    Parameters
    ----------
    hours
        Until the item runs out; below 0 it has. None is unknown and counts as what can wait.
    """
    if hours is None:
        return 1.0
    left = min(max(hours / CAN_WAIT_HOURS, 0.0), 1.0)
    return round(URGENCY_MOST - (URGENCY_MOST - 1) * left, 1)


def suggest(supplies: Iterable[Supply], demands: Iterable[Demand], distances_m: DistancesM) -> Plan:
    """Return what to send from where to where.

    As much is sent as can be, and what stays lacking does so where it hurts least: the sum of
    weight × what is lacking is the least possible. Among all such plans it is one with the least
    sum of weight × quantity × distance. :meth:`gis.transportation.Transportation.quantities` says
    why this order is strict.

    No place sends to itself. The plan for an item depends on nothing that is said of other items,
    nor on the order in which things are given.

    Parameters
    ----------
    supplies, demands
        A place once for each item.
    distances_m
        Metres, by origin and destination.

    Raises
    ------
    ValueError
        Where a place is given twice for an item.
    """
    given, asked = _by_item(supplies), _by_item(demands)
    plans = [_plan(given.get(item, []), asked[item], distances_m) for item in sorted(asked)]
    return Plan(
        tuple(shipment for plan in plans for shipment in plan.shipments),
        tuple(lacking for plan in plans for lacking in plan.lacking),
    )


class _Way(NamedTuple):
    """A way that an item may go."""

    distance_m: float
    supply: Supply
    demand: Demand


def _plan(supplies: Sequence[Supply], demands: Sequence[Demand], distances_m: DistancesM) -> Plan:
    """Return the plan for one item."""
    ways_to = {demand: _ways(supplies, demand, distances_m) for demand in demands}
    ways = [way for demand in demands for way in ways_to[demand]]
    quantities = zip(ways, _quantities(supplies, demands, ways), strict=True)
    sent = {way: quantity for way, quantity in quantities if quantity}
    receivers, met = defaultdict[Supply, set[Demand]](set), Counter[Demand]()
    for way, quantity in sent.items():
        receivers[way.supply].add(way.demand)
        met[way.demand] += quantity
    return Plan(
        tuple(
            _shipment(way, quantity, *_reason(way, ways_to[way.demand], receivers))
            for way, quantity in sent.items()
        ),
        tuple(
            Lacking(demand.place, demand.item, demand.quantity - met[demand])
            for demand in demands
            if met[demand] < demand.quantity
        ),
    )


def _ways(supplies: Sequence[Supply], demand: Demand, distances_m: DistancesM) -> list[_Way]:
    """Return the ways to a shelter, the shortest first."""
    ways = [
        _Way(distances_m.get((supply.place, demand.place), math.inf), supply, demand)
        for supply in supplies
        if supply.place != demand.place
    ]
    return sorted(
        (way for way in ways if way.distance_m < math.inf), key=lambda way: way.distance_m
    )


def _quantities(
    supplies: Sequence[Supply], demands: Sequence[Demand], ways: Sequence[_Way]
) -> list[int]:
    """Return how much goes each way."""
    origins = {supply: number for number, supply in enumerate(supplies)}
    destinations = {demand: number for number, demand in enumerate(demands)}
    solved: list[int] = (
        Transportation(
            stock=np.array([supply.quantity for supply in supplies], np.int64),
            lacks=np.array([demand.quantity for demand in demands], np.int64),
            weights=np.array([demand.weight for demand in demands]),
            origins=np.array([origins[way.supply] for way in ways], np.int64),
            destinations=np.array([destinations[way.demand] for way in ways], np.int64),
            distances_m=np.array([way.distance_m for way in ways]),
        )
        .quantities()
        .tolist()
    )
    return solved


def _shipment(way: _Way, quantity: int, reason: ShipmentReason, nearer: Supply | None) -> Shipment:
    return Shipment(
        way.supply.place,
        way.demand.place,
        way.demand.item,
        quantity,
        way.distance_m,
        reason,
        nearer.place if nearer else None,
    )


def _reason(
    way: _Way, ways: Sequence[_Way], receivers: Mapping[Supply, set[Demand]]
) -> tuple[ShipmentReason, Supply | None]:
    """Return why a place sends, and the nearer one of which somebody would ask.

    A nearer place that had any has given all: otherwise it would send more, and this one less. And
    whoever else it supplies is farther from this one: otherwise the two would change.
    """
    nearer = [other.supply for other in ways if other.distance_m < way.distance_m]
    giving = [supply for supply in nearer if supply.quantity]
    if not nearer:
        return ShipmentReason.NEAREST, None
    if not giving:
        return ShipmentReason.NONE_NEARER, nearer[0]
    others = receivers[giving[0]] - {way.demand}
    if not others:
        return ShipmentReason.USED_UP, giving[0]
    if any(other.weight > way.demand.weight for other in others):
        return ShipmentReason.MORE_URGENT, giving[0]
    return ShipmentReason.OTHERS_FARTHER, giving[0]


Row = TypeVar("Row", Supply, Demand)


def _by_item(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """Return the rows of each item, in the order of urgency and then of places."""
    found = defaultdict[str, list[Row]](list)
    for row in sorted(rows, key=_order):
        found[row.item].append(row)
    for item, those in found.items():
        if len({row.place for row in those}) < len(those):
            raise ValueError(f"a place is given twice for {item}")
    return found


def _order(row: Supply | Demand) -> tuple[float, UUID]:
    return (-row.weight if isinstance(row, Demand) else 0.0), row.place


def _check_quantity(quantity: int) -> None:
    if not 0 <= quantity <= QUANTITY_MOST:
        raise ValueError(f"a quantity must be from 0 to {QUANTITY_MOST:,}; received {quantity:,}")
