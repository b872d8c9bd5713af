"""Resource items, the places where they lie, and the ledger of what moved: stock is its sum."""

from datetime import date, datetime
from uuid import UUID

from geoalchemy2 import Geometry, WKBElement
from sqlalchemy import (
    CheckConstraint,
    Computed,
    DateTime,
    ForeignKey,
    Index,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from gis.models.base import Base, Moment, Recorded, UuidKey, Version, one_of
from gis.vocabulary import MovementKind, PlaceKind, Source

QUANTITY_MOST = 99_999_999
"""More of anything than lies in a city; the sum of a ledger of such quantities fits its column."""
LOT_LENGTH = 100
NAME_LENGTH = 100
TEXT_LENGTH = 4000


class ResourceItem(Base):
    """Something that shelters need (品目), from ``data/items.toml``."""

    __tablename__ = "resource_item"

    code: Mapped[str] = mapped_column(primary_key=True)
    name_ja: Mapped[str]
    name_en: Mapped[str]
    unit_ja: Mapped[str]
    unit_en: Mapped[str]
    is_consumable: Mapped[bool]


class StockPlace(Recorded, Base):
    """Where stock lies: a depot (物資拠点), a shelter or a vehicle.

    That of a shelter bears the shelter's own id and takes name and place from the register.
    """

    __tablename__ = "stock_place"
    __table_args__ = (
        one_of("kind", PlaceKind, "kind_known"),
        CheckConstraint("(kind = 'shelter') = (shelter_id IS NOT NULL)", name="shelter_named"),
        CheckConstraint("shelter_id = id", name="shelter_id_own"),
        CheckConstraint("(kind = 'shelter') = (name IS NULL)", name="name_said"),
        CheckConstraint(f"char_length(btrim(name)) BETWEEN 1 AND {NAME_LENGTH}", name="name_given"),
        CheckConstraint(
            f"char_length(address) <= 200 AND char_length(phone) <= 50"
            f" AND char_length(note) <= {TEXT_LENGTH}",
            name="text_length",
        ),
        Index("stock_place_location_idx", "location", postgresql_using="gist"),
        Index("stock_place_location_3857_idx", "location_3857", postgresql_using="gist"),
        # Two depots of one name would be taken for each other; so would two vehicles.
        Index("stock_place_kind_name_key", "kind", "name", unique=True),
    )

    id: Mapped[UuidKey]
    kind: Mapped[str]
    shelter_id: Mapped[UUID | None] = mapped_column(ForeignKey("shelter.id"))
    name: Mapped[str | None]
    address: Mapped[str | None]
    phone: Mapped[str | None]
    note: Mapped[str | None]
    closed_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    """Since when nothing is sent to it and nothing suggested from it; NULL is in use."""
    is_fictitious: Mapped[bool] = mapped_column(server_default=text("false"))
    location: Mapped[WKBElement | None] = mapped_column(
        Geometry("POINT", 4326, spatial_index=False)
    )
    location_3857: Mapped[WKBElement | None] = mapped_column(
        Geometry("POINT", 3857, spatial_index=False),
        Computed("ST_Transform(location, 3857)", persisted=True),
    )
    version: Mapped[Version]


class Movement(Recorded, Base):
    """That some of an item came, went or was counted; append-only, one row for each lot.

    What was filed at once shares ``filing_id``, made by whoever filed it, so that a retry is
    harmless. What comes from outside has no ``from_place_id``; what is used up or thrown away no
    ``to_place_id``. A count moves what it found too much or too little: ``counted`` is what was
    found of the item in all, and one that differs from the ledger is a correction with its reason.
    ``supersedes_id`` names the movement that a correction takes back.
    """

    __tablename__ = "movement"
    __table_args__ = (
        one_of("kind", MovementKind, "kind_known"),
        one_of("source", Source, "source_known"),
        CheckConstraint(f"quantity BETWEEN 0 AND {QUANTITY_MOST}", name="quantity_plausible"),
        CheckConstraint(f"counted BETWEEN 0 AND {QUANTITY_MOST}", name="counted_plausible"),
        CheckConstraint(
            "quantity > 0 OR counted IS NOT NULL OR supersedes_id IS NOT NULL",
            name="something_moved",
        ),
        CheckConstraint(
            "CASE kind WHEN 'received' THEN from_place_id IS NULL AND to_place_id IS NOT NULL"
            " WHEN 'moved' THEN from_place_id IS NOT NULL AND to_place_id IS NOT NULL"
            " WHEN 'used' THEN from_place_id IS NOT NULL AND to_place_id IS NULL"
            " WHEN 'expired' THEN from_place_id IS NOT NULL AND to_place_id IS NULL"
            " WHEN 'counted' THEN num_nonnulls(from_place_id, to_place_id) = 1"
            " ELSE num_nonnulls(from_place_id, to_place_id) > 0 END",
            name="ways_fit_kind",
        ),
        CheckConstraint("from_place_id <> to_place_id", name="to_another_place"),
        CheckConstraint("counted IS NULL OR kind IN ('counted', 'corrected')", name="counts_count"),
        CheckConstraint("kind <> 'counted' OR counted IS NOT NULL", name="count_says_what"),
        CheckConstraint("kind <> 'corrected' OR reason IS NOT NULL", name="correction_has_reason"),
        CheckConstraint(
            "supersedes_id IS NULL OR kind = 'corrected'", name="correction_supersedes"
        ),
        CheckConstraint("number > 0", name="number_positive"),
        CheckConstraint(
            f"char_length(lot) <= {LOT_LENGTH} AND char_length(reason) <= {TEXT_LENGTH}",
            name="text_length",
        ),
        CheckConstraint(
            "observed_at <= recorded_at + interval '5 minutes'", name="observed_not_in_future"
        ),
        UniqueConstraint("filing_id", "number"),
        UniqueConstraint("supersedes_id"),
        Index("movement_from_place_id_item_code_idx", "from_place_id", "item_code", "observed_at"),
        Index("movement_to_place_id_item_code_idx", "to_place_id", "item_code", "observed_at"),
        Index("movement_recorded_at_idx", "recorded_at", "id"),
        Index(
            "movement_dispatch_id_idx",
            "dispatch_id",
            postgresql_where=text("dispatch_id IS NOT NULL"),
        ),
    )

    id: Mapped[UuidKey]
    filing_id: Mapped[UUID]
    number: Mapped[int]
    """From 1 within what was filed at once."""
    kind: Mapped[str]
    item_code: Mapped[str] = mapped_column(ForeignKey("resource_item.code"))
    lot: Mapped[str] = mapped_column(server_default=text("''"))
    """As its maker marked it; empty where nobody said."""
    expires_on: Mapped[date | None]
    """The last day of use (消費期限・賞味期限, JST); NULL is none, or unknown."""
    from_place_id: Mapped[UUID | None] = mapped_column(ForeignKey("stock_place.id"))
    to_place_id: Mapped[UUID | None] = mapped_column(ForeignKey("stock_place.id"))
    quantity: Mapped[int]
    """In the item's unit, whatever the direction never negative."""
    counted: Mapped[int | None]
    dispatch_id: Mapped[UUID | None] = mapped_column(ForeignKey("dispatch.id"))
    reason: Mapped[str | None]
    is_fictitious: Mapped[bool] = mapped_column(server_default=text("false"))
    supersedes_id: Mapped[UUID | None] = mapped_column(ForeignKey("movement.id"))
    observed_at: Mapped[Moment]
    source: Mapped[str]


class Stock(Base):
    """How much of an item lies in a place: the sum of its movements, kept by the store alone."""

    __tablename__ = "stock"
    __table_args__ = (
        CheckConstraint("quantity >= 0", name="quantity_not_negative"),
        CheckConstraint("reserved >= 0", name="reserved_not_negative"),
    )

    place_id: Mapped[UUID] = mapped_column(ForeignKey("stock_place.id"), primary_key=True)
    item_code: Mapped[str] = mapped_column(ForeignKey("resource_item.code"), primary_key=True)
    quantity: Mapped[int]
    reserved: Mapped[int] = mapped_column(server_default=text("0"))
    """How much of it waits for dispatches that have not left."""
    counted_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    """When all of it was counted last; NULL never, so that there may be more."""
    moved_at: Mapped[Moment]
    """When anything was last told of it."""
    is_fictitious: Mapped[bool]


class StockLot(Base):
    """How much of one lot lies in a place; kept by the store alone."""

    __tablename__ = "stock_lot"
    __table_args__ = (
        CheckConstraint("quantity >= 0", name="quantity_not_negative"),
        UniqueConstraint(
            "place_id", "item_code", "lot", "expires_on", postgresql_nulls_not_distinct=True
        ),
    )

    id: Mapped[UuidKey]
    place_id: Mapped[UUID] = mapped_column(ForeignKey("stock_place.id"))
    item_code: Mapped[str] = mapped_column(ForeignKey("resource_item.code"))
    lot: Mapped[str]
    expires_on: Mapped[date | None]
    quantity: Mapped[int]
