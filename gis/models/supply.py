"""Resource items and what of them lies in a shelter."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from gis.models.base import Base, Moment, Recorded, UuidKey, Version


class ResourceItem(Base):
    """Something that shelters need (品目), from ``data/items.toml``."""

    __tablename__ = "resource_item"

    code: Mapped[str] = mapped_column(primary_key=True)
    name_ja: Mapped[str]
    name_en: Mapped[str]
    unit_ja: Mapped[str]
    unit_en: Mapped[str]
    is_consumable: Mapped[bool]


class Stock(Recorded, Base):
    """How much of an item lies in a shelter, as last counted; NULL is not counted."""

    __tablename__ = "stock"
    __table_args__ = (
        CheckConstraint("quantity >= 0", name="quantity_not_negative"),
        Index("stock_shelter_id_item_code_key", "shelter_id", "item_code", unique=True),
    )

    id: Mapped[UuidKey]
    shelter_id: Mapped[UUID] = mapped_column(ForeignKey("shelter.id"))
    item_code: Mapped[str] = mapped_column(ForeignKey("resource_item.code"))
    quantity: Mapped[int | None]
    observed_at: Mapped[Moment]
    is_fictitious: Mapped[bool] = mapped_column(server_default=text("false"))
    version: Mapped[Version]
