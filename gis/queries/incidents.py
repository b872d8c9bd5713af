"""Incidents."""

from dataclasses import dataclass, fields
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from gis.errors import IncidentNotOpen, NotFound
from gis.models import Incident
from gis.text import N_


@dataclass(frozen=True)
class IncidentView:
    """An incident as it stands; ``closed_at`` None is still going on."""

    id: UUID
    name: str
    kind: str
    started_at: datetime
    closed_at: datetime | None
    is_demonstration: bool
    version: int


def current_incident(session: Session) -> IncidentView | None:
    """Return the incident that headquarters work on: the open one that was opened last."""
    return _one(session, _current())


def _current() -> Select[tuple[object, ...]]:
    return (
        _views()
        .where(Incident.closed_at.is_(None))
        .order_by(Incident.recorded_at.desc(), Incident.id)
        .limit(1)
    )


def open_incident_or_refuse(session: Session) -> IncidentView:
    """Return the current incident.

    Raises
    ------
    gis.errors.IncidentNotOpen
        None is open.
    """
    return _open_or_refuse(_one(session, _current()))


def held_open(session: Session, incident_id: UUID | None = None) -> IncidentView:
    """Return an incident (None: the current one) that stays open until the transaction ends.

    Whoever wants to close it waits for us; had it been closed a moment ago, we see that. Without
    the lock, something could be added to an incident that is being closed.

    Raises
    ------
    gis.errors.IncidentNotOpen
        It is closed, or none is open.
    gis.errors.NotFound
        There is no such incident.
    """
    if incident_id is None:
        query = _current()
    else:
        incident_named(session, incident_id)
        query = _views().where(Incident.id == incident_id, Incident.closed_at.is_(None))
    return _open_or_refuse(_one(session, query.with_for_update(read=True)))


def _open_or_refuse(incident: IncidentView | None) -> IncidentView:
    if incident is None:
        raise IncidentNotOpen
    return incident


def incident_named(session: Session, incident_id: UUID) -> IncidentView:
    """Return an incident by its id.

    Raises
    ------
    gis.errors.NotFound
        There is none.
    """
    incident = _one(session, _views().where(Incident.id == incident_id))
    if incident is None:
        raise NotFound(field="incident_id", received=incident_id, kind=N_("incident"))
    return incident


def incident_asked_for(session: Session, incident_id: UUID | None) -> IncidentView:
    """Return an incident by its id, open or closed; None is the current one.

    Raises
    ------
    gis.errors.IncidentNotOpen
        None is open.
    gis.errors.NotFound
        There is none of that id.
    """
    if incident_id is None:
        return open_incident_or_refuse(session)
    return incident_named(session, incident_id)


def _views() -> Select[tuple[object, ...]]:
    return select(*(getattr(Incident, field.name) for field in fields(IncidentView)))


def _one(session: Session, query: Select[tuple[object, ...]]) -> IncidentView | None:
    row = session.execute(query).mappings().one_or_none()
    return IncidentView(**row) if row else None
