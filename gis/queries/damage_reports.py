"""Damage reports: one, the newest, their counts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    case,
    func,
    select,
    true,
    tuple_,
    union,
)
from sqlalchemy.orm import Session

from gis.clock import CLOCK_TOLERANCE
from gis.config import Bounds
from gis.damage import DamageDetails
from gis.errors import NotFound
from gis.models import DamageAssessment, DamageReport
from gis.queries.moments import told_by
from gis.text import N_
from gis.vocabulary import DamageCategory, ReportState

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


@dataclass(frozen=True)
class ReportFilter:
    """Which damage reports are asked for; None asks for all."""

    bounds: Bounds | None = None
    """Where it was as far as anybody knows now; reports without a place lie in no box."""
    since: datetime | None = None
    """When it was observed: then or later; aware."""
    until: datetime | None = None
    """When it was observed: before."""
    category: DamageCategory | None = None
    state: ReportState | None = None
    team: str | None = None
    """To whom it is assigned."""

    def clauses(self) -> Iterator[ColumnElement[bool]]:
        """Yield what a report has to fulfil."""
        if self.bounds is not None:
            box = func.ST_MakeEnvelope(*self.bounds.degrees(), 4326)
            # A box of degrees is a box on the map, and the index is on the place there.
            yield now_in(func.ST_Transform(box, 3857))
        if self.since is not None:
            yield DamageReport.observed_at >= self.since
        if self.until is not None:
            yield DamageReport.observed_at < self.until
        for name in ("category", "state", "team"):
            if (asked := getattr(self, name)) is not None:
                yield getattr(DamageReport, name) == asked


EVERY_REPORT = ReportFilter()

_PLACES = {"lon", "lat", "filed_lon", "filed_lat"}
_TOLD = ("state", "version", "team", "merged_into_id")
"""What the last assessment says."""


def report_views(known_at: datetime | None = None) -> Select[Any]:
    """Return the question for reports, each row a :class:`DamageReportView`.

    Parameters
    ----------
    known_at
        As headquarters judged them at that moment; None is now.
    """
    stored = {field.name for field in fields(DamageReportView)} - _PLACES - {*_TOLD}
    judged = Judged(known_at)
    told = {name: judged.column(name) for name in _TOLD}
    place = judged.place()
    query = select(
        func.ST_X(place).label("lon"),
        func.ST_Y(place).label("lat"),
        func.ST_X(DamageReport.location).label("filed_lon"),
        func.ST_Y(DamageReport.location).label("filed_lat"),
        *(getattr(DamageReport, name) for name in sorted(stored)),
        *told.values(),
    )
    return judged.join(query)


class Judged:
    """What headquarters had made of reports by a moment; None is now.

    A report's own columns say what stands now. Only of those that were judged after the moment the
    last assessment before it is looked up: looking back a little costs little more than looking.
    """

    def __init__(self, known_at: datetime | None) -> None:
        self._later = None
        if known_at is None:
            return
        later = select(DamageAssessment.report_id).where(DamageAssessment.recorded_at > known_at)
        self._later = later.distinct().subquery("later")
        self._last = (
            select(DamageAssessment)
            .where(
                # Of the others it is NULL, and nothing is looked up.
                DamageAssessment.report_id == self._later.c.report_id,
                DamageAssessment.recorded_at <= known_at,
            )
            .order_by(DamageAssessment.number.desc())
            .limit(1)
            .correlate(self._later)
            .lateral("last")
        )

    def column(self, name: str) -> ColumnElement[Any]:
        """Return what was said: state, version, team, merged_into_id or corrected_location."""
        now = DamageReport.__table__.c[name]
        if self._later is None:
            return now
        then = func.coalesce(self._last.c[_ASSESSED.get(name, name)], _NEVER_ASSESSED.get(name))
        return case((self._later.c.report_id.is_(None), now), else_=then).label(name)

    def place(self) -> ColumnElement[Any]:
        """Return where a report was, as far as was known (EPSG:4326)."""
        return func.coalesce(self.column("corrected_location"), DamageReport.location)

    def join(self, query: Select[Any]) -> Select[Any]:
        """Return a question for reports with what is needed to answer it."""
        if self._later is None:
            return query
        is_later = self._later.c.report_id == DamageReport.id
        return (
            query.select_from(DamageReport)
            .outerjoin(self._later, is_later)
            .outerjoin(self._last, true())
        )


_ASSESSED = {"version": "number", "corrected_location": "location"}
"""What an assessment calls by another name."""
_NEVER_ASSESSED = {"state": ReportState.UNCONFIRMED.value, "version": 0}


def now_in(box: ColumnElement[Any]) -> ColumnElement[bool]:
    """Tell, by the index, whether a report lies in a box (EPSG:3857) or on its edge."""
    return DamageReport.location_3857.op("&&")(box)


def ever_in(box: ColumnElement[Any]) -> ColumnElement[bool]:
    """Tell whether a report lies in a box now, or may have before its place was put right."""
    degrees = func.ST_Transform(box, 4326)
    return DamageReport.id.in_(
        union(
            select(DamageReport.id).where(now_in(box)),
            select(DamageReport.id).where(DamageReport.location.op("&&")(degrees)),
            select(DamageAssessment.report_id).where(DamageAssessment.location.op("&&")(degrees)),
        )
    )


def damage_report(
    session: Session, report_id: UUID, *, known_at: datetime | None = None
) -> DamageReportView:
    """Return one report.

    Parameters
    ----------
    known_at
        As headquarters judged it at that moment; None is now.

    Raises
    ------
    gis.errors.NotFound
        There is none with that id.
    """
    row = (
        session.execute(report_views(known_at).where(DamageReport.id == report_id))
        .mappings()
        .one_or_none()
    )
    if row is None:
        raise NotFound(field="report_id", received=report_id, kind=N_("damage report"))
    return DamageReportView(**row)


def damage_reports_of(session: Session, report_ids: Sequence[UUID]) -> list[DamageReportView]:
    """Return some reports, in no order."""
    if not report_ids:
        return []
    rows = session.execute(report_views().where(DamageReport.id.in_(report_ids))).mappings()
    return [DamageReportView(**row) for row in rows]


def with_merged(session: Session, report_ids: Sequence[UUID]) -> list[DamageReportView]:
    """Return some reports, and those that were merged into them."""
    either = DamageReport.id.in_(report_ids) | DamageReport.merged_into_id.in_(report_ids)
    query = report_views().where(either).order_by(DamageReport.recorded_at, DamageReport.id)
    return [DamageReportView(**row) for row in session.execute(query).mappings()]


def newest_damage_reports(  # noqa: PLR0913 - a moment, and by what was known when
    session: Session,
    incident_id: UUID,
    *,
    which: ReportFilter = EVERY_REPORT,
    as_of: datetime | None = None,
    known_at: datetime | None = None,
    before: Cursor | None = None,
    limit: int | None = 100,
    standing: bool = False,
) -> list[DamageReportView]:
    """Return reports of an incident, the last recorded first.

    Parameters
    ----------
    as_of
        Leaves out what was so only later; None leaves out nothing.
    known_at
        By what was known when; None is as it was known at that moment itself.
    before
        Where the page before this one ended; pages go by when reports were recorded.
    limit
        How many at most; None is all of them.
    standing
        Leaves out what was rejected, or merged into another one, at that moment.
    """
    order = (DamageReport.recorded_at, DamageReport.id)
    query = report_views(known_at or as_of).where(
        DamageReport.incident_id == incident_id,
        *told_by(DamageReport, as_of, known_at),
        *which.clauses(),
    )
    if standing:
        told = query.selected_columns
        query = query.where(
            told["merged_into_id"].is_(None), told["state"] != ReportState.REJECTED.value
        )
    if before is not None:
        query = query.where(tuple_(*order) < before)
    query = query.order_by(*(column.desc() for column in order)).limit(limit)
    return [DamageReportView(**row) for row in session.execute(query).mappings()]
