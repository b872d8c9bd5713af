"""Issues (第 n 報) of the situation summary: made, signed off, handed out."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from dashboard.api.filed import MADE_BY_CLIENT, FiledOut, Version, answer
from dashboard.api.roles import CurrentActor, allow
from dashboard.api.situation import file_of, form_named
from dashboard.api.text import Storable
from dashboard.roles import DECIDES, SEES_ALL
from dashboard.workspaces import current_desk
from gis.operations.summary_issues import compile_issue, take_step
from gis.queries.incidents import open_incident_or_refuse
from gis.queries.summary_issues import IssueView, issue_numbered, issues
from gis.reports import SituationSummary
from gis.reports.issue import marked
from gis.vocabulary import IssueState

router = APIRouter(tags=["situation"])

Number = Annotated[int, Path(ge=1, le=1_000_000, description="n of 第 n 報.")]


class CompilingIn(BaseModel):
    """That an issue is to be compiled."""

    model_config = ConfigDict(extra="forbid")

    id: UUID = Field(description=MADE_BY_CLIENT)


class StepIn(BaseModel):
    """What becomes of an issue."""

    model_config = ConfigDict(extra="forbid")

    state: IssueState
    version: Version
    note: Storable | None = Field(default=None, description="Needed to withdraw.")


@router.get("/issues", openapi_extra=allow(SEES_ALL))
def made() -> list[IssueView]:
    """Return the issues of the current incident, the latest first."""
    with current_desk().workspace.reading() as session:
        return issues(session, open_incident_or_refuse(session).id)


@router.post("/issues", status_code=201, openapi_extra=allow(DECIDES))
def compile_next(compiling: CompilingIn, actor: CurrentActor, response: Response) -> FiledOut:
    """Compile the next issue as of now, as a draft. 201 the first time, 200 for a retry.

    An earlier draft is discarded.
    """
    desk = current_desk()
    with desk.transaction(actor) as session:
        filed = compile_issue(
            session, desk.city, is_drill=desk.workspace.is_drill, issue_id=compiling.id
        )
    return answer(filed, response)


@router.post("/issues/{issue_id}/steps", status_code=204, openapi_extra=allow(DECIDES))
def step(issue_id: UUID, taken: StepIn, actor: CurrentActor) -> None:
    """Review, sign off, discard or withdraw an issue; a retry changes nothing.

    409: somebody else took a step since, or this one cannot follow.
    """
    with current_desk().transaction(actor) as session:
        take_step(session, issue_id, taken.state, version=taken.version, note=taken.note)


@router.get("/issues/{number}", openapi_extra=allow(SEES_ALL))
def issue(number: Number) -> SituationSummary:
    """Return an issue of the current incident as it was compiled; null is unknown, never 0."""
    return _numbered(number)


@router.get("/issues/{number}/{rendering}", openapi_extra=allow(SEES_ALL))
def issue_file(number: Number, rendering: str, request: Request) -> Response:
    """Return an issue of the current incident as a file."""
    form = form_named(rendering)
    return file_of(_numbered(number), form, request)


def _numbered(number: int) -> SituationSummary:
    with current_desk().workspace.reading() as session:
        incident = open_incident_or_refuse(session)
        return marked(session, issue_numbered(session, incident.id, number))
