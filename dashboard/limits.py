"""How much of a request is read."""

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.access import SAFE_METHODS
from dashboard.api.problems import problem_response
from gis.errors import BodyTooLarge

API_BODY_BYTES = 256 * 1024
"""Ten times the largest report; photographs will have a route of their own."""


class BodyLimit:
    """ASGI middleware that refuses larger bodies under ``/api``, before they are in memory."""

    def __init__(self, app: ASGIApp, *, most: int = API_BODY_BYTES) -> None:
        self._app = app
        self._most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on with its body read, or answer it with 413."""
        if (
            scope["type"] != "http"
            or not scope["path"].startswith("/api/")
            or scope["method"] in SAFE_METHODS
        ):
            await self._app(scope, receive, send)
            return
        body = await self._read(scope, receive)
        if body is None:
            refused = problem_response(
                HTTPConnection(scope), BodyTooLarge(most_kb=self._most // 1024)
            )
            await refused(scope, receive, send)
            return
        unread: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

        async def replay() -> Message:
            return unread.pop() if unread else await receive()

        await self._app(scope, replay, send)

    async def _read(self, scope: Scope, receive: Receive) -> bytes | None:
        """Return the body, or None as soon as it is known to be too large."""
        announced = HTTPConnection(scope).headers.get("content-length", "0")
        if not announced.isdecimal() or int(announced) > self._most:
            return None
        body = b""
        more = True
        while more:
            message = await receive()
            body += message.get("body", b"")
            more = message.get("more_body", False)
            if len(body) > self._most:
                return None
        return body
