"""What shelters do in an incident: opening, closing, and the states between."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, insert, select
from sqlalchemy.dialects.postgresql import insert as insert_or_not
from sqlalchemy.orm import Session, aliased

from gis.clock import moment_text
from gis.errors import (
    NotFound,
    NothingToTakeBack,
    ShelterAlreadyOpen,
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
        One of them takes part at that moment, in this incident or another.
    gis.errors.IncidentNotOpen
        The incident has been closed.
    gis.errors.NotFound
        There is no such incident.
    """
    held_open(session, incident_id)
    if not shelter_ids:
        return []
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
        The shelter has been closed.
    gis.errors.NotFound
        There is no such opening.
    ValueError
        The state is "not opened": only :func:`take_back` tells that.
    """
    if state is ShelterState.NOT_OPENED:
        raise ValueError("what was never opened is told by take_back")
    last = _last(session, opening_id)
    moment = since_at or now(session)
    told = _Told(state, moment, reason)
    _check_version(last, version, told)
    if last.state.is_over:
        raise ShelterNotOpen(shelter=last.shelter)
    if moment < last.since_at:
        raise StateTooEarly(
            field="since_at",
            received=moment_text(moment),
            shelter=last.shelter,
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
    """Take the last state of an opening back: what it superseded, or followed, holds again.

    The state that was told by mistake stays on record as superseded. Where it was the first one,
    the shelter was never opened.

    Raises
    ------
    gis.errors.StateChangedMeanwhile
        Somebody told another state meanwhile.
    gis.errors.NothingToTakeBack
        All of it has been taken back.
    gis.errors.ShelterAlreadyOpen
        On execution: the shelter has been opened anew since it was closed.
    gis.errors.NotFound
        There is no such opening.
    """
    last, *earlier = _effective(session, opening_id)
    if last.state is ShelterState.NOT_OPENED:
        raise NothingToTakeBack
    before = earlier[0] if earlier else None
    told = _Told(
        before.state if before else ShelterState.NOT_OPENED,
        before.since_at if before else last.since_at,
        before.reason if before else None,
    )
    _check_version(last, version, told)
    _tell(session, opening_id, version, told, supersedes=last.number)


@dataclass(frozen=True)
class _Told:
    state: ShelterState
    since_at: datetime
    reason: str | None


@dataclass(frozen=True)
class _Last(_Told):
    """A state that holds, of which opening it is the latest, and whose."""

    number: int
    version: int
    shelter: str


def _last(session: Session, opening_id: UUID) -> _Last:
    return _effective(session, opening_id)[0]


def _effective(session: Session, opening_id: UUID) -> list[_Last]:
    """Return the states that nothing supersedes, the latest first."""
    later = aliased(OpeningState)
    rows = session.execute(
        select(
            OpeningState.state,
            OpeningState.since_at,
            OpeningState.reason,
            OpeningState.number,
            Opening.version,
            Shelter.name,
        )
        .join(Opening, Opening.id == OpeningState.opening_id)
        .join(Shelter, Shelter.id == Opening.shelter_id)
        .where(
            OpeningState.opening_id == opening_id,
            ~exists().where(
                later.opening_id == OpeningState.opening_id,
                later.supersedes == OpeningState.number,
            ),
        )
        .order_by(OpeningState.since_at.desc(), OpeningState.number.desc())
    ).all()
    if not rows:
        raise NotFound(field="opening_id", received=opening_id, kind=N_("opening"))
    return [
        _Last(ShelterState(row.state), row.since_at, row.reason, row.number, row.version, row.name)
        for row in rows
    ]


def _check_version(last: _Last, version: int, yours: _Told) -> None:
    if last.version != version:
        raise _changed_meanwhile(last, yours)


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
        raise _changed_meanwhile(_last(session, opening_id), told)


def _refuse_joined(session: Session, shelter_ids: Sequence[UUID]) -> None:
    """Refuse a shelter that is open under the name of one that was joined to it."""
    taken = exists().where(
        Shelter.joined_to_id.in_(shelter_ids),
        Opening.shelter_id == Shelter.id,
        Opening.ended_at.is_(None),
    )
    if session.scalar(select(taken)):
        raise ShelterAlreadyOpen
