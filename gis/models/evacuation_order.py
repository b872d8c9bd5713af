"""Evacuation orders (避難情報): what was announced, one announcement after another."""

from uuid import UUID

from geoalchemy2 import Geometry, WKBElement
from sqlalchemy import (
    CheckConstraint,
    Computed,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Text,
    UniqueConstraint,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from gis.models.base import Base, Moment, Recorded, UuidKey, Version, one_of
from gis.vocabulary import Hazard, OrderAction, OrderKind

TEXT_LENGTH = 4000
PEOPLE_MOST = 99_999_999
"""More persons or households than any municipality has."""


class EvacuationOrder(Recorded, Base):
    """An order to people of a municipality to flee from a hazard.

    What it says is what its announcements (:class:`EvacuationAnnouncement`) make of it. The id is
    made by whoever issues it, so that a retry is harmless.
    """

    __tablename__ = "evacuation_order"
    __table_args__ = (one_of("hazard", Hazard, "hazard_known"),)

    id: Mapped[UuidKey]
    incident_id: Mapped[UUID] = mapped_column(ForeignKey("incident.id"), index=True)
    municipality_code: Mapped[str] = mapped_column(ForeignKey("municipality.code"))
    hazard: Mapped[str]
    version: Mapped[Version]
    """The number of its last announcement: who wants to make the next one names it."""


class EvacuationAnnouncement(Recorded, Base):
    """That an order was issued, changed or lifted; append-only, numbered from 1.

    It says all that holds from then on. One told by mistake is taken back by another one that names
    its number (``supersedes``) and repeats what it takes back; what was told before holds again.

    ``town_codes`` are the towns that it names: chosen, or with their points inside the drawn
    ``area``, which is NULL where towns were chosen. ``persons`` and ``households`` are the sum of
    what is known, NULL where nothing is, beside how many towns are missing in it.
    """

    __tablename__ = "evacuation_announcement"
    __table_args__ = (
        one_of("action", OrderAction, "action_known"),
        one_of("kind", OrderKind, "kind_known"),
        CheckConstraint("number > 0", name="number_positive"),
        CheckConstraint("supersedes < number", name="supersedes_earlier"),
        CheckConstraint(
            "(action = 'taken_back') = (supersedes IS NOT NULL)", name="taken_back_names_what"
        ),
        CheckConstraint("(action = 'issued') = (number = 1)", name="issued_first"),
        CheckConstraint(
            f"persons BETWEEN 0 AND {PEOPLE_MOST} AND households BETWEEN 0 AND {PEOPLE_MOST}",
            name="people_plausible",
        ),
        CheckConstraint(
            "persons_unknown_towns >= 0 AND households_unknown_towns >= 0",
            name="unknown_towns_not_negative",
        ),
        CheckConstraint(
            f"char_length(reason) <= {TEXT_LENGTH} AND char_length(guidance) <= {TEXT_LENGTH}"
            f" AND char_length(note) <= {TEXT_LENGTH}",
            name="text_length",
        ),
        CheckConstraint("area IS NOT NULL OR cardinality(town_codes) > 0", name="somewhere"),
        CheckConstraint("ST_IsValid(area) AND NOT ST_IsEmpty(area)", name="area_valid"),
        # Of two who announce the next thing at once, the second one learns of the first.
        UniqueConstraint("order_id", "number"),
        UniqueConstraint("order_id", "supersedes"),
        ForeignKeyConstraint(
            ["order_id", "supersedes"],
            ["evacuation_announcement.order_id", "evacuation_announcement.number"],
        ),
        Index("evacuation_announcement_area_idx", "area", postgresql_using="gist"),
        Index("evacuation_announcement_area_3857_idx", "area_3857", postgresql_using="gist"),
    )

    id: Mapped[UuidKey]
    order_id: Mapped[UUID] = mapped_column(ForeignKey("evacuation_order.id"))
    number: Mapped[int]
    action: Mapped[str]
    kind: Mapped[str]
    announced_at: Mapped[Moment]
    reason: Mapped[str | None]
    guidance: Mapped[str | None]
    """What people are to do (避難行動指針)."""
    note: Mapped[str | None]
    area: Mapped[WKBElement | None] = mapped_column(
        Geometry("MULTIPOLYGON", 4326, spatial_index=False)
    )
    area_3857: Mapped[WKBElement | None] = mapped_column(
        Geometry("MULTIPOLYGON", 3857, spatial_index=False),
        Computed("ST_Transform(area, 3857)", persisted=True),
    )
    town_codes: Mapped[list[str]] = mapped_column(ARRAY(Text))
    persons: Mapped[int | None]
    persons_unknown_towns: Mapped[int]
    households: Mapped[int | None]
    households_unknown_towns: Mapped[int]
    supersedes: Mapped[int | None]
