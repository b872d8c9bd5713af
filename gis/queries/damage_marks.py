"""Damage reports in a box of the map as marks: each where they are few, else counted in cells."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from gis.geometry.mercator import Extent
from gis.geometry.tiles import FINEST, HALF_WORLD_M
from gis.queries.damage_tiles import EVERYTHING, Seen, standing_in
from gis.vocabulary import ReportState, Severity

SINGLE_MOST: Final = 300
"""As many as can be told apart on a sheet of paper."""


@dataclass(frozen=True)
class DamageMark:
    """One report, or how many lie about here; metres in EPSG:3857."""

    east_m: float
    north_m: float
    reports: int
    severity: Severity | None
    """The worst that anybody told of; None is unknown."""
    is_confirmed: bool
    """Whether somebody has looked at any of them."""


def damage_marks(  # noqa: PLR0913 - a moment, and by what was known when
    session: Session,
    incident_id: UUID,
    extent: Extent,
    level: int,
    which: Seen = EVERYTHING,
    *,
    as_of: datetime | None = None,
    known_at: datetime | None = None,
) -> list[DamageMark]:
    """Return marks for the reports that stand in a box, the worst last.

    Parameters
    ----------
    level
        How fine the cells are in which they are counted where there are many: 2 to that power
        around the world.
    as_of, known_at
        The moment, and by what was known when; None is now.
    """
    seen = standing_in(incident_id, extent, which, as_of=as_of, known_at=known_at or as_of)
    are_few = select(func.count() <= SINGLE_MOST).select_from(seen).scalar_subquery()
    cells = [seen.c[name].op(">>")(FINEST - level) for name in ("at_x", "at_y")]
    marks = select(
        func.avg(seen.c.at_x).label("x"), func.avg(seen.c.at_y).label("y"),
        func.count().label("n"),
        func.array_agg(seen.c.severity.distinct()).label("severities"),
        func.bool_or(seen.c.state != ReportState.UNCONFIRMED.value).label("is_confirmed"),
    ).group_by(*cells, case((are_few, seen.c.id)))  # fmt: skip
    rows = session.execute(marks).all()
    found = [
        DamageMark(*_metres(row.x, row.y), row.n, _worst(row.severities), row.is_confirmed)
        for row in rows
    ]
    return sorted(found, key=_gravity)


def _metres(column: float, row: float) -> tuple[float, float]:
    side = 2 * HALF_WORLD_M / 2**FINEST
    return float(column) * side - HALF_WORLD_M, HALF_WORLD_M - float(row) * side


_WORST_FIRST = tuple(reversed(Severity))


def _worst(told: list[str | None]) -> Severity | None:
    return next((each for each in _WORST_FIRST if each in told), None)


def _gravity(mark: DamageMark) -> tuple[int, int, float, float]:
    severity = 0 if mark.severity is None else tuple(Severity).index(mark.severity) + 1
    return severity, mark.reports, mark.east_m, mark.north_m
