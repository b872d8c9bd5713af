"""Recording how many people are in a shelter."""

from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from gis.errors import (
    CountImpossible,
    IdUsedForAnother,
    NotFound,
    NothingCounted,
    ShelterNotOpen,
    TextTooLong,
)
from gis.models import OccupancyReading, Opening, Shelter
from gis.models.shelter import NOTE_LENGTH
from gis.occupancy import PERSONS_MOST
from gis.operations import Filed
from gis.operations.moments import checked_moment
from gis.queries.shelters import current_opening
from gis.store import now
from gis.text import N_
from gis.vocabulary import Source


@dataclass(frozen=True)
class Reading:
    """A count to record. ``id`` is made by the client; None figures were not counted."""

    id: UUID
    shelter_id: UUID
    persons: int | None
    households: int | None = None
    observed_at: datetime | None = None
    """When it was so; None is now."""
    source: Source = Source.OTHER
    note: str | None = None
    supersedes_id: UUID | None = None


def record_occupancy(session: Session, reading: Reading) -> Filed:
    """Record a reading for a shelter that is open; filing it again changes nothing.

    Raises
    ------
    gis.errors.CountImpossible, gis.errors.NothingCounted
        The figures cannot be.
    gis.errors.TextTooLong
        The note is longer than is kept.
    gis.errors.ObservedInFuture, gis.errors.MomentWithoutZone
        The moment cannot be.
    gis.errors.NotFound, gis.errors.ShelterNotOpen
        There is no such shelter, or it is not open.
    gis.errors.IdUsedForAnother
        The id stands for another reading.
    """
    _check_counts(reading)
    _check_note(reading.note or "")
    observed_at = checked_moment(reading.observed_at, now(session))
    earlier = session.get(OccupancyReading, reading.id)
    if earlier is not None:
        return _same_as(session, earlier, reading)
    opening = current_opening(session, reading.shelter_id, at=observed_at)
    if opening is None:
        raise ShelterNotOpen(field="shelter_id", shelter=_name_of(session, reading.shelter_id))
    filed = session.execute(
        insert(OccupancyReading)
        .values(**_content(reading), id=reading.id, opening_id=opening.id, observed_at=observed_at)
        .on_conflict_do_nothing(index_elements=["id"])
        .returning(OccupancyReading.id)
    ).one_or_none()
    if filed is None:
        # Another delivery of the same message came in between; it is the first result.
        return _same_as(session, session.get_one(OccupancyReading, reading.id), reading)
    return Filed(reading.id, is_new=True)


def _check_counts(reading: Reading) -> None:
    for field in ("persons", "households"):
        count: int | None = getattr(reading, field)
        if count is not None and not 0 <= count <= PERSONS_MOST:
            raise CountImpossible(field=field, received=count, most=PERSONS_MOST)
    if reading.persons is None and reading.households is None:
        raise NothingCounted(field="persons")


def _check_note(note: str) -> None:
    if len(note) > NOTE_LENGTH:
        raise TextTooLong(field="note", received=note, length=len(note), most=NOTE_LENGTH)


def _name_of(session: Session, shelter_id: UUID) -> str:
    shelter = session.get(Shelter, shelter_id)
    if shelter is None:
        raise NotFound(field="shelter_id", received=shelter_id, kind=N_("shelter"))
    return shelter.name


def _content(reading: Reading) -> dict[str, object]:
    content = asdict(reading)
    del content["id"], content["shelter_id"], content["observed_at"]
    return content


def _same_as(session: Session, earlier: OccupancyReading, reading: Reading) -> Filed:
    content = _content(reading)
    if reading.observed_at is not None:
        content["observed_at"] = reading.observed_at
    elsewhere = session.get_one(Opening, earlier.opening_id).shelter_id != reading.shelter_id
    if elsewhere or any(getattr(earlier, name) != value for name, value in content.items()):
        raise IdUsedForAnother(field="id", received=reading.id)
    return Filed(earlier.id, is_new=False)
