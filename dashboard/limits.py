"""How much of a request is read."""

import re

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.access import SAFE_METHODS
from dashboard.api.problems import problem_response
from gis.errors import BodyTooLarge
from gis.photographs import FILE_MB_MOST, MEGABYTE

API_BODY_BYTES = 256 * 1024
"""Ten times the largest report; as much is one part of a photograph."""
PHOTOGRAPH_BYTES = FILE_MB_MOST * MEGABYTE
PHOTOGRAPHS = re.compile(r"/api/shelters/[^/]+/photographs")
"""Where photographs are sent to."""


class BodyLimit:
    """ASGI middleware that refuses larger bodies under ``/api``, before they are in memory."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on with its body read, or answer it with 413."""
        if (
            scope["type"] != "http"
            or not scope["path"].startswith("/api/")
            or scope["method"] in SAFE_METHODS
        ):
            await self._app(scope, receive, send)
            return
        most = _most(scope["path"])
        body = await _read(scope, receive, most)
        if body is None:
            refused = problem_response(HTTPConnection(scope), BodyTooLarge(most_kb=most // 1024))
            await refused(scope, receive, send)
            return
        unread: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

        async def replay() -> Message:
            return unread.pop() if unread else await receive()

        await self._app(scope, replay, send)


def _most(path: str) -> int:
    """Return how many bytes are read of what is sent to an address."""
    return PHOTOGRAPH_BYTES if PHOTOGRAPHS.fullmatch(path) else API_BODY_BYTES


async def _read(scope: Scope, receive: Receive, most: int) -> bytes | None:
    """Return the body, or None as soon as it is known to be too large."""
    announced = HTTPConnection(scope).headers.get("content-length", "0")
    if not announced.isdecimal() or int(announced) > most:
        return None
    body = bytearray()
    more = True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > most:
            return None
    return bytes(body)
