"""Map layers that can grow large, as vector tiles: what a write did not touch is not drawn anew."""

from functools import lru_cache
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard.api.answers import Answer, respond
from dashboard.api.past import ONE_AT_A_TIME, Past
from dashboard.api.roles import allow
from dashboard.roles import SEES_ALL
from dashboard.workspaces import current_desk
from gis.errors import NotFound
from gis.geometry.tiles import Tile
from gis.layers import LAYERS, View
from gis.layers.layer import Tiles
from gis.past import PastMoment
from gis.queries.damage_tiles import Seen
from gis.queries.incidents import IncidentView, current_incident
from gis.store import Actor
from gis.text import N_
from gis.vocabulary import DamageCategory, Severity

router = APIRouter(tags=["layers"])

MEDIA_TYPE = "application/vnd.mapbox-vector-tile"
QUICK = 1
"""Most of a tile are the reports' ids, of which trying harder makes nothing smaller."""


async def _seen(
    category: Annotated[
        list[DamageCategory] | None, Query(description="These alone; left out: all.")
    ] = None,
    severity: Annotated[
        list[Severity] | None, Query(description="These alone; left out: all.")
    ] = None,
    *,
    severity_unknown: Annotated[
        bool, Query(description="Beside the severities named, those of which it is unknown.")
    ] = False,
    confirmed: Annotated[
        bool | None, Query(description="Those that are confirmed, or those that are not.")
    ] = None,
) -> Seen:
    """Return which reports an address asks for."""
    severities = None
    if severity is not None or severity_unknown:
        severities = frozenset({*(severity or ()), *([None] if severity_unknown else ())})
    return Seen(None if category is None else frozenset(category), severities, confirmed)


Looked = Annotated[Seen, Depends(_seen)]


@router.get(
    "/tiles/{name}/{zoom}/{x}/{y}.mvt", openapi_extra=allow(SEES_ALL), response_class=Response
)
async def layer_tile(  # noqa: PLR0913, PLR0917 - each is a part of the address
    name: str, zoom: int, x: int, y: int, which: Looked, past: Past, request: Request
) -> Response:
    """Return a tile of a layer: a Mapbox vector tile, x from the west and y from the north."""
    layer = LAYERS.get(name)
    if layer is None or layer.tiles is None:
        raise NotFound(field="name", received=name, kind=N_("layer"))
    tiles, tile = layer.tiles, Tile.checked(zoom, x, y)
    if past:
        return respond(await run_in_threadpool(_past, tiles, tile, which, past), request)
    cache, where = current_desk().tiles, (tiles.subject, tile, which)
    kept = cache.at(*where)
    answer: Answer = kept.drawn or await run_in_threadpool(
        kept.draw, lambda: _now(tiles, tile, which)
    )
    cache.address(_address(request.scope), kept, *where)
    return respond(answer, request)


class KeptTiles:
    """ASGI middleware that gives a tile that is kept to whoever may see it.

    To find the route and to read the address takes longer than to answer; most tiles are asked for
    again and again.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the tile, or pass the request on."""
        answer = _kept(scope) if scope["type"] == "http" and scope["method"] == "GET" else None
        app = respond(answer, Request(scope)) if answer else self._app
        await app(scope, receive, send)


def _kept(scope: Scope) -> Answer | None:
    actor = scope["state"].get("actor")
    if not isinstance(actor, Actor) or actor.role not in SEES_ALL:
        return None
    found: Answer | None = current_desk().tiles.addressed(_address(scope))
    return found


def _address(scope: Scope) -> str:
    return f"{scope['path']}?{scope['query_string'].decode('latin-1')}"


def _now(tiles: Tiles, tile: Tile, which: Seen) -> Answer:
    desk = current_desk()
    now = desk.workspace.clock.now()
    incident = _incident(desk.workspace.name, desk.revisions.of(("incidents",)))
    with desk.workspace.reading() as session:
        return _ready(tiles.draw(session, View(desk.city, incident, now, now), tile, which))


@lru_cache(maxsize=8)
def _incident(_workspace: str, _revision: int) -> IncidentView | None:
    """Return the current incident: it is the same for thousands of tiles."""
    with current_desk().workspace.reading() as session:
        return current_incident(session)


def _past(tiles: Tiles, tile: Tile, which: Seen, past: PastMoment) -> Answer:
    desk = current_desk()
    known_at = past.known_at(desk.workspace.clock.now())
    with ONE_AT_A_TIME, desk.workspace.reading() as session:
        view = View(desk.city, current_incident(session), past.at, known_at, is_past=True)
        return _ready(tiles.draw(session, view, tile, which))


def _ready(content: bytes) -> Answer:
    """Return an answer that is packed and named here, where nobody else waits for it."""
    answer = Answer(content, MEDIA_TYPE, QUICK)
    _ = answer.etag, answer.packed
    return answer
