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
    query = (
        _views()
        .where(Incident.closed_at.is_(None))
        .order_by(Incident.recorded_at.desc(), Incident.id)
        .limit(1)
    )
    return _one(session, query)


def open_incident_or_refuse(session: Session) -> IncidentView:
    """Return the current incident.

    Raises
    ------
    gis.errors.IncidentNotOpen
        None is open.
    """
    incident = current_incident(session)
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


def _views() -> Select[tuple[object, ...]]:
    return select(*(getattr(Incident, field.name) for field in fields(IncidentView)))


def _one(session: Session, query: Select[tuple[object, ...]]) -> IncidentView | None:
    row = session.execute(query).mappings().one_or_none()
    return IncidentView(**row) if row else None
