"""Evacuation orders: what is in force, what was announced; issuing, changing and lifting."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from dashboard.api.filed import FiledOut, answer
from dashboard.api.roles import CurrentActor, allow
from dashboard.api.text import Storable
from dashboard.roles import DECIDES, SEES_ALL
from dashboard.workspaces import current_desk
from gis.occupancy import Tally
from gis.operations.evacuation_orders import (
    Lifting,
    Told,
    change_order,
    issue_order,
    lift_order,
)
from gis.operations.evacuation_targets import Target
from gis.queries.evacuation_orders import announcements
from gis.queries.incidents import incident_asked_for
from gis.vocabulary import Hazard, OrderAction, OrderKind

router = APIRouter(tags=["evacuation orders"])


class LiftingIn(BaseModel):
    """That an order is over, for the whole of its area."""

    model_config = ConfigDict(extra="forbid")

    id: UUID = Field(description="Made by the client; sending the same again changes nothing.")
    version: int = Field(description="The number of the announcement that was seen last.")
    announced_at: datetime | None = Field(
        default=None, description="When it was announced, with offset; left out: now."
    )
    reason: Storable | None = None
    note: Storable | None = Field(default=None, description="補足情報.")


class ToldIn(BaseModel):
    """What is announced: all that holds from then on. Name towns, or send an area."""

    model_config = ConfigDict(extra="forbid")

    id: UUID = Field(description="Made by the client; sending the same again changes nothing.")
    kind: OrderKind
    town_codes: frozenset[Storable] = Field(
        default=frozenset(), description="Towns of the municipality, by their codes."
    )
    area: dict[str, Any] | None = Field(
        default=None,
        description="GeoJSON Polygon or MultiPolygon, longitude first; it is for the towns whose"
        " point lies inside.",
    )
    persons: int | None = Field(
        default=None, description="The city's own figure; left out: counted from the towns."
    )
    households: int | None = Field(default=None, description="Likewise.")
    announced_at: datetime | None = Field(
        default=None, description="When it was announced, with offset; left out: now."
    )
    reason: Storable | None = None
    guidance: Storable | None = Field(default=None, description="避難行動指針.")
    note: Storable | None = Field(default=None, description="補足情報.")

    def told(self) -> Told:
        """Return it as the operations take it."""
        target = Target(self.town_codes, self.area, self.persons, self.households)
        return Told(
            self.id, self.kind, target, self.announced_at, self.reason, self.guidance, self.note
        )


class OrderIn(ToldIn):
    """An order to issue."""

    hazard: Hazard
    incident_id: UUID | None = Field(
        default=None, description="The incident it belongs to; left out: the current one."
    )


class ChangeIn(ToldIn):
    """A change of an order; lifting it for a part of its area is a change to what is left."""

    version: int = Field(description="The number of the announcement that was seen last.")


class AnnouncementOut(BaseModel):
    """What was announced of an order."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    order_id: UUID
    incident_id: UUID
    municipality_code: str
    hazard: Hazard
    version: int = Field(description="The number of the order's last announcement.")
    number: int
    action: OrderAction
    kind: OrderKind
    level: int | None = Field(description="警戒レベル; null: a tsunami has none.")
    is_in_force: bool = Field(description="Whether this is what people have to keep to now.")
    is_taken_back: bool
    announced_at: datetime
    reason: str | None
    guidance: str | None
    note: str | None
    is_drawn: bool = Field(description="Whether the area was drawn, not chosen by towns.")
    town_codes: tuple[str, ...]
    areas: tuple[str, ...]
    is_whole: bool = Field(description="Whether every town of the municipality is named.")
    persons: Tally
    households: Tally
    recorded_at: datetime
    recorded_by: str


@router.get("/evacuation-orders", openapi_extra=allow(SEES_ALL))
def evacuation_orders(
    *,
    incident_id: UUID | None = None,
    in_force: Annotated[
        bool, Query(description="Only what stands of the orders that are in force.")
    ] = False,
    hazard: Hazard | None = None,
) -> list[AnnouncementOut]:
    """Return what was announced in an incident (left out: the current one), the latest first."""
    desk = current_desk()
    with desk.workspace.reading() as session:
        incident = incident_asked_for(session, incident_id)
        told = announcements(session, incident.id, as_of=desk.workspace.clock.now())
    return [
        AnnouncementOut.model_validate(one)
        for one in told
        if (one.is_in_force or not in_force) and hazard in {None, one.hazard}
    ]


@router.post("/evacuation-orders", status_code=201, openapi_extra=allow(DECIDES))
def issue(order: OrderIn, actor: CurrentActor, response: Response) -> FiledOut:
    """Issue an order; its id is that of its first announcement. 201, or 200 for a retry."""
    desk = current_desk()
    with desk.transaction(actor) as session:
        filed = issue_order(
            session, desk.city.code, order.hazard, order.told(), incident_id=order.incident_id
        )
    return answer(filed, response)


@router.post("/evacuation-orders/{order_id}/changes", status_code=201, openapi_extra=allow(DECIDES))
def change(order_id: UUID, change: ChangeIn, actor: CurrentActor, response: Response) -> FiledOut:
    """Change an order: its kind, its area, its words. 201 the first time, 200 for a retry."""
    with current_desk().transaction(actor) as session:
        filed = change_order(session, order_id, change.told(), version=change.version)
    return answer(filed, response)


@router.post("/evacuation-orders/{order_id}/lifting", status_code=201, openapi_extra=allow(DECIDES))
def lift(order_id: UUID, lifting: LiftingIn, actor: CurrentActor, response: Response) -> FiledOut:
    """Lift an order for the whole of its area. 201 the first time, 200 for a retry."""
    said = Lifting(lifting.id, lifting.announced_at, lifting.reason, lifting.note)
    with current_desk().transaction(actor) as session:
        filed = lift_order(session, order_id, said, version=lifting.version)
    return answer(filed, response)
