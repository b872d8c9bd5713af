"""How many damage reports lie in each cell of the map (triggers of the store keep it up)."""

from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Identity, Index, SmallInteger, text
from sqlalchemy.orm import Mapped, mapped_column

from gis.models.base import Base


class DamageCell(Base):
    """A part of the count of one cell, one category, confirmed or not: the parts add up.

    Only reports that have a place and are neither rejected nor merged into another one count.
    ``level`` is the zoom of whose tiles the cell is one, ``x`` and ``y`` its column from the west
    and its row from the north; ``sum_x`` and ``sum_y`` are the reports' own columns and rows at
    level 28, added up: where in the cell they lie on the average. ``is_sum`` tells what has been
    added up from what was added since.
    """

    __tablename__ = "damage_cell"
    __table_args__ = (
        CheckConstraint("level IN (16, 20)", name="level_kept"),
        CheckConstraint(
            "NOT is_sum OR least(severe, moderate, minor, unknown) >= 0", name="sum_not_negative"
        ),
        # All cells of a tile: a range of columns, of which the rows are looked through.
        Index("damage_cell_place_idx", "incident_id", "level", "x", "y"),
        Index("damage_cell_fresh_idx", "id", postgresql_where=text("NOT is_sum")),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    incident_id: Mapped[UUID] = mapped_column(ForeignKey("incident.id"))
    level: Mapped[int] = mapped_column(SmallInteger)
    x: Mapped[int]
    y: Mapped[int]
    category: Mapped[str]
    is_confirmed: Mapped[bool]
    severe: Mapped[int]
    moderate: Mapped[int]
    minor: Mapped[int]
    unknown: Mapped[int]
    sum_x: Mapped[int] = mapped_column(BigInteger)
    sum_y: Mapped[int] = mapped_column(BigInteger)
    is_sum: Mapped[bool]
