"""Damage reports: one, the newest, their counts."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, func, select, tuple_
from sqlalchemy.orm import Session

from gis.errors import NotFound
from gis.models import DamageReport
from gis.queries.moments import told_by
from gis.text import N_

Cursor = tuple[datetime, UUID]
"""Where a page of reports ended: the last one's recorded_at and id."""


@dataclass(frozen=True)
class DamageReportView:
    """A damage report as filed; ``lon`` and ``lat`` in degrees (EPSG:4326), None where unknown."""

    id: UUID
    incident_id: UUID
    category: str
    severity: str | None
    lon: float | None
    lat: float | None
    place_text: str | None
    note: str | None
    reporter: str | None
    observed_at: datetime
    recorded_at: datetime
    recorded_by: str
    source: str


def _views() -> Select[tuple[object, ...]]:
    return select(
        DamageReport.id,
        DamageReport.incident_id,
        DamageReport.category,
        DamageReport.severity,
        func.ST_X(DamageReport.location).label("lon"),
        func.ST_Y(DamageReport.location).label("lat"),
        DamageReport.place_text,
        DamageReport.note,
        DamageReport.reporter,
        DamageReport.observed_at,
        DamageReport.recorded_at,
        DamageReport.recorded_by,
        DamageReport.source,
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
