"""Triage of damage reports: what waits, who looks at it, who is on it, what was made of one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import SQLColumnExpression, func, literal_column, select, tuple_
from sqlalchemy.orm import Session, aliased

from gis.models import DamageAssessment, DamageClaim, DamageReport
from gis.models.damage_report import DANGER, GRAVITY
from gis.queries.damage_reports import DamageReportView, report_views
from gis.vocabulary import ReportState

QueueCursor = tuple[int, int, datetime, UUID]
"""Where a page of the queue ended: danger, gravity, recorded_at and id of its last report."""


@dataclass(frozen=True)
class Claim:
    """Who is looking at a report, and until when nobody else decides on it."""

    actor: str
    until: datetime


@dataclass(frozen=True)
class QueuedReport(DamageReportView):
    """A report as it waits in the queue."""

    claimed_by: str | None
    """Who is looking at it now; None is nobody."""
    claimed_until: datetime | None
    sources: int
    """How many reports tell of the damage: itself, and those merged into it."""
    danger: int
    gravity: int

    @property
    def cursor(self) -> QueueCursor:
        """Where a page of the queue ends that ends with this report."""
        return self.danger, self.gravity, self.recorded_at, self.id


@dataclass(frozen=True)
class AssessmentView:
    """What headquarters made of a report; ``ewkt`` is where it really was, None as filed."""

    number: int
    state: ReportState
    team: str | None
    ewkt: str | None
    merged_into_id: UUID | None
    reason: str | None
    supersedes: int | None
    recorded_at: datetime
    recorded_by: str
    is_superseded: bool


class TeamLoad(NamedTuple):
    """How many reports a team has: assigned to it, and of those being dealt with."""

    team: str
    assigned: int
    in_progress: int


def queue(  # noqa: PLR0913 - what waits, narrowed down, page by page
    session: Session,
    incident_id: UUID,
    *,
    now: datetime,
    state: ReportState = ReportState.UNCONFIRMED,
    team: str | None = None,
    after: QueueCursor | None = None,
    limit: int | None = 100,
) -> list[QueuedReport]:
    """Return the reports of an incident in a state, the most urgent first.

    People in danger come first, the more the earlier; then severity; then what has waited longest.
    What is unknown is neither none nor the worst: unknown danger comes before none, unknown
    severity between severe and moderate. What was merged into another report is left out.

    Parameters
    ----------
    now
        The moment by which a claim has lapsed or not.
    team
        Only what is assigned to this team; None is all.
    after
        Where the page before this one ended.
    limit
        How many at most; None is all of them.
    """
    order: tuple[SQLColumnExpression[Any], ...] = (
        literal_column(DANGER),
        literal_column(GRAVITY),
        DamageReport.recorded_at,
        DamageReport.id,
    )
    merged = aliased(DamageReport)
    query = (
        report_views()
        .add_columns(
            DamageClaim.claimed_by,
            DamageClaim.claimed_until,
            select(func.count() + 1)
            .where(merged.merged_into_id == DamageReport.id)
            .scalar_subquery()
            .label("sources"),
            order[0].label("danger"),
            order[1].label("gravity"),
        )
        .outerjoin(
            DamageClaim,
            (DamageClaim.report_id == DamageReport.id) & (DamageClaim.claimed_until > now),
        )
        .where(
            DamageReport.incident_id == incident_id,
            DamageReport.state == state.value,
            DamageReport.merged_into_id.is_(None),
        )
    )
    if team is not None:
        query = query.where(DamageReport.team == team)
    if after is not None:
        query = query.where(tuple_(*order) > after)
    rows = session.execute(query.order_by(*order).limit(limit)).mappings()
    return [QueuedReport(**row) for row in rows]


def state_counts(
    session: Session, incident_id: UUID, *, team: str | None = None
) -> dict[ReportState, int]:
    """Return how many reports of an incident are in each state, merged ones left out."""
    query = (
        select(DamageReport.state, func.count())
        .where(DamageReport.incident_id == incident_id, DamageReport.merged_into_id.is_(None))
        .group_by(DamageReport.state)
    )
    if team is not None:
        query = query.where(DamageReport.team == team)
    found = {ReportState(state): count for state, count in session.execute(query)}
    return {state: found.get(state, 0) for state in ReportState}


def team_loads(session: Session, incident_id: UUID) -> list[TeamLoad]:
    """Return what each team has to deal with, merged ones left out, by the name of the team."""
    at_work = DamageReport.state == ReportState.IN_PROGRESS.value
    rows = session.execute(
        select(DamageReport.team, func.count(), func.count().filter(at_work))
        .where(
            DamageReport.incident_id == incident_id,
            DamageReport.merged_into_id.is_(None),
            DamageReport.team.is_not(None),
            DamageReport.state.not_in([ReportState.DONE.value, ReportState.REJECTED.value]),
        )
        .group_by(DamageReport.team)
        .order_by(DamageReport.team)
    )
    return [TeamLoad(str(team), assigned, in_progress) for team, assigned, in_progress in rows]


def claims_on(session: Session, report_ids: Sequence[UUID], *, now: datetime) -> dict[UUID, Claim]:
    """Return who is looking at which of some reports now."""
    rows = session.execute(
        select(DamageClaim.report_id, DamageClaim.claimed_by, DamageClaim.claimed_until).where(
            DamageClaim.report_id.in_(report_ids), DamageClaim.claimed_until > now
        )
    )
    return {report_id: Claim(actor, until) for report_id, actor, until in rows}


def assessments_of(session: Session, report_id: UUID) -> list[AssessmentView]:
    """Return what headquarters made of a report, the last word first."""
    later = aliased(DamageAssessment)
    rows = session.execute(
        select(
            DamageAssessment.number,
            DamageAssessment.state,
            DamageAssessment.team,
            func.ST_AsEWKT(DamageAssessment.location, 17),
            DamageAssessment.merged_into_id,
            DamageAssessment.reason,
            DamageAssessment.supersedes,
            DamageAssessment.recorded_at,
            DamageAssessment.recorded_by,
            later.id.is_not(None),
        )
        .outerjoin(
            later,
            (later.report_id == DamageAssessment.report_id)
            & (later.supersedes == DamageAssessment.number),
        )
        .where(DamageAssessment.report_id == report_id)
        .order_by(DamageAssessment.number.desc())
    )
    return [AssessmentView(number, ReportState(state), *rest) for number, state, *rest in rows]
