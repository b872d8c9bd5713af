"""Occupancy readings: what was told of an opening, what holds of it, how it went."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, select, true
from sqlalchemy.orm import Session, aliased

from gis.models import OccupancyReading
from gis.occupancy import Trend
from gis.queries import SQL
from gis.queries.moments import told_by
from gis.sql import id_array, statement


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


def _columns(known_at: datetime | None = None) -> list[ColumnElement[Any]]:
    """Return the columns of a :class:`ReadingView`; corrections count once they are known."""
    known = true() if known_at is None else _Correction.recorded_at <= known_at
    return [
        *(getattr(OccupancyReading, field.name) for field in fields(ReadingView)[:-1]),
        _is_superseded.where(known).label("is_superseded"),
    ]


def readings_of(
    session: Session,
    opening_id: UUID,
    *,
    as_of: datetime | None = None,
    known_at: datetime | None = None,
    limit: int = 100,
) -> list[ReadingView]:
    """Return the readings of an opening, the latest observed first.

    Parameters
    ----------
    as_of
        Leaves out later ones; None leaves out none.
    known_at
        By what was known when, corrections included; None is as it was known at that moment
        itself.
    """
    rows = session.execute(
        select(*_columns(known_at or as_of))
        .where(
            OccupancyReading.opening_id == opening_id,
            *told_by(OccupancyReading, as_of, known_at),
        )
        .order_by(OccupancyReading.observed_at.desc(), OccupancyReading.recorded_at.desc())
        .limit(limit)
    )
    return [ReadingView(**row) for row in rows.mappings()]


def figures_of(
    session: Session, opening_id: UUID, *, as_of: datetime, known_at: datetime | None = None
) -> dict[str, Figure]:
    """Return the latest known figures of an opening, by the names of :data:`FIGURES`.

    Each is looked up apart, so that a partial count does not erase a fuller one.

    Parameters
    ----------
    known_at
        By what was known when; None is as it was known at that moment itself.
    """
    told = figures_of_all(session, [opening_id], as_of=as_of, known_at=known_at)
    return told.get(opening_id, {})


def figures_of_all(
    session: Session,
    opening_ids: Sequence[UUID],
    *,
    as_of: datetime,
    known_at: datetime | None = None,
) -> dict[UUID, dict[str, Figure]]:
    """Return what :func:`figures_of` does of some openings, by opening; one statement."""
    rows = session.execute(
        statement(SQL / "figures.sql"),
        {"opening_ids": id_array(opening_ids), "at": as_of, "known_at": known_at or as_of},
    )
    found: dict[UUID, dict[str, Figure]] = {}
    for opening_id, figure, *told in rows:
        found.setdefault(opening_id, {})[figure] = Figure(*told)
    return found


def last_persons(session: Session, opening_id: UUID, *, as_of: datetime) -> ReadingView | None:
    """Return the reading whose persons hold at a moment; None where nobody has counted them."""
    effective_at = func.least(OccupancyReading.observed_at, OccupancyReading.recorded_at)
    row = (
        session.execute(
            select(*_columns())
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


def trends(
    session: Session,
    opening_ids: Sequence[UUID],
    *,
    since: datetime,
    until: datetime,
    known_at: datetime | None = None,
) -> dict[UUID, Trend]:
    """Return how the persons of some openings went, by opening; one statement for all of them.

    Parameters
    ----------
    known_at
        By what was known when; None is as it was known at ``until``.
    """
    rows = session.execute(
        statement(SQL / "trends.sql"),
        {
            "opening_ids": id_array(opening_ids),
            "since": since,
            "until": until,
            "known_at": known_at or until,
        },
    )
    return {opening_id: Trend(moments, persons) for opening_id, moments, persons in rows.all()}
