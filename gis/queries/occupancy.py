"""Occupancy readings: what was told of an opening, what holds of it, how it went."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session, aliased

from gis.models import OccupancyReading
from gis.queries import SQL
from gis.sql import statement


@dataclass(frozen=True)
class ReadingView:
    """One recorded count; a figure that is None was not counted."""

    id: UUID
    persons: int | None
    households: int | None
    voluntary_persons: int | None
    voluntary_households: int | None
    men: int | None
    women: int | None
    gender_unknown: int | None
    infants: int | None
    special_care: int | None
    staff: int | None
    supporters: int | None
    outside_persons: int | None
    outside_households: int | None
    observed_at: datetime
    recorded_at: datetime
    recorded_by: str
    source: str
    note: str | None
    confirmed: list[str]
    is_superseded: bool
    """Whether a later reading corrects it."""


@dataclass(frozen=True)
class Figure:
    """What is known of one figure, and since when."""

    count: int
    observed_at: datetime
    recorded_by: str
    source: str


_Correction = aliased(OccupancyReading)
_is_superseded = exists().where(
    _Correction.supersedes_id == OccupancyReading.id,
    _Correction.opening_id == OccupancyReading.opening_id,
)
_COLUMNS = [
    *(getattr(OccupancyReading, field.name) for field in fields(ReadingView)[:-1]),
    _is_superseded.label("is_superseded"),
]


def readings_of(session: Session, opening_id: UUID, *, limit: int = 100) -> list[ReadingView]:
    """Return the readings of an opening, the latest observed first."""
    rows = session.execute(
        select(*_COLUMNS)
        .where(OccupancyReading.opening_id == opening_id)
        .order_by(OccupancyReading.observed_at.desc(), OccupancyReading.recorded_at.desc())
        .limit(limit)
    )
    return [ReadingView(**row) for row in rows.mappings()]


def figures_of(session: Session, opening_id: UUID, *, as_of: datetime) -> dict[str, Figure]:
    """Return the latest known figures of an opening, by the names of :data:`FIGURES`.

    Each is looked up apart, so that a partial count does not erase a fuller one.
    """
    rows = session.execute(statement(SQL / "figures.sql"), {"opening_id": opening_id, "at": as_of})
    return {figure: Figure(*told) for figure, *told in rows}


def last_persons(session: Session, opening_id: UUID, *, as_of: datetime) -> ReadingView | None:
    """Return the reading whose persons hold at a moment; None where nobody has counted them."""
    effective_at = func.least(OccupancyReading.observed_at, OccupancyReading.recorded_at)
    row = (
        session.execute(
            select(*_COLUMNS)
            .where(
                OccupancyReading.opening_id == opening_id,
                OccupancyReading.persons.is_not(None),
                effective_at <= as_of,
                ~_is_superseded,
            )
            .order_by(
                effective_at.desc(), OccupancyReading.persons.desc(), OccupancyReading.id.desc()
            )
            .limit(1)
        )
        .mappings()
        .one_or_none()
    )
    return ReadingView(**row) if row else None


Trend = list[tuple[int, int]]
"""Counts of persons as they followed each other, each after its moment in seconds since 1970 (UTC).

There is one per reading of a nation's shelters: too many to make each a moment.
"""


def trends(
    session: Session, opening_ids: Sequence[UUID], *, since: datetime, until: datetime
) -> dict[UUID, Trend]:
    """Return how the persons of some openings went, by opening; one statement for all of them."""
    rows = session.execute(
        statement(SQL / "trends.sql"),
        {"opening_ids": list(opening_ids), "since": since, "until": until},
    )
    # Of counts of one moment the last one holds.
    return {
        opening_id: list(dict(zip(moments, counts, strict=True)).items())
        for opening_id, moments, counts in rows.all()
    }
