"""What to send from where to where, compiled from what shelters lack and depots have."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from gis.distribution import Demand, DistancesM, Plan, Supply, suggest, urgency_weight
from gis.geometry.distance import distances_m
from gis.geometry.place import Place
from gis.queries.dispatches import RequestView
from gis.queries.stocks import LotLine, PlaceView, StockLine
from gis.supply_outlook import ItemOutlook, SupplyOutlook
from gis.vocabulary import DispatchStep, PlaceKind, RequestState


@dataclass(frozen=True)
class SupplyPlan:
    """A suggestion; what cannot be planned for want of a place is said."""

    plan: Plan
    unplaced: tuple[UUID, ...]
    """Shelters and depots of which nobody knows where they are."""


def compile_supply_plan(  # noqa: PLR0913 - what lacks, what there is, and where
    outlook: SupplyOutlook,
    places: Sequence[PlaceView],
    stocks: Sequence[StockLine],
    lots: Sequence[LotLine],
    requests: Sequence[RequestView],
    *,
    with_shelters: bool = False,
    today: date,
) -> SupplyPlan:
    """Suggest what to send, so that open shelters lack nothing until the outlook's horizon.

    What shelters asked for and headquarters approved counts as lacking even where it is more.

    Parameters
    ----------
    with_shelters
        Whether what shelters have beyond the horizon may be passed on, too.
    today
        What is past its date is not sent.
    """
    where = _where(outlook, places)
    demands = [
        demand
        for demand in _demands(outlook, requests)
        if demand.quantity and demand.place in where
    ]
    supplies = [
        supply
        for supply in (
            *_of_depots(places, stocks, _past(lots, today)),
            *(_of_shelters(outlook, stocks) if with_shelters else ()),
        )
        if supply.place in where
    ]
    known = {shelter.id for shelter in outlook.shelters} | {
        place.id for place in places if place.kind is PlaceKind.DEPOT
    }
    return SupplyPlan(
        suggest(supplies, demands, _distances(where, supplies, demands)),
        tuple(sorted(known - set(where))),
    )


def _demands(outlook: SupplyOutlook, requests: Sequence[RequestView]) -> Iterable[Demand]:
    approved: dict[tuple[UUID, str], int] = {}
    for request in requests:
        if request.state is RequestState.APPROVED and request.to_send:
            key = (request.shelter_id, request.item_code)
            approved[key] = approved.get(key, 0) + request.to_send
    open_ids = {shelter.id for shelter in outlook.shelters}
    reserved = _reserved(outlook)
    for line in outlook.lines:
        key = (line.shelter_id, line.item_code)
        lacking = max((line.lacking.units or 0) - reserved.get(key, 0), 0)
        quantity = max(lacking, approved.pop(key, 0))
        yield Demand(line.shelter_id, line.item_code, quantity, _weight(line))
    # What is asked for and nobody has a norm of.
    for (shelter_id, item_code), quantity in approved.items():
        if shelter_id in open_ids:
            yield Demand(shelter_id, item_code, quantity)


def _reserved(outlook: SupplyOutlook) -> dict[tuple[UUID, str], int]:
    """Return what is promised already and has not left, by destination and item."""
    found: dict[tuple[UUID, str], int] = {}
    for dispatch in outlook.dispatches:
        if dispatch.state is DispatchStep.RESERVED:
            for load in dispatch.loads:
                key = (dispatch.to_place_id, load.item_code)
                found[key] = found.get(key, 0) + load.quantity
    return found


def _weight(line: ItemOutlook) -> float:
    """Return how urgent a lack is; what is not used up and lacks is lacking now."""
    if line.provision:
        return urgency_weight(0)
    return urgency_weight(line.hours)


def _of_depots(
    places: Sequence[PlaceView], stocks: Sequence[StockLine], past: Mapping[tuple[UUID, str], int]
) -> Iterable[Supply]:
    depots = {
        place.id for place in places if place.kind is PlaceKind.DEPOT and place.closed_at is None
    }
    for line in stocks:
        if line.place_id in depots:
            free = max(line.free - past.get((line.place_id, line.item_code), 0), 0)
            yield Supply(line.place_id, line.item_code, free)


def _of_shelters(outlook: SupplyOutlook, stocks: Sequence[StockLine]) -> Iterable[Supply]:
    """Yield what shelters can pass on, but for what is promised to others."""
    free = {(line.place_id, line.item_code): line.free for line in stocks}
    for line in outlook.lines:
        spare = min(line.surplus.units or 0, free.get((line.shelter_id, line.item_code), 0))
        if spare and line.outlook:
            yield Supply(line.shelter_id, line.item_code, spare)


def _past(lots: Sequence[LotLine], today: date) -> dict[tuple[UUID, str], int]:
    past: dict[tuple[UUID, str], int] = {}
    for lot in lots:
        if lot.expires_on and lot.expires_on < today:
            key = (lot.place_id, lot.item_code)
            past[key] = past.get(key, 0) + lot.quantity
    return past


def _where(outlook: SupplyOutlook, places: Sequence[PlaceView]) -> dict[UUID, tuple[float, float]]:
    """Return where shelters and depots are, as far as anybody knows."""
    found = {place.id: (place.lon, place.lat) for place in places}
    found |= {shelter.id: (shelter.lon, shelter.lat) for shelter in outlook.shelters}
    return {
        place: (lon, lat)
        for place, (lon, lat) in found.items()
        if lon is not None and lat is not None
    }


def _distances(
    where: Mapping[UUID, tuple[float, float]],
    supplies: Sequence[Supply],
    demands: Sequence[Demand],
) -> DistancesM:
    destinations = sorted({demand.place for demand in demands})
    points = [where[place] for place in destinations]
    return {
        (origin, destination): metres
        for origin in {supply.place for supply in supplies}
        for destination, metres in zip(
            destinations, distances_m(Place(*where[origin]), points), strict=True
        )
    }
