"""Photographs of shelters and of damage."""

from datetime import datetime
from uuid import UUID

from geoalchemy2 import Geometry, WKBElement
from sqlalchemy import CheckConstraint, DateTime, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from gis.models.base import Base, Recorded, UuidKey, one_of
from gis.photographs import SIDE_PX_MOST
from gis.vocabulary import Source

CAPTION_LENGTH = 200
SHA256 = "'^[0-9a-f]{64}$'"


class Photograph(Recorded, Base):
    """What somebody photographed at a shelter that takes part, or of damage they reported.

    The id is made by whoever sends it. ``content_hash`` and ``thumbnail_hash`` name two JPEG files
    without any metadata, which lie outside of the store (gis/picture_files.py); ``taken_at`` and
    ``location`` NULL are unknown. ``sha256`` and ``size_bytes`` are of the file as it was sent, so
    that a retry is known; how large the oldest ones were, nobody knows. A hidden one is shown to
    nobody any more.
    """

    __tablename__ = "photograph"
    __table_args__ = (
        CheckConstraint("num_nonnulls(opening_id, report_id) = 1", name="of_opening_or_report"),
        CheckConstraint(f"sha256 ~ {SHA256}", name="sha256_form"),
        CheckConstraint(
            f"content_hash ~ {SHA256} AND thumbnail_hash ~ {SHA256}", name="hashes_form"
        ),
        CheckConstraint("size_bytes > 0", name="size_positive"),
        CheckConstraint(
            f"least(width_px, height_px) > 0 AND greatest(width_px, height_px) <= {SIDE_PX_MOST}",
            name="sides_plausible",
        ),
        CheckConstraint(f"char_length(caption) <= {CAPTION_LENGTH}", name="caption_length"),
        CheckConstraint(
            "taken_at <= recorded_at + interval '5 minutes'", name="taken_not_in_future"
        ),
        CheckConstraint(
            "ST_X(location) BETWEEN 122 AND 154 AND ST_Y(location) BETWEEN 20 AND 46",
            name="location_in_japan",
        ),
        one_of("source", Source, "source_known"),
        CheckConstraint("num_nulls(hidden_at, hidden_by) IN (0, 2)", name="hidden_by_somebody"),
        Index("photograph_opening_id_idx", "opening_id"),
        Index("photograph_report_id_idx", "report_id"),
    )

    id: Mapped[UuidKey]
    opening_id: Mapped[UUID | None] = mapped_column(ForeignKey("opening.id"))
    report_id: Mapped[UUID | None] = mapped_column(ForeignKey("damage_report.id"))
    taken_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    location: Mapped[WKBElement | None] = mapped_column(
        Geometry("POINT", 4326, spatial_index=False)
    )
    sha256: Mapped[str]
    width_px: Mapped[int]
    height_px: Mapped[int]
    content_hash: Mapped[str]
    thumbnail_hash: Mapped[str]
    size_bytes: Mapped[int | None]
    caption: Mapped[str | None]
    source: Mapped[str]
    hidden_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    hidden_by: Mapped[str | None]
