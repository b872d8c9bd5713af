"""The situation summary of the current incident."""

from fastapi import APIRouter, Request, Response

from dashboard.api.roles import allow
from dashboard.language import language_of
from dashboard.roles import SEES_ALL
from dashboard.workspaces import current_desk
from gis.errors import NotFound
from gis.reports import RENDERINGS, SituationSummary, compile_current_summary, file_name
from gis.text import N_

router = APIRouter(tags=["situation"])


def current_summary() -> SituationSummary:
    """Compile the summary of the current incident as of now."""
    desk = current_desk()
    with desk.workspace.reading() as session:
        return compile_current_summary(session, desk.city, is_drill=desk.workspace.is_drill)


@router.get("/situation", openapi_extra=allow(SEES_ALL))
def situation() -> SituationSummary:
    """Return the summary as of now; a figure that is null is unknown, never 0."""
    return current_summary()


@router.get("/situation/{rendering}", openapi_extra=allow(SEES_ALL))
def situation_file(rendering: str, request: Request) -> Response:
    """Return the summary as of now as a file: xlsx, csv, form4_xlsx or form4_pdf."""
    form = RENDERINGS.get(rendering)
    if form is None:
        raise NotFound(field="rendering", received=rendering, kind=N_("format"))
    summary = current_summary()
    disposition = f'attachment; filename="{file_name(summary, form)}"'
    return Response(
        form.render(summary, language_of(request)),
        media_type=form.media_type,
        headers={"Content-Disposition": disposition, "Cache-Control": "no-store"},
    )
