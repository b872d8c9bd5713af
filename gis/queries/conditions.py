"""How shelters are off: what holds of an opening, and when somebody was there last."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Row, select, union_all
from sqlalchemy.orm import Session

from gis.models import ConditionReport, OccupancyReading
from gis.models.condition import ITEMS, LIFELINES, SUPPLIES
from gis.queries import SQL
from gis.queries.moments import told_by
from gis.sql import id_array, statement
from gis.vocabulary import LifelineState, Source, SupplyState


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


class Lack(NamedTuple):
    """A lifeline or supply that is not in order, and since when that is known."""

    item: str
    state: LifelineState | SupplyState
    observed_at: datetime

    @property
    def is_bad(self) -> bool:
        """Whether there is nothing left of it, or not enough for today."""
        return self.state in {LifelineState.UNUSABLE, SupplyState.NOT_TODAY}


class Need(NamedTuple):
    """What people in a shelter ask for, in their own words, and when they said so."""

    text: str
    observed_at: datetime


@dataclass(frozen=True)
class Wants:
    """What is wanting in a shelter, as far as anybody knows."""

    need: Need | None = None
    lacks: tuple[Lack, ...] = ()
    """The worst first."""


_TERMS = dict.fromkeys(LIFELINES, LifelineState) | dict.fromkeys(SUPPLIES, SupplyState)
_LOOKED_AT = (*SUPPLIES, *LIFELINES)
"""What people drink and eat comes before what is out of order."""


def conditions_of(
    session: Session, opening_id: UUID, *, as_of: datetime, known_at: datetime | None = None
) -> Conditions:
    """Return the latest known value of each item of an opening at a moment.

    Parameters
    ----------
    known_at
        By what was known when; None is as it was known at that moment itself.
    """
    told = conditions_of_all(session, [opening_id], as_of=as_of, known_at=known_at)
    return told.get(opening_id, {})


def conditions_of_all(
    session: Session,
    opening_ids: Sequence[UUID],
    *,
    as_of: datetime,
    known_at: datetime | None = None,
) -> dict[UUID, Conditions]:
    """Return what :func:`conditions_of` does of some openings, by opening; one statement."""
    rows = session.execute(
        statement(SQL / "conditions.sql"),
        {
            "opening_ids": id_array(opening_ids),
            "at": as_of,
            "known_at": known_at or as_of,
            "items": list(ITEMS),
        },
    )
    found: dict[UUID, Conditions] = {}
    for opening_id, item, *told in rows:
        found.setdefault(opening_id, {})[item] = Known(*told)
    return found


def wants_of(
    session: Session,
    opening_ids: Sequence[UUID],
    *,
    as_of: datetime,
    known_at: datetime | None = None,
) -> dict[UUID, Wants]:
    """Return what is wanting in some openings at a moment; one statement.

    An opening of which nothing is known, or where all that is known is in order, is missing.

    Parameters
    ----------
    known_at
        By what was known when; None is as it was known at that moment itself.
    """
    rows = session.execute(
        statement(SQL / "wants.sql"),
        {
            "opening_ids": id_array(opening_ids),
            "items": [*_LOOKED_AT, "needs"],
            "at": as_of,
            "known_at": known_at or as_of,
        },
    )
    by_opening = groupby(sorted(rows, key=itemgetter(0)), key=itemgetter(0))
    return {opening_id: _wants(found) for opening_id, found in by_opening}


def _wants(rows: Iterable[Row[Any]]) -> Wants:
    known = {row.item: (row.value, row.observed_at) for row in rows}
    need = Need(*known.pop("needs")) if "needs" in known else None
    lacks = [Lack(item, _TERMS[item](value), at) for item, (value, at) in known.items()]
    return Wants(
        need, tuple(sorted(lacks, key=lambda lack: (not lack.is_bad, _LOOKED_AT.index(lack.item))))
    )


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
