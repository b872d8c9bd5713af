"""Opening and closing shelters."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from gis.errors import ChangedMeanwhile, NotFound
from gis.models import Opening
from gis.operations.incidents import moment_text
from gis.queries.incidents import held_open
from gis.store import now
from gis.text import N_


def open_shelters(
    session: Session,
    incident_id: UUID,
    shelter_ids: Sequence[UUID],
    *,
    opened_at: datetime | None = None,
    reason: str | None = None,
) -> list[UUID]:
    """Open shelters in an incident, all or none, and return the ids of the openings.

    Raises
    ------
    gis.errors.ShelterAlreadyOpen
        One of them is open at that moment, in this incident or another.
    gis.errors.IncidentNotOpen
        The incident has been closed.
    gis.errors.NotFound
        There is no such incident.
    """
    held_open(session, incident_id)
    if not shelter_ids:
        return []
    moment = opened_at or now(session)
    rows = [
        {
            "incident_id": incident_id,
            "shelter_id": shelter_id,
            "opened_at": moment,
            "reason": reason,
        }
        for shelter_id in shelter_ids
    ]
    return list(session.scalars(insert(Opening).values(rows).returning(Opening.id)))


def close_shelter(
    session: Session, opening_id: UUID, *, version: int, closed_at: datetime | None = None
) -> None:
    """Close an open shelter.

    Parameters
    ----------
    version
        The version of the opening that the person saw when deciding.

    Raises
    ------
    gis.errors.ChangedMeanwhile
        Somebody changed it after that.
    gis.errors.ClosedBeforeOpened
        The end lies before the opening.
    gis.errors.NotFound
        There is no such opening.
    """
    moment = closed_at or now(session)
    closed = session.execute(
        update(Opening)
        .where(Opening.id == opening_id, Opening.version == version)
        .values(closed_at=moment, version=version + 1)
        .returning(Opening.id)
    ).one_or_none()
    if closed is not None:
        return
    theirs = session.get(Opening, opening_id)
    if theirs is None:
        raise NotFound(field="opening_id", received=opening_id, kind=N_("opening"))
    raise ChangedMeanwhile(theirs=moment_text(theirs.closed_at), yours=moment_text(moment))
