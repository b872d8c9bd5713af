"""Recording occupancy readings."""

from datetime import datetime
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field

from dashboard.api.roles import CurrentActor, allow
from dashboard.api.text import Storable
from dashboard.roles import COUNTS_PEOPLE
from dashboard.workspaces import current_desk
from gis.operations.occupancy import Reading, record_occupancy
from gis.vocabulary import Source

router = APIRouter(tags=["shelters"])


class ReadingIn(BaseModel):
    """A count of people in a shelter; a figure left out was not counted, which is not 0."""

    model_config = ConfigDict(extra="forbid")

    id: UUID = Field(description="Made by the client; sending the same again changes nothing.")
    persons: int | None = None
    households: int | None = None
    observed_at: datetime | None = Field(
        default=None, description="When it was so, with offset; left out: now."
    )
    source: Source = Source.API
    note: Storable | None = None


class FiledOut(BaseModel):
    """What became of something filed."""

    id: UUID
    is_new: bool = Field(description="False: it had been filed before, and nothing changed.")


@router.post("/shelters/{shelter_id}/readings", status_code=201, openapi_extra=allow(COUNTS_PEOPLE))
def record_reading(
    shelter_id: UUID, reading: ReadingIn, actor: CurrentActor, response: Response
) -> FiledOut:
    """Record a reading for a shelter that is open. 201 the first time, 200 for a retry."""
    with current_desk().transaction(actor) as session:
        filed = record_occupancy(session, Reading(shelter_id=shelter_id, **dict(reading)))
    response.status_code = 201 if filed.is_new else 200
    return FiledOut(id=filed.id, is_new=filed.is_new)
