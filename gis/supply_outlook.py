"""What runs out first, what is lacking and what can be passed on, in every open shelter.

Compiled from counts, stock and what is on the road, by the rules of gis/demand.py and
gis/forecast.py; the screens and the map draw this value.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from gis.clock import JST
from gis.config import CityProfile
from gis.demand import Heads, Need, Rate, ToiletNorms, consumption, needed
from gis.forecast import Amount, Outlook, Provision, forecast, lacking, provision, surplus
from gis.items import Item, ItemList, item_list
from gis.queries.conditions import Conditions, conditions_of_all
from gis.queries.dispatches import DispatchView, dispatches
from gis.queries.incidents import IncidentView
from gis.queries.occupancy import Figure, figures_of_all
from gis.queries.shelters import ShelterStatus, shelter_statuses
from gis.queries.stocks import LotLine, StockLine, levels_told, lots, stocks
from gis.standards import STATIONARY_TOILETS
from gis.supply import Arrival, Holding, Lot, Supply, worn
from gis.vocabulary import Ask, ItemKind, Lifeline, LifelineState

_COUNTED_APART = ("men", "women", "gender_unknown")


@dataclass(frozen=True)
class ItemOutlook:
    """How one item stands in one shelter."""

    shelter_id: UUID
    shelter: str
    item_code: str
    stock: int | None
    """What was last told to lie there; None where nothing is known."""
    left: int | None
    """What of that is left by now, going by how fast people use it; None where nothing is known."""
    outlook: Outlook | None
    """Of what is used up."""
    provision: Provision | None
    """Of what is not."""
    lacking: Amount
    """Until the horizon, with what comes by then."""
    surplus: Amount
    """What can be passed on: beyond what is used until the horizon."""

    @property
    def hours(self) -> float | None:
        """Return the hours until it runs out; None where nobody can know or it is not used up."""
        return self.outlook.hours if self.outlook else None

    @property
    def asks(self) -> tuple[Ask, ...]:
        """Return what to ask the shelter, so that more is known."""
        told = self.outlook or self.provision
        return told.asks if told else ()

    @property
    def is_unknown(self) -> bool:
        """Whether nobody can tell how it stands."""
        if self.outlook:
            return self.outlook.hours is None
        return self.provision is None or self.provision.lack is None


@dataclass(frozen=True)
class SupplyOutlook:
    """How everything stands in every open shelter of an incident at a moment."""

    incident: IncidentView
    as_of: datetime
    horizon_days: float
    shelters: tuple[ShelterStatus, ...]
    """Those in which people may be."""
    lines: tuple[ItemOutlook, ...]
    """What runs out first first; then what is lacking; then what nobody can tell."""
    dispatches: tuple[DispatchView, ...]

    def of(self, shelter_id: UUID) -> list[ItemOutlook]:
        """Return the lines of one shelter."""
        return [line for line in self.lines if line.shelter_id == shelter_id]

    def running_out(self, within: timedelta) -> list[ItemOutlook]:
        """Return what runs out within some time, what runs out first first."""
        hours = within / timedelta(hours=1)
        return [line for line in self.lines if line.hours is not None and line.hours <= hours]

    @property
    def short(self) -> list[ItemOutlook]:
        """What is lacking now of what is not used up, the most first."""
        found = [line for line in self.lines if line.provision and line.provision.lack]
        return sorted(found, key=lambda line: -(line.lacking.units or 0))

    @property
    def unknown(self) -> list[ItemOutlook]:
        """What nobody can tell, and what to ask."""
        return [line for line in self.lines if line.is_unknown]


def compile_supply_outlook(  # noqa: PLR0913 - a moment, and how far ahead
    session: Session,
    city: CityProfile,
    incident: IncidentView,
    *,
    as_of: datetime,
    known_at: datetime | None = None,
    horizon_days: float = 3,
    is_past: bool = False,
) -> SupplyOutlook:
    """Compile how everything stands in every open shelter; seven statements for all of them.

    Parameters
    ----------
    as_of
        The moment.
    known_at
        By what was known when; None is as it was known at that moment itself.
    horizon_days
        Until when to look for what is lacking, and what can be passed on.
    is_past
        Whether somebody looks back. Then what lay there is of that moment, and of no lot: what
        expires when is not looked back at.
    """
    statuses = shelter_statuses(
        session, incident.id, as_of=as_of, known_at=known_at, opened_only=True
    )
    shelters = tuple(status for status in statuses if status.is_open and status.opening_id)
    openings = [status.opening_id for status in shelters if status.opening_id]
    ids = [status.id for status in shelters]
    sent = dispatches(session, incident.id, as_of=as_of, known_at=known_at)
    moment = {"as_of": as_of, "known_at": known_at} if is_past else {}
    there = stocks(session, place_ids=ids, **moment)
    found = _Found(
        items=item_list(),
        city=city,
        incident=incident,
        as_of=as_of,
        until=as_of + timedelta(days=horizon_days),
        days=horizon_days,
        figures=figures_of_all(session, openings, as_of=as_of, known_at=known_at),
        conditions=conditions_of_all(session, openings, as_of=as_of, known_at=known_at),
        stocks=_stocks(there),
        lots=_undated(there) if is_past else _lots(lots(session, place_ids=ids)),
        told=levels_told(session, ids, as_of=as_of, known_at=known_at),
        arrivals=_arrivals(sent),
    )
    lines = [line for status in shelters for line in found.lines(status)]
    return SupplyOutlook(
        incident, as_of, horizon_days, shelters, tuple(sorted(lines, key=_urgency)), tuple(sent)
    )


@dataclass(frozen=True)
class _Found:
    """What the store says of all shelters at once."""

    items: ItemList
    city: CityProfile
    incident: IncidentView
    as_of: datetime
    until: datetime
    days: float
    figures: Mapping[UUID, Mapping[str, Figure]]
    conditions: Mapping[UUID, Conditions]
    stocks: Mapping[tuple[UUID, str], StockLine]
    lots: Mapping[tuple[UUID, str], Sequence[LotLine]]
    told: Mapping[tuple[UUID, str], datetime]
    """When somebody last counted it, or told of its use."""
    arrivals: Mapping[tuple[UUID, str], Sequence[Arrival]]

    def lines(self, status: ShelterStatus) -> Iterator[ItemOutlook]:
        """Yield how each item stands in a shelter of which the item list says what people need."""
        opening_id = status.opening_id
        if opening_id is None:
            return
        figures = {name: one.count for name, one in self.figures.get(opening_id, {}).items()}
        conditions = self.conditions.get(opening_id, {})
        heads, lifelines = _heads(figures), _lifelines(conditions)
        for item in self.items.items.values():
            if item.norm is None:
                continue
            supply = self._supply(status.id, item, figures, conditions)
            if item.consumable:
                rate = consumption(item, self.items.groups, heads, lifelines)
                yield self._used_up(status, item, supply, rate)
            else:
                need = needed(item, self.items.groups, heads, lifelines, self._toilets())
                yield self._kept(status, item, supply, need)

    def _used_up(
        self, status: ShelterStatus, item: Item, supply: Supply, rate: Rate
    ) -> ItemOutlook:
        stock = self.stocks.get((status.id, item.code))
        supply = self._by_now(status, supply, stock, rate)
        holding = supply.holding
        return ItemOutlook(
            status.id,
            status.name,
            item.code,
            stock.quantity if stock else None,
            sum(lot.quantity for lot in holding.lots) if holding else None,
            forecast(rate, supply, self.as_of, JST),
            None,
            lacking(rate, supply, self.as_of, JST, self.until),
            surplus(rate, supply, self.as_of, JST, self.days),
        )

    def _by_now(
        self, status: ShelterStatus, supply: Supply, stock: StockLine | None, rate: Rate
    ) -> Supply:
        """Return a supply without what people have used since somebody last told of it."""
        if stock is None or supply.holding is None or status.opened_at is None:
            return supply
        told_at = self.told.get((status.id, stock.item_code), stock.moved_at)
        since = max(told_at, status.opened_at)
        left = worn(supply.holding, rate.per_hour or 0, since, self.as_of, JST)
        return Supply(left, supply.arrivals)

    def _kept(self, status: ShelterStatus, item: Item, supply: Supply, need: Need) -> ItemOutlook:
        there = provision(need, supply, self.as_of, JST)
        lack = None if there.lack is None else max(there.lack - there.coming, 0)
        return ItemOutlook(
            status.id,
            status.name,
            item.code,
            there.have,
            there.have,
            None,
            there,
            Amount(lack, there.bound),
            Amount(there.surplus, there.bound),
        )

    def _supply(
        self,
        shelter_id: UUID,
        item: Item,
        figures: Mapping[str, int],
        conditions: Conditions,
    ) -> Supply:
        key = (shelter_id, item.code)
        arrivals = tuple(self.arrivals.get(key, ()))
        if item.norm and item.norm.standard == "toilets":
            return Supply(_toilets_there(conditions), arrivals)
        if item.kind is ItemKind.STAFF:
            return Supply(_staff_there(figures), arrivals)
        stock = self.stocks.get(key)
        if stock is None:
            return Supply(None, arrivals)
        there = tuple(Lot(lot.quantity, lot.expires_on) for lot in self.lots.get(key, ()))
        return Supply(Holding(there, is_counted=stock.counted_at is not None), arrivals)

    def _toilets(self) -> ToiletNorms:
        since = self.as_of - self.incident.started_at
        return ToiletNorms(self.city.standards.toilets, since / timedelta(hours=1))


def _heads(figures: Mapping[str, int]) -> Heads:
    """Return how many people there are; where only some kinds were counted, at least these."""
    persons = figures.get("persons")
    apart = [figures[name] for name in _COUNTED_APART if name in figures]
    if persons is None and apart:
        return Heads(sum(apart), at_least=True, figures=figures)
    return Heads(persons, figures=figures)


def _lifelines(conditions: Conditions) -> dict[Lifeline, LifelineState]:
    return {
        lifeline: LifelineState(str(conditions[lifeline.value].value))
        for lifeline in Lifeline
        if lifeline.value in conditions
    }


def _toilets_there(conditions: Conditions) -> Holding | None:
    """Return the toilets that can be used, of the kinds that were reported."""
    known = [int(conditions[kind].value) for kind in STATIONARY_TOILETS if kind in conditions]
    if not known:
        return None
    return Holding((Lot(sum(known)),), is_counted=len(known) == len(STATIONARY_TOILETS))


def _staff_there(figures: Mapping[str, int]) -> Holding | None:
    """Return those who work in a shelter, of the municipality and others."""
    known = [figures[name] for name in ("staff", "supporters") if name in figures]
    if not known:
        return None
    return Holding((Lot(sum(known)),), is_counted="staff" in figures)


def _stocks(lines: Sequence[StockLine]) -> dict[tuple[UUID, str], StockLine]:
    return {(line.place_id, line.item_code): line for line in lines}


def _lots(lines: Sequence[LotLine]) -> dict[tuple[UUID, str], list[LotLine]]:
    found: dict[tuple[UUID, str], list[LotLine]] = {}
    for line in lines:
        found.setdefault((line.place_id, line.item_code), []).append(line)
    return found


def _undated(lines: Sequence[StockLine]) -> dict[tuple[UUID, str], list[LotLine]]:
    """Return stock as if nobody had said of which lots it is."""
    return {
        (line.place_id, line.item_code): [
            LotLine(line.place_id, line.item_code, "", None, line.quantity)
        ]
        for line in lines
        if line.quantity > 0
    }


def _arrivals(sent: Sequence[DispatchView]) -> dict[tuple[UUID, str], list[Arrival]]:
    """Return what is on the road, by destination and item; what is only reserved is not."""
    found: dict[tuple[UUID, str], list[Arrival]] = {}
    for dispatch in sent:
        if not dispatch.state.is_on_the_road:
            continue
        for load in dispatch.loads:
            arrival = Arrival(load.quantity, dispatch.expected_at)
            found.setdefault((dispatch.to_place_id, load.item_code), []).append(arrival)
    return found


def _urgency(line: ItemOutlook) -> tuple[int, float, str, str]:
    """Put what runs out first first; what is lacking now next; what nobody can tell last."""
    if line.is_unknown:
        return 2, 0, line.item_code, line.shelter
    if line.outlook and line.outlook.hours is not None:
        return 0, line.outlook.hours, line.shelter, line.item_code
    return 1, -float(line.lacking.units or 0), line.shelter, line.item_code


def is_never(line: ItemOutlook) -> bool:
    """Tell whether something is used up by nobody."""
    return line.hours == math.inf
