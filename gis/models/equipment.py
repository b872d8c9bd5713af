"""What state equipment is in: found at an inspection in peacetime, or in use in a disaster."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from gis.models.base import Base, Moment, Recorded, UuidKey, one_of
from gis.models.supply import QUANTITY_MOST, TEXT_LENGTH
from gis.vocabulary import Source


class EquipmentCheck(Recorded, Base):
    """What somebody found when looking at equipment; append-only, what nobody looked at is NULL."""

    __tablename__ = "equipment_check"
    __table_args__ = (
        one_of("source", Source, "source_known"),
        CheckConstraint(f"working BETWEEN 0 AND {QUANTITY_MOST}", name="working_plausible"),
        CheckConstraint(f"broken BETWEEN 0 AND {QUANTITY_MOST}", name="broken_plausible"),
        CheckConstraint("in_use >= 0 AND in_use <= working", name="in_use_working"),
        CheckConstraint("num_nonnulls(working, broken, note) > 0", name="something_said"),
        CheckConstraint(f"char_length(note) <= {TEXT_LENGTH}", name="text_length"),
        CheckConstraint(
            "observed_at <= recorded_at + interval '5 minutes'", name="observed_not_in_future"
        ),
        Index(
            "equipment_check_place_id_item_code_idx",
            "place_id",
            "item_code",
            text("observed_at DESC"),
        ),
    )

    id: Mapped[UuidKey]
    place_id: Mapped[UUID] = mapped_column(ForeignKey("stock_place.id"))
    item_code: Mapped[str] = mapped_column(ForeignKey("resource_item.code"))
    working: Mapped[int | None]
    broken: Mapped[int | None]
    in_use: Mapped[int | None]
    """Of those that work."""
    next_check_on: Mapped[date | None]
    note: Mapped[str | None]
    observed_at: Mapped[Moment]
    source: Mapped[str]
