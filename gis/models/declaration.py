"""What headquarters declare for the situation summary, cell by cell (第4号様式)."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Numeric, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.dialects.postgresql import ARRAY, TEXT
from sqlalchemy.orm import Mapped, mapped_column

from gis.models.base import Base, Moment, Recorded, UuidKey, one_of
from gis.vocabulary import FigureState

TEXT_LENGTH = 4000
FIGURE_MOST = 999_999_999
"""In thousands of yen that is more than the greatest disaster cost the nation."""


class Declaration(Recorded, Base):
    """What holds of one cell from a moment on; append-only, numbered from 1 within its cell.

    A figure has a state, words have none: of those a text that is NULL takes back what was said.
    ``value`` NULL is a figure of which no number is known, or to which none applies.
    """

    __tablename__ = "declaration"
    __table_args__ = (
        one_of("state", FigureState, "state_known"),
        CheckConstraint("key ~ '^[a-z_]{1,40}([.][a-z_]{1,20})?$'", name="key_possible"),
        CheckConstraint("number > 0", name="number_positive"),
        CheckConstraint(
            "CASE WHEN state IS NULL THEN num_nonnulls(value, reason, definition) = 0"
            " ELSE text IS NULL END",
            name="figure_or_text",
        ),
        CheckConstraint(f"value BETWEEN 0 AND {FIGURE_MOST}", name="value_plausible"),
        CheckConstraint(
            "CASE state WHEN 'confirmed' THEN value IS NOT NULL"
            " WHEN 'not_applicable' THEN value IS NULL ELSE true END",
            name="value_fits_state",
        ),
        CheckConstraint(
            f"greatest(char_length(text), char_length(reason), char_length(definition))"
            f" <= {TEXT_LENGTH}",
            name="text_length",
        ),
        CheckConstraint(
            "observed_at <= recorded_at + interval '5 minutes'", name="observed_not_in_future"
        ),
        UniqueConstraint("incident_id", "key", "number"),
    )

    id: Mapped[UuidKey]
    incident_id: Mapped[UUID] = mapped_column(ForeignKey("incident.id"))
    key: Mapped[str]
    """Of :data:`gis.form4.CELLS`, or of :class:`gis.vocabulary.FormText`."""
    number: Mapped[int]
    state: Mapped[str | None]
    value: Mapped[float | None] = mapped_column(Numeric(12, 2, asdecimal=False))
    text: Mapped[str | None]
    reason: Mapped[str | None]
    """Why it is not what the reports say, or how it came to be corrected."""
    definition: Mapped[str | None]
    """How it was counted, where that differs from what the form means."""
    confirmed: Mapped[list[str]] = mapped_column(ARRAY(TEXT), server_default=sql("'{}'"))
    """Codes of the doubts to which whoever declared it said yes."""
    observed_at: Mapped[Moment]
    """As of when it is so."""
