"""Reading the chronology, as lines and as files, and writing into it."""

import base64
import binascii
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict, Field

from dashboard.api.filed import FiledOut, answer
from dashboard.api.roles import CurrentActor, allow
from dashboard.api.text import Storable
from dashboard.language import language_of
from dashboard.roles import DECIDES, SEES_ALL
from dashboard.workspaces import current_desk
from gis.errors import FieldInvalid, MomentWithoutZone, NotFound
from gis.operations.chronology import NewEntry, write_entry
from gis.queries.chronology import ChronologyKind, ChronologyLine, Cursor, Selection, chronology
from gis.queries.incidents import IncidentView, incident_asked_for
from gis.reports.chronology import RENDERINGS, ChronologyRendering, read_chronology
from gis.text import N_, Language

router = APIRouter(tags=["chronology"])


class EntryIn(BaseModel):
    """What came to headquarters' ears, or was decided there."""

    model_config = ConfigDict(extra="forbid")

    id: UUID = Field(description="Made by the client; sending the same again changes nothing.")
    content: Storable
    happened_at: datetime | None = Field(
        default=None, description="When it happened, with offset; left out: now."
    )
    sender: Storable | None = None
    recipient: Storable | None = None
    action: Storable | None = Field(default=None, description="What is to be done about it.")
    assignee: Storable | None = None
    incident_id: UUID | None = Field(
        default=None, description="The incident it belongs to; left out: the current one."
    )


class ChronologyPage(BaseModel):
    """Part of a chronology, the latest first."""

    lines: list[ChronologyLine]
    next: str | None = Field(description="Send as `before` for the page after this; null: none.")


def selection(  # noqa: PLR0913 - each is a parameter of the address
    *,
    kind: Annotated[list[ChronologyKind] | None, Query()] = None,
    shelter_id: UUID | None = None,
    search: Annotated[Storable | None, Query(max_length=200)] = None,
    unfinished: Annotated[
        bool, Query(description="Only entries about which something is to be done.")
    ] = False,
    since: datetime | None = None,
    until: datetime | None = None,
    as_of: Annotated[
        datetime | None, Query(description="Leaves out what was recorded later.")
    ] = None,
) -> Selection:
    """Return which part of the chronology an address asks for."""
    moments = {"since": since, "until": until, "as_of": as_of}
    for name, moment in moments.items():
        if moment is not None and moment.tzinfo is None:
            raise MomentWithoutZone(field=name, received=moment.isoformat())
    kinds = frozenset(kind) if kind else None
    return Selection(kinds, shelter_id, search, unfinished, since, until, as_of)


Selected = Annotated[Selection, Depends(selection)]


@router.get("/chronology", openapi_extra=allow(SEES_ALL))
def lines(
    selected: Selected,
    incident_id: UUID | None = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
    before: str | None = None,
) -> ChronologyPage:
    """Return what happened in an incident (left out: the current one), the latest first."""
    cursor = _cursor(before) if before else None
    with current_desk().workspace.reading() as session:
        incident = incident_asked_for(session, incident_id)
        found = chronology(session, incident.id, selected, before=cursor, limit=limit + 1)
    page, more = found[:limit], len(found) > limit
    return ChronologyPage(lines=page, next=_encode(page[-1].cursor) if more else None)


@router.get("/chronology/{rendering}", openapi_extra=allow(SEES_ALL))
def chronology_file(
    rendering: str, selected: Selected, request: Request, incident_id: UUID | None = None
) -> StreamingResponse:
    """Return a chronology as a file, xlsx or csv, for use in the house alone."""
    form = RENDERINGS.get(rendering)
    if form is None:
        raise NotFound(field="rendering", received=rendering, kind=N_("format"))
    desk = current_desk()
    with desk.workspace.reading() as session:
        incident = incident_asked_for(session, incident_id)
    moment = selected.as_of or desk.workspace.clock.now()
    name = form.file_name(desk.city.code, moment, is_drill=desk.workspace.is_drill)
    return StreamingResponse(
        _pieces(form, incident, selected, language_of(request)),
        media_type=form.media_type,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "no-store",
        },
    )


def _pieces(
    form: ChronologyRendering, incident: IncidentView, selected: Selection, language: Language
) -> Iterator[bytes]:
    """Yield a file while it is read, all of it from one moment of the store."""
    desk = current_desk()
    with desk.workspace.reading() as session:
        read = read_chronology(
            session, desk.city, incident, selected, is_drill=desk.workspace.is_drill
        )
        yield from form.render(read, language)


@router.post("/chronology", status_code=201, openapi_extra=allow(DECIDES))
def write(entry: EntryIn, actor: CurrentActor, response: Response) -> FiledOut:
    """Write an entry into the chronology. 201 the first time, 200 for a retry."""
    with current_desk().transaction(actor) as session:
        filed = write_entry(session, NewEntry(**dict(entry)))
    return answer(filed, response)


def _encode(cursor: Cursor) -> str:
    happened_at, recorded_at, identity, kind = cursor
    told = f"{happened_at.isoformat()} {recorded_at.isoformat()} {identity} {kind}"
    return base64.urlsafe_b64encode(told.encode()).decode()


def _cursor(text: str) -> Cursor:
    try:
        told = base64.urlsafe_b64decode(text).decode()
        happened_at, recorded_at, identity, kind = told.split(" ")
        return Cursor(
            datetime.fromisoformat(happened_at).astimezone(UTC),
            datetime.fromisoformat(recorded_at).astimezone(UTC),
            UUID(identity),
            ChronologyKind(kind).value,
        )
    except (binascii.Error, ValueError, OverflowError) as fault:
        problem = N_("it is not one that this API gave")
        raise FieldInvalid(field="before", received=text, name="before", problem=problem) from fault
