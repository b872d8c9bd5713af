"""Who may come in: one gate in front of pages, API, assets and WebSocket, closed by default.

A request without a valid sign-in reaches the health checks, the sign-in page, the language switch
and the field app's icon, and nothing else. What a role may do is said beside each page
(``dashboard/main.py``) and each route (:func:`dashboard.api.roles.allow`).
"""

from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard.actors import actor_of_token, cookie_name, remembered_actor
from dashboard.api.problems import problem_response
from dashboard.roles import HOMES
from gis.errors import ForeignOrigin, NotSignedIn, Refused
from gis.store import Actor
from gis.text import Language

OPEN_PATHS = frozenset(
    {"/healthz", "/readyz", "/sign-in", *(f"/language/{language}" for language in Language)}
    # A phone asks for an app's icon without saying who it is.
    | {"/field/icon-192.png", "/field/icon-512.png"}
)
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class Gate:
    """ASGI middleware that lets in who is signed in; ``scope["state"]["actor"]`` then says who."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        try:
            await self._admit(scope)
        except Refused as refused:
            if scope["type"] == "websocket":
                # Before it is accepted, a closed WebSocket is answered with 403.
                await send({"type": "websocket.close", "code": 1008})
            else:
                await self._answer(HTTPConnection(scope), refused)(scope, receive, send)
            return
        home = _home_of(scope)
        app = RedirectResponse(home, status_code=303) if home else self._app
        await app(scope, receive, send)

    async def _admit(self, scope: Scope) -> None:
        _refuse_foreign_origin(scope)
        if is_open(scope["path"]):
            return
        token = HTTPConnection(scope).cookies.get(cookie_name())
        # Nearly always it is remembered, which costs no change of threads.
        actor = remembered_actor(token) if token else None
        actor = actor or await run_in_threadpool(actor_of_token, token)
        if actor is None:
            raise NotSignedIn
        scope.setdefault("state", {})["actor"] = actor

    @staticmethod
    def _answer(connection: HTTPConnection, refused: Refused) -> Response:
        if isinstance(refused, NotSignedIn) and _wants_page(connection):
            return RedirectResponse("/sign-in", status_code=303)
        return problem_response(connection, refused)


def is_open(path: str) -> bool:
    """Tell whether a path is there for everybody."""
    return path in OPEN_PATHS


def _home_of(scope: Scope) -> str | None:
    """Return where a browser belongs that opens a page which its role has no use for."""
    actor = scope.get("state", {}).get("actor")
    if scope["type"] != "http" or not isinstance(actor, Actor):
        return None
    home = HOMES.get(actor.role)
    is_elsewhere = scope["path"] != home and _wants_page(HTTPConnection(scope))
    return home if is_elsewhere else None


def _wants_page(connection: HTTPConnection) -> bool:
    return "text/html" in connection.headers.get("accept", "")


def _refuse_foreign_origin(scope: Scope) -> None:
    """Refuse what a page of another site sends in the user's name (CSRF, WebSocket hijacking)."""
    if scope["type"] == "http" and scope["method"] in SAFE_METHODS:
        return
    headers = Headers(scope=scope)
    origin = headers.get("origin")
    if origin and urlsplit(origin).netloc != headers.get("host"):
        raise ForeignOrigin
