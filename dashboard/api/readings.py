"""Recording occupancy readings."""

from datetime import datetime
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field

from dashboard.api.filed import FiledOut, answer
from dashboard.api.roles import CurrentActor, allow, own_shelter
from dashboard.api.text import Storable
from dashboard.roles import COUNTS_OWN, COUNTS_PEOPLE
from dashboard.workspaces import current_desk
from gis.occupancy import FIGURES
from gis.operations.occupancy import Counts, Reading, record_occupancy
from gis.vocabulary import Source

router = APIRouter(tags=["shelters"])


class ReadingIn(BaseModel):
    """A count of people in a shelter; a figure left out was not counted, which is not 0."""

    model_config = ConfigDict(extra="forbid")

    id: UUID = Field(description="Made by the client; sending the same again changes nothing.")
    persons: int | None = None
    households: int | None = None
    voluntary_persons: int | None = Field(default=None, description="自主避難者数, of persons.")
    voluntary_households: int | None = Field(default=None, description="自主避難世帯数.")
    men: int | None = None
    women: int | None = None
    gender_unknown: int | None = None
    infants: int | None = Field(default=None, description="乳幼児数, of persons.")
    special_care: int | None = Field(default=None, description="要配慮者数, of persons.")
    staff: int | None = Field(default=None, description="職員数, not among persons.")
    supporters: int | None = Field(default=None, description="応援者数, not among persons.")
    outside_persons: int | None = Field(
        default=None, description="避難所外避難者数 (車中泊, 在宅), not among persons."
    )
    outside_households: int | None = Field(default=None, description="避難所外避難世帯数.")
    observed_at: datetime | None = Field(
        default=None, description="When it was so, with offset; left out: now."
    )
    source: Source = Source.API
    note: Storable | None = None
    supersedes_id: UUID | None = Field(
        default=None, description="The reading that this one corrects."
    )
    incident_id: UUID | None = Field(
        default=None, description="The incident it is meant for; left out: whichever is open."
    )
    after_id: UUID | None = Field(
        default=None,
        description="The reading that was shown as the last one, null where none was: asks back if"
        " there is a newer one; left out: does not.",
    )
    confirmed: frozenset[str] = Field(
        default=frozenset(),
        description="The codes of the doubts (409) that a person has said yes to.",
    )


@router.post(
    "/shelters/{shelter_id}/readings",
    status_code=201,
    openapi_extra=allow(COUNTS_PEOPLE | COUNTS_OWN),
)
def record_reading(
    shelter_id: UUID, reading: ReadingIn, actor: CurrentActor, response: Response
) -> FiledOut:
    """Record a reading for a shelter that is open. 201 the first time, 200 for a retry.

    Shelter managers count in their own shelter.
    """
    with current_desk().transaction(actor) as session:
        standing = own_shelter(session, actor, shelter_id)
        filed = record_occupancy(session, _reading(standing, reading))
    return answer(filed, response)


def _reading(shelter_id: UUID, received: ReadingIn) -> Reading:
    content = dict(received)
    if "after_id" not in received.model_fields_set:
        del content["after_id"]
    counts = Counts(**{name: content.pop(name) for name in FIGURES})
    return Reading(shelter_id=shelter_id, counts=counts, **content)
