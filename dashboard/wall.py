"""The wall view: the open shelters on a projector, read from five metres and live."""

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from dashboard.api.problems import STATUS
from dashboard.api.roles import current_actor
from dashboard.components.board_words import board_words
from dashboard.language import language_of
from dashboard.roles import SEES_ALL
from dashboard.sign_in import TEMPLATES, refusal_page
from dashboard.workspaces import current_desk
from gis.errors import NotAllowed, Refused
from gis.text import Language, translate


def wall(request: Request) -> Response:
    """Show the page, or why not; what it shows it reads from the API."""
    try:
        if current_actor(request).role not in SEES_ALL:
            raise NotAllowed
    except Refused as refused:
        return refusal_page(request, refused, STATUS.get(type(refused), 422))
    language = language_of(request)
    city = current_desk().city
    page = TEMPLATES.get_template("wall.html").render(
        language=language.value,
        _=lambda message: translate(message, language),
        city=city.name_ja if language is Language.JA else city.name_en,
        words=board_words(language),
    )
    return HTMLResponse(page, headers={"Cache-Control": "no-store"})


ROUTES = [Route("/wall", wall, methods=["GET"])]
