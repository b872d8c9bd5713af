"""Damage reports: one, the newest, their counts."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Select, func, select, tuple_
from sqlalchemy.orm import Session

from gis.clock import CLOCK_TOLERANCE
from gis.damage import DamageDetails
from gis.errors import NotFound
from gis.models import DamageReport
from gis.queries.moments import told_by
from gis.text import N_

Cursor = tuple[datetime, UUID]
"""Where a page of reports ended: the last one's recorded_at and id."""


@dataclass(frozen=True)
class DamageReportView(DamageDetails):
    """A damage report as filed; ``lon`` and ``lat`` in degrees (EPSG:4326), None where unknown."""

    id: UUID
    incident_id: UUID
    category: str
    severity: str | None
    lon: float | None
    lat: float | None
    filed_lon: float | None
    filed_lat: float | None
    """Where the sender said it was; headquarters may have put it right since."""
    place_text: str | None
    note: str | None
    reporter: str | None
    observed_at: datetime
    recorded_at: datetime
    recorded_by: str
    source: str
    accuracy_m: float | None
    located_by: str | None
    is_outside: bool | None
    """Whether it lies outside the municipality."""
    clock_ahead_s: int | None
    """By how much the sender's clock was ahead; :attr:`clock_was_wrong` says whether it matters."""
    state: str
    version: int
    """How many assessments there are: who wants to tell the next one names it."""
    team: str | None
    """To whom it is assigned."""
    merged_into_id: UUID | None
    """The report of the same damage that it is listed with."""

    @property
    def clock_was_wrong(self) -> bool:
        """Whether the moment of observation had to be put right."""
        ahead = timedelta(seconds=self.clock_ahead_s or 0)
        return abs(ahead) > CLOCK_TOLERANCE


_PLACES = {"lon", "lat", "filed_lon", "filed_lat"}


def _views() -> Select[tuple[object, ...]]:
    stored = {field.name for field in fields(DamageReportView)} - _PLACES
    place = func.coalesce(DamageReport.corrected_location, DamageReport.location)
    return select(
        func.ST_X(place).label("lon"),
        func.ST_Y(place).label("lat"),
        func.ST_X(DamageReport.location).label("filed_lon"),
        func.ST_Y(DamageReport.location).label("filed_lat"),
        *(getattr(DamageReport, name) for name in sorted(stored)),
    )


def damage_report(session: Session, report_id: UUID) -> DamageReportView:
    """Return one report.

    Raises
    ------
    gis.errors.NotFound
        There is none with that id.
    """
    row = session.execute(_views().where(DamageReport.id == report_id)).mappings().one_or_none()
    if row is None:
        raise NotFound(field="report_id", received=report_id, kind=N_("damage report"))
    return DamageReportView(**row)


def damage_reports_of(session: Session, report_ids: Sequence[UUID]) -> list[DamageReportView]:
    """Return some reports, in no order."""
    if not report_ids:
        return []
    rows = session.execute(_views().where(DamageReport.id.in_(report_ids))).mappings()
    return [DamageReportView(**row) for row in rows]


def with_merged(session: Session, report_ids: Sequence[UUID]) -> list[DamageReportView]:
    """Return some reports, and those that were merged into them."""
    either = DamageReport.id.in_(report_ids) | DamageReport.merged_into_id.in_(report_ids)
    query = _views().where(either).order_by(DamageReport.recorded_at, DamageReport.id)
    return [DamageReportView(**row) for row in session.execute(query).mappings()]


def newest_damage_reports(  # noqa: PLR0913 - a moment, and by what was known when
    session: Session,
    incident_id: UUID,
    *,
    as_of: datetime | None = None,
    known_at: datetime | None = None,
    before: Cursor | None = None,
    limit: int | None = 100,
) -> list[DamageReportView]:
    """Return reports of an incident, the last recorded first.

    Parameters
    ----------
    as_of
        Leaves out what was so only later; None leaves out nothing.
    known_at
        By what was known when; None is as it was known at that moment itself.
    before
        Where the page before this one ended.
    limit
        How many at most; None is all of them.
    """
    order = (DamageReport.recorded_at, DamageReport.id)
    query = _views().where(
        DamageReport.incident_id == incident_id, *told_by(DamageReport, as_of, known_at)
    )
    if before is not None:
        query = query.where(tuple_(*order) < before)
    query = query.order_by(*(column.desc() for column in order)).limit(limit)
    return [DamageReportView(**row) for row in session.execute(query).mappings()]


def damage_counts(
    session: Session, incident_id: UUID, *, as_of: datetime, known_at: datetime | None = None
) -> dict[tuple[str, str | None], int]:
    """Return how many reports there are per category and severity at a moment.

    Parameters
    ----------
    known_at
        By what was known when; None is as it was known at that moment itself.
    """
    rows = session.execute(
        select(DamageReport.category, DamageReport.severity, func.count())
        .where(DamageReport.incident_id == incident_id, *told_by(DamageReport, as_of, known_at))
        .group_by(DamageReport.category, DamageReport.severity)
    )
    return {(category, severity): count for category, severity, count in rows}
