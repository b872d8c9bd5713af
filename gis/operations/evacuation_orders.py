"""Issuing, changing and lifting evacuation orders (避難情報の発令・移行・解除)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from gis.clock import moment_text
from gis.errors import (
    AnnouncedTooEarly,
    OrderChangedMeanwhile,
    OrderKindImpossible,
    OrderLifted,
    OrderTakenBack,
)
from gis.models import EvacuationAnnouncement, EvacuationOrder
from gis.models.evacuation_order import TEXT_LENGTH
from gis.operations import Filed
from gis.operations.evacuation_targets import CheckedTarget, Target, checked_target, target_of
from gis.operations.moments import checked_moment
from gis.operations.statements import Statements
from gis.operations.texts import kept_texts
from gis.queries.evacuation_orders import Announcement, announcements_of
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
    first = _Next(told.id, 1, OrderAction.ISSUED, told, target, announced_at, hazard)
    return _ORDERS.begin(
        session,
        first,
        incident_id=incident_id,
        municipality_code=municipality_code,
        hazard=hazard.value,
    )


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
    return _ORDERS.follow(session, before, change)


def lift_order(session: Session, order_id: UUID, lifting: Lifting, *, version: int) -> Filed:
    """Lift an order for the whole of its area; :func:`change_order` says what may be refused."""
    before = announcements_of(session, order_id)
    last = _ORDERS.last(before)
    told = Told(
        lifting.id, last.kind, Target(), lifting.announced_at, lifting.reason, note=lifting.note
    )
    target = target_of(session, last)
    moment = _moment(session, lifting.announced_at)
    lifted = _Next(order_id, version + 1, OrderAction.LIFTED, told, target, moment)
    return _ORDERS.follow(session, before, lifted)


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
    last = _ORDERS.last(announcements_of(session, order_id))
    told = Told(uuid4(), last.kind, Target(), None, last.reason, last.guidance, last.note)
    target, moment = target_of(session, last), last.announced_at
    number, action = version + 1, OrderAction.TAKEN_BACK
    back = _Next(order_id, number, action, told, target, moment, supersedes=last.number)
    _ORDERS.take_back(session, last, back)


@dataclass(frozen=True)
class _Next:
    """An announcement to write."""

    matter_id: UUID
    number: int
    action: OrderAction
    told: Told
    target: CheckedTarget
    announced_at: datetime
    hazard: Hazard | None = None
    """Of the first one."""
    supersedes: int | None = None

    @property
    def id(self) -> UUID:
        return self.told.id


def _check_kind(kind: OrderKind, hazard: Hazard) -> None:
    if not kind.is_possible(hazard):
        raise OrderKindImpossible(field="kind", received=kind.value, kind=kind)


def _moment(session: Session, announced_at: datetime | None) -> datetime:
    return checked_moment(announced_at, now(session), "announced_at")


class _Orders(Statements[Announcement, _Next]):
    """How announcements of an order follow each other."""

    matter = EvacuationOrder
    table = EvacuationAnnouncement
    key = "order_id"

    def of(self, session: Session, matter_id: UUID) -> list[Announcement]:
        return announcements_of(session, matter_id)

    def is_same(self, made: Announcement, following: _Next) -> bool:
        told, target = following.told, following.target
        towns = tuple(town.code for town in target.towns)
        return (
            (made.action, made.kind) == (following.action, told.kind)
            and following.hazard in {None, made.hazard}
            and told.announced_at in {None, made.announced_at}
            and all(getattr(made, field) == text for field, text in _texts(told).items())
            and (made.town_codes, made.is_drawn) == (towns, target.area is not None)
        )

    def check_turn(self, last: Announcement, following: _Next) -> None:
        """Refuse to follow a lifting, or to be earlier than what is followed."""
        _check_kind(following.told.kind, last.hazard)
        since = moment_text(last.announced_at)
        if last.action is OrderAction.LIFTED:
            raise OrderLifted(since=since)
        if following.announced_at < last.announced_at:
            received = moment_text(following.announced_at)
            raise AnnouncedTooEarly(field="announced_at", received=received, since=since)

    def values(self, following: _Next) -> dict[str, Any]:
        told, target = following.told, following.target
        return {
            "action": following.action.value,
            "kind": told.kind.value,
            "announced_at": following.announced_at,
            "area": target.area,
            "town_codes": [town.code for town in target.towns],
            "persons": target.persons.known,
            "persons_unknown_towns": target.persons.unknown_places,
            "households": target.households.known,
            "households_unknown_towns": target.households.unknown_places,
            "supersedes": following.supersedes,
            **_texts(told),
        }

    def none_left(self) -> OrderTakenBack:
        return OrderTakenBack()

    def met(self, theirs: Announcement, yours: _Next) -> OrderChangedMeanwhile:
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


_ORDERS = _Orders()


def _texts(told: Told) -> dict[str, str | None]:
    return kept_texts(told, dict.fromkeys(("reason", "guidance", "note"), TEXT_LENGTH))


def _areas_text(names: Sequence[str]) -> str:
    """Return names of areas without a word of any language."""
    more = f" +{len(names) - AREAS_SHOWN}" if len(names) > AREAS_SHOWN else ""
    return f"{', '.join(names[:AREAS_SHOWN]) or '—'}{more}"
