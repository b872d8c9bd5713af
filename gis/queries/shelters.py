"""Shelters as they stand: register, opening, latest figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from gis.clock import CLOCK_TOLERANCE
from gis.errors import NotFound
from gis.models import Designation, Opening, Shelter
from gis.occupancy import escalates_at, share_of_capacity, stale_at
from gis.queries import SQL
from gis.queries.incidents import IncidentView, current_incident, incident_named
from gis.sql import statement, term
from gis.text import N_
from gis.vocabulary import DesignationKind, ShelterState


@dataclass(frozen=True)
class ShelterStatus:
    """A shelter and its latest known figures in one incident.

    ``lon`` and ``lat`` are degrees (EPSG:4326) or None where the place is unknown; ``capacity``,
    ``persons`` and ``households`` are None where unknown, never 0.
    """

    id: UUID
    name: str
    address: str | None
    capacity: int | None
    capacity_is_fictitious: bool
    hazards: list[str] | None
    lon: float | None
    lat: float | None
    designations: list[str]
    opening_id: UUID | None
    opening_version: int | None
    state: ShelterState
    since_at: datetime | None
    """Since when it is in that state; None for one that takes no part in the incident."""
    reason: str | None
    opened_at: datetime | None
    """Since when people may be in it; None before, and while it is prepared."""
    reading_id: UUID | None
    persons: int | None
    observed_at: datetime | None
    source: str | None
    recorded_by: str | None
    households: int | None

    @property
    def is_open(self) -> bool:
        """Whether people may be in it now, so that its figures count."""
        return self.state.holds_people

    @property
    def takes_part(self) -> bool:
        """Whether it is anything but not opened, or closed."""
        return not self.state.is_over

    @property
    def closed_at(self) -> datetime | None:
        """Since when it is closed; None for all others."""
        return self.since_at if self.state is ShelterState.CLOSED else None

    @property
    def is_self_organised(self) -> bool:
        """Whether it is on no list of the municipality (自主避難所)."""
        return not self.designations

    @property
    def is_designated_shelter(self) -> bool:
        """Whether people are meant to stay there, and not only to flee there."""
        return bool(
            {DesignationKind.DESIGNATED_SHELTER, DesignationKind.WELFARE_SHELTER}
            & set(self.designations)
        )

    @property
    def asked_since(self) -> datetime | None:
        """Since when headquarters want its figures.

        That is since people may be in it, or since nobody knows whether it is open; None for one
        that nobody asks.
        """
        if self.state is ShelterState.UNKNOWN:
            return self.since_at
        return self.opened_at if self.is_open else None

    def stale_at(self, interval: timedelta) -> datetime | None:
        """Return from when its figure counts as old; None for one that nobody asks.

        Without a figure it does at once, and so where nobody knows whether it is open.
        """
        if self.asked_since is None or self.state is ShelterState.UNKNOWN:
            return self.asked_since
        return stale_at(self.observed_at, interval) or self.asked_since

    def escalates_at(self, interval: timedelta) -> datetime | None:
        """Return from when asking it is a matter for more than its owner."""
        if self.asked_since is None:
            return None
        figure_of = None if self.state is ShelterState.UNKNOWN else self.observed_at
        return escalates_at(figure_of, self.asked_since, interval)

    @property
    def share(self) -> float | None:
        """Persons divided by capacity; None where either is unknown or it is not open."""
        return share_of_capacity(self.persons, self.capacity) if self.is_open else None


# Its columns stand in the order of the fields: a nation has too many shelters to go by names.
_STATUSES = statement(SQL / "shelter_statuses.sql").columns(state=term(ShelterState))


def shelter_statuses(  # noqa: PLR0913 - a moment, and which of them
    session: Session,
    incident_id: UUID | None,
    *,
    as_of: datetime,
    known_at: datetime | None = None,
    opened_only: bool = False,
    area: str | None = None,
) -> list[ShelterStatus]:
    """Return the shelters of the register, by name, as they stood at a moment.

    Without an incident none is opened. One statement, whatever the number of shelters.

    Parameters
    ----------
    as_of
        The moment.
    known_at
        By what was known when; None is as it was known at that moment itself.
    opened_only
        Whether only those that take, or took, part in the incident.
    area
        Only those that lie in it (EWKT, EPSG:4326) or, having no place, may lie there.
    """
    asked = {
        "incident_id": incident_id,
        "at": as_of,
        "known_at": known_at or as_of,
        "opened_only": opened_only,
        "shelter_id": None,
        "area": area,
    }
    # All at once: fetched one by one, they take as long again.
    return [ShelterStatus(*row) for row in session.execute(_STATUSES, asked).all()]


def shelter_status(
    session: Session, shelter_id: UUID, incident_id: UUID | None, *, as_of: datetime
) -> ShelterStatus:
    """Return one shelter of the register as :func:`shelter_statuses` does.

    One that was joined to another one is that one.

    Raises
    ------
    gis.errors.NotFound
        There is none, or it was never in use.
    """
    asked = {
        "incident_id": incident_id,
        "at": as_of,
        "known_at": as_of,
        "opened_only": False,
        "shelter_id": standing_id(session, shelter_id),
        "area": None,
    }
    row = session.execute(_STATUSES, asked).one_or_none()
    if row is None:
        raise NotFound(field="shelter", received=shelter_id, kind=N_("shelter"))
    return ShelterStatus(*row)


def standing_id(session: Session, shelter_id: UUID) -> UUID:
    """Return as which shelter of the register one stands: its own, or the one it was joined to."""
    joined_to_id = session.scalar(select(Shelter.joined_to_id).where(Shelter.id == shelter_id))
    return joined_to_id or shelter_id


def standing_ids(session: Session, shelter_ids: Sequence[UUID]) -> dict[UUID, UUID]:
    """Return the same of several ids, whether they are of shelters or not; one statement."""
    joined = session.execute(
        select(Shelter.id, Shelter.joined_to_id).where(
            Shelter.id.in_(shelter_ids), Shelter.joined_to_id.is_not(None)
        )
    )
    found = {row.id: row.joined_to_id for row in joined}
    return {each: found.get(each, each) for each in shelter_ids}


def incident_of(session: Session, shelter_id: UUID, *, at: datetime) -> IncidentView | None:
    """Return the incident that a shelter takes part in, else the one headquarters work on."""
    opening = current_opening(session, shelter_id, at=at)
    return incident_named(session, opening.incident_id) if opening else current_incident(session)


def current_opening(session: Session, shelter_id: UUID, *, at: datetime) -> Opening | None:
    """Return the opening of a shelter that is under way at a moment, in whatever incident.

    What was opened under a shelter that has been joined to another one is that one's opening.
    """
    standing = standing_id(session, shelter_id)
    same = select(Shelter.id).where(or_(Shelter.id == standing, Shelter.joined_to_id == standing))
    return session.scalars(
        select(Opening)
        .where(
            Opening.shelter_id.in_(same),
            # The clock that says "opened" and the clock that says "counted" are not the same.
            Opening.began_at <= at + CLOCK_TOLERANCE,
            # One that was taken back has no duration: nobody was ever in it.
            Opening.ended_at.is_(None) | (Opening.ended_at > at),
            Opening.ended_at.is_distinct_from(Opening.began_at),
        )
        .order_by(Opening.began_at)
        .limit(1)
    ).one_or_none()


def shelter_ids(session: Session, *, limit: int) -> list[UUID]:
    """Return the ids of some shelters of the register."""
    return list(session.scalars(select(Shelter.id).limit(limit)))


def shelter_of_designation(session: Session, common_id: str) -> UUID:
    """Return which shelter bears a 全国共通避難所・避難場所ID.

    Raises
    ------
    gis.errors.NotFound
        None does.
    """
    shelter_id = session.scalar(
        select(Designation.shelter_id).where(Designation.common_id == common_id)
    )
    if shelter_id is None:
        raise NotFound(field="common_id", received=common_id, kind=N_("shelter"))
    return shelter_id
