"""Shelters, their designations, openings and occupancy readings."""

from datetime import datetime
from uuid import UUID

from geoalchemy2 import Geometry, WKBElement
from sqlalchemy import (
    CheckConstraint,
    Computed,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import Text

from gis.models.base import Base, Moment, Recorded, UuidKey, Version, one_of
from gis.occupancy import PERSONS_MOST
from gis.vocabulary import DesignationKind, Hazard, Source

NOTE_LENGTH = 4000

_HAZARDS = ", ".join(f"'{hazard.value}'" for hazard in Hazard)


class Shelter(Recorded, Base):
    """A facility where people take shelter; what it is designated as stands in Designation.

    ``hazards`` NULL means that nobody said for which hazards it serves; ``capacity`` NULL that its
    capacity (persons) is unknown, which is not a capacity of 0. A shelter without a designation is
    self-organised (自主避難所).

    ``retired_at`` is when a person took it off the register; nothing is ever deleted. A shelter
    that turned out to be another one says which in ``joined_to_id``, and is that one from then on.
    """

    __tablename__ = "shelter"
    __table_args__ = (
        CheckConstraint("char_length(btrim(name)) BETWEEN 1 AND 200", name="name_given"),
        CheckConstraint(r"municipality_code ~ '^\d{6}$'", name="municipality_code_six_digits"),
        CheckConstraint("capacity >= 0", name="capacity_not_negative"),
        CheckConstraint(f"hazards <@ ARRAY[{_HAZARDS}]", name="hazards_known"),
        CheckConstraint("joined_to_id <> id", name="joined_to_another"),
        CheckConstraint("jsonb_typeof(details) = 'object'", name="details_object"),
        Index(
            "shelter_joined_to_id_idx",
            "joined_to_id",
            postgresql_where=text("joined_to_id IS NOT NULL"),
        ),
        Index("shelter_location_idx", "location", postgresql_using="gist"),
        Index("shelter_location_3857_idx", "location_3857", postgresql_using="gist"),
        # One facility of one municipality is one shelter, however often its list is imported.
        Index("shelter_facility_key", "facility_key", unique=True),
    )

    id: Mapped[UuidKey]
    municipality_code: Mapped[str] = mapped_column(index=True)
    """The designating municipality; lists of neighbours can be taken in as well."""
    facility_key: Mapped[str]
    name: Mapped[str]
    name_kana: Mapped[str | None]
    address: Mapped[str | None]
    phone: Mapped[str | None]
    capacity: Mapped[int | None]
    capacity_is_fictitious: Mapped[bool] = mapped_column(server_default=text("false"))
    hazards: Mapped[list[str] | None] = mapped_column(ARRAY(Text))
    note: Mapped[str | None]
    details: Mapped[dict[str, str]] = mapped_column(JSONB, server_default=text("'{}'"))
    """What its lists say besides, by the heading of 自治体標準 v2, as the publisher wrote it."""
    retired_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    joined_to_id: Mapped[UUID | None] = mapped_column(ForeignKey("shelter.id"))
    location: Mapped[WKBElement | None] = mapped_column(
        Geometry("POINT", 4326, spatial_index=False)
    )
    location_3857: Mapped[WKBElement | None] = mapped_column(
        Geometry("POINT", 3857, spatial_index=False),
        Computed("ST_Transform(location, 3857)", persisted=True),
    )
    version: Mapped[Version]


class Designation(Recorded, Base):
    """As what a shelter is designated, with the 全国共通避難所・避難場所ID of that designation."""

    __tablename__ = "designation"
    __table_args__ = (
        one_of("kind", DesignationKind, "kind_known"),
        CheckConstraint(r"common_id ~ '^E\d{10}(11|12|20)[1-9A-Za-z]$'", name="common_id_form"),
        Index("designation_shelter_id_kind_key", "shelter_id", "kind", unique=True),
        Index("designation_common_id_key", "common_id", unique=True),
        Index(
            "designation_joined_from_id_idx",
            "joined_from_id",
            postgresql_where=text("joined_from_id IS NOT NULL"),
        ),
    )

    id: Mapped[UuidKey]
    shelter_id: Mapped[UUID] = mapped_column(ForeignKey("shelter.id"))
    kind: Mapped[str]
    common_id: Mapped[str | None]
    joined_from_id: Mapped[UUID | None] = mapped_column(ForeignKey("shelter.id"))
    """The shelter that it came from when two were joined, to which it goes back."""


class FacilityLink(Recorded, Base):
    """Under which further key the lists mean a shelter: somebody, or an exact match, said so."""

    __tablename__ = "facility_link"
    __table_args__ = (Index("facility_link_shelter_id_idx", "shelter_id"),)

    facility_key: Mapped[str] = mapped_column(primary_key=True)
    shelter_id: Mapped[UUID] = mapped_column(ForeignKey("shelter.id"))


class Opening(Recorded, Base):
    """A shelter open in an incident, from a moment until a moment."""

    __tablename__ = "opening"
    __table_args__ = (
        CheckConstraint("closed_at >= opened_at", name="closed_after_opened"),
        ExcludeConstraint(
            ("shelter_id", "="),
            (text("tstzrange(opened_at, closed_at)"), "&&"),
            name="opening_shelter_once",
        ),
        Index(
            "opening_incident_id_shelter_id_opened_at_idx", "incident_id", "shelter_id", "opened_at"
        ),
    )

    id: Mapped[UuidKey]
    incident_id: Mapped[UUID] = mapped_column(ForeignKey("incident.id"))
    shelter_id: Mapped[UUID] = mapped_column(ForeignKey("shelter.id"))
    opened_at: Mapped[Moment]
    closed_at: Mapped[Moment | None]
    reason: Mapped[str | None]
    version: Mapped[Version]


class OccupancyReading(Recorded, Base):
    """How many people were in an open shelter at a moment; append-only.

    ``persons`` and ``households`` NULL mean not counted. A correction is a new row that names the
    one it supersedes. The id is made by whoever files the reading, so that a retry is harmless.
    """

    __tablename__ = "occupancy_reading"
    __table_args__ = (
        CheckConstraint(f"persons BETWEEN 0 AND {PERSONS_MOST}", name="persons_plausible"),
        CheckConstraint(f"households BETWEEN 0 AND {PERSONS_MOST}", name="households_plausible"),
        CheckConstraint("num_nonnulls(persons, households) > 0", name="something_counted"),
        CheckConstraint(
            "observed_at <= recorded_at + interval '5 minutes'", name="observed_not_in_future"
        ),
        CheckConstraint(f"char_length(note) <= {NOTE_LENGTH}", name="note_length"),
        one_of("source", Source, "source_known"),
        # A correction corrects a reading of the same opening, never another shelter's.
        UniqueConstraint("id", "opening_id"),
        ForeignKeyConstraint(
            ["supersedes_id", "opening_id"],
            ["occupancy_reading.id", "occupancy_reading.opening_id"],
        ),
        # Serves the lateral "latest reading of this opening" in queries/sql/shelter_statuses.sql.
        Index(
            "occupancy_reading_latest_idx",
            "opening_id",
            text("least(observed_at, recorded_at) DESC"),
            text("recorded_at DESC"),
        ),
        Index("occupancy_reading_supersedes_id_key", "supersedes_id", unique=True),
    )

    id: Mapped[UuidKey]
    opening_id: Mapped[UUID] = mapped_column(ForeignKey("opening.id"))
    persons: Mapped[int | None]
    households: Mapped[int | None]
    observed_at: Mapped[Moment]
    source: Mapped[str]
    note: Mapped[str | None]
    supersedes_id: Mapped[UUID | None]
