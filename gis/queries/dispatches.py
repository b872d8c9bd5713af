"""What shelters ask for, and what is on its way."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, func, select
from sqlalchemy.orm import Session, aliased

from gis.models import (
    Dispatch,
    DispatchEvent,
    Incident,
    Movement,
    RequestDecision,
    Shelter,
    StockPlace,
    SupplyRequest,
)
from gis.queries import SQL
from gis.sql import statement
from gis.vocabulary import (
    DispatchStep,
    MovementKind,
    PlaceKind,
    RequestAction,
    RequestState,
    Source,
    Urgency,
)


@dataclass(frozen=True)
class RequestView:
    """What a shelter asked for, and what became of it."""

    id: UUID
    shelter_id: UUID
    shelter: str
    item_code: str
    quantity: int
    urgency: Urgency
    needed_by_at: datetime | None
    requester: str | None
    note: str | None
    observed_at: datetime
    source: Source
    recorded_by: str
    state: RequestState
    approved: int
    allocated: int
    received: int
    version: int
    reason: str | None
    """Of the last decision."""

    @property
    def to_send(self) -> int:
        """How much of what is approved no dispatch serves yet."""
        return self.approved - self.allocated

    @property
    def is_done(self) -> bool:
        """Whether nobody need do anything about it."""
        if self.state is RequestState.APPROVED:
            return self.received >= self.approved
        return self.state is not RequestState.ASKED


@dataclass(frozen=True)
class LoadView:
    """What of an item a dispatch takes, and what of that was received."""

    item_code: str
    quantity: int
    received: int
    request_id: UUID | None


@dataclass(frozen=True)
class DispatchView:
    """What goes from where to where, and what happened to it last; degrees, EPSG:4326."""

    id: UUID
    from_place_id: UUID
    from_kind: PlaceKind
    origin: str
    from_lon: float | None
    from_lat: float | None
    to_place_id: UUID
    to_kind: PlaceKind
    destination: str
    to_lon: float | None
    to_lat: float | None
    state: DispatchStep
    version: int
    vehicle_id: UUID | None
    vehicle: str | None
    team: str | None
    left_at: datetime | None
    expected_at: datetime | None
    observed_at: datetime
    """When the last step happened."""
    reason: str | None
    recorded_by: str
    loads: tuple[LoadView, ...]

    def is_overdue(self, now: datetime) -> bool:
        """Tell whether it is on the road past the moment at which it was expected."""
        return self.state.is_on_the_road and self.expected_at is not None and self.expected_at < now


def requests(
    session: Session, incident_id: UUID, *, shelter_id: UUID | None = None
) -> list[RequestView]:
    """Return what was asked for in an incident, the most urgent and oldest first."""
    newest = (
        select(RequestDecision.reason)
        .where(
            RequestDecision.request_id == SupplyRequest.id,
            RequestDecision.number == SupplyRequest.version,
        )
        .scalar_subquery()
    )
    own = {"shelter_id", "shelter", "reason"}
    names = [field.name for field in fields(RequestView) if field.name not in own]
    # What a shelter asked for that was joined to another one is asked for by that one.
    asking = aliased(Shelter)
    standing = func.coalesce(asking.joined_to_id, asking.id)
    query = (
        select(
            *(getattr(SupplyRequest, name) for name in names),
            standing.label("shelter_id"),
            Shelter.name.label("shelter"),
            newest.label("reason"),
        )
        .join(asking, asking.id == SupplyRequest.shelter_id)
        .join(Shelter, Shelter.id == standing)
        .where(SupplyRequest.incident_id == incident_id)
        .order_by(SupplyRequest.observed_at, SupplyRequest.id)
    )
    if shelter_id is not None:
        query = query.where(standing == shelter_id)
    found = [_request(row) for row in session.execute(query).mappings()]
    return sorted(found, key=lambda request: list(Urgency).index(request.urgency))


def _request(row: RowMapping) -> RequestView:
    terms = {
        "urgency": Urgency(row["urgency"]),
        "source": Source(row["source"]),
        "state": RequestState(row["state"]),
    }
    return RequestView(**{**row, **terms})


def dispatches(
    session: Session,
    incident_id: UUID,
    *,
    as_of: datetime | None = None,
    known_at: datetime | None = None,
) -> list[DispatchView]:
    """Return what was sent in an incident, what happened last first; one statement.

    Parameters
    ----------
    as_of
        What had happened by then; None is now.
    known_at
        By what was known when; None is as it was known at that moment itself.
    """
    asked = {"incident_id": incident_id, "at": as_of, "known_at": known_at or as_of}
    rows = session.execute(statement(SQL / "dispatches.sql"), asked).mappings()
    return [_dispatch(row) for row in rows]


@dataclass(frozen=True)
class LeftOver:
    """A dispatch that is not over, of another incident than the one that is worked on."""

    incident: str
    dispatch: DispatchView


def dispatches_left_over(session: Session, current_id: UUID | None) -> list[LeftOver]:
    """Return what is reserved or on the road in other incidents, such as closed ones.

    Parameters
    ----------
    current_id
        The incident that is worked on; None where none is open.
    """
    going = [step.value for step in DispatchStep if not step.is_over]
    others = (
        select(Incident.id, Incident.name)
        .where(Incident.id.in_(select(Dispatch.incident_id).where(Dispatch.state.in_(going))))
        .order_by(Incident.started_at, Incident.id)
    )
    return [
        LeftOver(name, one)
        for incident_id, name in session.execute(others).all()
        if incident_id != current_id
        for one in dispatches(session, incident_id)
        if not one.state.is_over
    ]


def _dispatch(row: RowMapping) -> DispatchView:
    terms = {
        "from_kind": PlaceKind(row["from_kind"]),
        "to_kind": PlaceKind(row["to_kind"]),
        "state": DispatchStep(row["state"]),
        "loads": _loads(row["loads"]),
    }
    return DispatchView(**{**row, **terms})


def _loads(told: Sequence[dict[str, Any]]) -> tuple[LoadView, ...]:
    return tuple(
        LoadView(
            load["item_code"],
            load["quantity"],
            load["received"],
            UUID(load["request_id"]) if load["request_id"] else None,
        )
        for load in told
    )


def shelter_asking(session: Session, request_id: UUID) -> UUID | None:
    """Return which shelter filed a request; None where there is no such request."""
    return session.scalar(select(SupplyRequest.shelter_id).where(SupplyRequest.id == request_id))


def destination_of(session: Session, dispatch_id: UUID) -> UUID | None:
    """Return to which place a dispatch goes; None where there is no such dispatch."""
    return session.scalar(select(Dispatch.to_place_id).where(Dispatch.id == dispatch_id))


def loaded_lots(
    session: Session, vehicle_id: UUID, item_code: str
) -> dict[tuple[str, date | None], int]:
    """Return how much of which lots a vehicle has loaded for dispatches that are on the road."""
    going = [step.value for step in DispatchStep if step.is_on_the_road]
    rows = session.execute(
        select(Movement.lot, Movement.expires_on, func.sum(Movement.quantity))
        .join(Dispatch, Dispatch.id == Movement.dispatch_id)
        .where(
            Movement.to_place_id == vehicle_id,
            Movement.item_code == item_code,
            Movement.kind == MovementKind.MOVED.value,
            Dispatch.state.in_(going),
        )
        .group_by(Movement.lot, Movement.expires_on)
    )
    return {(lot, expires_on): quantity for lot, expires_on, quantity in rows}


@dataclass(frozen=True)
class DecisionView:
    """What was decided about a request."""

    number: int
    action: RequestAction
    quantity: int
    reason: str | None
    recorded_at: datetime
    recorded_by: str


def decisions_of(session: Session, request_id: UUID) -> list[DecisionView]:
    """Return what was decided about a request, the latest first."""
    names = [field.name for field in fields(DecisionView)]
    rows = session.execute(
        select(*(getattr(RequestDecision, name) for name in names))
        .where(RequestDecision.request_id == request_id)
        .order_by(RequestDecision.number.desc())
    ).mappings()
    return [DecisionView(**{**row, "action": RequestAction(row["action"])}) for row in rows]


@dataclass(frozen=True)
class StepView:
    """Something that happened to a dispatch."""

    number: int
    step: DispatchStep
    vehicle: str | None
    team: str | None
    expected_at: datetime | None
    reason: str | None
    observed_at: datetime
    source: Source
    recorded_at: datetime
    recorded_by: str


def steps_of(
    session: Session,
    dispatch_id: UUID,
    *,
    as_of: datetime | None = None,
    known_at: datetime | None = None,
) -> list[StepView]:
    """Return what happened to a dispatch, the latest first.

    Parameters
    ----------
    as_of, known_at
        As :func:`dispatches` takes them.
    """
    names = [field.name for field in fields(StepView) if field.name != "vehicle"]
    query = (
        select(*(getattr(DispatchEvent, name) for name in names), StockPlace.name.label("vehicle"))
        .outerjoin(StockPlace, StockPlace.id == DispatchEvent.vehicle_id)
        .where(DispatchEvent.dispatch_id == dispatch_id)
        .order_by(DispatchEvent.number.desc())
    )
    if as_of is not None:
        known = DispatchEvent.recorded_at <= (known_at or as_of)
        query = query.where(DispatchEvent.observed_at <= as_of, known)
    rows = session.execute(query).mappings()
    return [
        StepView(**{**row, "step": DispatchStep(row["step"]), "source": Source(row["source"])})
        for row in rows
    ]
