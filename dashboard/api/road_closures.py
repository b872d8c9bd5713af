"""Road closures: what is in force, what was told; stating, changing, confirming, lifting."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from dashboard.api.filed import MADE_BY_CLIENT, VERSION, FiledOut, TakingBackIn, answer
from dashboard.api.roles import CurrentActor, allow
from dashboard.api.text import Storable
from dashboard.roles import DECIDES, REPORTS_DAMAGE, SEES_ALL
from dashboard.workspaces import current_desk
from gis.operations.road_closures import (
    Closure,
    Seen,
    change_closure,
    confirm_closure,
    lift_closure,
    state_closure,
    take_back,
)
from gis.queries.incidents import incident_asked_for
from gis.queries.road_closures import closure_statements
from gis.vocabulary import ClosureAction, ClosureGrade, Source

router = APIRouter(tags=["road closures"])
ONE = "/road-closures/{closure_id}"


class SeenIn(BaseModel):
    """That somebody looked: it is still so, or it is over."""

    model_config = ConfigDict(extra="forbid")

    id: UUID = Field(description=MADE_BY_CLIENT)
    version: int = VERSION
    observed_at: datetime | None = Field(
        default=None, description="When it was seen, with offset; left out: now."
    )
    source: Source = Source.API
    reason: Storable | None = Field(default=None, description="Left out: as it was told before.")

    def seen(self) -> Seen:
        """Return it as the operations take it."""
        return Seen(self.id, self.observed_at, self.source, self.reason)


class ClosureIn(BaseModel):
    """What is told of a closure: all that holds from then on; what is left out is unknown."""

    model_config = ConfigDict(extra="forbid")

    id: UUID = Field(description=MADE_BY_CLIENT)
    grade: ClosureGrade
    path: dict[str, Any] | None = Field(
        default=None,
        description="GeoJSON Point or LineString, longitude first; left out, the road is named.",
    )
    road_name: Storable | None = Field(default=None, description="路線名.")
    section: Storable | None = Field(default=None, description="From where to where, in words.")
    reason: Storable | None = Field(default=None, description="規制理由.")
    from_at: datetime | None = Field(default=None, description="規制開始, with offset.")
    until_at: datetime | None = Field(default=None, description="The expected end, with offset.")
    observed_at: datetime | None = Field(
        default=None, description="When it was seen to be so, with offset; left out: now."
    )
    source: Source = Source.API

    def told(self) -> Closure:
        """Return it as the operations take it."""
        return Closure(**{name: getattr(self, name) for name in ClosureIn.model_fields})


class ChangeIn(ClosureIn):
    """A change of what is told of a closure."""

    version: int = VERSION


class StatementOut(BaseModel):
    """What was told of a closure; null is unknown."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    closure_id: UUID
    incident_id: UUID
    version: int = Field(description="The number of the closure's last statement.")
    number: int
    action: ClosureAction
    grade: ClosureGrade
    path: dict[str, Any] | None
    length_m: float | None = Field(description="Of a line, in metres; null: a point has none.")
    road_name: str | None
    section: str | None
    reason: str | None
    from_at: datetime | None
    until_at: datetime | None
    observed_at: datetime = Field(description="When it was seen to be so: last confirmed.")
    source: Source
    is_in_force: bool = Field(description="Whether traffic is restricted now.")
    is_taken_back: bool
    recorded_at: datetime
    recorded_by: str


@router.get("/road-closures", openapi_extra=allow(SEES_ALL))
def road_closures(
    *,
    incident_id: UUID | None = None,
    in_force: Annotated[
        bool, Query(description="Only what stands of the closures that are in force.")
    ] = False,
    grade: ClosureGrade | None = None,
) -> list[StatementOut]:
    """Return what was told in an incident (left out: the current one), the latest first."""
    desk = current_desk()
    with desk.workspace.reading() as session:
        incident = incident_asked_for(session, incident_id)
        told = closure_statements(session, incident.id, as_of=desk.workspace.clock.now())
    return [
        StatementOut.model_validate(one)
        for one in told
        if (one.is_in_force or not in_force) and grade in {None, one.grade}
    ]


@router.post("/road-closures", status_code=201, openapi_extra=allow(REPORTS_DAMAGE))
def state(closure: ClosureIn, actor: CurrentActor, response: Response) -> FiledOut:
    """File a closure; its id is that of its first statement. 201, or 200 for a retry."""
    with current_desk().transaction(actor) as session:
        return answer(state_closure(session, closure.told()), response)


@router.post(f"{ONE}/changes", status_code=201, openapi_extra=allow(DECIDES))
def change(closure_id: UUID, change: ChangeIn, actor: CurrentActor, response: Response) -> FiledOut:
    """Change what is told of a closure. 201 the first time, 200 for a retry."""
    with current_desk().transaction(actor) as session:
        filed = change_closure(session, closure_id, change.told(), version=change.version)
        return answer(filed, response)


@router.post(f"{ONE}/confirmations", status_code=201, openapi_extra=allow(DECIDES))
def confirm(closure_id: UUID, seen: SeenIn, actor: CurrentActor, response: Response) -> FiledOut:
    """Tell that a closure is still so. 201 the first time, 200 for a retry."""
    with current_desk().transaction(actor) as session:
        filed = confirm_closure(session, closure_id, seen.seen(), version=seen.version)
        return answer(filed, response)


@router.post(f"{ONE}/lifting", status_code=201, openapi_extra=allow(DECIDES))
def lift(closure_id: UUID, seen: SeenIn, actor: CurrentActor, response: Response) -> FiledOut:
    """Lift a closure. 201 the first time, 200 for a retry."""
    with current_desk().transaction(actor) as session:
        filed = lift_closure(session, closure_id, seen.seen(), version=seen.version)
        return answer(filed, response)


@router.post(f"{ONE}/taking-back", status_code=204, openapi_extra=allow(DECIDES))
def retract(closure_id: UUID, back: TakingBackIn, actor: CurrentActor) -> None:
    """Take the last statement back: what was told before holds again."""
    with current_desk().transaction(actor) as session:
        take_back(session, closure_id, version=back.version)
