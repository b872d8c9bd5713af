"""Issues (第 n 報) of the situation summary: compiled, reviewed, signed off, kept for ever."""

from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from gis.models.base import Base, Moment, Recorded, UuidKey, one_of
from gis.vocabulary import IssueState

NOTE_LENGTH = 1000
IS_DRAFT = "state IN ('compiled', 'reviewed')"


class SummaryIssue(Recorded, Base):
    """A situation summary as it was compiled; no role but the owner of the store can change it.

    ``state`` and ``version`` are those of its last step, written by the store alone. Numbers have
    no gaps: that of a discarded draft is given again. There is one draft at a time.
    """

    __tablename__ = "summary_issue"
    __table_args__ = (
        one_of("state", IssueState, "state_known"),
        CheckConstraint("number > 0", name="number_positive"),
        Index(
            "summary_issue_number",
            "incident_id",
            "number",
            unique=True,
            postgresql_where=text("state <> 'discarded'"),
        ),
        Index(
            "summary_issue_one_draft", "incident_id", unique=True, postgresql_where=text(IS_DRAFT)
        ),
    )

    id: Mapped[UuidKey]
    incident_id: Mapped[UUID] = mapped_column(ForeignKey("incident.id"))
    number: Mapped[int]
    as_of: Mapped[Moment]
    compiled: Mapped[dict[str, Any]] = mapped_column(JSONB)
    """The frozen value that every rendering draws (gis.reports.situation.SituationSummary)."""
    state: Mapped[str] = mapped_column(server_default=text("'compiled'"))
    version: Mapped[int] = mapped_column(server_default=text("0"))
    """The number of its last step; 0 before the first one after compiling."""


class SummaryIssueStep(Recorded, Base):
    """What was done with an issue; append-only, numbered from 1."""

    __tablename__ = "summary_issue_step"
    __table_args__ = (
        CheckConstraint(
            "state IN ('reviewed', 'signed_off', 'withdrawn', 'discarded')", name="state_known"
        ),
        CheckConstraint("number > 0", name="number_positive"),
        CheckConstraint("state <> 'withdrawn' OR note IS NOT NULL", name="withdrawn_with_reason"),
        CheckConstraint(f"char_length(note) <= {NOTE_LENGTH}", name="text_length"),
        UniqueConstraint("issue_id", "number"),
    )

    id: Mapped[UuidKey]
    issue_id: Mapped[UUID] = mapped_column(ForeignKey("summary_issue.id"))
    number: Mapped[int]
    state: Mapped[str]
    note: Mapped[str | None]
