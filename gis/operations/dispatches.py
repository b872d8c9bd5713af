"""Sending goods: reserved, on the road, received; with or without a request."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid5

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from gis.clock import jst, moment_text
from gis.errors import (
    DestinationClosed,
    DispatchChangedMeanwhile,
    DispatchEmpty,
    DispatchStepImpossible,
    IdUsedForAnother,
    MoreThanSent,
    NotFound,
    RequestNotApproved,
    RequestOfAnother,
    SamePlace,
    StockReserved,
)
from gis.models import (
    Dispatch,
    DispatchEvent,
    DispatchLine,
    Movement,
    StockPlace,
    SupplyRequest,
)
from gis.models.supply import NAME_LENGTH, TEXT_LENGTH
from gis.operations import Filed
from gis.operations.ledger import (
    Filing,
    Goods,
    Line,
    Lot,
    check_quantity,
    item_name,
    lots_to_take,
    write_filings,
)
from gis.operations.moments import checked_moment, planned_moment
from gis.operations.stock_places import held_places, place_name, vehicle_named
from gis.operations.texts import kept_text
from gis.operations.told_late import counted_since, keeping_counts
from gis.queries.dispatches import loaded_lots
from gis.queries.incidents import held_open
from gis.queries.shelters import current_opening, standing_id
from gis.queries.stocks import lots, stocks
from gis.store import now
from gis.text import N_
from gis.vocabulary import DispatchStep, MovementKind, PlaceKind, RequestState, Source


@dataclass(frozen=True)
class Load:
    """What of an item a dispatch takes, and for which request; None is push supply."""

    item_code: str
    quantity: int
    request_id: UUID | None = None


@dataclass(frozen=True)
class Sending:
    """What is to go from where to where. ``id`` is made by the client."""

    id: UUID
    from_place_id: UUID
    to_place_id: UUID
    """A depot's, or that of a shelter: the shelter's own."""
    loads: tuple[Load, ...]
    reason: str | None = None
    incident_id: UUID | None = None
    """None is the incident that headquarters work on."""
    observed_at: datetime | None = None
    """When it was reserved; None is now."""


@dataclass(frozen=True)
class Step:
    """What happened to a dispatch. ``id`` is made by the client."""

    id: UUID
    team: str | None = None
    """Who drives; None leaves it as it was."""
    expected_at: datetime | None = None
    """When it is expected to arrive; None is unknown."""
    reason: str | None = None
    observed_at: datetime | None = None
    """When it happened; None is now."""
    source: Source = Source.OTHER


@dataclass(frozen=True)
class _Turn:
    """A step to take."""

    dispatch_id: UUID
    step: Step
    kind: DispatchStep
    version: int
    """The number of the step before."""
    vehicle_id: UUID | None = None
    team: str | None = None
    """Who drove until now."""


def reserve(session: Session, sending: Sending) -> Filed:
    """Reserve goods in a place, to be sent to another one. A retry changes nothing.

    Raises
    ------
    gis.errors.StockReserved
        On the write, where less is free than was to be reserved.
    gis.errors.MoreThanApproved
        On the write, where somebody else serves the same request.
    gis.errors.RequestNotApproved, gis.errors.RequestOfAnother
        The request is not approved, or is for something else.
    gis.errors.DestinationClosed, gis.errors.SamePlace, gis.errors.DispatchEmpty
        Nobody would take the goods in, they would go nowhere, or there are none.
    gis.errors.QuantityImpossible, gis.errors.TextTooLong, gis.errors.NotFound
        A quantity cannot be, the reason is too long; there is no such place, item or request.
    gis.errors.IncidentNotOpen
        The incident is closed, or none is open.
    gis.errors.IdUsedForAnother
        The id stands for another dispatch.
    """
    held = held_places(session, sending.from_place_id, sending.to_place_id)
    origin, destination = held[sending.from_place_id], held[sending.to_place_id]
    earlier = session.get(Dispatch, sending.id)
    if earlier is not None:
        return _retried(session, earlier, sending, (origin.id, destination.id))
    if origin is destination:
        raise SamePlace(field="to_place_id", received=sending.to_place_id)
    _check_loads(session, sending, destination)
    _check_open(session, destination)
    _check_usable(session, origin.id, sending.loads)
    incident = held_open(session, sending.incident_id)
    session.execute(
        insert(Dispatch).values(
            id=sending.id,
            incident_id=incident.id,
            from_place_id=origin.id,
            to_place_id=destination.id,
        )
    )
    session.execute(
        insert(DispatchLine),
        [vars(load) | {"dispatch_id": sending.id} for load in sending.loads],
    )
    step = Step(
        uuid5(sending.id, "reserved"), reason=sending.reason, observed_at=sending.observed_at
    )
    _write(session, _Turn(sending.id, step, DispatchStep.RESERVED, 0))
    return Filed(sending.id, is_new=True)


def leave(session: Session, dispatch_id: UUID, step: Step, vehicle: str, *, version: int) -> Filed:
    """Tell that a vehicle has left with what was reserved. A retry changes nothing.

    A vehicle that sends what it has aboard carries that itself, or hands it over to another one.
    Told late, of before a count of the place: what has left is missing in the count already, which
    stays as it was found.

    Parameters
    ----------
    vehicle
        Its name; a new one is kept for the next time.
    version
        The number of the step that the person saw last.

    Raises
    ------
    gis.errors.StockShort
        Less is there than was reserved.
    gis.errors.DispatchChangedMeanwhile, gis.errors.DispatchStepImpossible
        Somebody else told a step after that; or it has left, or is over.
    gis.errors.NameMissing, gis.errors.TextTooLong
        The vehicle has no name, or something is longer than is kept.
    gis.errors.ObservedInFuture, gis.errors.ObservedTooEarly, gis.errors.MomentWithoutZone
        The moment cannot be.
    gis.errors.PlannedOutOfReach
        Nobody can mean the moment at which it is expected.
    gis.errors.NotFound, gis.errors.IdUsedForAnother
        There is no such dispatch, or the id stands for something else.
    """
    vehicle_id = vehicle_named(session, vehicle)
    turn = _Turn(dispatch_id, step, DispatchStep.LEFT, version, vehicle_id)
    dispatch = _held_for(session, turn)
    if dispatch is None:
        return Filed(step.id, is_new=False)
    _write(session, turn)
    lines = [
        Line(
            MovementKind.MOVED, load.item_code, lot, taken, dispatch.from_place_id, vehicle_id,
            dispatch_id=dispatch_id,
        )
        for load in _loads(session, dispatch_id)
        for lot, taken in _there(
            session, dispatch, Goods(load.item_code, load.quantity), step,
            usable_on=jst(now(session)).date(),
        )
    ]  # fmt: skip
    if vehicle_id != dispatch.from_place_id:
        write_filings(session, keeping_counts(session, _filing(step), lines))
    return Filed(step.id, is_new=True)


def delay(session: Session, dispatch_id: UUID, step: Step, *, version: int) -> Filed:
    """Tell that a vehicle on the road is expected at another moment: as :func:`leave` says."""
    last = _last(session, dispatch_id)
    return _follow(
        session, _Turn(dispatch_id, step, DispatchStep.DELAYED, version, last.vehicle_id, last.team)
    )


def arrive(
    session: Session, dispatch_id: UUID, step: Step, arrived: Mapping[str, int], *, version: int
) -> Filed:
    """Tell what of a dispatch was received, by item; what is not named was not.

    What was not received stays in the vehicle, and can be sent to its request once more. Told late,
    of before a count of the destination: what was received is in the count already, which stays as
    it was found.

    Raises
    ------
    gis.errors.MoreThanSent, gis.errors.QuantityImpossible
        More is said to have arrived than was sent, or less than nothing.
    gis.errors.Refused
        As :func:`leave` says.
    """
    loads = {load.item_code: load for load in _loads(session, dispatch_id)}
    last = _last(session, dispatch_id)
    for item_code, quantity in arrived.items():
        check_quantity(session, Goods(item_code, quantity), least=0)
        sent = loads[item_code].quantity if item_code in loads else 0
        if quantity > sent:
            name = item_name(session, item_code)
            raise MoreThanSent(field="arrived", received=quantity, item=name, sent=sent)
    turn = _Turn(dispatch_id, step, DispatchStep.ARRIVED, version, last.vehicle_id, last.team)
    dispatch = _held_for(session, turn)
    if dispatch is None:
        return Filed(step.id, is_new=False)
    lines = [
        Line(
            MovementKind.MOVED, item_code, lot, taken, last.vehicle_id, dispatch.to_place_id,
            dispatch_id=dispatch_id,
        )
        for item_code, quantity in arrived.items()
        for lot, taken in _unloaded(session, dispatch, Goods(item_code, quantity), turn)
    ]  # fmt: skip
    if lines:
        write_filings(session, keeping_counts(session, _filing(step), lines))
    _write(session, turn)
    return Filed(step.id, is_new=True)


def cancel(session: Session, dispatch_id: UUID, step: Step, *, version: int) -> Filed:
    """Give up a dispatch that has not left: what it reserved is free. As :func:`leave` says."""
    return _follow(session, _Turn(dispatch_id, step, DispatchStep.CANCELLED, version))


_MAY_FOLLOW = {
    DispatchStep.RESERVED: (DispatchStep.LEFT, DispatchStep.CANCELLED),
    DispatchStep.LEFT: (DispatchStep.DELAYED, DispatchStep.ARRIVED),
    DispatchStep.DELAYED: (DispatchStep.DELAYED, DispatchStep.ARRIVED),
    DispatchStep.ARRIVED: (),
    DispatchStep.CANCELLED: (),
}


def _follow(session: Session, turn: _Turn) -> Filed:
    """Take a step that moves nothing."""
    is_new = _held_for(session, turn) is not None
    if is_new:
        _write(session, turn)
    return Filed(turn.step.id, is_new=is_new)


def _held_for(session: Session, turn: _Turn) -> Dispatch | None:
    """Return the dispatch that may take a step now, held; None where this very step was taken."""
    dispatch = _dispatch(session, turn.dispatch_id)
    touched = (dispatch.from_place_id, dispatch.to_place_id, turn.vehicle_id)
    held_places(session, *(place for place in touched if place))
    session.refresh(dispatch)
    earlier = session.get(DispatchEvent, turn.step.id)
    if earlier is not None:
        if (earlier.dispatch_id, earlier.step) != (turn.dispatch_id, turn.kind.value):
            raise IdUsedForAnother(field="id", received=turn.step.id)
        return None
    if dispatch.version != turn.version:
        last = _last(session, turn.dispatch_id)
        raise DispatchChangedMeanwhile(
            theirs=DispatchStep(last.step), since=moment_text(last.observed_at), yours=turn.kind
        )
    state = DispatchStep(dispatch.state)
    if turn.kind not in _MAY_FOLLOW[state]:
        raise DispatchStepImpossible(
            field="step", received=turn.kind.value, state=state, step=turn.kind
        )
    return dispatch


def _write(session: Session, turn: _Turn) -> None:
    """Write a step; the store keeps what follows from it."""
    step, at = turn.step, now(session)
    session.execute(
        insert(DispatchEvent).values(
            id=step.id,
            dispatch_id=turn.dispatch_id,
            number=turn.version + 1,
            step=turn.kind.value,
            vehicle_id=turn.vehicle_id,
            team=kept_text("team", step.team, NAME_LENGTH) or turn.team,
            expected_at=planned_moment(step.expected_at, at, "expected_at"),
            reason=kept_text("reason", step.reason, TEXT_LENGTH),
            observed_at=checked_moment(step.observed_at, at),
            source=step.source.value,
        )
    )


def _check_loads(session: Session, sending: Sending, destination: StockPlace) -> None:
    """Refuse what cannot be loaded, or is not what its request asks for."""
    items = Counter(load.item_code for load in sending.loads)
    if not items or max(items.values()) > 1:
        raise DispatchEmpty(field="loads", received=len(sending.loads))
    for load in sending.loads:
        check_quantity(session, Goods(load.item_code, load.quantity))
        if load.request_id:
            _check_request(session, load, destination.id)


def _check_request(session: Session, load: Load, destination_id: UUID) -> None:
    request = session.get(SupplyRequest, load.request_id)
    if request is None:
        raise NotFound(field="request_id", received=load.request_id, kind=N_("request"))
    if request.state != RequestState.APPROVED:
        raise RequestNotApproved(field="request_id", state=RequestState(request.state))
    standing = standing_id(session, request.shelter_id)
    if (standing, request.item_code) != (destination_id, load.item_code):
        raise RequestOfAnother(field="request_id", received=load.request_id)


def _check_open(session: Session, destination: StockPlace) -> None:
    """Refuse to send goods where nobody takes them in."""
    if destination.kind == PlaceKind.SHELTER:
        is_open = current_opening(session, destination.id, at=now(session)) is not None
    else:
        is_open = destination.closed_at is None
    if not is_open:
        name = place_name(session, destination)
        raise DestinationClosed(field="to_place_id", received=destination.id, place=name)


def _check_usable(session: Session, origin_id: UUID, loads: Sequence[Load]) -> None:
    """Refuse to reserve what is past its date, or on the road already."""
    today = jst(now(session)).date()
    usable: Counter[str] = Counter()
    for lot in lots(session, place_ids=[origin_id]):
        if lot.expires_on is None or lot.expires_on >= today:
            usable[lot.item_code] += lot.quantity
    reserved = {
        line.item_code: line.reserved or 0 for line in stocks(session, place_ids=[origin_id])
    }
    for load in loads:
        if usable[load.item_code] - reserved.get(load.item_code, 0) < load.quantity:
            raise StockReserved(field="loads", received=load.quantity)


def _there(
    session: Session, dispatch: Dispatch, goods: Goods, step: Step, *, usable_on: date | None = None
) -> Iterator[tuple[Lot, int]]:
    """Yield of which lots of the origin so much goes: none of what a vehicle carries for others."""
    origin_id = dispatch.from_place_id
    since = counted_since(session, origin_id, goods.item_code, step.observed_at)
    loaded = loaded_lots(session, origin_id, goods.item_code)
    return lots_to_take(
        session,
        origin_id,
        goods,
        usable_on=usable_on,
        # What a count has found since lacks what had left by then.
        at=step.observed_at if since else None,
        promised={Lot(*lot): quantity for lot, quantity in loaded.items()},
    )


def _unloaded(
    session: Session, dispatch: Dispatch, goods: Goods, turn: _Turn
) -> Iterator[tuple[Lot, int]]:
    """Yield of which lots of a dispatch so much is, what expires first first."""
    if turn.vehicle_id == dispatch.from_place_id:
        yield from _there(session, dispatch, goods, turn.step)
        return
    quantity = goods.quantity
    loaded = session.scalars(
        select(Movement)
        .where(
            Movement.dispatch_id == dispatch.id,
            Movement.item_code == goods.item_code,
            Movement.from_place_id == dispatch.from_place_id,
        )
        .order_by(Movement.expires_on.nulls_last(), Movement.number)
    )
    for line in loaded:
        taken = min(quantity, line.quantity)
        quantity -= taken
        if taken:
            yield Lot(line.lot, line.expires_on), taken


def _filing(step: Step) -> Filing:
    """Return under which id the ledger keeps what a step moved."""
    return Filing(step.id, step.observed_at, step.source, step.reason)


def _dispatch(session: Session, dispatch_id: UUID) -> Dispatch:
    dispatch = session.get(Dispatch, dispatch_id)
    if dispatch is None:
        raise NotFound(field="dispatch_id", received=dispatch_id, kind=N_("dispatch"))
    return dispatch


def _last(session: Session, dispatch_id: UUID) -> DispatchEvent:
    """Return the last step of a dispatch."""
    _dispatch(session, dispatch_id)
    return session.scalars(
        select(DispatchEvent)
        .where(DispatchEvent.dispatch_id == dispatch_id)
        .order_by(DispatchEvent.number.desc())
        .limit(1)
    ).one()


def _loads(session: Session, dispatch_id: UUID) -> Sequence[DispatchLine]:
    return session.scalars(
        select(DispatchLine)
        .where(DispatchLine.dispatch_id == dispatch_id)
        .order_by(DispatchLine.item_code)
    ).all()


def _retried(
    session: Session, earlier: Dispatch, sending: Sending, between: tuple[UUID, UUID]
) -> Filed:
    """Return the first result of a retry, which says again what was said."""
    told = {
        Load(line.item_code, line.quantity, line.request_id) for line in _loads(session, earlier.id)
    }
    if (earlier.from_place_id, earlier.to_place_id, told) != (*between, set(sending.loads)):
        raise IdUsedForAnother(field="id", received=sending.id)
    return Filed(sending.id, is_new=False)
