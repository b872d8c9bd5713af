"""Server-sent events: what changed, as it happens."""

import asyncio
import json
from collections.abc import AsyncIterator

from fastapi import APIRouter, Request
from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.concurrency import run_in_threadpool

from dashboard.actors import actor_of_token, cookie_name
from dashboard.api.roles import allow
from dashboard.roles import SEES_ALL
from dashboard.workspaces import current_desk
from gis.live import ACCESS, Change

router = APIRouter(tags=["live"])

HEARTBEAT_SECONDS = 15
"""So often the stream speaks at least, so that a dead line is told from a quiet one."""
RETRY_MS = 1000


@router.get("/events", openapi_extra=allow(SEES_ALL), response_class=EventSourceResponse)
async def events(request: Request) -> EventSourceResponse:
    """Stream an event ``change`` with its subject whenever something changed.

    Of what is shown in tiles it names the ``cells``: columns and rows of zoom 16; none are named
    where all may have changed.

    Whoever connects, or connects again, reads everything anew first; then nothing is missed.
    """
    return EventSourceResponse(
        _changes(request.cookies.get(cookie_name())),
        ping=HEARTBEAT_SECONDS,
        ping_message_factory=lambda: ServerSentEvent(event="heartbeat", data=""),
    )


async def _changes(token: str | None) -> AsyncIterator[ServerSentEvent]:
    """Yield changed subjects, until the sign-in behind the token ends.

    A slow reader gets a pending subject once, however often it came.
    """
    loop = asyncio.get_running_loop()
    pending: dict[str, Change] = {}
    awake = asyncio.Event()

    def note(change: Change) -> None:
        earlier = pending.get(change.subject)
        pending[change.subject] = change if earlier is None else earlier.followed_by(change)
        awake.set()

    unsubscribe = current_desk().listener.subscribe(
        lambda change: loop.call_soon_threadsafe(note, change)
    )
    try:
        yield ServerSentEvent(comment="connected", retry=RETRY_MS)
        while True:
            await awake.wait()
            awake.clear()
            while pending:
                change = pending.pop(next(iter(pending)))
                if change.subject == ACCESS:
                    if await run_in_threadpool(actor_of_token, token) is None:
                        return
                    continue
                yield ServerSentEvent(event="change", data=json.dumps(_told(change)))
    finally:
        unsubscribe()


def _told(change: Change) -> dict[str, object]:
    told: dict[str, object] = {"subject": change.subject}
    return told if change.cells is None else told | {"cells": sorted(change.cells)}
