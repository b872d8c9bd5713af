"""Short ways to declare figures and to make issues, each in a transaction of its own."""

from typing import Any
from uuid import UUID, uuid4

from gis.config import city_profile
from gis.operations import Filed
from gis.operations.declarations import FigureTold, TextTold, declare_figures, state_texts
from gis.operations.summary_issues import compile_issue, take_step
from gis.queries.declarations import declarations
from gis.queries.incidents import open_incident_or_refuse
from gis.queries.summary_issues import IssueView, issue, issues
from gis.reports.issue import issued
from gis.reports.situation import SituationSummary
from gis.store import Actor, Workspace
from gis.vocabulary import FigureState, FormText, IssueState
from tests.conftest import HEADQUARTERS

CITY = city_profile("142077")
DEAD = "dead.persons"
ROADS = "road.places"


def figure_told(key: str = DEAD, value: float | None = 1, **said: Any) -> FigureTold:  # noqa: ANN401
    said.setdefault("state", FigureState.CONFIRMED)
    return FigureTold(said.pop("id", None) or uuid4(), key, value=value, **said)


def declare(workspace: Workspace, *told: FigureTold, actor: Actor = HEADQUARTERS) -> list[Filed]:
    with workspace.transaction(actor) as session:
        return declare_figures(session, CITY.code, told)


def say(workspace: Workspace, key: FormText, text: str | None, version: int = 0) -> Filed:
    with workspace.transaction(HEADQUARTERS) as session:
        return state_texts(session, [TextTold(uuid4(), key, text, version)])[0]


def standing(workspace: Workspace, key: str = DEAD) -> tuple[FigureState, float | None] | None:
    """Return what stands of a figure: its state and its number."""
    with workspace.reading() as session:
        found = declarations(session, open_incident_or_refuse(session).id).figures.get(key)
    return (found.state, found.value) if found else None


def compile_next(workspace: Workspace, issue_id: UUID | None = None) -> UUID:
    with workspace.transaction(HEADQUARTERS) as session:
        return compile_issue(session, CITY, is_drill=False, issue_id=issue_id).id


def step(
    workspace: Workspace, issue_id: UUID, state: IssueState, version: int, note: str | None = None
) -> None:
    with workspace.transaction(HEADQUARTERS) as session:
        take_step(session, issue_id, state, version=version, note=note)


def sign(workspace: Workspace) -> UUID:
    """Compile the next issue and sign it off."""
    new = compile_next(workspace)
    step(workspace, new, IssueState.SIGNED_OFF, 0)
    return new


def issue_of(workspace: Workspace, issue_id: UUID) -> SituationSummary:
    with workspace.reading() as session:
        return issued(session, issue_id)


def view_of(workspace: Workspace, issue_id: UUID) -> IssueView:
    with workspace.reading() as session:
        return issue(session, issue_id)


def listed(workspace: Workspace) -> list[tuple[int, IssueState]]:
    """Return number and state of the issues, the latest first."""
    with workspace.reading() as session:
        made = issues(session, open_incident_or_refuse(session).id)
    return [(one.number, one.state) for one in made]
