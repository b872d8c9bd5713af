"""What shelters ask for, and what headquarters decide about it."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from dashboard.api.filed import MADE_BY_CLIENT, FiledOut, Version, answer
from dashboard.api.roles import CurrentActor, allow
from dashboard.api.supplies import (
    Quantity,
    Unit,
    goods,
    incident_about,
    place_asked_for,
    refuse_misfit,
    require_own_place,
)
from dashboard.api.text import Storable
from dashboard.roles import COUNTS_OWN, DECIDES, SEES_ALL
from dashboard.workspaces import current_desk
from gis.errors import NotAllowed
from gis.operations.supply_requests import Asking, Decision, ask_for, decide
from gis.queries.dispatches import RequestView, requests, shelter_asking
from gis.vocabulary import RequestAction, Source, Urgency

router = APIRouter(tags=["supplies"])


class AskingIn(BaseModel):
    """What a shelter asks for."""

    model_config = ConfigDict(extra="forbid")

    id: UUID = Field(description=MADE_BY_CLIENT)
    shelter_id: UUID
    item_code: Storable
    quantity: Quantity
    unit: Unit = None
    urgency: Urgency
    needed_by_at: datetime | None = Field(default=None, description="With offset.")
    requester: Storable | None = Field(default=None, description="Who asked, where it matters.")
    note: Storable | None = None
    observed_at: datetime | None = Field(
        default=None, description="When it was asked, with offset; left out: now."
    )
    source: Source = Source.API
    incident_id: UUID | None = Field(
        default=None, description="The incident it is meant for; left out: the shelter's."
    )

    def asking(self) -> Asking:
        """Return it as the operations take it."""
        return Asking(
            self.id, self.shelter_id, goods(self.item_code, self.quantity, self.unit),
            self.urgency, self.needed_by_at, self.requester, self.note, self.observed_at,
            self.source, self.incident_id,
        )  # fmt: skip


class DecisionIn(BaseModel):
    """What is decided about a request; it takes the place of what was decided before."""

    model_config = ConfigDict(extra="forbid")

    id: UUID = Field(description=MADE_BY_CLIENT)
    version: Version
    action: RequestAction
    quantity: int | None = Field(
        default=None, description="How much is approved in all; of nothing else is there one."
    )
    reason: Storable | None = Field(default=None, description="Needed to refuse or withdraw.")

    def decision(self) -> Decision:
        """Return it as the operations take it."""
        refuse_misfit("quantity", self.quantity, needed=self.action is RequestAction.APPROVED)
        return Decision(self.id, self.action, self.quantity or 0, self.reason)


@router.get("/supply-requests", openapi_extra=allow(SEES_ALL | COUNTS_OWN))
def supply_requests(
    *,
    actor: CurrentActor,
    incident_id: UUID | None = None,
    shelter_id: Annotated[UUID | None, Query(description="Only those of a shelter.")] = None,
) -> list[RequestView]:
    """Return what was asked for in an incident (left out: the current one), the urgent first.

    Shelter managers are told of their own shelter.
    """
    with current_desk().workspace.reading() as session:
        asked = place_asked_for(session, actor, shelter_id)
        incident = incident_about(session, incident_id, asked)
        return requests(session, incident.id, shelter_id=asked)


@router.post("/supply-requests", status_code=201, openapi_extra=allow(DECIDES | COUNTS_OWN))
def ask(asking: AskingIn, actor: CurrentActor, response: Response) -> FiledOut:
    """File what a shelter asks for. 201 the first time, 200 for a retry.

    Shelter managers ask for their own shelter.
    """
    with current_desk().transaction(actor) as session:
        require_own_place(session, actor, asking.shelter_id)
        return answer(ask_for(session, asking.asking()), response)


@router.post(
    "/supply-requests/{request_id}/decisions",
    status_code=201,
    openapi_extra=allow(DECIDES | COUNTS_OWN),
)
def tell(
    request_id: UUID, decision: DecisionIn, actor: CurrentActor, response: Response
) -> FiledOut:
    """Approve, refuse or withdraw a request. 201 the first time, 200 for a retry.

    409: somebody decided since. Shelter managers withdraw what their own shelter asked for.
    """
    with current_desk().transaction(actor) as session:
        if actor.role in COUNTS_OWN and decision.action is not RequestAction.WITHDRAWN:
            raise NotAllowed
        require_own_place(session, actor, shelter_asking(session, request_id))
        filed = decide(session, request_id, decision.decision(), version=decision.version)
    return answer(filed, response)
