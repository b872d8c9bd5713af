"""Incident (災害事案)."""

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped

from gis.models.base import Base, Moment, Recorded, UuidKey, Version, one_of
from gis.vocabulary import IncidentKind


class Incident(Recorded, Base):
    """A disaster that headquarters deal with; openings and damage reports belong to one."""

    __tablename__ = "incident"
    __table_args__ = (
        one_of("kind", IncidentKind, "kind_known"),
        CheckConstraint("char_length(btrim(name)) BETWEEN 1 AND 100", name="name_given"),
        CheckConstraint("closed_at >= started_at", name="closed_after_started"),
    )

    id: Mapped[UuidKey]
    name: Mapped[str]
    kind: Mapped[str]
    started_at: Mapped[Moment]
    closed_at: Mapped[Moment | None]
    is_demonstration: Mapped[bool]
    version: Mapped[Version]
