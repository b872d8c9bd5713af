"""The wall view: the open shelters on a projector, read from five metres and live."""

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from dashboard.components.board_words import board_words
from dashboard.language import language_of
from dashboard.roles import SEES_ALL
from dashboard.sign_in import TEMPLATES
from dashboard.workspaces import current_desk
from gis.errors import NotAllowed
from gis.text import Language, translate


def wall(request: Request) -> Response:
    """Return the page; what it shows it reads from the API."""
    language = language_of(request)
    if request.state.actor.role not in SEES_ALL:
        return _refused(language)
    city = current_desk().city
    return _page(
        "wall.html",
        language,
        200,
        city=city.name_ja if language is Language.JA else city.name_en,
        words=board_words(language),
    )


def _refused(language: Language) -> Response:
    refused = NotAllowed()
    return _page(
        "sign_in.html",
        language,
        403,
        other_language="en" if language is Language.JA else "ja",
        what=refused.sentence(refused.what, language),
        remedy=refused.sentence(refused.remedy, language),
    )


def _page(template: str, language: Language, status: int, **values: object) -> Response:
    page = TEMPLATES.get_template(template).render(
        language=language.value, _=lambda message: translate(message, language), **values
    )
    return HTMLResponse(page, status, headers={"Cache-Control": "no-store"})


ROUTES = [Route("/wall", wall, methods=["GET"])]
