"""How the persons in shelters went: for the city, its districts, and one shelter."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Row
from sqlalchemy.orm import Session

from gis.occupancy import Tally
from gis.queries import SQL
from gis.sql import statement

MOST = 241
"""Moments of a curve: ten days by the hour."""
NOBODY = Tally(0, 0)
"""Where no shelter was open."""


@dataclass(frozen=True)
class Curves:
    """Persons in open shelters at some moments; all sequences run parallel to ``moments``."""

    moments: Sequence[datetime]
    city: Sequence[Tally]
    by_district: Mapping[str | None, Sequence[Tally]]
    """Of districts in which a shelter was open; None is of those that lie in none."""


def evenly(since: datetime, until: datetime, count: int) -> list[datetime]:
    """Return two moments or more, evenly spaced, from the first one to the last one."""
    step = (until - since) / (count - 1)
    return [*(since + number * step for number in range(count - 1)), until]


def moments_of(since: datetime, until: datetime) -> list[datetime]:
    """Return moments as dense as a reader can tell apart: by the quarter of an hour for a day.

    :data:`MOST` moments at the most, however long it is.
    """
    length = until - since
    step = timedelta(minutes=15) if length <= timedelta(days=1) else timedelta(hours=1)
    return evenly(since, until, min(max(math.ceil(length / step) + 1, 2), MOST))


def curves(
    session: Session,
    incident_id: UUID,
    moments: Sequence[datetime],
    *,
    known_at: datetime | None = None,
    shelter_id: UUID | None = None,
) -> Curves:
    """Return how many persons were in open shelters at some moments.

    At each of them it is the total of the last known counts, as the board of that moment has it.
    One statement, whatever the number of moments, districts and shelters.

    Parameters
    ----------
    moments
        In their order, such as :func:`evenly` gives them.
    known_at
        By what was known when; None is each moment as it was known at that moment itself.
    shelter_id
        Of this shelter alone; None is of all of them.
    """
    rows = session.execute(
        statement(SQL / "curves.sql"),
        {
            "incident_id": incident_id,
            "moments": list(moments),
            "known_at": known_at,
            "shelter_id": shelter_id,
        },
    ).all()
    of_city = {row.is_city: _tallies(row, len(moments)) for row in rows if row.is_city}
    return Curves(
        moments,
        of_city.get(True, [NOBODY] * len(moments)),
        {row.district: _tallies(row, len(moments)) for row in rows if not row.is_city},
    )


def _tallies(row: Row[tuple[object, ...]], count: int) -> list[Tally]:
    tallies = [NOBODY] * count
    for number, known, unknown_places in zip(
        row.numbers, row.known, row.unknown_places, strict=True
    ):
        tallies[number - 1] = Tally(known, unknown_places)
    return tallies
