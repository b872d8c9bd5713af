"""Annotations of the map: what stands on it, what was done; drawing, changing, taking away."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from dashboard.api.filed import MADE_BY_CLIENT, VERSION, FiledOut, TakingBackIn, answer
from dashboard.api.roles import CurrentActor, allow
from dashboard.api.text import Storable
from dashboard.roles import DECIDES, SEES_ALL
from dashboard.workspaces import current_desk
from gis.operations.annotations import (
    Drawing,
    change_annotation,
    draw_annotation,
    remove_annotation,
    take_back,
)
from gis.queries.annotations import annotation_statements
from gis.queries.incidents import incident_asked_for
from gis.vocabulary import AnnotationAction, AnnotationColour

router = APIRouter(tags=["annotations"])
ONE = "/annotations/{annotation_id}"


class DrawingIn(BaseModel):
    """What is drawn: all that holds from then on."""

    model_config = ConfigDict(extra="forbid")

    id: UUID = Field(description=MADE_BY_CLIENT)
    text: Storable = Field(description="What it means, in at most 200 characters.")
    shape: dict[str, Any] = Field(
        description="GeoJSON Point, LineString, Polygon or MultiPolygon, longitude first."
    )
    colour: AnnotationColour = AnnotationColour.REMARK

    def drawing(self) -> Drawing:
        """Return it as the operations take it."""
        return Drawing(self.id, self.text, self.shape, self.colour)


class ChangeIn(DrawingIn):
    """A change of what was drawn."""

    version: int = VERSION


class RemovalIn(BaseModel):
    """That an annotation is taken away."""

    model_config = ConfigDict(extra="forbid")

    id: UUID = Field(description=MADE_BY_CLIENT)
    version: int = VERSION


class StatementOut(BaseModel):
    """What was done with an annotation, and what it says since."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    annotation_id: UUID
    incident_id: UUID
    version: int = Field(description="The number of the annotation's last statement.")
    number: int
    action: AnnotationAction
    text: str
    colour: AnnotationColour
    shape: dict[str, Any] = Field(description="GeoJSON Point, LineString or MultiPolygon.")
    is_shown: bool = Field(description="Whether it stands on the map now.")
    is_taken_back: bool
    recorded_at: datetime
    recorded_by: str


@router.get("/annotations", openapi_extra=allow(SEES_ALL))
def annotations(
    *,
    incident_id: UUID | None = None,
    shown: Annotated[bool, Query(description="Only what stands on the map now.")] = False,
) -> list[StatementOut]:
    """Return what was done in an incident (left out: the current one), the latest first."""
    desk = current_desk()
    with desk.workspace.reading() as session:
        incident = incident_asked_for(session, incident_id)
        told = annotation_statements(session, incident.id, as_of=desk.workspace.clock.now())
    return [StatementOut.model_validate(one) for one in told if one.is_shown or not shown]


@router.post("/annotations", status_code=201, openapi_extra=allow(DECIDES))
def draw(drawn: DrawingIn, actor: CurrentActor, response: Response) -> FiledOut:
    """Draw something; its id is that of its first statement. 201, or 200 for a retry."""
    with current_desk().transaction(actor) as session:
        return answer(draw_annotation(session, drawn.drawing()), response)


@router.post(f"{ONE}/changes", status_code=201, openapi_extra=allow(DECIDES))
def change(
    annotation_id: UUID, drawn: ChangeIn, actor: CurrentActor, response: Response
) -> FiledOut:
    """Change text, colour or place. 201 the first time, 200 for a retry."""
    with current_desk().transaction(actor) as session:
        filed = change_annotation(session, annotation_id, drawn.drawing(), version=drawn.version)
        return answer(filed, response)


@router.post(f"{ONE}/removal", status_code=201, openapi_extra=allow(DECIDES))
def remove(
    annotation_id: UUID, removal: RemovalIn, actor: CurrentActor, response: Response
) -> FiledOut:
    """Take an annotation away. 201 the first time, 200 for a retry."""
    with current_desk().transaction(actor) as session:
        filed = remove_annotation(session, annotation_id, removal.id, version=removal.version)
        return answer(filed, response)


@router.post(f"{ONE}/taking-back", status_code=204, openapi_extra=allow(DECIDES))
def undo(annotation_id: UUID, back: TakingBackIn, actor: CurrentActor) -> None:
    """Undo what was done last: what was there before is there again."""
    with current_desk().transaction(actor) as session:
        take_back(session, annotation_id, version=back.version)
