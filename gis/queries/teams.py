"""What a team is to deal with."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from gis.models import DamageReport
from gis.queries.damage_reports import DamageReportView, damage_reports_of
from gis.vocabulary import ReportState

OVER = (ReportState.DONE.value, ReportState.REJECTED.value)


def assigned_to(
    session: Session, incident_id: UUID, team: str, *, limit: int = 100
) -> list[DamageReportView]:
    """Return the reports that a team is to deal with and has not yet, the longest waiting first."""
    ids = session.scalars(
        select(DamageReport.id)
        .where(
            DamageReport.incident_id == incident_id,
            DamageReport.team == team,
            DamageReport.state.not_in(OVER),
            DamageReport.merged_into_id.is_(None),
        )
        .order_by(DamageReport.observed_at, DamageReport.id)
        .limit(limit)
    ).all()
    views = {view.id: view for view in damage_reports_of(session, ids)}
    return [views[each] for each in ids]
