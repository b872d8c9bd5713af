"""Map layers as GeoJSON, with ETag: what did not change is not sent again."""

from datetime import datetime
from functools import lru_cache
from threading import Lock

from fastapi import APIRouter, Request, Response

from dashboard.api.answers import Answer, of_json, respond
from dashboard.api.past import ONE_AT_A_TIME, Past
from dashboard.api.roles import allow
from dashboard.roles import SEES_ALL
from dashboard.workspaces import current_desk
from gis.errors import NotFound
from gis.layers import LAYERS, Layer, View
from gis.past import PastMoment
from gis.queries.incidents import current_incident
from gis.text import N_

router = APIRouter(tags=["layers"])

MEDIA_TYPE = "application/geo+json"

_one_at_a_time = Lock()
"""After a change every browser asks at once; the first one computes, the others find it."""


@router.get("/layers/{name}.geojson", openapi_extra=allow(SEES_ALL))
def layer_geojson(name: str, request: Request, past: Past) -> Response:
    """Return a layer of the current incident: EPSG:4326, longitude first (RFC 7946)."""
    layer = LAYERS.get(name)
    if layer is None:
        raise NotFound(field="name", received=name, kind=N_("layer"))
    desk = current_desk()
    asked = (desk.workspace.name, name, desk.revisions.of(layer.subjects))
    return respond(_past(*asked, past) if past else _live(*asked, _age(layer)), request)


def _age(layer: Layer) -> int:
    """Return a number that changes whenever a layer that the clock moves is to be told anew."""
    if layer.kept is None:
        return 0
    return int(current_desk().workspace.clock.now().timestamp() / layer.kept.total_seconds())


def _live(workspace: str, name: str, revision: int, age: int) -> Answer:
    with _one_at_a_time:
        return _encoded(workspace, name, revision, age)


def _past(workspace: str, name: str, revision: int, past: PastMoment) -> Answer:
    with ONE_AT_A_TIME:
        return _encoded_past(workspace, name, revision, past)


@lru_cache(maxsize=32)
def _encoded(_workspace: str, name: str, _revision: int, _age: int) -> Answer:
    """Return a layer; revision and age make the cache forget what has changed."""
    now = current_desk().workspace.clock.now()
    return _encode(name, now, now)


@lru_cache(maxsize=64)
def _encoded_past(_workspace: str, name: str, _revision: int, past: PastMoment) -> Answer:
    known_at = past.known_at(current_desk().workspace.clock.now())
    return _encode(name, past.at, known_at, is_past=True)


def _encode(name: str, as_of: datetime, known_at: datetime, *, is_past: bool = False) -> Answer:
    desk = current_desk()
    with desk.workspace.reading() as session:
        view = View(desk.city, current_incident(session), as_of, known_at, is_past)
        return of_json(LAYERS[name].geojson(session, view), MEDIA_TYPE)
