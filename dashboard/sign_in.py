"""Signing in by one-time link, and choosing the language."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, select_autoescape
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from dashboard.actors import actor_of_token, cookie_name
from dashboard.assets import own
from dashboard.language import COOKIE, language_of
from dashboard.roles import HOMES
from dashboard.workspaces import current_desk
from gis.errors import NotSignedIn, Refused
from gis.operations.access import redeem_sign_in_link
from gis.store import SYSTEM
from gis.text import Language, preferred, translate

TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=select_autoescape(),
)
TEMPLATES.globals["own"] = own
# Scripts are told things in the order in which they are to be shown.
TEMPLATES.policies["json.dumps_kwargs"] = {"sort_keys": False}
YEAR_SECONDS = 365 * 24 * 3600


def sign_in(request: Request) -> Response:
    """Redeem a link's token, or say how to get a link."""
    token = request.query_params.get("token")
    present = actor_of_token(request.cookies.get(cookie_name())) if token else None
    if present and present.role not in HOMES:
        # A link that was kept as a bookmark leads in as long as the sign-in lasts.
        return RedirectResponse("/", status_code=303)
    # Whatever only looks at a link, such as a preview, must not use it up.
    if token is None or request.method != "GET":
        return refusal_page(request, NotSignedIn(), 200)
    try:
        with current_desk().transaction(SYSTEM) as session:
            admission = redeem_sign_in_link(session, token)
    except Refused as refused:
        # A telephone that is handed on takes the next link; the one it came by leads in as before.
        return RedirectResponse("/", status_code=303) if present else refusal_page(request, refused)
    response = RedirectResponse("/", status_code=303)
    response.set_cookie(
        cookie_name(),
        admission.token,
        max_age=int(admission.lifetime.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )
    return response


def choose_language(request: Request) -> Response:
    """Keep a language for this browser and go back to the page it was chosen on."""
    response = RedirectResponse(_own_page(request), status_code=303)
    chosen = preferred([request.path_params["language"]])
    response.set_cookie(COOKIE, chosen.value, max_age=YEAR_SECONDS, httponly=True, samesite="lax")
    return response


def _own_page(request: Request) -> str:
    """Return the path the user came from; never an address of another site."""
    path = request.query_params.get("back", "/")
    return path if path.startswith("/") and not path.startswith(("//", "/\\")) else "/"


def refusal_page(request: Request, refused: Refused, status: int = 401) -> Response:
    """Answer with a page that says what was refused, and what to do."""
    language = language_of(request)
    page = TEMPLATES.get_template("sign_in.html").render(
        language=language.value,
        other_language="en" if language is Language.JA else "ja",
        back=request.url.path,
        what=refused.sentence(refused.what, language),
        remedy=refused.sentence(refused.remedy, language),
        _=lambda message: translate(message, language),
    )
    return HTMLResponse(page, status, headers={"Referrer-Policy": "no-referrer"})


ROUTES = [
    Route("/sign-in", sign_in, methods=["GET"]),
    Route("/language/{language}", choose_language, methods=["GET"]),
]
