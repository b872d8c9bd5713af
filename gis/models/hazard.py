"""Hazard zones (想定区域): where the water, or the slope, is expected to come."""

from uuid import UUID

from geoalchemy2 import Geometry, WKBElement
from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Computed,
    ForeignKey,
    Identity,
    Index,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from gis.models.base import Base, Recorded, UuidKey, one_of
from gis.vocabulary import DepthClass, Hazard, ZoneWarning

TEXT_LENGTH = 200
CREDIT_LENGTH = 1000


class HazardLayer(Recorded, Base):
    """The zones of one hazard under one title; what they are stands in its last edition."""

    __tablename__ = "hazard_layer"
    __table_args__ = (
        one_of("hazard", Hazard, "hazard_known"),
        CheckConstraint(f"char_length(btrim(title)) BETWEEN 1 AND {TEXT_LENGTH}", name="title"),
        UniqueConstraint("hazard", "title"),
    )

    id: Mapped[UuidKey]
    hazard: Mapped[str]
    title: Mapped[str]


class HazardEdition(Recorded, Base):
    """One file that was taken in as a layer's zones, numbered from 1; append-only.

    The last one counts; earlier ones stay for whoever looks back. ``content_sha256`` is of what was
    read, not of the file's bytes: the same zones in another container change nothing.
    """

    __tablename__ = "hazard_edition"
    __table_args__ = (
        CheckConstraint("number > 0", name="number_positive"),
        CheckConstraint("content_sha256 ~ '^[0-9a-f]{64}$'", name="content_sha256_form"),
        CheckConstraint(
            f"char_length(file_name) BETWEEN 1 AND 255 AND char_length(source) <= {TEXT_LENGTH}"
            f" AND char_length(credit) <= {CREDIT_LENGTH}",
            name="text_length",
        ),
        CheckConstraint("refused BETWEEN 0 AND row_count", name="refused_possible"),
        UniqueConstraint("layer_id", "number"),
    )

    id: Mapped[UuidKey]
    layer_id: Mapped[UUID] = mapped_column(ForeignKey("hazard_layer.id"))
    number: Mapped[int]
    source: Mapped[str | None]
    """Who published it, as the publisher wants to be named."""
    credit: Mapped[str | None]
    """On what terms, and what was changed."""
    file_name: Mapped[str]
    format: Mapped[str]
    content_sha256: Mapped[str]
    is_fictitious: Mapped[bool]
    row_count: Mapped[int]
    refused: Mapped[int]
    """Rows of the file that were not taken."""


class HazardZone(Base):
    """A zone of an edition, as one row of its file has it; added with the edition, never after.

    ``min_depth_m`` and ``max_depth_m`` are the file's own boundaries: both NULL is unknown, only
    the second NULL is open upwards. ``depth_class`` is the class of the hazard-map guide in which
    it is drawn; ``warning`` is the class of a 土砂災害警戒区域.
    """

    __tablename__ = "hazard_zone"
    __table_args__ = (
        one_of("depth_class", DepthClass, "depth_class_known"),
        one_of("warning", ZoneWarning, "warning_known"),
        CheckConstraint("min_depth_m >= 0 AND max_depth_m > min_depth_m", name="depths_possible"),
        CheckConstraint("min_depth_m IS NOT NULL OR max_depth_m IS NULL", name="depths_from_below"),
        CheckConstraint(
            "(depth_class IS NULL) = (min_depth_m IS NULL)", name="depth_class_of_depths"
        ),
        CheckConstraint(
            f"char_length(label) <= {TEXT_LENGTH} AND char_length(name) <= {TEXT_LENGTH}",
            name="text_length",
        ),
        CheckConstraint("ST_IsValid(area) AND NOT ST_IsEmpty(area)", name="area_possible"),
        CheckConstraint(
            "ST_XMin(area) >= 122 AND ST_XMax(area) <= 154"
            " AND ST_YMin(area) >= 20 AND ST_YMax(area) <= 46",
            name="area_in_japan",
        ),
        Index("hazard_zone_area_idx", "area", postgresql_using="gist"),
        Index("hazard_zone_area_3857_idx", "area_3857", postgresql_using="gist"),
    )

    id: Mapped[UuidKey]
    edition_id: Mapped[UUID] = mapped_column(ForeignKey("hazard_edition.id"), index=True)
    label: Mapped[str | None]
    """Its class in the file's own words."""
    name: Mapped[str | None]
    """What the file calls the zone: its river, or the place of a slope."""
    min_depth_m: Mapped[float | None]
    max_depth_m: Mapped[float | None]
    depth_class: Mapped[str | None]
    warning: Mapped[str | None]
    area: Mapped[WKBElement] = mapped_column(Geometry("MULTIPOLYGON", 4326, spatial_index=False))
    area_3857: Mapped[WKBElement] = mapped_column(
        Geometry("MULTIPOLYGON", 3857, spatial_index=False),
        Computed("ST_Transform(area, 3857)", persisted=True),
    )


class HazardZonePart(Base):
    """A piece of a zone, small enough to be searched quickly; made by the database itself."""

    __tablename__ = "hazard_zone_part"
    __table_args__ = (Index("hazard_zone_part_area_idx", "area", postgresql_using="gist"),)

    zone_id: Mapped[UUID] = mapped_column(ForeignKey("hazard_zone.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    area: Mapped[WKBElement] = mapped_column(Geometry("POLYGON", 4326, spatial_index=False))


class HazardChoice(Recorded, Base):
    """That a layer is to count in an incident, or not to; the last word holds; append-only.

    Where nobody has said, the incident's kind decides (gis/hazard_zones.py).
    """

    __tablename__ = "hazard_choice"
    __table_args__ = (
        Index("hazard_choice_incident_id_layer_id_idx", "incident_id", "layer_id", "number"),
    )

    id: Mapped[UuidKey]
    incident_id: Mapped[UUID] = mapped_column(ForeignKey("incident.id"))
    layer_id: Mapped[UUID] = mapped_column(ForeignKey("hazard_layer.id"))
    is_active: Mapped[bool]
    number: Mapped[int] = mapped_column(BigInteger, Identity(always=True))
