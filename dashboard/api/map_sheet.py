"""The map as a sheet of paper: a PDF of exactly what somebody sees."""

from typing import Annotated, Final
from urllib.parse import quote

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Depends, Query, Request, Response

from dashboard.api.map_choices import read_layers, read_order, read_reports
from dashboard.api.past import Past
from dashboard.api.report_filter import read_box
from dashboard.api.roles import allow
from dashboard.assets.palette import palette
from dashboard.language import language_of
from dashboard.roles import SEES_ALL
from dashboard.workspaces import current_desk
from gis.map_sheet import MapSheet, Style, Wanted, compile_sheet, file_name, render
from gis.map_sheet.paper import Paper
from gis.past import PastMoment
from gis.typesetting import MEDIA_TYPE, SHEET_FONT, SHEET_FONTS

router = APIRouter(tags=["map"])

AT_ONCE: Final = CapacityLimiter(2)
"""Who prints waits for those before, and what is live waits behind none of them."""


def _wanted(
    bounds: Annotated[str, Query(description="west,south,east,north in degrees: all of it fits.")],
    paper: Paper = Paper.A4,
    layers: Annotated[
        str, Query(description="Not shown, shown fainter: “-towns,shelters:60”.")
    ] = "",
    order: Annotated[
        str,
        Query(description="These above the others, the topmost first: “hazard-zones,shelters”."),
    ] = "",
    reports: Annotated[
        str, Query(description="These damage reports alone: “road,severe,unconfirmed”.")
    ] = "",
) -> Wanted:
    """Return what is to be printed, as the address of the page says it."""
    hidden, opacity = read_layers(layers)
    return Wanted(
        read_box("bounds", bounds), paper, hidden, opacity, read_order(order), read_reports(reports)
    )


@router.get("/map.pdf", openapi_extra=allow(SEES_ALL), response_class=Response)
async def map_pdf(
    wanted: Annotated[Wanted, Depends(_wanted)], past: Past, request: Request
) -> Response:
    """Return the map as a PDF of one page, in the reader's language."""
    language = language_of(request)

    def draw() -> tuple[MapSheet, bytes]:
        sheet = _compiled(wanted, past)
        return sheet, render(sheet, language, Style(SHEET_FONTS, SHEET_FONT, palette()))

    sheet, content = await to_thread.run_sync(draw, limiter=AT_ONCE)
    disposition = f"attachment; filename*=UTF-8''{quote(file_name(sheet))}"
    headers = {"Content-Disposition": disposition, "Cache-Control": "no-store"}
    return Response(content, media_type=MEDIA_TYPE, headers=headers)


def _compiled(wanted: Wanted, past: PastMoment | None) -> MapSheet:
    desk = current_desk()
    now, is_drill = desk.workspace.clock.now(), desk.workspace.is_drill
    with desk.workspace.reading() as session:
        return compile_sheet(session, desk.city, wanted, now=now, past=past, is_drill=is_drill)
