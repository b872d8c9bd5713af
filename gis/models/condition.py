"""Condition reports: how a shelter is off for power, water, toilets, food and room."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from gis.models.base import Base, Moment, Recorded, UuidKey, one_of
from gis.occupancy import PERSONS_MOST
from gis.vocabulary import Source

TEXT_LENGTH = 4000
FLOOR_AREA_MOST_M2 = 1_000_000

LIFELINES = ("electricity", "gas", "water", "sewage", "communication")
SUPPLIES = ("drinking_water", "domestic_water", "food", "fuel")
TOILETS = (
    "toilets_shared",
    "toilets_women",
    "toilets_men",
    "toilets_multipurpose",
    "toilets_temporary",
    "toilets_simple",
    "toilets_manhole",
    "toilets_portable",
    "toilets_vehicle",
)
ITEMS = (*LIFELINES, *SUPPLIES, "floor_area_m2", *TOILETS, "needs", "note")
"""What a report may say."""


class ConditionReport(Recorded, Base):
    """What somebody saw at an open shelter; append-only, each item NULL where nobody looked.

    Lifelines are ``usable``, ``partly`` or ``unusable``; supplies ``enough``, ``two_days`` or
    ``not_today`` (the three sentences of EEI, DS-455-1); toilets are those that can be used, by the
    kinds of EEI; ``floor_area_m2`` is the room that is open to people, in square metres. The id is
    made by whoever files the report, so that a retry is harmless.
    """

    __tablename__ = "condition_report"
    __table_args__ = (
        CheckConstraint(
            f"array_remove(ARRAY[{', '.join(LIFELINES)}], NULL)"
            " <@ ARRAY['usable', 'partly', 'unusable']",
            name="lifelines_known",
        ),
        CheckConstraint(
            f"array_remove(ARRAY[{', '.join(SUPPLIES)}], NULL)"
            " <@ ARRAY['enough', 'two_days', 'not_today']",
            name="supplies_known",
        ),
        CheckConstraint(
            f"0 <= least({', '.join(TOILETS)})"
            f" AND greatest({', '.join(TOILETS)}) <= {PERSONS_MOST}",
            name="counts_plausible",
        ),
        CheckConstraint(
            f"floor_area_m2 BETWEEN 1 AND {FLOOR_AREA_MOST_M2}", name="floor_area_plausible"
        ),
        CheckConstraint(f"num_nonnulls({', '.join(ITEMS)}) > 0", name="something_said"),
        CheckConstraint(
            "observed_at <= recorded_at + interval '5 minutes'", name="observed_not_in_future"
        ),
        CheckConstraint(
            f"char_length(needs) <= {TEXT_LENGTH} AND char_length(note) <= {TEXT_LENGTH}",
            name="text_length",
        ),
        one_of("source", Source, "source_known"),
        Index(
            "condition_report_opening_id_idx",
            "opening_id",
            text("least(observed_at, recorded_at) DESC"),
        ),
    )

    id: Mapped[UuidKey]
    opening_id: Mapped[UUID] = mapped_column(ForeignKey("opening.id"))
    observed_at: Mapped[Moment]
    source: Mapped[str]
    electricity: Mapped[str | None]
    gas: Mapped[str | None]
    water: Mapped[str | None]
    sewage: Mapped[str | None]
    communication: Mapped[str | None]
    drinking_water: Mapped[str | None]
    domestic_water: Mapped[str | None]
    food: Mapped[str | None]
    fuel: Mapped[str | None]
    floor_area_m2: Mapped[int | None]
    toilets_shared: Mapped[int | None]
    toilets_women: Mapped[int | None]
    toilets_men: Mapped[int | None]
    toilets_multipurpose: Mapped[int | None]
    toilets_temporary: Mapped[int | None]
    toilets_simple: Mapped[int | None]
    toilets_manhole: Mapped[int | None]
    toilets_portable: Mapped[int | None]
    toilets_vehicle: Mapped[int | None]
    needs: Mapped[str | None]
    note: Mapped[str | None]
