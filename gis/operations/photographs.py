"""Adding photographs of shelters and of damage, and hiding them."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from gis.errors import IdUsedForAnother, NotFound, PhotographsEnough, Refused
from gis.geometry.place import Place
from gis.models import Photograph, PhotographUpload
from gis.models.photograph import CAPTION_LENGTH
from gis.operations import Filed
from gis.operations.moments import checked_moment
from gis.operations.observing import first_result, opening_observed
from gis.operations.texts import kept_text
from gis.photographs import Prepared
from gis.picture_files import picture_files
from gis.queries.damage_reports import DamageReportView, damage_report
from gis.store import now
from gis.text import N_
from gis.vocabulary import Source

REPORT_MOST = 20
"""How many photographs one damage report may have."""


@dataclass(frozen=True)
class NewPhotograph:
    """A photograph to add. ``id`` is made by the client; what is unknown is None."""

    id: UUID
    shelter_id: UUID
    prepared: Prepared
    caption: str | None = None
    taken_at: datetime | None = None
    """When whoever sends it took it; None is what the camera says, if it says anything."""
    source: Source = Source.OTHER
    incident_id: UUID | None = None
    """For which incident it is meant; None for whichever the shelter is open in."""


def add_photograph(session: Session, photograph: NewPhotograph) -> Filed:
    """Add a photograph to a shelter that takes part; adding it again changes nothing.

    What a camera says of the moment is believed as far as it can be: its clock may never have been
    set. Nor does it decide to which opening the photograph belongs.

    Raises
    ------
    gis.errors.TextTooLong
        The caption is longer than is kept.
    gis.errors.ObservedInFuture, gis.errors.ObservedTooEarly, gis.errors.MomentWithoutZone
        The moment that is told cannot be.
    gis.errors.NotFound, gis.errors.ShelterNotOpen, gis.errors.CountedBeforeOpening
        There is no such shelter, or it takes no part at that moment.
    gis.errors.ShelterOfAnotherIncident
        It takes part in another incident than the one meant.
    gis.errors.IdUsedForAnother
        The id stands for another photograph.
    """
    at = checked_moment(photograph.taken_at, now(session))
    said = _said(photograph)
    earlier = session.get(Photograph, photograph.id)
    if earlier is not None:
        return first_result(session, earlier, photograph, said)
    opening = opening_observed(session, photograph, at)
    content = {
        "opening_id": opening.id,
        "taken_at": _believed(photograph.prepared.taken_at, now(session)),
        "location": photograph.prepared.location,
    }
    if _insert(session, photograph.id, photograph.prepared, content | said):
        return Filed(photograph.id, is_new=True)
    # Another delivery of the same photograph came in between; it is the first result.
    return first_result(session, session.get_one(Photograph, photograph.id), photograph, said)


def _said(photograph: NewPhotograph) -> dict[str, object]:
    """Return what tells one photograph from another, as it is kept."""
    said: dict[str, object] = {
        "sha256": photograph.prepared.sha256,
        "caption": kept_text("caption", photograph.caption, CAPTION_LENGTH),
        "source": photograph.source.value,
    }
    if photograph.taken_at is not None:
        said["taken_at"] = photograph.taken_at
    return said


@dataclass(frozen=True)
class NewReportPhotograph:
    """A photograph of a damage report to add. ``id`` is made by the client."""

    id: UUID
    report_id: UUID
    prepared: Prepared
    caption: str | None = None
    taken_at: datetime | None = None
    """By the clock of whoever reported; None is what the camera says, if it says anything."""
    location: Place | None = None
    """Where whoever sends it took it; None is what the camera says."""


def add_report_photograph(session: Session, photograph: NewReportPhotograph) -> Filed:
    """Add a photograph to a damage report; adding it again changes nothing.

    What is said of the moment is believed as far as it can be, and put right as the report's own
    was: a photograph must not be lost over a clock.

    Raises
    ------
    gis.errors.TextTooLong
        The caption is longer than is kept.
    gis.errors.NotFound
        There is no such report.
    gis.errors.PhotographsEnough
        It has :data:`REPORT_MOST` photographs.
    gis.errors.IdUsedForAnother
        The id stands for another photograph.
    """
    said: dict[str, object] = {
        "report_id": photograph.report_id,
        "sha256": photograph.prepared.sha256,
        "caption": kept_text("caption", photograph.caption, CAPTION_LENGTH),
    }
    report = damage_report(session, photograph.report_id)
    is_new = session.get(Photograph, photograph.id) is None and _add(
        session, report, photograph, said
    )
    if not is_new:
        earlier = session.get_one(Photograph, photograph.id)
        if any(getattr(earlier, name) != value for name, value in said.items()):
            raise IdUsedForAnother(field="id", received=photograph.id)
    return Filed(photograph.id, is_new=is_new)


def _add(
    session: Session,
    report: DamageReportView,
    photograph: NewReportPhotograph,
    said: dict[str, object],
) -> bool:
    check_room(session, report.id, photograph.id)
    prepared = photograph.prepared
    taken_at = photograph.taken_at or prepared.taken_at
    if taken_at is not None and report.clock_was_wrong:
        taken_at -= timedelta(seconds=report.clock_ahead_s or 0)
    content = {
        "taken_at": _believed(taken_at, now(session)),
        "location": photograph.location or prepared.location,
        "source": report.source,
    }
    return _insert(session, photograph.id, prepared, content | said)


def check_room(session: Session, report_id: UUID, photograph_id: UUID) -> None:
    """Refuse one photograph too many of a damage report; those on their way are counted, too.

    Raises
    ------
    gis.errors.PhotographsEnough
        It has :data:`REPORT_MOST` without this one.
    """
    # Of two at once, the second one counts the first.
    session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(str(report_id), 0))))
    others = sum(
        session.scalars(
            select(func.count()).where(of.report_id == report_id, of.id != photograph_id)
        ).one()
        for of in (Photograph, PhotographUpload)
    )
    if others >= REPORT_MOST:
        raise PhotographsEnough(field="report_id", received=report_id, most=REPORT_MOST)


def _insert(
    session: Session, photograph_id: UUID, prepared: Prepared, content: dict[str, object]
) -> bool:
    """Add a photograph, unless another delivery of it comes in between; return whether it did."""
    files, place = picture_files(), content.pop("location")
    added = session.execute(
        insert(Photograph)
        .values(
            **content,
            id=photograph_id,
            location=place.ewkt() if isinstance(place, Place) else None,
            width_px=prepared.width_px,
            height_px=prepared.height_px,
            size_bytes=prepared.size_bytes,
            # First the files, then the row: a row never names what is not there.
            content_hash=files.keep(prepared.content),
            thumbnail_hash=files.keep(prepared.thumbnail),
        )
        .on_conflict_do_nothing(index_elements=["id"])
        .returning(Photograph.id)
    ).one_or_none()
    return added is not None


def _believed(taken_at: datetime | None, now: datetime) -> datetime | None:
    """Return when a picture is said to have been taken, if that can be."""
    if taken_at is not None:
        with suppress(Refused):
            return checked_moment(taken_at, now)
    return None


def hide_photograph(session: Session, photograph_id: UUID) -> None:
    """Show a photograph to nobody any more; hiding it again changes nothing.

    Its row stays; whoever owns the store removes it for good (docs/operating.md).

    Raises
    ------
    gis.errors.NotFound
        There is none with that id.
    """
    if session.get(Photograph, photograph_id) is None:
        raise NotFound(field="photograph_id", received=photograph_id, kind=N_("photograph"))
    session.execute(
        update(Photograph)
        .where(Photograph.id == photograph_id, Photograph.hidden_at.is_(None))
        .values(hidden_at=func.hq_now(), hidden_by=func.hq_actor())
    )
