"""Filing damage reports."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from gis.errors import IdUsedForAnother, TextTooLong
from gis.geometry.place import Place, checked_place
from gis.models import DamageReport
from gis.models.damage_report import NOTE_LENGTH, PLACE_TEXT_LENGTH, REPORTER_LENGTH
from gis.operations import Filed
from gis.operations.moments import checked_moment
from gis.queries.damage_reports import DamageReportView, damage_report
from gis.queries.incidents import held_open
from gis.store import now
from gis.vocabulary import DamageCategory, Severity, Source

_LENGTHS = {"note": NOTE_LENGTH, "place_text": PLACE_TEXT_LENGTH, "reporter": REPORTER_LENGTH}


@dataclass(frozen=True)
class NewDamageReport:
    """A report to file. ``id`` is made by the client; None is unknown throughout.

    ``location`` is (lon, lat) in degrees, EPSG:4326.
    """

    id: UUID
    category: DamageCategory
    severity: Severity | None = None
    location: tuple[float, float] | None = None
    place_text: str | None = None
    note: str | None = None
    reporter: str | None = None
    observed_at: datetime | None = None
    """When it was seen; None is now."""
    source: Source = Source.OTHER


def file_damage_report(session: Session, report: NewDamageReport) -> Filed:
    """File a report in the current incident; filing it again changes nothing.

    Raises
    ------
    gis.errors.IncidentNotOpen
        Nothing is going on that it could belong to.
    gis.errors.PlaceAtZero, gis.errors.PlaceSwapped, gis.errors.PlaceOutsideJapan
        The place cannot be.
    gis.errors.TextTooLong
        A text is longer than is kept.
    gis.errors.ObservedInFuture, gis.errors.MomentWithoutZone
        The moment cannot be.
    gis.errors.IdUsedForAnother
        The id stands for another report.
    """
    _check_lengths(report)
    place = checked_place(*report.location) if report.location else None
    observed_at = checked_moment(report.observed_at, now(session))
    is_new = session.get(DamageReport, report.id) is None and _insert(
        session, report, place, observed_at
    )
    if not is_new:
        _check_same(damage_report(session, report.id), report, place)
    return Filed(report.id, is_new=is_new)


def _insert(
    session: Session, report: NewDamageReport, place: Place | None, observed_at: datetime
) -> bool:
    """File a report, unless another delivery of it comes in between; return whether it did."""
    filed = session.execute(
        insert(DamageReport)
        .values(
            id=report.id,
            incident_id=held_open(session).id,
            category=report.category.value,
            severity=report.severity,
            location=place.ewkt() if place else None,
            place_text=report.place_text,
            note=report.note,
            reporter=report.reporter,
            observed_at=observed_at,
            source=report.source.value,
        )
        .on_conflict_do_nothing(index_elements=["id"])
        .returning(DamageReport.id)
    ).one_or_none()
    return filed is not None


def _check_lengths(report: NewDamageReport) -> None:
    for field, most in _LENGTHS.items():
        text: str | None = getattr(report, field)
        if text is not None and len(text) > most:
            raise TextTooLong(field=field, received=text, length=len(text), most=most)


def _check_same(earlier: DamageReportView, report: NewDamageReport, place: Place | None) -> None:
    same = (
        (earlier.category, earlier.severity, earlier.source)
        == (report.category, report.severity, report.source)
        and (earlier.lon, earlier.lat) == ((place.lon, place.lat) if place else (None, None))
        and all(getattr(earlier, field) == getattr(report, field) for field in _LENGTHS)
        and report.observed_at in (None, earlier.observed_at)
    )
    if not same:
        raise IdUsedForAnother(field="id", received=report.id)
