"""How the number of people went, for the city, a district or a shelter."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from dashboard.api.roles import allow
from dashboard.api.text import Storable
from dashboard.roles import SEES_ALL
from dashboard.workspaces import current_desk
from gis.errors import ClosedBeforeOpened, NotFound
from gis.past import read_moment
from gis.queries.curves import curves, moments_of
from gis.queries.incidents import open_incident_or_refuse
from gis.text import N_
from gis.vocabulary import Knowledge

router = APIRouter(tags=["shelters"])


class Curve(BaseModel):
    """Persons in open shelters; all lists run parallel to ``moments``."""

    moments: list[datetime]
    persons: list[int | None] = Field(description="The sum of what is known; null: nothing is.")
    unknown_places: list[int] = Field(description="At how many open shelters it was unknown.")


@router.get("/curve", openapi_extra=allow(SEES_ALL))
def curve(
    district: Storable | None = None,
    shelter_id: UUID | None = None,
    since: Annotated[str | None, Query(description="Left out: the incident's beginning.")] = None,
    until: Annotated[str | None, Query(description="Left out: now.")] = None,
    known: Annotated[
        Knowledge, Query(description="Each moment as it was known then, or all as known now.")
    ] = Knowledge.NOW,
) -> Curve:
    """Return how the persons in open shelters of the current incident went."""
    desk = current_desk()
    now = desk.workspace.clock.now()
    with desk.workspace.reading() as session:
        incident = open_incident_or_refuse(session)
        first = read_moment(since, now, field="since") if since else incident.started_at
        last = read_moment(until, now, field="until") if until else now
        if first >= last:
            raise ClosedBeforeOpened(field="since", received=since)
        found = curves(
            session,
            incident.id,
            moments_of(first, last),
            known_at=now if known is Knowledge.NOW else None,
            shelter_id=shelter_id,
        )
    tallies = found.city if district is None else found.by_district.get(district)
    if tallies is None:
        raise NotFound(field="district", received=district, kind=N_("district"))
    return Curve(
        moments=list(found.moments),
        persons=[tally.known for tally in tallies],
        unknown_places=[tally.unknown_places for tally in tallies],
    )
