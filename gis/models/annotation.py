"""Annotations of the map (地図への書き込み): what was drawn, one statement after another."""

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

from gis.models.base import Base, Recorded, UuidKey, Version, one_of
from gis.vocabulary import AnnotationAction, AnnotationColour

TEXT_LENGTH = 200


class Annotation(Recorded, Base):
    """That somebody wrote something on the map; what its statements say of it holds.

    The id is made by whoever draws it, so that a retry is harmless.
    """

    __tablename__ = "annotation"

    id: Mapped[UuidKey]
    incident_id: Mapped[UUID] = mapped_column(ForeignKey("incident.id"), index=True)
    version: Mapped[Version]
    """The number of its last statement: who wants to make the next one names it."""


class AnnotationStatement(Recorded, Base):
    """What was drawn, changed or taken away; append-only, numbered from 1.

    It says all that holds from then on; one that takes away repeats what it follows. What was done
    by mistake is taken back by another one that names its number (``supersedes``); what was there
    before is there again.
    """

    __tablename__ = "annotation_statement"
    __table_args__ = (
        one_of("action", AnnotationAction, "action_known"),
        one_of("colour", AnnotationColour, "colour_known"),
        CheckConstraint("number > 0", name="number_positive"),
        CheckConstraint("supersedes < number", name="supersedes_earlier"),
        CheckConstraint(
            "(action = 'taken_back') = (supersedes IS NOT NULL)", name="taken_back_names_what"
        ),
        CheckConstraint("(action = 'drawn') = (number = 1)", name="drawn_first"),
        CheckConstraint(
            "GeometryType(shape) IN ('POINT', 'LINESTRING', 'MULTIPOLYGON')"
            " AND NOT ST_IsEmpty(shape)",
            name="shape_possible",
        ),
        CheckConstraint(f"char_length(text) BETWEEN 1 AND {TEXT_LENGTH}", name="text_length"),
        UniqueConstraint("annotation_id", "number"),
        UniqueConstraint("annotation_id", "supersedes"),
        ForeignKeyConstraint(
            ["annotation_id", "supersedes"],
            ["annotation_statement.annotation_id", "annotation_statement.number"],
        ),
        Index("annotation_statement_shape_idx", "shape", postgresql_using="gist"),
        Index("annotation_statement_shape_3857_idx", "shape_3857", postgresql_using="gist"),
    )

    id: Mapped[UuidKey]
    annotation_id: Mapped[UUID] = mapped_column(ForeignKey("annotation.id"))
    number: Mapped[int]
    action: Mapped[str]
    text: Mapped[str]
    colour: Mapped[str]
    shape: Mapped[WKBElement] = mapped_column(Geometry("GEOMETRY", 4326, spatial_index=False))
    shape_3857: Mapped[WKBElement | None] = mapped_column(
        Geometry("GEOMETRY", 3857, spatial_index=False),
        Computed("ST_Transform(shape, 3857)", persisted=True),
    )
    supersedes: Mapped[int | None]
