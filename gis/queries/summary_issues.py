"""Issues of the situation summary: what there are, and what was compiled of each."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import Session, aliased

from gis.errors import NotFound
from gis.figures import IssueMark
from gis.models import SummaryIssue, SummaryIssueStep
from gis.text import N_
from gis.vocabulary import IssueState


@dataclass(frozen=True)
class IssueView:
    """An issue as it stands, without what was compiled."""

    id: UUID
    incident_id: UUID
    number: int
    as_of: datetime
    state: IssueState
    version: int
    """The number of its last step; 0 before the first one after compiling."""
    compiled_by: str
    signed_off_at: datetime | None
    signed_off_by: str | None
    note: str | None
    """What was said at its last step."""
    stepped_at: datetime
    stepped_by: str
    """When and by whom its last step was taken, or it was compiled."""

    @property
    def mark(self) -> IssueMark:
        """What its renderings say of it."""
        return IssueMark(
            self.number,
            self.state,
            self.compiled_by,
            self.signed_off_at,
            self.signed_off_by,
            self.note,
        )


_OWN = ("id", "incident_id", "number", "as_of", "state", "version")


def issues(session: Session, incident_id: UUID) -> list[IssueView]:
    """Return the issues of an incident, the latest first; discarded drafts are none."""
    query = _views().where(
        SummaryIssue.incident_id == incident_id,
        SummaryIssue.state != IssueState.DISCARDED.value,
    )
    rows = session.execute(query.order_by(SummaryIssue.number.desc())).mappings()
    return [_view(dict(row)) for row in rows]


def issue(session: Session, issue_id: UUID) -> IssueView:
    """Return an issue.

    Raises
    ------
    gis.errors.NotFound
        There is none.
    """
    row = session.execute(_views().where(SummaryIssue.id == issue_id)).mappings().one_or_none()
    if row is None:
        raise NotFound(field="issue_id", received=issue_id, kind=N_("issue"))
    return _view(dict(row))


def issue_numbered(session: Session, incident_id: UUID, number: int) -> IssueView:
    """Return the issue of an incident that has a number.

    Raises
    ------
    gis.errors.NotFound
        There is none, or only discarded ones.
    """
    found = [one for one in issues(session, incident_id) if one.number == number]
    if not found:
        raise NotFound(field="issue", received=number, kind=N_("issue"))
    return found[0]


def compiled_of(session: Session, issue_id: UUID) -> dict[str, Any]:
    """Return what was compiled of an issue that there is, as it was written."""
    content: dict[str, Any] = session.scalars(
        select(SummaryIssue.compiled).where(SummaryIssue.id == issue_id)
    ).one()
    return content


def _views() -> Select[tuple[object, ...]]:
    last, signed = aliased(SummaryIssueStep), aliased(SummaryIssueStep)
    told: list[Any] = [
        *(getattr(SummaryIssue, name) for name in _OWN),
        SummaryIssue.recorded_by.label("compiled_by"),
        signed.recorded_at.label("signed_off_at"),
        signed.recorded_by.label("signed_off_by"),
        last.note,
        func.coalesce(last.recorded_at, SummaryIssue.recorded_at).label("stepped_at"),
        func.coalesce(last.recorded_by, SummaryIssue.recorded_by).label("stepped_by"),
    ]
    is_last = and_(last.issue_id == SummaryIssue.id, last.number == SummaryIssue.version)
    is_signing = and_(
        signed.issue_id == SummaryIssue.id, signed.state == IssueState.SIGNED_OFF.value
    )
    return select(*told).outerjoin(last, is_last).outerjoin(signed, is_signing)


def _view(row: dict[str, Any]) -> IssueView:
    return IssueView(**row | {"state": IssueState(row["state"])})
