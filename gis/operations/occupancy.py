"""Recording how many people are in a shelter."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import Enum
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from gis.clock import moment_text
from gis.errors import (
    CountDoubtful,
    CountedMeanwhile,
    CountImpossible,
    FarOverCapacity,
    NotFound,
    NothingCounted,
    PartAboveTotal,
    TenTimesTheLast,
)
from gis.models import OccupancyReading, Opening
from gis.models.occupancy import NOTE_LENGTH
from gis.occupancy import PERSONS_MOST, contradictions, is_far_over, is_jump
from gis.operations import Filed
from gis.operations.moments import checked_moment
from gis.operations.observing import opening_observed, same_as, shelter_observed
from gis.operations.texts import check_length
from gis.queries.occupancy import ReadingView, last_persons
from gis.store import now
from gis.text import N_
from gis.vocabulary import FIGURE_LABELS, Source


@dataclass(frozen=True, kw_only=True)
class Counts:
    """The figures of a reading; what nobody counted is None, which is not 0.

    What each of them counts stands in :class:`gis.models.OccupancyReading`.
    """

    persons: int | None = None
    households: int | None = None
    voluntary_persons: int | None = None
    voluntary_households: int | None = None
    men: int | None = None
    women: int | None = None
    gender_unknown: int | None = None
    infants: int | None = None
    special_care: int | None = None
    staff: int | None = None
    supporters: int | None = None
    outside_persons: int | None = None
    outside_households: int | None = None


class NotSaid(Enum):
    """What stands where nobody said anything, because None says that there was nothing."""

    NOT_SAID = "not said"


@dataclass(frozen=True)
class Reading:
    """A count to record. ``id`` is made by the client."""

    id: UUID
    shelter_id: UUID
    counts: Counts
    observed_at: datetime | None = None
    """When it was so; None is now."""
    source: Source = Source.OTHER
    note: str | None = None
    supersedes_id: UUID | None = None
    """The reading that this one corrects."""
    incident_id: UUID | None = None
    """For which incident it is meant; None for whichever the shelter is open in."""
    after_id: UUID | NotSaid | None = NotSaid.NOT_SAID
    """The reading that was shown as the last one to whoever counted; None: that there was none."""
    confirmed: frozenset[str] = frozenset()
    """The doubts, by the codes of their errors, that the person has said yes to."""


def record_occupancy(session: Session, reading: Reading) -> Filed:
    """Record a reading for a shelter that takes part; filing it again changes nothing.

    Raises
    ------
    gis.errors.CountImpossible, gis.errors.NothingCounted, gis.errors.PartAboveTotal
        The figures cannot be.
    gis.errors.CountDoubtful
        They can, but look like a slip; they are recorded once confirmed.
    gis.errors.TextTooLong
        The note is longer than is kept.
    gis.errors.ObservedInFuture, gis.errors.MomentWithoutZone
        The moment cannot be.
    gis.errors.NotFound, gis.errors.ShelterNotOpen, gis.errors.CountedBeforeOpening
        There is no such shelter, or it takes no part at that moment.
    gis.errors.ShelterOfAnotherIncident
        It takes part in another incident than the one meant.
    gis.errors.IdUsedForAnother
        The id stands for another reading.
    """
    _check_counts(asdict(reading.counts))
    check_length("note", reading.note, NOTE_LENGTH)
    observed_at = checked_moment(reading.observed_at, now(session))
    earlier = session.get(OccupancyReading, reading.id)
    if earlier is not None:
        return same_as(session, earlier, reading, _content(reading))
    opening = opening_observed(session, reading, observed_at)
    _check_correction(session, reading, opening)
    doubts = list(_doubts(session, reading, opening, observed_at))
    for doubt in doubts:
        if doubt.code() not in reading.confirmed:
            raise doubt
    filed = session.execute(
        insert(OccupancyReading)
        .values(
            **_content(reading),
            id=reading.id,
            opening_id=opening.id,
            observed_at=observed_at,
            confirmed=[doubt.code() for doubt in doubts],
        )
        .on_conflict_do_nothing(index_elements=["id"])
        .returning(OccupancyReading.id)
    ).one_or_none()
    if filed is None:
        # Another delivery of the same message came in between; it is the first result.
        return same_as(
            session, session.get_one(OccupancyReading, reading.id), reading, _content(reading)
        )
    return Filed(reading.id, is_new=True)


def _check_counts(counts: dict[str, int | None]) -> None:
    for field, count in counts.items():
        if count is not None and not 0 <= count <= PERSONS_MOST:
            raise CountImpossible(field=field, received=count, most=PERSONS_MOST)
    if all(count is None for count in counts.values()):
        raise NothingCounted(field="persons")
    for part, count, whole, total in contradictions(counts):
        raise PartAboveTotal(
            field=part.partition("+")[0],
            received=count,
            part=FIGURE_LABELS[part],
            whole=FIGURE_LABELS[whole],
            total=total,
        )


def _check_correction(session: Session, reading: Reading, opening: Opening) -> None:
    """Refuse to correct what is not this shelter's, or itself; what is not here yet may arrive."""
    corrected_id = reading.supersedes_id
    while corrected_id is not None:
        corrected = session.get(OccupancyReading, corrected_id)
        elsewhere = corrected is not None and corrected.opening_id != opening.id
        # Readings that correct each other in a ring would all be gone.
        if elsewhere or corrected_id == reading.id:
            raise NotFound(
                field="supersedes_id", received=reading.supersedes_id, kind=N_("reading")
            )
        corrected_id = corrected.supersedes_id if corrected else None


def _doubts(
    session: Session, reading: Reading, opening: Opening, observed_at: datetime
) -> Iterator[CountDoubtful]:
    """Yield what makes a count look like a slip."""
    persons = reading.counts.persons
    if persons is None:
        return
    capacity = shelter_observed(session, reading.shelter_id).capacity
    if is_far_over(persons, capacity):
        yield FarOverCapacity(field="persons", received=persons, capacity=capacity)
    before = last_persons(session, opening.id, as_of=observed_at)
    if before and before.id != reading.supersedes_id and is_jump(persons, before.persons):
        yield TenTimesTheLast(
            field="persons",
            received=persons,
            before=before.persons,
            moment=moment_text(before.observed_at),
        )
    latest = last_persons(session, opening.id, as_of=now(session))
    said = reading.after_id is not NotSaid.NOT_SAID
    if said and latest and _unseen(latest, reading):
        yield CountedMeanwhile(
            field="persons",
            received=persons,
            actor=latest.recorded_by,
            theirs=latest.persons,
            moment=moment_text(latest.observed_at),
        )


def _unseen(latest: ReadingView, reading: Reading) -> bool:
    return latest.id not in {reading.after_id, reading.supersedes_id} and (
        latest.persons != reading.counts.persons
    )


def _content(reading: Reading) -> dict[str, object]:
    """Return what a retry must say again to be one."""
    return {
        **asdict(reading.counts),
        "source": reading.source,
        "note": reading.note,
        "supersedes_id": reading.supersedes_id,
    }
