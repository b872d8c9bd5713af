"""What shelters ask for, and what headquarters decide about it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import literal, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from gis.errors import (
    DestinationClosed,
    IdUsedForAnother,
    NotFound,
    ReasonMissing,
    RequestChangedMeanwhile,
    ShelterOfAnotherIncident,
)
from gis.models import RequestDecision, SupplyRequest
from gis.models.supply import NAME_LENGTH, TEXT_LENGTH
from gis.operations import Filed
from gis.operations.ledger import Goods, check_quantity
from gis.operations.moments import checked_moment, planned_moment
from gis.operations.observing import shelter_observed
from gis.operations.texts import kept_text
from gis.queries.shelters import current_opening, standing_id
from gis.store import now
from gis.text import N_
from gis.vocabulary import RequestAction, RequestState, Source, Urgency


@dataclass(frozen=True)
class Asking:
    """What a shelter asks for. ``id`` is made by the client."""

    id: UUID
    shelter_id: UUID
    goods: Goods
    urgency: Urgency
    needed_by_at: datetime | None = None
    requester: str | None = None
    note: str | None = None
    observed_at: datetime | None = None
    """When it was asked; None is now."""
    source: Source = Source.OTHER
    incident_id: UUID | None = None
    """For which incident it is meant; None for whichever the shelter is open in."""


@dataclass(frozen=True)
class Decision:
    """What is decided about a request. ``id`` is made by the client."""

    id: UUID
    action: RequestAction
    quantity: int = 0
    """How much is approved in all; 0 for any other action."""
    reason: str | None = None


def ask_for(session: Session, asking: Asking) -> Filed:
    """File what a shelter asks for. A retry changes nothing.

    Raises
    ------
    gis.errors.DestinationClosed
        The shelter takes no part in any incident.
    gis.errors.ShelterOfAnotherIncident
        It takes part in another incident than the one meant.
    gis.errors.QuantityImpossible, gis.errors.TextTooLong, gis.errors.NotFound
        The quantity cannot be, a text is too long, there is no such shelter or item.
    gis.errors.ObservedInFuture, gis.errors.ObservedTooEarly, gis.errors.MomentWithoutZone
        A moment cannot be.
    gis.errors.PlannedOutOfReach
        Nobody can mean the moment by which it is needed.
    gis.errors.IdUsedForAnother
        The id stands for another request.
    """
    check_quantity(session, asking.goods)
    observed_at = checked_moment(asking.observed_at, now(session))
    needed_by_at = planned_moment(asking.needed_by_at, now(session), "needed_by_at")
    shelter_id = standing_id(session, asking.shelter_id)
    shelter = shelter_observed(session, shelter_id)
    earlier = session.get(SupplyRequest, asking.id)
    if earlier is not None:
        return _retried(earlier, asking, shelter_id)
    opening = current_opening(session, shelter_id, at=now(session))
    if opening is None:
        raise DestinationClosed(field="shelter_id", received=shelter_id, place=shelter.name)
    if asking.incident_id not in {None, opening.incident_id}:
        raise ShelterOfAnotherIncident(field="incident_id", shelter=shelter.name)
    filed = session.execute(
        insert(SupplyRequest)
        .values(
            id=asking.id,
            incident_id=opening.incident_id,
            shelter_id=shelter_id,
            item_code=asking.goods.item_code,
            quantity=asking.goods.quantity,
            urgency=asking.urgency.value,
            needed_by_at=needed_by_at,
            requester=kept_text("requester", asking.requester, NAME_LENGTH),
            note=kept_text("note", asking.note, TEXT_LENGTH),
            observed_at=observed_at,
            source=asking.source.value,
        )
        .on_conflict_do_nothing(index_elements=["id"])
        .returning(SupplyRequest.id)
    ).one_or_none()
    if filed is None:
        # Another delivery of the same message came in between; it is the first result.
        return _retried(session.get_one(SupplyRequest, asking.id), asking, shelter_id)
    return Filed(asking.id, is_new=True)


def decide(session: Session, request_id: UUID, decision: Decision, *, version: int) -> Filed:
    """Approve, refuse or withdraw a request, wholly or in part. A retry changes nothing.

    To split one, approve it and send its parts from several places.

    Parameters
    ----------
    version
        The number of the decision that the person saw last; 0 where there was none.

    Raises
    ------
    gis.errors.RequestChangedMeanwhile
        Somebody else decided after that.
    gis.errors.MoreThanApproved
        On the write, where more is reserved, on its way or there already.
    gis.errors.ReasonMissing, gis.errors.TextTooLong
        It is refused or withdrawn and nobody says why, or at too great a length.
    gis.errors.QuantityImpossible, gis.errors.NotFound
        The quantity cannot be, or there is no such request.
    gis.errors.IdUsedForAnother
        The id stands for another decision.
    """
    reason = kept_text("reason", decision.reason, TEXT_LENGTH)
    request = session.get(SupplyRequest, request_id)
    if request is None:
        raise NotFound(field="request_id", received=request_id, kind=N_("request"))
    approves = decision.action is RequestAction.APPROVED
    if approves:
        check_quantity(session, Goods(request.item_code, decision.quantity))
    elif reason is None:
        raise ReasonMissing(field="reason")
    quantity = decision.quantity if approves else 0
    said = {"request_id": request_id, "action": decision.action.value, "quantity": quantity}
    earlier = session.get(RequestDecision, decision.id)
    if earlier is not None:
        if any(getattr(earlier, name) != value for name, value in said.items()):
            raise IdUsedForAnother(field="id", received=decision.id)
        return Filed(decision.id, is_new=False)
    added = session.execute(
        insert(RequestDecision)
        # Only onto the very version that was seen: one that nobody has given yet is as wrong.
        .from_select(
            ["id", "number", "reason", *said],
            select(*map(literal, (decision.id, version + 1, reason, *said.values()))).where(
                select(SupplyRequest.id)
                .where(SupplyRequest.id == request_id, SupplyRequest.version == version)
                .exists()
            ),
        )
        .on_conflict_do_nothing(index_elements=["request_id", "number"])
        .returning(RequestDecision.id)
    ).one_or_none()
    session.refresh(request)
    if added is None or request.version != version + 1:
        raise RequestChangedMeanwhile(
            theirs=RequestState(request.state),
            theirs_quantity=request.approved,
            yours=decision.action,
        )
    return Filed(decision.id, is_new=True)


def _retried(earlier: SupplyRequest, asking: Asking, shelter_id: UUID) -> Filed:
    told = (earlier.shelter_id, earlier.item_code, earlier.quantity, earlier.urgency)
    if told != (shelter_id, asking.goods.item_code, asking.goods.quantity, asking.urgency.value):
        raise IdUsedForAnother(field="id", received=asking.id)
    return Filed(asking.id, is_new=False)
