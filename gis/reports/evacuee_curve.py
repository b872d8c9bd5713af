"""How many people were in shelters over the last days, at even moments."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy.orm import Session

from gis.occupancy import Tally
from gis.queries.curves import curves, moments_of

LONGEST: Final = timedelta(hours=72)
"""How far back it goes, where the incident lasts longer."""


@dataclass(frozen=True)
class CurvePoint:
    """Persons in open shelters at a moment, with at how many nobody knew."""

    at: datetime
    persons: Tally


def evacuee_curve(
    session: Session,
    incident_id: UUID,
    started_at: datetime,
    *,
    as_of: datetime,
    known_at: datetime | None = None,
) -> tuple[CurvePoint, ...]:
    """Return persons in shelters from the incident's beginning on, :data:`LONGEST` at the most.

    One statement. Nothing where the incident has not begun.
    """
    since = max(started_at, as_of - LONGEST)
    if since >= as_of:
        return ()
    moments = moments_of(since, as_of)
    drawn = curves(session, incident_id, moments, known_at=known_at)
    return tuple(map(CurvePoint, moments, drawn.city))
