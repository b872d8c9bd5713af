"""What goes from where to where: reserving it, and telling what becomes of it."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.orm import Session

from dashboard.api.filed import MADE_BY_CLIENT, FiledOut, Version, answer
from dashboard.api.past import Past
from dashboard.api.roles import CurrentActor, allow
from dashboard.api.supplies import (
    incident_about,
    place_asked_for,
    refuse_misfit,
    require_own_place,
)
from dashboard.api.text import Storable
from dashboard.roles import COUNTS_OWN, DECIDES, SEES_ALL
from dashboard.workspaces import current_desk
from gis.errors import NotAllowed
from gis.operations import Filed
from gis.operations.dispatches import (
    Load,
    Sending,
    Step,
    arrive,
    cancel,
    delay,
    leave,
    reserve,
)
from gis.queries.dispatches import DispatchView, destination_of, dispatches
from gis.vocabulary import DispatchStep, Source

router = APIRouter(tags=["supplies"])


class LoadIn(BaseModel):
    """What of an item a dispatch takes."""

    model_config = ConfigDict(extra="forbid")

    item_code: Storable
    quantity: int = Field(description="In the item's unit.")
    request_id: UUID | None = Field(
        default=None, description="The approved request that it serves; left out: push supply."
    )


class SendingIn(BaseModel):
    """What is to go from where to where."""

    model_config = ConfigDict(extra="forbid")

    id: UUID = Field(description=MADE_BY_CLIENT)
    from_place_id: UUID
    to_place_id: UUID = Field(description="A depot; of a shelter its own id.")
    loads: list[LoadIn] = Field(max_length=200, description="Each item once.")
    reason: Storable | None = None
    incident_id: UUID | None = Field(
        default=None, description="The incident it belongs to; left out: the current one."
    )

    def sending(self) -> Sending:
        """Return it as the operations take it."""
        loads = tuple(Load(one.item_code, one.quantity, one.request_id) for one in self.loads)
        return Sending(
            self.id, self.from_place_id, self.to_place_id, loads, self.reason, self.incident_id
        )


class StepIn(BaseModel):
    """What happened to a dispatch."""

    model_config = ConfigDict(extra="forbid")

    id: UUID = Field(description=MADE_BY_CLIENT)
    version: Version
    step: Literal[
        DispatchStep.LEFT, DispatchStep.DELAYED, DispatchStep.ARRIVED, DispatchStep.CANCELLED
    ]
    vehicle: Storable | None = Field(
        default=None, description="What has left: its name; a new one is kept for the next time."
    )
    arrived: dict[Storable, int] | None = Field(
        default=None,
        max_length=200,
        description="What of it was received, by item, in its unit; what is not named was not.",
    )
    team: Storable | None = Field(default=None, description="Who drives; left out: as before.")
    expected_at: datetime | None = Field(
        default=None, description="When it is expected to arrive, with offset; left out: unknown."
    )
    reason: Storable | None = None
    observed_at: datetime | None = Field(
        default=None,
        description="When it happened, with offset; left out: now. What was counted after that"
        " stays as it was found: the count contains the step.",
    )
    source: Source = Source.API

    def told(self) -> Step:
        """Return it as the operations take it."""
        return Step(
            self.id, self.team, self.expected_at, self.reason, self.observed_at, self.source
        )


@router.get("/dispatches", openapi_extra=allow(SEES_ALL | COUNTS_OWN))
def sent(
    *,
    actor: CurrentActor,
    past: Past,
    incident_id: UUID | None = None,
    place: Annotated[UUID | None, Query(description="Only from or to a place.")] = None,
) -> list[DispatchView]:
    """Return what was sent in an incident (left out: the current one), what happened last first.

    Shelter managers are told of their own shelter.
    """
    workspace = current_desk().workspace
    known_at = past.known_at(workspace.clock.now()) if past else None
    with workspace.reading() as session:
        asked = place_asked_for(session, actor, place)
        incident = incident_about(session, incident_id, asked)
        as_of = past.at if past else None
        every = dispatches(session, incident.id, as_of=as_of, known_at=known_at)
    return [one for one in every if asked in {None, one.from_place_id, one.to_place_id}]


@router.post("/dispatches", status_code=201, openapi_extra=allow(DECIDES))
def send(sending: SendingIn, actor: CurrentActor, response: Response) -> FiledOut:
    """Reserve goods to be sent. 201 the first time, 200 for a retry."""
    with current_desk().transaction(actor) as session:
        return answer(reserve(session, sending.sending()), response)


@router.post(
    "/dispatches/{dispatch_id}/steps",
    status_code=201,
    openapi_extra=allow(DECIDES | COUNTS_OWN),
)
def tell(dispatch_id: UUID, step: StepIn, actor: CurrentActor, response: Response) -> FiledOut:
    """Tell a step of a dispatch. 201 the first time, 200 for a retry; 409: it has gone on since.

    Shelter managers tell what arrived at their own shelter.
    """
    with current_desk().transaction(actor) as session:
        if actor.role in COUNTS_OWN and step.step is not DispatchStep.ARRIVED:
            raise NotAllowed
        require_own_place(session, actor, destination_of(session, dispatch_id))
        return answer(_taken(session, dispatch_id, step), response)


def _taken(session: Session, dispatch_id: UUID, step: StepIn) -> Filed:
    refuse_misfit("vehicle", step.vehicle, needed=step.step is DispatchStep.LEFT)
    refuse_misfit("arrived", step.arrived, needed=step.step is DispatchStep.ARRIVED)
    if step.vehicle is not None:
        return leave(session, dispatch_id, step.told(), step.vehicle, version=step.version)
    if step.arrived is not None:
        return arrive(session, dispatch_id, step.told(), step.arrived, version=step.version)
    follow = delay if step.step is DispatchStep.DELAYED else cancel
    return follow(session, dispatch_id, step.told(), version=step.version)
