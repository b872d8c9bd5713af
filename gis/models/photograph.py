"""Photographs of shelters."""

from datetime import datetime
from uuid import UUID

from geoalchemy2 import Geometry, WKBElement
from sqlalchemy import CheckConstraint, DateTime, ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from gis.models.base import Base, Recorded, UuidKey, one_of
from gis.photographs import SIDE_PX_MOST
from gis.vocabulary import Source

CAPTION_LENGTH = 200


class Photograph(Recorded, Base):
    """What somebody photographed at a shelter that takes part; the id is made by whoever sends it.

    ``content`` and ``thumbnail`` are JPEG without any metadata; ``taken_at`` and ``location`` NULL
    are unknown. ``sha256`` is of the file as it was sent, so that a retry is known. The change
    record has everything but the two pictures. A hidden one is shown to nobody any more.
    """

    __tablename__ = "photograph"
    __table_args__ = (
        CheckConstraint("sha256 ~ '^[0-9a-f]{64}$'", name="sha256_form"),
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
    )

    id: Mapped[UuidKey]
    opening_id: Mapped[UUID] = mapped_column(ForeignKey("opening.id"))
    taken_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    location: Mapped[WKBElement | None] = mapped_column(
        Geometry("POINT", 4326, spatial_index=False)
    )
    sha256: Mapped[str]
    width_px: Mapped[int]
    height_px: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    thumbnail: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    caption: Mapped[str | None]
    source: Mapped[str]
    hidden_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    hidden_by: Mapped[str | None]
