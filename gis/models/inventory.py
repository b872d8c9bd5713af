"""What was taken into the register, and how lists of other shapes are read."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, DateTime, Identity, Index
from sqlalchemy.orm import Mapped, mapped_column

from gis.models.base import Base, Recorded, UuidKey


class InventoryImport(Recorded, Base):
    """One file that changed the register; ``ChangeRecord.import_id`` leads to what it changed."""

    __tablename__ = "inventory_import"
    __table_args__ = (
        CheckConstraint("file_sha256 ~ '^[0-9a-f]{64}$'", name="file_sha256_form"),
        CheckConstraint("char_length(file_name) BETWEEN 1 AND 255", name="file_name_length"),
        Index("inventory_import_number_key", "number", unique=True),
    )

    id: Mapped[UuidKey]
    file_name: Mapped[str]
    file_sha256: Mapped[str]
    format: Mapped[str]
    row_count: Mapped[int]
    refused: Mapped[int]
    """Rows that were not taken."""
    added: Mapped[int]
    """Shelters, like the two that follow."""
    changed: Mapped[int]
    unchanged: Mapped[int]
    number: Mapped[int] = mapped_column(BigInteger, Identity(always=True))
    """Counts imports; the highest that is not undone is the last one."""
    undone_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class ColumnMapping(Recorded, Base):
    """A mapping made on the page, as TOML (:mod:`gis.importers.mapping`)."""

    __tablename__ = "column_mapping"
    __table_args__ = (
        CheckConstraint("char_length(btrim(code)) BETWEEN 1 AND 100", name="code_length"),
        CheckConstraint("char_length(content) <= 20000", name="content_length"),
    )

    code: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[str]
