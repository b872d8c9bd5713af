"""Issuing, changing and lifting evacuation orders (避難情報の発令・移行・解除)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from gis.clock import moment_text
from gis.errors import (
    AnnouncedTooEarly,
    IdUsedForAnother,
    OrderChangedMeanwhile,
    OrderKindImpossible,
    OrderLifted,
    OrderTakenBack,
    Refused,
    TextTooLong,
)
from gis.models import EvacuationAnnouncement, EvacuationOrder
from gis.models.evacuation_order import TEXT_LENGTH
from gis.operations import Filed
from gis.operations.evacuation_targets import CheckedTarget, Target, checked_target, target_of
from gis.operations.moments import checked_moment
from gis.queries.evacuation_orders import Announcement, announcements_of
from gis.queries.incidents import held_open
from gis.store import now
from gis.vocabulary import Hazard, OrderAction, OrderKind

AREAS_SHOWN = 6
"""Names of areas that an explanation repeats; more would hide the rest of it."""


@dataclass(frozen=True)
class Told:
    """What is announced: all that holds from then on. ``id`` is made by the client."""

    id: UUID
    kind: OrderKind
    target: Target
    announced_at: datetime | None = None
    """When it was announced; None is now."""
    reason: str | None = None
    guidance: str | None = None
    """What people are to do (避難行動指針)."""
    note: str | None = None


@dataclass(frozen=True)
class Lifting:
    """That an order is over, for the whole of its area. ``id`` is made by the client."""

    id: UUID
    announced_at: datetime | None = None
    """When it was announced; None is now."""
    reason: str | None = None
    note: str | None = None


def issue_order(
    session: Session,
    municipality_code: str,
    hazard: Hazard,
    told: Told,
    *,
    incident_id: UUID | None = None,
) -> Filed:
    """Issue an order; its id is that of its first announcement. A retry changes nothing.

    Parameters
    ----------
    incident_id
        None is the incident that headquarters work on.

    Raises
    ------
    gis.errors.OrderKindImpossible
        Of a tsunami, another kind than the evacuation instruction.
    gis.errors.IncidentNotOpen, gis.errors.NotFound
        The incident is closed, none is open, or there is none of that id.
    gis.errors.ObservedInFuture, gis.errors.ObservedTooEarly, gis.errors.MomentWithoutZone
        The moment cannot be.
    gis.errors.TextTooLong
        A text is longer than is kept.
    gis.errors.IdUsedForAnother
        The id stands for something else.
    gis.errors.Refused
        The target cannot be (:func:`~gis.operations.evacuation_targets.checked_target`).
    """
    _check_kind(told.kind, hazard)
    announced_at = _moment(session, told.announced_at)
    target = checked_target(session, municipality_code, told.target)
    following = _Next(told.id, 1, OrderAction.ISSUED, told, target, announced_at)
    is_new = session.get(EvacuationOrder, told.id) is None and _begin(
        session, following, municipality_code, hazard, incident_id
    )
    if is_new:
        _tell(session, following)
    elif not _is_told(announcements_of(session, told.id), following, hazard):
        raise IdUsedForAnother(field="id", received=told.id)
    return Filed(told.id, is_new=is_new)


def change_order(session: Session, order_id: UUID, told: Told, *, version: int) -> Filed:
    """Change what an order says: its kind, its area, its words. A retry changes nothing.

    Lifting it for a part of its area is a change to the area that is left.

    Parameters
    ----------
    version
        The number of the announcement that the person saw last.

    Raises
    ------
    gis.errors.OrderChangedMeanwhile
        Somebody announced something else after that.
    gis.errors.OrderLifted, gis.errors.OrderTakenBack
        The order is over.
    gis.errors.AnnouncedTooEarly
        It is said to have been announced before what it follows.
    gis.errors.Refused
        As :func:`issue_order` says.
    """
    before = announcements_of(session, order_id)
    target = checked_target(session, before[0].municipality_code, told.target)
    moment = _moment(session, told.announced_at)
    change = _Next(order_id, version + 1, OrderAction.CHANGED, told, target, moment)
    return _follow(session, before, change)


def lift_order(session: Session, order_id: UUID, lifting: Lifting, *, version: int) -> Filed:
    """Lift an order for the whole of its area; :func:`change_order` says what may be refused."""
    before = announcements_of(session, order_id)
    last = _last(before)
    told = Told(
        lifting.id, last.kind, Target(), lifting.announced_at, lifting.reason, note=lifting.note
    )
    target = target_of(session, last)
    moment = _moment(session, lifting.announced_at)
    lifted = _Next(order_id, version + 1, OrderAction.LIFTED, told, target, moment)
    return _follow(session, before, lifted)


def take_back(session: Session, order_id: UUID, *, version: int) -> None:
    """Take the last announcement back, which was told by mistake: what was told before holds again.

    It stays on record. Where it was the first one, the order never was.

    Raises
    ------
    gis.errors.OrderChangedMeanwhile
        Somebody announced something else meanwhile.
    gis.errors.OrderTakenBack
        All of it has been taken back.
    gis.errors.IncidentNotOpen
        The incident has been closed.
    gis.errors.NotFound
        There is no such order.
    """
    last = _last(announcements_of(session, order_id))
    held_open(session, last.incident_id)
    told = Told(uuid4(), last.kind, Target(), None, last.reason, last.guidance, last.note)
    target = target_of(session, last)
    action, moment = OrderAction.TAKEN_BACK, last.announced_at
    back = _Next(order_id, version + 1, action, told, target, moment, supersedes=last.number)
    if last.version != version or not _tell(session, back):
        raise _changed_meanwhile(_last(announcements_of(session, order_id)), back)


@dataclass(frozen=True)
class _Next:
    """An announcement to write."""

    order_id: UUID
    number: int
    action: OrderAction
    told: Told
    target: CheckedTarget
    announced_at: datetime
    supersedes: int | None = None


def _begin(
    session: Session,
    following: _Next,
    municipality_code: str,
    hazard: Hazard,
    incident_id: UUID | None,
) -> bool:
    """Make an order, unless another delivery of it comes in between; return whether it did."""
    begun = session.execute(
        insert(EvacuationOrder)
        .values(
            id=following.order_id,
            incident_id=held_open(session, incident_id).id,
            municipality_code=municipality_code,
            hazard=hazard.value,
        )
        .on_conflict_do_nothing(index_elements=["id"])
        .returning(EvacuationOrder.id)
    ).one_or_none()
    return begun is not None


def _follow(session: Session, before: Sequence[Announcement], following: _Next) -> Filed:
    told = following.told
    if _is_told(before, following):
        return Filed(told.id, is_new=False)
    last = _last(before)
    held_open(session, last.incident_id)
    _check_kind(told.kind, last.hazard)
    if last.version == following.number - 1:
        _check_turn(last, following.announced_at)
        if _tell(session, following):
            return Filed(told.id, is_new=True)
    # What somebody told a moment ago is committed now, and may be another delivery of this.
    present = announcements_of(session, following.order_id)
    if not _is_told(present, following):
        raise _changed_meanwhile(_last(present), following)
    return Filed(told.id, is_new=False)


def _last(told: Sequence[Announcement]) -> Announcement:
    """Return the announcement that holds.

    Raises
    ------
    gis.errors.OrderTakenBack
        None does.
    """
    for each in told:
        if each.holds:
            return each
    raise OrderTakenBack


def _check_kind(kind: OrderKind, hazard: Hazard) -> None:
    if not kind.is_possible(hazard):
        raise OrderKindImpossible(field="kind", received=kind.value, kind=kind)


def _check_turn(last: Announcement, announced_at: datetime) -> None:
    """Refuse to follow a lifting, or to be earlier than what is followed."""
    since = moment_text(last.announced_at)
    if last.action is OrderAction.LIFTED:
        raise OrderLifted(since=since)
    if announced_at < last.announced_at:
        received = moment_text(announced_at)
        raise AnnouncedTooEarly(field="announced_at", received=received, since=since)


def _moment(session: Session, announced_at: datetime | None) -> datetime:
    try:
        return checked_moment(announced_at, now(session))
    except Refused as refused:
        refused.field = "announced_at"
        raise


def _texts(told: Told) -> dict[str, str | None]:
    texts: dict[str, str | None] = {}
    for field in ("reason", "guidance", "note"):
        text = (getattr(told, field) or "").strip()
        if len(text) > TEXT_LENGTH:
            raise TextTooLong(field=field, received=text, length=len(text), most=TEXT_LENGTH)
        texts[field] = text or None
    return texts


def _is_told(told: Sequence[Announcement], following: _Next, hazard: Hazard | None = None) -> bool:
    """Tell whether something was told before, under the same id.

    Raises
    ------
    gis.errors.IdUsedForAnother
        The id stands for something else.
    """
    yours = following.told
    earlier = next((each for each in told if each.id == yours.id), None)
    if earlier is None:
        return False
    towns = tuple(town.code for town in following.target.towns)
    same = (
        (earlier.action, earlier.kind) == (following.action, yours.kind)
        and hazard in {None, earlier.hazard}
        and yours.announced_at in {None, earlier.announced_at}
        and all(getattr(earlier, field) == text for field, text in _texts(yours).items())
        and (earlier.town_codes, earlier.is_drawn) == (towns, following.target.area is not None)
    )
    if not same:
        raise IdUsedForAnother(field="id", received=yours.id)
    return True


def _tell(session: Session, following: _Next) -> bool:
    """Write an announcement, unless somebody told the next one first; return whether it did."""
    told, target = following.told, following.target
    done = session.execute(
        insert(EvacuationAnnouncement)
        .values(
            id=told.id,
            order_id=following.order_id,
            number=following.number,
            action=following.action.value,
            kind=told.kind.value,
            announced_at=following.announced_at,
            area=target.area,
            town_codes=[town.code for town in target.towns],
            persons=target.persons.known,
            persons_unknown_towns=target.persons.unknown_places,
            households=target.households.known,
            households_unknown_towns=target.households.unknown_places,
            supersedes=following.supersedes,
            **_texts(told),
        )
        .on_conflict_do_nothing(index_elements=["order_id", "number"])
        .returning(EvacuationAnnouncement.id)
    ).one_or_none()
    return done is not None


def _changed_meanwhile(theirs: Announcement, yours: _Next) -> OrderChangedMeanwhile:
    return OrderChangedMeanwhile(
        theirs_action=theirs.action,
        theirs=theirs.kind,
        theirs_since=moment_text(theirs.announced_at),
        theirs_areas=_areas_text(theirs.areas),
        yours_action=yours.action,
        yours=yours.told.kind,
        yours_since=moment_text(yours.announced_at),
        yours_areas=_areas_text([town.name for town in yours.target.towns]),
    )


def _areas_text(names: Sequence[str]) -> str:
    """Return names of areas without a word of any language."""
    more = f" +{len(names) - AREAS_SHOWN}" if len(names) > AREAS_SHOWN else ""
    return f"{', '.join(names[:AREAS_SHOWN]) or '—'}{more}"
