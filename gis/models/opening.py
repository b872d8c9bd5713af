"""What shelters do in an incident: openings, their states, who has to ask."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Identity,
    Index,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from gis.models.base import Base, Moment, Recorded, UuidKey, Version, one_of
from gis.vocabulary import ShelterState

REASON_LENGTH = 4000


class Opening(Recorded, Base):
    """The part that a shelter takes in an incident, from a moment until a moment.

    Period and version follow from its states (:class:`OpeningState`); the store itself keeps them
    so, and no two openings of a shelter share a moment. ``ended_at`` None is still going on.
    """

    __tablename__ = "opening"
    __table_args__ = (
        CheckConstraint("ended_at >= began_at", name="ended_after_began"),
        ExcludeConstraint(
            ("shelter_id", "="),
            (text("tstzrange(began_at, ended_at)"), "&&"),
            name="opening_shelter_once",
        ),
        Index(
            "opening_incident_id_shelter_id_began_at_idx", "incident_id", "shelter_id", "began_at"
        ),
    )

    id: Mapped[UuidKey]
    incident_id: Mapped[UUID] = mapped_column(ForeignKey("incident.id"))
    shelter_id: Mapped[UUID] = mapped_column(ForeignKey("shelter.id"))
    began_at: Mapped[Moment]
    ended_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    version: Mapped[Version]
    """The number of its last state: who wants to tell the next one names it."""


class OpeningState(Recorded, Base):
    """In which state a shelter was from a moment on; append-only, numbered from 1.

    What takes a state back is a new one that names its number in ``supersedes``: it says nothing of
    its own, what was told before that one holds again.
    """

    __tablename__ = "opening_state"
    __table_args__ = (
        one_of("state", ShelterState, "state_known"),
        CheckConstraint(
            "state <> 'not_opened' OR supersedes IS NOT NULL", name="told_or_taken_back"
        ),
        CheckConstraint("number > 0", name="number_positive"),
        CheckConstraint("supersedes < number", name="supersedes_earlier"),
        CheckConstraint(f"char_length(reason) <= {REASON_LENGTH}", name="reason_length"),
        # Of two who tell the next state at once, the second one learns of the first.
        UniqueConstraint("opening_id", "number"),
        UniqueConstraint("opening_id", "supersedes"),
        ForeignKeyConstraint(
            ["opening_id", "supersedes"], ["opening_state.opening_id", "opening_state.number"]
        ),
    )

    id: Mapped[UuidKey]
    opening_id: Mapped[UUID] = mapped_column(ForeignKey("opening.id"))
    number: Mapped[int]
    state: Mapped[str]
    since_at: Mapped[Moment]
    reason: Mapped[str | None]
    supersedes: Mapped[int | None]


class Assignment(Recorded, Base):
    """Who has to ask a shelter, or the shelters of a district, for their figures in an incident.

    The last word on a shelter, or on a district, counts; ``assignee`` None is nobody.
    """

    __tablename__ = "assignment"
    __table_args__ = (
        CheckConstraint("num_nonnulls(shelter_id, district) = 1", name="shelter_or_district"),
        CheckConstraint("char_length(btrim(assignee)) BETWEEN 1 AND 100", name="assignee_given"),
        CheckConstraint("char_length(btrim(district)) BETWEEN 1 AND 100", name="district_given"),
    )

    id: Mapped[UuidKey]
    incident_id: Mapped[UUID] = mapped_column(ForeignKey("incident.id"), index=True)
    shelter_id: Mapped[UUID | None] = mapped_column(ForeignKey("shelter.id"))
    district: Mapped[str | None]
    assignee: Mapped[str | None]
    number: Mapped[int] = mapped_column(BigInteger, Identity(always=True))
    """In which order words came; moments may be equal."""
