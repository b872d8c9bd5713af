"""What the field app asks for: the city's map, what its team is to do, what is reported nearby."""

import gzip
import hashlib
import json
from datetime import datetime
from functools import lru_cache
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from dashboard.api.roles import CurrentActor, allow
from dashboard.roles import REPORTS_DAMAGE
from dashboard.workspaces import current_desk
from gis.layers import LAYERS, View
from gis.queries.duplicates import nearby_reports
from gis.queries.incidents import current_incident
from gis.queries.teams import assigned_to
from gis.vocabulary import DamageCategory, ReportState, Severity

router = APIRouter(tags=["field"])

AROUND_MOST_M = 5_000
SHOWN_MOST = 200
"""More than a telephone can show, less than it can carry."""
PARTS = ("boundary", "towns", "shelters")
OF_A_SHELTER = frozenset({"name", "state", "designations", "self_organised"})
"""What a telephone shows of one; how many people are in it is not carried around."""


class _Out(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class IncidentOut(_Out):
    """The incident that headquarters work on."""

    id: UUID
    name: str
    is_demonstration: bool


class NearbyReportOut(_Out):
    """As much of a report as any team may know; what is null is unknown."""

    id: UUID
    category: DamageCategory
    severity: Severity | None
    state: ReportState
    lon: float | None
    lat: float | None
    place_text: str | None
    observed_at: datetime


class AssignedReportOut(NearbyReportOut):
    """A report as the team gets it that is to deal with it."""

    note: str | None


class AssignmentsOut(BaseModel):
    """What a team is to deal with."""

    team: str = Field(description="Who asks.")
    is_drill: bool
    incident: IncidentOut | None = Field(description="Null: none is open, nothing can be filed.")
    reports: list[AssignedReportOut]


@router.get("/field/assignments", openapi_extra=allow(REPORTS_DAMAGE))
def assignments(actor: CurrentActor) -> AssignmentsOut:
    """Return the reports that are assigned to whoever asks, the longest waiting first."""
    workspace = current_desk().workspace
    with workspace.reading() as session:
        incident = current_incident(session)
        reports = assigned_to(session, incident.id, actor.name) if incident else []
    return AssignmentsOut(
        team=actor.name,
        is_drill=workspace.is_drill,
        incident=IncidentOut.model_validate(incident) if incident else None,
        reports=[AssignedReportOut.model_validate(report) for report in reports],
    )


@router.get("/field/nearby", openapi_extra=allow(REPORTS_DAMAGE))
def nearby(
    lon: Annotated[float, Query(ge=-180, le=180)],
    lat: Annotated[float, Query(ge=-85, le=85)],
    category: DamageCategory | None = None,
    within_m: Annotated[float, Query(gt=0, le=AROUND_MOST_M)] = 100,
    limit: Annotated[int, Query(ge=1, le=SHOWN_MOST)] = 5,
) -> list[NearbyReportOut]:
    """Return the reports around a place, the nearest first, without what anybody wrote."""
    with current_desk().workspace.reading() as session:
        incident = current_incident(session)
        if incident is None:
            return []
        found = nearby_reports(
            session, incident.id, lon, lat, category=category, within_m=within_m, limit=limit
        )
    return [NearbyReportOut.model_validate(report) for report in found]


@router.get("/field/map", openapi_extra=allow(REPORTS_DAMAGE))
def city_map(request: Request) -> Response:
    """Return the city to carry along: boundary, towns and shelters as GeoJSON collections."""
    desk = current_desk()
    subjects = frozenset[str]().union(*(LAYERS[name].subjects for name in PARTS))
    content, etag = _packed(desk.workspace.name, desk.revisions.of(subjects))
    headers = {"ETag": etag, "Cache-Control": "private, no-cache", "Vary": "Accept-Encoding"}
    if etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
    else:
        content = gzip.decompress(content)
    return Response(content, media_type="application/json", headers=headers)


@lru_cache(maxsize=4)
def _packed(_workspace: str, _revision: int) -> tuple[bytes, str]:
    """Return the map, packed, and its ETag; the revision makes the cache forget what changed."""
    desk = current_desk()
    with desk.workspace.reading() as session:
        view = View(desk.city, current_incident(session), desk.workspace.clock.now())
        parts = {name: LAYERS[name].geojson(session, view) for name in PARTS}
    for shelter in parts["shelters"]["features"]:
        shelter["properties"] = _shown(shelter["properties"])
    content = json.dumps(parts, ensure_ascii=False).encode()
    etag = f'"{hashlib.blake2b(content, digest_size=16).hexdigest()}"'
    return gzip.compress(content, mtime=0), etag


def _shown(properties: dict[str, Any]) -> dict[str, Any]:
    return {name: said for name, said in properties.items() if name in OF_A_SHELTER}
