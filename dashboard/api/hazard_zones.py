"""Hazard zones: which layers there are, in which zones a place lies, and which of them count."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from dashboard.api.filed import FiledOut, answer
from dashboard.api.roles import CurrentActor, allow
from dashboard.roles import DECIDES, SEES_ALL
from dashboard.workspaces import current_desk
from gis.geometry.place import checked_place
from gis.operations.hazard_zones import Choice, choose_hazard_layer
from gis.queries.hazard_zones import hazard_layers, zones_at
from gis.queries.incidents import current_incident
from gis.vocabulary import DepthClass, Hazard, ZoneWarning

router = APIRouter(tags=["hazard zones"])


class HazardLayerOut(BaseModel):
    """The zones of one hazard under one title."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    hazard: Hazard
    title: str
    number: int = Field(description="Of the edition that counts.")
    source: str | None
    credit: str | None
    is_fictitious: bool
    is_active: bool = Field(description="Whether it counts in the current incident.")
    recorded_at: datetime
    recorded_by: str


class ZoneOut(BaseModel):
    """A zone in which a place lies; null is unknown."""

    model_config = ConfigDict(from_attributes=True)

    layer: HazardLayerOut
    label: str | None = Field(description="Its class in the words of its file.")
    name: str | None
    min_depth_m: float | None
    max_depth_m: float | None = Field(description="Null where it is open upwards, or unknown.")
    depth_class: DepthClass | None
    warning: ZoneWarning | None


class ChoiceIn(BaseModel):
    """Whether a layer is to count in the current incident."""

    model_config = ConfigDict(extra="forbid")

    id: UUID = Field(description="Made by the client; sending the same again changes nothing.")
    is_active: bool


@router.get("/hazard-layers", openapi_extra=allow(SEES_ALL))
def layers() -> list[HazardLayerOut]:
    """Return the layers of hazard zones, by hazard and title."""
    with current_desk().workspace.reading() as session:
        found = hazard_layers(session, current_incident(session))
    return [HazardLayerOut.model_validate(one) for one in found]


@router.get("/hazard-zones", openapi_extra=allow(SEES_ALL))
def zones(
    lon: Annotated[float, Query(description="Degrees, EPSG:4326.")],
    lat: Annotated[float, Query(description="Degrees, EPSG:4326.")],
) -> list[ZoneOut]:
    """Return in which zones a place lies, of each layer the deepest."""
    place = checked_place(lon, lat, field="lon")
    with current_desk().workspace.reading() as session:
        among = hazard_layers(session, current_incident(session))
        (found,) = zones_at(session, [(place.lon, place.lat)], among)
    return [ZoneOut.model_validate(one) for one in found]


@router.post("/hazard-layers/{layer_id}/choices", status_code=201, openapi_extra=allow(DECIDES))
def choose(layer_id: UUID, choice: ChoiceIn, actor: CurrentActor, response: Response) -> FiledOut:
    """Say whether a layer counts in the current incident. 201, or 200 for a retry."""
    told = Choice(choice.id, layer_id, choice.is_active)
    with current_desk().transaction(actor) as session:
        return answer(choose_hazard_layer(session, told), response)
