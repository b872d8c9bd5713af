"""What shelters do in an incident: opening, closing, and the states between."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, exists, insert, select
from sqlalchemy.dialects.postgresql import insert as insert_or_not
from sqlalchemy.orm import Session, aliased

from gis.clock import moment_text
from gis.errors import (
    NotFound,
    NothingToTakeBack,
    ShelterAlreadyOpen,
    ShelterInUse,
    ShelterNotOpen,
    StateChangedMeanwhile,
    StateTooEarly,
)
from gis.geometry.place import checked_place
from gis.models import Opening, OpeningState, Shelter
from gis.queries.incidents import held_open
from gis.store import now
from gis.text import N_
from gis.vocabulary import ShelterState


def open_shelters(  # noqa: PLR0913 - each names a column of its own
    session: Session,
    incident_id: UUID,
    shelter_ids: Sequence[UUID],
    *,
    state: ShelterState = ShelterState.OPEN,
    since_at: datetime | None = None,
    reason: str | None = None,
) -> list[UUID]:
    """Have shelters take part in an incident, all or none, and return the ids of the openings.

    Parameters
    ----------
    state
        As what they begin: preparing, open, permanent, or unknown.
    since_at
        Since when; None is now.

    Raises
    ------
    gis.errors.ShelterAlreadyOpen
        One of them takes part at that moment, in this incident or another, perhaps under the name
        of one that was joined to it.
    gis.errors.ShelterInUse
        One of them has been joined to another one.
    gis.errors.IncidentNotOpen
        The incident has been closed.
    gis.errors.NotFound
        There is no such incident.
    """
    held_open(session, incident_id)
    if not shelter_ids:
        return []
    _check_free(session, shelter_ids)
    _refuse_joined(session, shelter_ids)
    moment = since_at or now(session)
    rows = [
        {"incident_id": incident_id, "shelter_id": shelter_id, "began_at": moment}
        for shelter_id in shelter_ids
    ]
    opening_ids = list(session.scalars(insert(Opening).values(rows).returning(Opening.id)))
    first = {"number": 1, "state": state.value, "since_at": moment, "reason": reason}
    session.execute(
        insert(OpeningState).values([{"opening_id": each, **first} for each in opening_ids])
    )
    return opening_ids


@dataclass(frozen=True)
class UnlistedShelter:
    """A shelter that stands on no list: people have gathered there by themselves (自主避難所)."""

    id: UUID
    """Made by the client, so that a retry opens no second one."""
    municipality_code: str
    name: str
    location: tuple[float, float] | None = None
    """Longitude and latitude in degrees (EPSG:4326); None where nobody knows."""


def open_unlisted_shelter(
    session: Session,
    incident_id: UUID,
    shelter: UnlistedShelter,
    *,
    reason: str | None = None,
) -> None:
    """Open a shelter that the register lacks; later it can be joined with the one that it is.

    Raises
    ------
    gis.errors.NameMissing
        On execution, where the name is empty or too long.
    gis.errors.Refused
        The place cannot be meant (:func:`gis.geometry.place.checked_place`).
    gis.errors.IncidentNotOpen, gis.errors.NotFound
        As :func:`open_shelters`.
    """
    if session.get(Shelter, shelter.id):
        return
    place = checked_place(*shelter.location) if shelter.location else None
    session.execute(
        insert(Shelter).values(
            id=shelter.id,
            municipality_code=shelter.municipality_code,
            facility_key=f"{shelter.municipality_code}|unlisted|{shelter.id}",
            name=shelter.name.strip(),
            location=place.ewkt() if place else None,
        )
    )
    open_shelters(session, incident_id, [shelter.id], reason=reason)


def change_state(  # noqa: PLR0913 - each names a column of its own
    session: Session,
    opening_id: UUID,
    state: ShelterState,
    *,
    version: int,
    since_at: datetime | None = None,
    reason: str | None = None,
) -> None:
    """Tell the next state of a shelter that takes part in an incident.

    Parameters
    ----------
    version
        The version of the opening that the person saw when deciding.
    since_at
        Since when it is so; None is now.

    Raises
    ------
    gis.errors.StateChangedMeanwhile
        Somebody told another state after that.
    gis.errors.StateTooEarly
        It is said to have begun before the state that it follows.
    gis.errors.ShelterNotOpen
        The shelter has been closed, or was never opened.
    gis.errors.IncidentNotOpen
        Its incident has been closed.
    gis.errors.NotFound
        There is no such opening.
    ValueError
        The state is "not opened": only :func:`take_back` tells that.
    """
    if state is ShelterState.NOT_OPENED:
        raise ValueError("what was never opened is told by take_back")
    opening = _opening(session, opening_id)
    last = opening.last
    moment = since_at or now(session)
    told = _Told(state, moment, reason)
    _check_version(opening, version, told)
    if last.state.is_over:
        raise ShelterNotOpen(shelter=opening.shelter)
    if moment < last.since_at:
        raise StateTooEarly(
            field="since_at",
            received=moment_text(moment),
            shelter=opening.shelter,
            state=last.state,
            since=moment_text(last.since_at),
        )
    _tell(session, opening_id, version, told)


def close_shelter(
    session: Session, opening_id: UUID, *, version: int, closed_at: datetime | None = None
) -> None:
    """Close a shelter; :func:`change_state` says what may be refused."""
    change_state(session, opening_id, ShelterState.CLOSED, version=version, since_at=closed_at)


def take_back(session: Session, opening_id: UUID, *, version: int) -> None:
    """Take the last state of an opening back: what was told before it holds again.

    The state that was told by mistake stays on record as superseded. Where it was the first one,
    the shelter was never opened.

    Raises
    ------
    gis.errors.StateChangedMeanwhile
        Somebody told another state meanwhile.
    gis.errors.NothingToTakeBack
        All of it has been taken back.
    gis.errors.ShelterAlreadyOpen
        The shelter has been opened anew since it was closed, perhaps under another name.
    gis.errors.IncidentNotOpen
        Its incident has been closed.
    gis.errors.NotFound
        There is no such opening.
    """
    opening = _opening(session, opening_id)
    if not opening.states:
        raise NothingToTakeBack
    last, before = opening.last, opening.before
    _check_version(opening, version, before)
    if last.state.is_over:
        _check_free(session, [opening.shelter_id])
    _tell(session, opening_id, version, before, supersedes=last.number)


@dataclass(frozen=True)
class _Told:
    state: ShelterState
    since_at: datetime
    reason: str | None


@dataclass(frozen=True)
class _State(_Told):
    number: int | None = None


@dataclass(frozen=True)
class _Opening:
    """An opening: whose, and the states of it that hold, the latest first."""

    incident_id: UUID
    shelter_id: UUID
    shelter: str
    version: int
    began_at: datetime
    states: list[_State]

    @property
    def last(self) -> _State:
        """The state it is in."""
        never = _State(ShelterState.NOT_OPENED, self.began_at, None)
        return (*self.states, never)[0]

    @property
    def before(self) -> _State:
        """The state that would hold without the last one."""
        never = _State(ShelterState.NOT_OPENED, self.last.since_at, None)
        return (*self.states[1:], never)[0]


def _opening(session: Session, opening_id: UUID) -> _Opening:
    """Return an opening whose incident stays open until the transaction ends.

    What took a state back says nothing itself, and what was taken back holds no more.
    """
    later = aliased(OpeningState)
    holds = and_(
        OpeningState.opening_id == Opening.id,
        OpeningState.supersedes.is_(None),
        ~exists().where(
            later.opening_id == OpeningState.opening_id, later.supersedes == OpeningState.number
        ),
    )
    # One statement: the version and the states must be of the same moment.
    rows = session.execute(
        select(
            Opening.incident_id,
            Opening.shelter_id,
            Shelter.name,
            Opening.version,
            Opening.began_at,
            OpeningState.state,
            OpeningState.since_at,
            OpeningState.reason,
            OpeningState.number,
        )
        .join(Shelter, Shelter.id == Opening.shelter_id)
        .outerjoin(OpeningState, holds)
        .where(Opening.id == opening_id)
        .order_by(OpeningState.since_at.desc(), OpeningState.number.desc())
    ).all()
    if not rows:
        raise NotFound(field="opening_id", received=opening_id, kind=N_("opening"))
    first = rows[0]
    held_open(session, first.incident_id)
    return _Opening(
        first.incident_id,
        first.shelter_id,
        first.name,
        first.version,
        first.began_at,
        [
            _State(ShelterState(row.state), row.since_at, row.reason, row.number)
            for row in rows
            if row.number is not None
        ],
    )


def _check_version(opening: _Opening, version: int, yours: _Told) -> None:
    if opening.version != version:
        raise _changed_meanwhile(opening.last, yours)


def _changed_meanwhile(theirs: _Told, yours: _Told) -> StateChangedMeanwhile:
    return StateChangedMeanwhile(
        theirs=theirs.state,
        theirs_since=moment_text(theirs.since_at),
        yours=yours.state,
        yours_since=moment_text(yours.since_at),
    )


def _tell(
    session: Session,
    opening_id: UUID,
    version: int,
    told: _Told,
    *,
    supersedes: int | None = None,
) -> None:
    done = session.execute(
        insert_or_not(OpeningState)
        .values(
            opening_id=opening_id,
            number=version + 1,
            state=told.state.value,
            since_at=told.since_at,
            reason=told.reason,
            supersedes=supersedes,
        )
        .on_conflict_do_nothing(index_elements=["opening_id", "number"])
        .returning(OpeningState.id)
    ).one_or_none()
    if done is None:
        # Somebody was faster by a moment; what they told is committed now.
        raise _changed_meanwhile(_opening(session, opening_id).last, told)


def _check_free(session: Session, shelter_ids: Sequence[UUID]) -> None:
    """Refuse shelters that are open under the name of one that they were joined with.

    Until the transaction ends nobody can join them: who does holds them for himself alone.
    """
    held = session.execute(
        select(Shelter.id, Shelter.joined_to_id)
        .where(Shelter.id.in_(shelter_ids))
        .order_by(Shelter.id)
        .with_for_update(read=True)
    )
    ones = [joined_to_id or shelter_id for shelter_id, joined_to_id in held]
    taken = exists().where(
        Shelter.id.in_(ones) | Shelter.joined_to_id.in_(ones),
        Shelter.id.not_in(shelter_ids),
        Opening.shelter_id == Shelter.id,
        Opening.ended_at.is_(None),
    )
    if session.scalar(select(taken)):
        raise ShelterAlreadyOpen


def _refuse_joined(session: Session, shelter_ids: Sequence[UUID]) -> None:
    """Refuse shelters that are another one by now: that one is opened instead."""
    joined = select(Shelter.name).where(
        Shelter.id.in_(shelter_ids), Shelter.joined_to_id.is_not(None)
    )
    name = session.scalar(joined.limit(1))
    if name is not None:
        raise ShelterInUse(shelter=name)
