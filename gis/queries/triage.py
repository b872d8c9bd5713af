"""Triage of damage reports: what was made of one, what waits, what lies near."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from gis.models import DamageAssessment
from gis.vocabulary import ReportState


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
