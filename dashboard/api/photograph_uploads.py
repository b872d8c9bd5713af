"""Photographs of damage reports in parts: what a telephone sends that loses its signal."""

from dataclasses import asdict
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Body, Header, Response
from pydantic import BaseModel, ConfigDict, Field

from dashboard.api.damage_reports import own_report
from dashboard.api.roles import CurrentActor, allow
from dashboard.api.text import Storable
from dashboard.roles import REPORTS_DAMAGE
from dashboard.workspaces import current_desk
from gis.errors import Refused
from gis.operations.photograph_uploads import (
    Whole,
    announce_upload,
    complete_upload,
    receive_part,
    refuse_upload,
)
from gis.queries.photograph_uploads import Announcement, Progress, upload_progress
from gis.store import Actor

router = APIRouter(tags=["damage reports"])


class AnnouncementIn(BaseModel):
    """A photograph that is going to be sent; what is left out is unknown."""

    model_config = ConfigDict(extra="forbid")

    size: int = Field(ge=1, le=2**31 - 1, description="Bytes of the whole file.")
    sha256: str = Field(
        pattern="^[0-9a-f]{64}$", description="Of the whole file, in hexadecimal digits."
    )
    taken_at: datetime | None = Field(
        default=None, description="With offset; left out: what the camera says."
    )
    lon: float | None = Field(default=None, description="Degrees in EPSG:4326.")
    lat: float | None = None
    caption: Storable | None = None


class ProgressOut(BaseModel):
    """How much of a photograph has arrived."""

    received: int = Field(description="Bytes from its beginning on: where to go on.")
    is_complete: bool = Field(description="Whether it is kept; never before the last byte.")


@router.put(
    "/damage-reports/{report_id}/photographs/{photograph_id}",
    openapi_extra=allow(REPORTS_DAMAGE),
)
def announce(
    report_id: UUID,
    photograph_id: UUID,
    announcement: AnnouncementIn,
    actor: CurrentActor,
    response: Response,
) -> ProgressOut:
    """Announce a photograph of a report, or learn how much of it has arrived.

    201 where nothing has arrived yet. Field teams announce those of their own reports.
    """
    told = announcement.model_dump()
    announced = Announcement(photograph_id, report_id, size_bytes=told.pop("size"), **told)
    workspace = current_desk().workspace
    with workspace.reading() as session:
        own_report(session, report_id, actor)
    with workspace.transaction(actor) as session:
        progress = announce_upload(session, announced, actor.name)
    response.status_code = 200 if progress.received else 201
    return _out(progress)


@router.patch("/photographs/{photograph_id}/parts", openapi_extra=allow(REPORTS_DAMAGE))
def send_part(
    photograph_id: UUID,
    actor: CurrentActor,
    upload_offset: Annotated[int, Header(ge=0, description="Bytes that stand before this part.")],
    part: Annotated[
        bytes, Body(media_type="application/octet-stream", description="At most 256 kB.")
    ] = b"",
) -> ProgressOut:
    """Send a part; what has arrived already changes nothing.

    A part that begins elsewhere than where the last one ended is answered with 409 and `received`.
    With the last part the file is checked: if it is not the one that was announced, it begins at 0
    again; if it is no picture that we take, it is dropped.
    """
    # What is on its way is on nobody's screen: no page need read anything again.
    with current_desk().workspace.transaction(actor) as session:
        progress = receive_part(
            session, photograph_id, actor.name, starts_at=upload_offset, content=part
        )
    return _out(_completed(progress, actor) if isinstance(progress, Whole) else progress)


@router.get("/photographs/{photograph_id}/parts", openapi_extra=allow(REPORTS_DAMAGE))
def parts(photograph_id: UUID, actor: CurrentActor) -> ProgressOut:
    """Return how much of a photograph has arrived; only to whoever announced it."""
    with current_desk().workspace.reading() as session:
        return _out(upload_progress(session, photograph_id, actor.name))


def _completed(whole: Whole, actor: Actor) -> Progress:
    """Keep a whole file as a photograph; while it is looked at, no connection waits."""
    try:
        prepared = whole.prepared()
    except Refused as why:
        with current_desk().workspace.transaction(actor) as session:
            refuse_upload(session, whole, why, actor.name)
        raise
    with current_desk().transaction(actor) as session:
        return complete_upload(session, whole, prepared, actor.name)


def _out(progress: Progress) -> ProgressOut:
    return ProgressOut(**asdict(progress))
