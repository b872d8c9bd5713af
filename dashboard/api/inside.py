"""What lies in an area that somebody has drawn, as JSON and as files."""

from typing import Any

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from dashboard.api.past import Past
from dashboard.api.roles import allow
from dashboard.language import language_of
from dashboard.roles import SEES_ALL
from dashboard.workspaces import current_desk
from gis.errors import NotFound
from gis.geometry.area import checked_question
from gis.past import PastMoment
from gis.queries.incidents import current_incident
from gis.reports.area import AreaSummary, compile_area
from gis.reports.area_tables import AREA_RENDERINGS
from gis.reports.rendering import file_name
from gis.text import N_

router = APIRouter(tags=["situation"])


class AreaIn(BaseModel):
    """An area to ask about."""

    model_config = ConfigDict(extra="forbid")

    area: dict[str, Any] = Field(
        description="GeoJSON Polygon or MultiPolygon, longitude first, of at most 1,000 corners."
    )


def area_summary(area: dict[str, Any], past: PastMoment | None) -> AreaSummary:
    """Compile what lies in an area, now or at a past moment.

    Raises
    ------
    gis.errors.Refused
        As :func:`gis.geometry.area.checked_question` does.
    """
    desk = current_desk()
    checked = checked_question(area, desk.city.bounds)
    with desk.workspace.reading() as session:
        return compile_area(
            session,
            checked,
            desk.city,
            current_incident(session),
            now=desk.workspace.clock.now(),
            past=past,
            is_drill=desk.workspace.is_drill,
        )


@router.post("/inside", openapi_extra=allow(SEES_ALL))
def inside(asked: AreaIn, past: Past) -> AreaSummary:
    """Return what lies in an area; a figure that is null is unknown, never 0. Nothing is stored."""
    return area_summary(asked.area, past)


@router.post("/inside/{rendering}", openapi_extra=allow(SEES_ALL))
def inside_file(rendering: str, asked: AreaIn, past: Past, request: Request) -> Response:
    """Return the same as a file: xlsx or csv."""
    form = AREA_RENDERINGS.get(rendering)
    if form is None:
        raise NotFound(field="rendering", received=rendering, kind=N_("format"))
    summary = area_summary(asked.area, past)
    disposition = f'attachment; filename="{file_name(summary, form)}"'
    return Response(
        form.render(summary, language_of(request)),
        media_type=form.media_type,
        headers={"Content-Disposition": disposition, "Cache-Control": "no-store"},
    )
