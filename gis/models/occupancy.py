"""Occupancy readings: how many people are in a shelter."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import Text

from gis.models.base import Base, Moment, Recorded, UuidKey, one_of
from gis.occupancy import FIGURES, PERSONS_MOST
from gis.vocabulary import Source

NOTE_LENGTH = 4000
DOUBTS = ("far-over-capacity", "ten-times-the-last", "counted-meanwhile")
"""What a figure may have made the store ask back, by the codes of gis/errors.py."""

_COUNTED = ", ".join(FIGURES)
_FURTHER = ", ".join(FIGURES[2:])
_DOUBTS = ", ".join(f"'{doubt}'" for doubt in DOUBTS)


class OccupancyReading(Recorded, Base):
    """How many people were in an open shelter at a moment; append-only.

    A figure that is NULL was not counted. The figures are those of EEI (DS-455-1, 避難所):
    ``persons`` and ``households`` count whoever is in the shelter; those who came of their own
    accord (自主避難者), the genders, infants and people who need care (要配慮者) are parts of them.
    Staff, supporters (応援者) and people outside the building (車中泊, 在宅) are counted apart.

    A correction is a new row that names the one it supersedes. The id is made by whoever files the
    reading, so that a retry is harmless. ``confirmed`` says at which doubts that person said yes.
    """

    __tablename__ = "occupancy_reading"
    __table_args__ = (
        CheckConstraint(f"persons BETWEEN 0 AND {PERSONS_MOST}", name="persons_plausible"),
        CheckConstraint(f"households BETWEEN 0 AND {PERSONS_MOST}", name="households_plausible"),
        CheckConstraint(
            f"0 <= least({_FURTHER}) AND greatest({_FURTHER}) <= {PERSONS_MOST}",
            name="counts_plausible",
        ),
        CheckConstraint(
            "greatest(voluntary_persons, infants, special_care,"
            " coalesce(men, 0) + coalesce(women, 0) + coalesce(gender_unknown, 0)) <= persons"
            " AND voluntary_households <= households",
            name="parts_within_total",
        ),
        CheckConstraint(f"num_nonnulls({_COUNTED}) > 0", name="something_counted"),
        CheckConstraint(
            "observed_at <= recorded_at + interval '5 minutes'", name="observed_not_in_future"
        ),
        CheckConstraint(f"char_length(note) <= {NOTE_LENGTH}", name="note_length"),
        CheckConstraint("supersedes_id <> id", name="supersedes_another"),
        CheckConstraint(f"confirmed <@ ARRAY[{_DOUBTS}]", name="confirmed_known"),
        one_of("source", Source, "source_known"),
        # Serves "the latest figure of this opening" in queries/sql/shelter_statuses.sql.
        Index(
            "occupancy_reading_latest_idx",
            "opening_id",
            text("least(observed_at, recorded_at) DESC"),
        ),
        # Every reading asks whether it has been corrected; hardly any has.
        Index(
            "occupancy_reading_supersedes_id_key",
            "supersedes_id",
            unique=True,
            postgresql_where=text("supersedes_id IS NOT NULL"),
        ),
    )

    id: Mapped[UuidKey]
    opening_id: Mapped[UUID] = mapped_column(ForeignKey("opening.id"))
    persons: Mapped[int | None]
    households: Mapped[int | None]
    voluntary_persons: Mapped[int | None]
    voluntary_households: Mapped[int | None]
    men: Mapped[int | None]
    women: Mapped[int | None]
    gender_unknown: Mapped[int | None]
    infants: Mapped[int | None]
    special_care: Mapped[int | None]
    staff: Mapped[int | None]
    supporters: Mapped[int | None]
    outside_persons: Mapped[int | None]
    outside_households: Mapped[int | None]
    observed_at: Mapped[Moment]
    source: Mapped[str]
    note: Mapped[str | None]
    supersedes_id: Mapped[UUID | None]
    confirmed: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
