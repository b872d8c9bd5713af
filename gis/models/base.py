"""What all tables share."""

import enum
from datetime import datetime
from typing import Annotated
from uuid import UUID

from sqlalchemy import CheckConstraint, DateTime, MetaData, Text, text
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

NAMES = {
    "ix": "%(table_name)s_%(column_0_N_name)s_idx",
    "uq": "%(table_name)s_%(column_0_N_name)s_key",
    "ck": "%(table_name)s_%(constraint_name)s",
    "fk": "%(table_name)s_%(column_0_N_name)s_fkey",
    "pk": "%(table_name)s_pkey",
}
"""Constraint names are part of the store's language: gis/store.py turns them into errors."""

UuidKey = Annotated[
    UUID,
    mapped_column(
        PG_UUID(as_uuid=True), primary_key=True, server_default=text("gen_random_uuid()")
    ),
]
Moment = Annotated[datetime, mapped_column(DateTime(timezone=True))]
RecordedAt = Annotated[
    datetime, mapped_column(DateTime(timezone=True), server_default=text("hq_now()"))
]
RecordedBy = Annotated[str, mapped_column(Text, server_default=text("hq_actor()"))]
Version = Annotated[int, mapped_column(server_default=text("1"))]


class Base(DeclarativeBase):
    """The tables of one workspace."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {str: Text}  # noqa: RUF012 - SQLAlchemy's own declarative form


def one_of(column: str, terms: type[enum.StrEnum], name: str) -> CheckConstraint:
    """Return the check that a column holds one of the codes of a vocabulary."""
    codes = ", ".join(f"'{term.value}'" for term in terms)
    return CheckConstraint(f"{column} IN ({codes})", name=name)


class Recorded:
    """When we learned it and who told us; both are filled by the store from the transaction."""

    recorded_at: Mapped[RecordedAt]
    recorded_by: Mapped[RecordedBy]
