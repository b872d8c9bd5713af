"""Triage of damage reports: what waits, what headquarters make of it, who is looking."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from dashboard.api.damage_reports import LocationIn
from dashboard.api.roles import CurrentActor, allow
from dashboard.api.text import Storable
from dashboard.roles import DECIDES, SEES_ALL
from dashboard.workspaces import current_desk
from gis.errors import FieldInvalid
from gis.operations.triage import (
    Assessment,
    assess,
    claim_report,
    merge_damage_reports,
    take_back_assessment,
)
from gis.queries.damage_reports import damage_report
from gis.queries.incidents import open_incident_or_refuse
from gis.queries.triage import (
    AssessmentView,
    QueueCursor,
    QueuedReport,
    TeamLoad,
    assessments_of,
    queue,
    state_counts,
    team_loads,
)
from gis.text import N_
from gis.vocabulary import ReportState

router = APIRouter(tags=["damage reports"])


class QueuePage(BaseModel):
    """Some reports of a state, the most urgent first."""

    reports: list[QueuedReport]
    next: str | None = Field(description="Send as `after` for the page after this; null: none.")
    counts: dict[ReportState, int] = Field(
        description="How many are in each state, merged ones left out."
    )
    teams: list[TeamLoad] = Field(description="What each team has to deal with.")


class SeenIn(BaseModel):
    """What the decision rests on."""

    model_config = ConfigDict(extra="forbid")

    version: int = Field(description="The version of the report that was seen last.")


class AssessmentIn(SeenIn):
    """All that headquarters make of a report from now on; what is left out is none, or as filed."""

    state: ReportState
    team: Storable | None = Field(default=None, description="To whom it is assigned.")
    location: LocationIn | None = Field(default=None, description="Where it really was.")
    reason: Storable | None = None


class MergeIn(BaseModel):
    """Reports of the same damage, to be listed with this one; each keeps what it says."""

    model_config = ConfigDict(extra="forbid")

    report_ids: list[UUID] = Field(min_length=1, max_length=100)
    reason: Storable | None = None


class TriagedOut(BaseModel):
    """How a report stands."""

    id: UUID
    state: ReportState
    version: int
    team: str | None
    merged_into_id: UUID | None


class ClaimOut(BaseModel):
    """Until when nobody else decides on the report; claim it again to keep it."""

    until: datetime


@router.get("/damage-reports/queue", openapi_extra=allow(SEES_ALL))
def waiting(
    *,
    state: ReportState = ReportState.UNCONFIRMED,
    team: Storable | None = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
    after: str | None = None,
) -> QueuePage:
    """Return what waits in the current incident: danger first, then severity, then age."""
    cursor = _cursor(after) if after else None
    desk = current_desk()
    with desk.workspace.reading() as session:
        incident = open_incident_or_refuse(session)
        reports = queue(
            session, incident.id, now=desk.workspace.clock.now(),
            state=state, team=team, after=cursor, limit=limit + 1,
        )  # fmt: skip
        counts = state_counts(session, incident.id, team=team)
        teams = team_loads(session, incident.id)
    page = reports[:limit]
    more = len(reports) > limit
    return QueuePage(
        reports=page, next=_encode(page[-1].cursor) if more else None, counts=counts, teams=teams
    )


@router.get("/damage-reports/{report_id}/assessments", openapi_extra=allow(SEES_ALL))
def history(report_id: UUID) -> list[AssessmentView]:
    """Return what headquarters made of a report, the last word first."""
    with current_desk().workspace.reading() as session:
        damage_report(session, report_id)
        return assessments_of(session, report_id)


@router.post("/damage-reports/{report_id}/assessments", openapi_extra=allow(DECIDES))
def tell(report_id: UUID, told: AssessmentIn, actor: CurrentActor) -> TriagedOut:
    """Tell what headquarters make of a report. 409: somebody told something since."""
    place = (told.location.lon, told.location.lat) if told.location else None
    assessment = Assessment(told.state, told.team, place, told.reason)
    with current_desk().transaction(actor) as session:
        assess(session, report_id, assessment, version=told.version)
    return _standing(report_id)


@router.post("/damage-reports/{report_id}/merge", openapi_extra=allow(DECIDES))
def merge(report_id: UUID, merging: MergeIn, actor: CurrentActor) -> TriagedOut:
    """Merge other reports of the same damage into this one."""
    with current_desk().transaction(actor) as session:
        merge_damage_reports(session, report_id, merging.report_ids, reason=merging.reason)
    return _standing(report_id)


@router.post("/damage-reports/{report_id}/take-back", openapi_extra=allow(DECIDES))
def take_back(report_id: UUID, seen: SeenIn, actor: CurrentActor) -> TriagedOut:
    """Take the last assessment back; of a merged report, separate it again."""
    with current_desk().transaction(actor) as session:
        take_back_assessment(session, report_id, version=seen.version)
    return _standing(report_id)


@router.post("/damage-reports/{report_id}/claim", openapi_extra=allow(DECIDES))
def claim(report_id: UUID, actor: CurrentActor) -> ClaimOut:
    """Have a report to oneself for some minutes. 409: somebody else has it."""
    with current_desk().transaction(actor) as session:
        return ClaimOut(until=claim_report(session, report_id))


def _standing(report_id: UUID) -> TriagedOut:
    with current_desk().workspace.reading() as session:
        report = damage_report(session, report_id)
    return TriagedOut.model_validate(report, from_attributes=True)


def _encode(cursor: QueueCursor) -> str:
    danger, gravity, recorded_at, report_id = cursor
    return f"{danger}~{gravity}~{recorded_at.isoformat()}~{report_id}"


def _cursor(text: str) -> QueueCursor:
    try:
        danger, gravity, moment, report_id = text.replace(" ", "+").split("~")
        return int(danger), int(gravity), datetime.fromisoformat(moment), UUID(report_id)
    except ValueError as fault:
        problem = N_("it is not one that this API gave")
        raise FieldInvalid(field="after", received=text, name="after", problem=problem) from fault
