"""Shelters and their designations."""

from datetime import datetime
from uuid import UUID

from geoalchemy2 import Geometry, WKBElement
from sqlalchemy import (
    CheckConstraint,
    Computed,
    DateTime,
    ForeignKey,
    Index,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import Text

from gis.models.base import Base, Recorded, UuidKey, Version, one_of
from gis.vocabulary import DesignationKind, Hazard

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
