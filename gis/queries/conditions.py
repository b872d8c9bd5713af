"""How shelters are off: what holds of an opening, and when somebody was there last."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select, union_all
from sqlalchemy.orm import Session

from gis.models import ConditionReport, OccupancyReading
from gis.models.condition import ITEMS
from gis.queries import SQL
from gis.queries.moments import told_by
from gis.sql import statement
from gis.vocabulary import Source


class Known(NamedTuple):
    """What is known of one item: a code of the vocabulary, a number or a text; and since when."""

    value: str | int
    observed_at: datetime
    recorded_by: str


Conditions = dict[str, Known]
"""By the names of :data:`gis.models.condition.ITEMS`; an item that is missing is unknown."""


@dataclass(frozen=True)
class Visit:
    """That somebody was there."""

    observed_at: datetime
    recorded_by: str


def conditions_of(
    session: Session, opening_id: UUID, *, as_of: datetime, known_at: datetime | None = None
) -> Conditions:
    """Return the latest known value of each item of an opening at a moment.

    Parameters
    ----------
    known_at
        By what was known when; None is as it was known at that moment itself.
    """
    rows = session.execute(
        statement(SQL / "conditions.sql"),
        {
            "opening_id": opening_id,
            "at": as_of,
            "known_at": known_at or as_of,
            "items": list(ITEMS),
        },
    )
    return {item: Known(*told) for item, *told in rows}


def last_visit(
    session: Session,
    opening_id: UUID,
    *,
    as_of: datetime | None = None,
    known_at: datetime | None = None,
) -> Visit | None:
    """Return when and by whom a shelter was last seen on the spot; None where nobody was there.

    What is told by telephone or radio is no visit. That a count was corrected afterwards takes
    nothing from having been there.

    Parameters
    ----------
    as_of
        Leaves out later visits; None leaves out none.
    known_at
        By what was known when; None is as it was known at that moment itself.
    """
    seen = [
        select(kind.observed_at, kind.recorded_by, kind.recorded_at).where(
            kind.opening_id == opening_id,
            kind.source == Source.VISIT,
            *told_by(kind, as_of, known_at),
        )
        for kind in (ConditionReport, OccupancyReading)
    ]
    visits = union_all(*seen).subquery()
    row = session.execute(
        select(visits.c.observed_at, visits.c.recorded_by)
        .order_by(visits.c.observed_at.desc(), visits.c.recorded_at.desc())
        .limit(1)
    ).one_or_none()
    return Visit(*row) if row else None
