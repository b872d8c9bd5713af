"""One shelter for whoever counts there: its state, what was counted last, when to count again."""

from datetime import datetime
from functools import lru_cache
from threading import Lock
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.orm import Session

from dashboard.api.roles import CurrentActor, allow, require_own
from dashboard.roles import COUNTS_OWN, COUNTS_PEOPLE
from dashboard.workspaces import current_desk
from gis.errors import NotFound
from gis.occupancy import reporting_interval, stale_at
from gis.queries.incidents import IncidentView, current_incident, incident_named
from gis.queries.occupancy import figures_of
from gis.queries.shelters import ShelterStatus, current_opening, shelter_statuses
from gis.store import now
from gis.text import N_
from gis.vocabulary import ShelterState

router = APIRouter(tags=["shelters"])

SUBJECTS = ("shelters", "incidents")
LAG_SECONDS = 10
"""How long an answer may be repeated when nothing but the time has changed."""

_one_at_a_time = Lock()
"""After a change every telephone asks at once; the first one computes, the others find it."""


class _Out(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class ShelterOut(_Out):
    """The shelter and its state; ``capacity`` null is unknown."""

    id: UUID
    name: str
    address: str | None
    state: ShelterState
    since_at: datetime | None
    takes_part: bool = Field(description="Whether a count can be recorded now.")
    capacity: int | None
    capacity_is_fictitious: bool


class IncidentOut(_Out):
    """The incident that the shelter takes part in, else the one headquarters work on."""

    id: UUID
    name: str
    is_demonstration: bool


class FigureOut(_Out):
    """The last known value of one figure."""

    count: int
    observed_at: datetime
    recorded_by: str


class CountOut(BaseModel):
    """What somebody who counts wants to know; a figure that is missing was never counted."""

    shelter: ShelterOut
    incident: IncidentOut | None
    figures: dict[str, FigureOut]
    reading_id: UUID | None = Field(description="The last reading that counted persons.")
    due_at: datetime | None = Field(description="By when the next count is asked for.")
    asked_at: datetime


@router.get("/shelters/{shelter_id}/count", openapi_extra=allow(COUNTS_PEOPLE | COUNTS_OWN))
def shelter_count(shelter_id: UUID, actor: CurrentActor) -> CountOut:
    """Return what is known of one shelter. Shelter managers ask about their own."""
    require_own(actor, shelter_id)
    desk = current_desk()
    asked_at = desk.workspace.clock.now()
    moment = int(asked_at.timestamp() // LAG_SECONDS)
    with _one_at_a_time:
        told = _told(desk.workspace.name, shelter_id, desk.revisions.of(SUBJECTS), moment)
    return told.model_copy(update={"asked_at": asked_at})


@lru_cache(maxsize=512)
def _told(_workspace: str, shelter_id: UUID, revision: int, moment: int) -> CountOut:
    """Return what is known of a shelter; revision and moment make the cache forget."""
    with current_desk().workspace.reading() as session:
        asked_at = now(session)
        incident = _incident(session, shelter_id, asked_at)
        statuses = _statuses(_workspace, incident.id if incident else None, revision, moment)
        status = statuses.get(shelter_id)
        if status is None:
            raise NotFound(field="shelter_id", received=shelter_id, kind=N_("shelter"))
        figures = (
            figures_of(session, status.opening_id, as_of=asked_at) if status.opening_id else {}
        )
    return CountOut(
        shelter=ShelterOut.model_validate(status),
        incident=IncidentOut.model_validate(incident) if incident else None,
        figures={name: FigureOut.model_validate(figure) for name, figure in figures.items()},
        reading_id=status.reading_id,
        due_at=_due_at(status, incident, asked_at),
        asked_at=asked_at,
    )


def _incident(session: Session, shelter_id: UUID, at: datetime) -> IncidentView | None:
    """Return in which incident a shelter is to be counted, which need not be the newest one."""
    opening = current_opening(session, shelter_id, at=at)
    return incident_named(session, opening.incident_id) if opening else current_incident(session)


@lru_cache(maxsize=4)
def _statuses(
    _workspace: str, incident_id: UUID | None, _revision: int, _moment: int
) -> dict[UUID, ShelterStatus]:
    """Return every shelter's status by id, read once for all telephones."""
    with current_desk().workspace.reading() as session:
        statuses = shelter_statuses(session, incident_id, as_of=now(session))
    return {status.id: status for status in statuses}


def _due_at(status: ShelterStatus, incident: IncidentView | None, at: datetime) -> datetime | None:
    """Return until when the last count serves; one that was never counted is asked at once."""
    if incident is None or not status.is_open:
        return None
    phases = current_desk().city.reporting
    if status.observed_at is None:
        return status.since_at
    return stale_at(status.observed_at, reporting_interval(phases, incident.started_at, at))
