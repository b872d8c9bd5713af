"""Compiling, reviewing, signing off and withdrawing issues (第 n 報) of the situation summary."""

from uuid import UUID, uuid4

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from gis.config import CityProfile
from gis.errors import (
    IdUsedForAnother,
    IssueChangedMeanwhile,
    IssueStepImpossible,
    WithdrawnWithoutReason,
)
from gis.figures import IssueBefore
from gis.models import SummaryIssue, SummaryIssueStep
from gis.models.summary_issue import NOTE_LENGTH
from gis.operations import Filed
from gis.operations.texts import kept_text
from gis.queries.incidents import held_open
from gis.queries.summary_issues import IssueView, issue, issues
from gis.reports.completing import complete
from gis.reports.issue import before_next, frozen, marked
from gis.reports.situation import compile_summary
from gis.store import now
from gis.vocabulary import IssueState

FOLLOWING = {
    IssueState.COMPILED: {IssueState.REVIEWED, IssueState.SIGNED_OFF, IssueState.DISCARDED},
    IssueState.REVIEWED: {IssueState.SIGNED_OFF, IssueState.DISCARDED},
    IssueState.SIGNED_OFF: {IssueState.WITHDRAWN},
}
"""What may become of an issue; of what is not named here, nothing."""


def compile_issue(
    session: Session,
    city: CityProfile,
    *,
    is_drill: bool,
    issue_id: UUID | None = None,
    incident_id: UUID | None = None,
) -> Filed:
    """Compile the next issue as of now, as a draft; an earlier draft is discarded.

    Its number is the one after the last issue that was signed off or withdrawn, and it says what
    changed since the last one that was signed off and stands. A retry changes nothing.

    Parameters
    ----------
    issue_id
        Made by the client; None is a new one.
    incident_id
        None is the incident that headquarters work on.

    Raises
    ------
    gis.errors.IncidentNotOpen, gis.errors.NotFound
        The incident is closed, none is open, or there is none of that id.
    gis.errors.IdUsedForAnother
        The id stands for an issue of another incident.
    """
    new_id = issue_id or uuid4()
    incident = held_open(session, incident_id)
    # One after the other: two who compile at once would both discard, and both be the next.
    session.execute(
        select(func.pg_advisory_xact_lock(func.hashtextextended(f"issue {incident.id}", 0)))
    )
    earlier = session.get(SummaryIssue, new_id)
    if earlier is not None:
        if earlier.incident_id != incident.id:
            raise IdUsedForAnother(field="id", received=new_id)
        return Filed(new_id, is_new=False)
    made = issues(session, incident.id)
    for draft in made:
        if draft.state.is_draft:
            _take(session, draft, IssueState.DISCARDED, None)
    as_of = now(session)
    before = _before(session, made)
    summary = compile_summary(
        session, incident.id, city, as_of=as_of, is_drill=is_drill, before=before
    )
    number = max((one.number for one in made if not one.state.is_draft), default=0) + 1
    session.execute(
        insert(SummaryIssue).values(
            id=new_id,
            incident_id=incident.id,
            number=number,
            as_of=as_of,
            compiled=frozen(complete(session, summary, city)),
        )
    )
    return Filed(new_id, is_new=True)


def take_step(
    session: Session, issue_id: UUID, state: IssueState, *, version: int, note: str | None = None
) -> None:
    """Review, sign off, discard or withdraw an issue; doing again what was done changes nothing.

    Parameters
    ----------
    version
        The number of the step that the person saw last.

    Raises
    ------
    gis.errors.NotFound
        There is no such issue.
    gis.errors.IssueChangedMeanwhile
        Somebody else took a step after that.
    gis.errors.IssueStepImpossible
        The issue is past that step.
    gis.errors.WithdrawnWithoutReason, gis.errors.TextTooLong
        A withdrawal needs a note that says why; it is longer than is kept.
    """
    stands = issue(session, issue_id)
    if stands.state is state and stands.version == version + 1:
        return
    if stands.version != version:
        raise _met(stands)
    if state not in FOLLOWING.get(stands.state, set()):
        raise IssueStepImpossible(
            field="state",
            received=state.value,
            number=stands.number,
            state=stands.state,
            step=state,
        )
    said = kept_text("note", note, NOTE_LENGTH)
    if state is IssueState.WITHDRAWN and said is None:
        raise WithdrawnWithoutReason(field="note")
    if not _take(session, stands, state, said):
        raise _met(issue(session, issue_id))


def _take(session: Session, of: IssueView, state: IssueState, note: str | None) -> bool:
    """Write the next step; False where somebody else took one first."""
    written = session.execute(
        insert(SummaryIssueStep)
        .values(issue_id=of.id, number=of.version + 1, state=state.value, note=note)
        .on_conflict_do_nothing(index_elements=["issue_id", "number"])
        .returning(SummaryIssueStep.id)
    )
    return written.one_or_none() is not None


def _met(theirs: IssueView) -> IssueChangedMeanwhile:
    return IssueChangedMeanwhile(number=theirs.number, theirs=theirs.state, yours="")


def _before(session: Session, made: list[IssueView]) -> IssueBefore | None:
    """Return the last issue that was signed off and stands, as the next one sees it."""
    for one in made:
        if one.state is IssueState.SIGNED_OFF:
            return before_next(marked(session, one), one.number)
    return None
