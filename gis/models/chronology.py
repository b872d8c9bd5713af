"""The chronology (クロノロジー): what people write into it themselves."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from gis.models.base import Base, Moment, Recorded, UuidKey, Version

CONTENT_LENGTH = 4000
NAME_LENGTH = 100


class ChronologyEntry(Recorded, Base):
    """What came to headquarters' ears, or was decided there: when, from whom, to whom, what.

    What is done about it may follow: ``action``, ``assignee`` and ``done_at`` (None: not done yet)
    change with the ``version``. The id is made by whoever writes it, so that a retry is harmless.
    """

    __tablename__ = "chronology_entry"
    __table_args__ = (
        CheckConstraint(
            f"char_length(btrim(content)) BETWEEN 1 AND {CONTENT_LENGTH}", name="content_given"
        ),
        CheckConstraint(
            f"char_length(sender) <= {NAME_LENGTH} AND char_length(recipient) <= {NAME_LENGTH}"
            f" AND char_length(assignee) <= {NAME_LENGTH}"
            f" AND char_length(action) <= {CONTENT_LENGTH}",
            name="text_length",
        ),
        Index("chronology_entry_incident_id_idx", "incident_id", text("happened_at DESC")),
    )

    id: Mapped[UuidKey]
    incident_id: Mapped[UUID] = mapped_column(ForeignKey("incident.id"))
    happened_at: Mapped[Moment]
    sender: Mapped[str | None]
    recipient: Mapped[str | None]
    content: Mapped[str]
    action: Mapped[str | None]
    assignee: Mapped[str | None]
    done_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    version: Mapped[Version]
