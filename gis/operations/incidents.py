"""Opening and closing incidents."""

from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid4

from sqlalchemy import update
from sqlalchemy.orm import Session

from gis.clock import moment_text
from gis.errors import ChangedMeanwhile, OrdersInForce
from gis.models import Incident
from gis.queries.evacuation_orders import orders_in_force
from gis.queries.incidents import incident_named
from gis.sql import statement
from gis.store import now
from gis.vocabulary import IncidentKind

SQL = Path(__file__).parent / "sql"


def open_incident(  # noqa: PLR0913 - each names a column of its own
    session: Session,
    name: str,
    kind: IncidentKind,
    *,
    started_at: datetime | None = None,
    is_demonstration: bool = False,
    incident_id: UUID | None = None,
) -> UUID:
    """Open an incident and return its id; it becomes the one headquarters work on.

    Parameters
    ----------
    incident_id
        An id made by the client: opening it again changes nothing.

    Raises
    ------
    gis.errors.NameMissing
        On the write, where the name is empty or longer than 100 characters.
    """
    if incident_id and session.get(Incident, incident_id):
        return incident_id
    incident = Incident(
        id=incident_id or uuid4(),
        name=name.strip(),
        kind=kind.value,
        started_at=started_at or now(session),
        is_demonstration=is_demonstration,
    )
    session.add(incident)
    session.flush()
    return incident.id


def close_incident(session: Session, incident_id: UUID, *, version: int) -> None:
    """Close an incident now, and with it every shelter that is still open in it.

    Dispatches that have not left are cancelled.

    Parameters
    ----------
    version
        The version of the incident that the person saw when deciding.

    Raises
    ------
    gis.errors.ChangedMeanwhile
        Somebody changed it after that.
    gis.errors.OrdersInForce
        People are still told to stay away, and it is no demonstration.
    gis.errors.NotFound
        There is no such incident.
    """
    closed_at = now(session)
    closed = session.execute(
        update(Incident)
        .where(Incident.id == incident_id, Incident.version == version)
        .values(closed_at=closed_at, version=version + 1)
        .returning(Incident.is_demonstration)
    ).one_or_none()
    if closed is None:
        theirs = incident_named(session, incident_id)
        raise ChangedMeanwhile(
            theirs=f"{theirs.name} {moment_text(theirs.closed_at)}", yours=moment_text(closed_at)
        )
    # Whoever issues an order holds the incident open, so none can come in between any more. An
    # invented order keeps nobody away from home.
    in_force = orders_in_force(session, incident_id, as_of=closed_at)
    if in_force and not closed.is_demonstration:
        raise OrdersInForce(count=len(in_force))
    session.execute(statement(SQL / "close_openings.sql"), {"incident_id": incident_id})
    # What nobody will send is free for the next incident; what is on the road can still arrive.
    session.execute(statement(SQL / "cancel_reservations.sql"), {"incident_id": incident_id})
