"""Road closures (通行規制): what was told of one, one statement after another."""

from uuid import UUID

from geoalchemy2 import Geometry, WKBElement
from sqlalchemy import (
    CheckConstraint,
    Computed,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from gis.models.base import Base, Moment, Recorded, UuidKey, Version, one_of
from gis.vocabulary import ClosureAction, ClosureGrade, Source

NAME_LENGTH = 200
TEXT_LENGTH = 4000


class RoadClosure(Recorded, Base):
    """That traffic on a road is restricted; what its statements say of it holds.

    The id is made by whoever files it, so that a retry is harmless.
    """

    __tablename__ = "road_closure"

    id: Mapped[UuidKey]
    incident_id: Mapped[UUID] = mapped_column(ForeignKey("incident.id"), index=True)
    version: Mapped[Version]
    """The number of its last statement: who wants to make the next one names it."""


class RoadClosureStatement(Recorded, Base):
    """What was told of a closure; append-only, numbered from 1.

    It says all that holds from then on, as it was seen at ``observed_at``; one that confirms
    repeats what it follows. One told by mistake is taken back by another one that names its number
    (``supersedes``); what was told before holds again. ``path`` is the stretch, a point or a line,
    NULL where only words tell where it is. NULL is unknown throughout.
    """

    __tablename__ = "road_closure_statement"
    __table_args__ = (
        one_of("action", ClosureAction, "action_known"),
        one_of("grade", ClosureGrade, "grade_known"),
        one_of("source", Source, "source_known"),
        CheckConstraint("number > 0", name="number_positive"),
        CheckConstraint("supersedes < number", name="supersedes_earlier"),
        CheckConstraint(
            "(action = 'taken_back') = (supersedes IS NOT NULL)", name="taken_back_names_what"
        ),
        CheckConstraint("(action = 'stated') = (number = 1)", name="stated_first"),
        CheckConstraint("until_at > from_at", name="until_after_from"),
        CheckConstraint("path IS NOT NULL OR road_name IS NOT NULL", name="somewhere"),
        CheckConstraint(
            "GeometryType(path) IN ('POINT', 'LINESTRING') AND NOT ST_IsEmpty(path)",
            name="path_possible",
        ),
        CheckConstraint(
            f"char_length(road_name) <= {NAME_LENGTH} AND char_length(section) <= {NAME_LENGTH}"
            f" AND char_length(reason) <= {TEXT_LENGTH}",
            name="text_length",
        ),
        CheckConstraint(
            "observed_at <= recorded_at + interval '5 minutes'", name="observed_not_in_future"
        ),
        UniqueConstraint("closure_id", "number"),
        UniqueConstraint("closure_id", "supersedes"),
        ForeignKeyConstraint(
            ["closure_id", "supersedes"],
            ["road_closure_statement.closure_id", "road_closure_statement.number"],
        ),
        Index("road_closure_statement_path_idx", "path", postgresql_using="gist"),
        Index("road_closure_statement_path_3857_idx", "path_3857", postgresql_using="gist"),
    )

    id: Mapped[UuidKey]
    closure_id: Mapped[UUID] = mapped_column(ForeignKey("road_closure.id"))
    number: Mapped[int]
    action: Mapped[str]
    grade: Mapped[str]
    path: Mapped[WKBElement | None] = mapped_column(Geometry("GEOMETRY", 4326, spatial_index=False))
    path_3857: Mapped[WKBElement | None] = mapped_column(
        Geometry("GEOMETRY", 3857, spatial_index=False),
        Computed("ST_Transform(path, 3857)", persisted=True),
    )
    road_name: Mapped[str | None]
    section: Mapped[str | None]
    """From where to where, in words."""
    reason: Mapped[str | None]
    from_at: Mapped[Moment | None]
    until_at: Mapped[Moment | None]
    """Until when it is expected to last."""
    observed_at: Mapped[Moment]
    """When it was seen to be so: last confirmed."""
    source: Mapped[str]
    supersedes: Mapped[int | None]
