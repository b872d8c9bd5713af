"""Photographs of which only a part has arrived."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from gis.models.base import Base, Moment, UuidKey
from gis.models.photograph import CAPTION_LENGTH, SHA256
from gis.photographs import FILE_MB_MOST, MEGABYTE

PART_BYTES_MOST = 256 * 1024


class PhotographUpload(Base):
    """A photograph of a damage report that somebody announced and sends in parts.

    ``id`` is that of the photograph which will come of it, and then this is gone. So far
    ``received_bytes`` have arrived, without a gap. It lapses, and is not on record.
    """

    __tablename__ = "photograph_upload"
    __table_args__ = (
        CheckConstraint(f"sha256 ~ {SHA256}", name="sha256_form"),
        CheckConstraint(
            f"size_bytes BETWEEN 1 AND {FILE_MB_MOST * MEGABYTE}"
            " AND received_bytes BETWEEN 0 AND size_bytes - 1",
            name="bytes_plausible",
        ),
        CheckConstraint(f"char_length(caption) <= {CAPTION_LENGTH}", name="caption_length"),
        CheckConstraint("num_nulls(lon, lat) IN (0, 2)", name="place_whole"),
        Index("photograph_upload_report_id_idx", "report_id"),
    )

    id: Mapped[UuidKey]
    report_id: Mapped[UUID] = mapped_column(ForeignKey("damage_report.id"))
    sha256: Mapped[str]
    size_bytes: Mapped[int]
    taken_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    lon: Mapped[float | None]
    lat: Mapped[float | None]
    caption: Mapped[str | None]
    received_bytes: Mapped[int] = mapped_column(server_default=text("0"))
    announced_at: Mapped[Moment] = mapped_column(server_default=text("hq_now()"))
    announced_by: Mapped[str] = mapped_column(server_default=text("hq_actor()"))


class PhotographPart(Base):
    """Some bytes of a file that is on its way, from an offset on."""

    __tablename__ = "photograph_part"
    __table_args__ = (
        CheckConstraint(
            f"octet_length(content) BETWEEN 1 AND {PART_BYTES_MOST}", name="content_plausible"
        ),
    )

    upload_id: Mapped[UUID] = mapped_column(
        ForeignKey("photograph_upload.id", ondelete="CASCADE"), primary_key=True
    )
    starts_at: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
