"""The change record: who changed what, when, from what, to what."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, DateTime, Identity, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from gis.models.base import Base, Moment


class ChangeRecord(Base):
    """One change of one row, written by the database's own triggers and by nothing else.

    ``recorded_at`` is the workspace's time (a drill has its own), ``written_at`` the machine's.
    """

    __tablename__ = "change_record"
    __table_args__ = (
        Index("change_record_table_name_row_key_idx", "table_name", "row_key"),
        Index(
            "change_record_import_id_idx",
            "import_id",
            postgresql_where=text("import_id IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    table_name: Mapped[str]
    row_key: Mapped[str]
    action: Mapped[str]
    actor: Mapped[str]
    role: Mapped[str]
    recorded_at: Mapped[Moment]
    written_at: Mapped[datetime] = mapped_column(
        DateTime(timezone=True), server_default=text("clock_timestamp()")
    )
    import_id: Mapped[UUID | None] = mapped_column(server_default=text("hq_import()"))
    """The inventory that the change came with."""
    before: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    after: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
