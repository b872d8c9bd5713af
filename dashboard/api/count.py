"""One shelter for whoever counts there: its state, what was counted last, when to count again."""

from datetime import datetime
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from dashboard.api.roles import CurrentActor, allow, own_shelter
from dashboard.roles import COUNTS_OWN, COUNTS_PEOPLE
from dashboard.workspaces import current_desk
from gis.occupancy import reporting_interval
from gis.queries.incidents import IncidentView
from gis.queries.occupancy import figures_of
from gis.queries.shelters import ShelterStatus, incident_of, shelter_status
from gis.store import now
from gis.vocabulary import ShelterState

router = APIRouter(tags=["shelters"])


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
    desk = current_desk()
    with desk.workspace.reading() as session:
        standing = own_shelter(session, actor, shelter_id)
        asked_at = now(session)
        incident = incident_of(session, standing, at=asked_at)
        incident_id = incident.id if incident else None
        status = shelter_status(session, standing, incident_id, as_of=asked_at)
        opening_id = status.opening_id
        figures = figures_of(session, opening_id, as_of=asked_at) if opening_id else {}
    return CountOut(
        shelter=ShelterOut.model_validate(status),
        incident=IncidentOut.model_validate(incident) if incident else None,
        figures={name: FigureOut.model_validate(figure) for name, figure in figures.items()},
        reading_id=status.reading_id,
        due_at=_due_at(status, incident, asked_at),
        asked_at=asked_at,
    )


def _due_at(status: ShelterStatus, incident: IncidentView | None, at: datetime) -> datetime | None:
    """Return until when the last count serves; one that was never counted is asked at once."""
    if incident is None:
        return None
    phases = current_desk().city.reporting
    return status.stale_at(reporting_interval(phases, incident.started_at, at))
