"""Incidents."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from gis.errors import IncidentNotOpen, NotFound
from gis.models import Incident
from gis.text import N_


def current_incident(session: Session) -> Incident | None:
    """Return the incident that headquarters work on: the open one that was opened last."""
    return session.scalars(
        select(Incident)
        .where(Incident.closed_at.is_(None))
        .order_by(Incident.recorded_at.desc(), Incident.id)
        .limit(1)
    ).one_or_none()


def open_incident_or_refuse(session: Session) -> Incident:
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


def incident_named(session: Session, incident_id: UUID) -> Incident:
    """Return an incident by its id.

    Raises
    ------
    gis.errors.NotFound
        There is none.
    """
    incident = session.get(Incident, incident_id)
    if incident is None:
        raise NotFound(field="incident_id", received=incident_id, kind=N_("incident"))
    return incident
