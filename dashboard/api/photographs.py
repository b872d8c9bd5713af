"""Photographs: those of shelters sent as they are, all fetched large or as small as a stamp."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Body, Query, Request, Response

from dashboard.api.filed import FiledOut, answer
from dashboard.api.roles import CurrentActor, allow, own_shelter
from dashboard.api.text import Storable
from dashboard.roles import COUNTS_OWN, COUNTS_PEOPLE, DECIDES, REPORTS_DAMAGE, SEES_ALL
from dashboard.workspaces import current_desk
from gis.errors import NotAllowed, NotFound
from gis.operations.photographs import NewPhotograph, add_photograph, hide_photograph
from gis.photographs import prepare
from gis.picture_files import picture_files
from gis.queries.photographs import Picture, picture_of
from gis.store import Actor
from gis.text import N_
from gis.vocabulary import Role, Source

router = APIRouter(tags=["shelters"])

KEPT = "private, max-age=3600"
"""A picture never changes, but it may be hidden: a browser forgets it within the hour."""

SEES_PICTURES = SEES_ALL | COUNTS_OWN | REPORTS_DAMAGE
"""Headquarters all of them, shelter managers those of their shelter, field teams their own."""


@router.post(
    "/shelters/{shelter_id}/photographs",
    status_code=201,
    openapi_extra=allow(COUNTS_PEOPLE | COUNTS_OWN),
)
def send_photograph(  # noqa: PLR0913, PLR0917 - each is a parameter of the address
    shelter_id: UUID,
    actor: CurrentActor,
    response: Response,
    file: Annotated[bytes, Body(media_type="image/*", description="JPEG, PNG or WebP.")],
    photograph_id: Annotated[
        UUID,
        Query(alias="id", description="Made by the client; sending it again changes nothing."),
    ],
    caption: Storable | None = None,
    taken_at: Annotated[
        datetime | None, Query(description="With offset; left out: what the camera says.")
    ] = None,
    source: Source = Source.API,
    incident_id: Annotated[
        UUID | None,
        Query(description="The incident it is meant for; left out: whichever is open."),
    ] = None,
) -> FiledOut:
    """Add a photograph to a shelter that takes part. 201 the first time, 200 for a retry.

    It is kept with 1,600 pixels a side at most, without anything that the camera wrote into it.
    Shelter managers send those of their own shelter.
    """
    with current_desk().workspace.reading() as session:
        standing = own_shelter(session, actor, shelter_id)
    photograph = NewPhotograph(
        photograph_id, standing, prepare(file), caption, taken_at, source, incident_id
    )
    with current_desk().transaction(actor) as session:
        filed = add_photograph(session, photograph)
    return answer(filed, response)


@router.get(
    "/photographs/{photograph_id}.jpeg",
    response_class=Response,
    openapi_extra=allow(SEES_PICTURES),
)
def photograph(photograph_id: UUID, actor: CurrentActor, request: Request) -> Response:
    """Return a photograph as it is kept.

    Shelter managers see those of their own shelter, field teams those of their own reports.
    """
    return _jpeg(_picture(photograph_id, actor).content_hash, photograph_id, request)


@router.get(
    "/photographs/{photograph_id}/thumbnail.jpeg",
    response_class=Response,
    openapi_extra=allow(SEES_PICTURES),
)
def thumbnail(photograph_id: UUID, actor: CurrentActor, request: Request) -> Response:
    """Return a photograph with 320 pixels a side at most."""
    return _jpeg(_picture(photograph_id, actor).thumbnail_hash, photograph_id, request)


@router.post("/photographs/{photograph_id}/hide", openapi_extra=allow(DECIDES | COUNTS_OWN))
def hide(photograph_id: UUID, actor: CurrentActor) -> FiledOut:
    """Show a photograph to nobody any more. Shelter managers hide what they took themselves."""
    picture = _picture(photograph_id, actor)
    if actor.role not in DECIDES and picture.recorded_by != actor.name:
        raise NotAllowed
    with current_desk().transaction(actor) as session:
        hide_photograph(session, photograph_id)
    return FiledOut(id=photograph_id, is_new=False)


def _picture(photograph_id: UUID, actor: Actor) -> Picture:
    """Return a picture that somebody may see; to others it is not said whether there is any."""
    try:
        with current_desk().workspace.reading() as session:
            picture = picture_of(session, photograph_id)
            if picture.shelter_id is not None:
                own_shelter(session, actor, picture.shelter_id)
            _check_own(picture, photograph_id, actor)
    except NotFound:
        if actor.role in COUNTS_OWN:
            raise NotAllowed from None
        raise
    return picture


def _check_own(picture: Picture, photograph_id: UUID, actor: Actor) -> None:
    """Refuse field teams what is not of a report of theirs, and managers whatever is of one."""
    not_theirs = actor.role is Role.FIELD and picture.reported_by != actor.name
    if not_theirs or (actor.role in COUNTS_OWN and picture.shelter_id is None):
        raise NotFound(field="photograph_id", received=photograph_id, kind=N_("photograph"))


def _jpeg(content_hash: str, photograph_id: UUID, request: Request) -> Response:
    etag = f'"{content_hash}"'
    headers = {
        "ETag": etag,
        "Cache-Control": KEPT,
        "X-Content-Type-Options": "nosniff",
        "Content-Disposition": f'inline; filename="{photograph_id}.jpeg"',
    }
    if etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    jpeg = picture_files().read(content_hash)
    return Response(jpeg, media_type="image/jpeg", headers=headers)
