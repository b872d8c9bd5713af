"""The layers of the map as plain tables: for a keyboard, a screen reader, or whoever likes lists.

They are pages without a script, of the present or of a past moment, in the reader's language.
"""

from math import ceil
from typing import Any, Final
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from dashboard.api.problems import STATUS
from dashboard.api.roles import current_actor
from dashboard.language import language_of
from dashboard.roles import SEES_ALL
from dashboard.sign_in import TEMPLATES, refusal_page
from dashboard.workspaces import current_desk
from gis.clock import moment_text
from gis.errors import NotAllowed, NotFound, Refused
from gis.layers import LAYERS, Layer, View
from gis.layers.damage_reports import MOST
from gis.past import PastMoment
from gis.queries.incidents import IncidentView, current_incident
from gis.reports.layer_tables import layer_table
from gis.store import now
from gis.text import N_, Language, translate
from gis.vocabulary import Knowledge

LENGTH: Final = 200
"""Rows of a page."""
DIGITS: Final = 9


def table(request: Request) -> Response:
    """Show a layer as a table, or why not."""
    try:
        if current_actor(request).role not in SEES_ALL:
            raise NotAllowed
        return HTMLResponse(_page(request), headers={"Cache-Control": "no-store"})
    except Refused as refused:
        return refusal_page(request, refused, STATUS.get(type(refused), 422))


def _page(request: Request) -> str:
    layer, language = _layer(request.path_params["name"]), language_of(request)
    features, incident, view = _read(layer, request)
    pages = max(1, ceil(len(features) / LENGTH))
    number = _number(request.query_params.get("page"), pages)
    shown = features[(number - 1) * LENGTH : number * LENGTH]

    def link(name: str, page: int = 1) -> str:
        asked = {key: request.query_params.get(key) for key in ("at", "known")}
        said = {key: value for key, value in asked.items() if value} | {"page": page}
        return f"/tables/{name}?{urlencode(said)}"

    city = current_desk().city
    return TEMPLATES.get_template("table.html").render(
        language=language.value,
        _=lambda message: translate(message, language),
        city=city.name_ja if language is Language.JA else city.name_en,
        incident=incident,
        layer=layer,
        layers=LAYERS.values(),
        link=link,
        table=layer_table(layer.name, shown, language),
        total=len(features),
        newest_only=layer.name == "damage-reports" and len(features) >= MOST,
        as_of=moment_text(view.as_of),
        is_past=view.is_past,
        number=number,
        pages=pages,
    )


def _layer(name: str) -> Layer:
    if name not in LAYERS:
        raise NotFound(field="name", received=name, kind=N_("layer"))
    return LAYERS[name]


def _number(asked: str | None, pages: int) -> int:
    """Return which page is meant; what makes no sense means the nearest one that does."""
    # Of a number of thousands of digits, which Python refuses to read, the first ones will do.
    return min(max(int(asked[:DIGITS]), 1), pages) if asked and asked.isdecimal() else 1


def _read(layer: Layer, request: Request) -> tuple[list[dict[str, Any]], IncidentView | None, View]:
    asked, desk = request.query_params, current_desk()
    with desk.workspace.reading() as session:
        moment = now(session)
        past = None
        if at := asked.get("at"):
            past = PastMoment.read(at, asked.get("known", Knowledge.THEN.value), moment)
        incident = current_incident(session)
        known_at = past.known_at(moment) if past else moment
        view = View(desk.city, incident, past.at if past else moment, known_at, past is not None)
        return layer.features(session, view), incident, view


ROUTES = [Route("/tables/{name}", table, methods=["GET"])]
