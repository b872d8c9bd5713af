"""Server-sent events: what changed, as it happens."""

import asyncio
import json
from collections.abc import AsyncIterator

from fastapi import APIRouter
from sse_starlette import EventSourceResponse, ServerSentEvent

from dashboard.api.roles import SEES_ALL, allow
from dashboard.workspaces import live_desk

router = APIRouter(tags=["live"])

HEARTBEAT_SECONDS = 15
"""So often the stream speaks at least, so that a dead line is told from a quiet one."""
RETRY_MS = 1000


@router.get("/events", openapi_extra=allow(SEES_ALL), response_class=EventSourceResponse)
async def events() -> EventSourceResponse:
    """Stream an event ``change`` with its subject whenever something changed.

    Whoever connects, or connects again, reads everything anew first; then nothing is missed.
    """
    return EventSourceResponse(
        _changes(),
        ping=HEARTBEAT_SECONDS,
        ping_message_factory=lambda: ServerSentEvent(event="heartbeat", data=""),
    )


async def _changes() -> AsyncIterator[ServerSentEvent]:
    """Yield changed subjects; a slow reader gets a pending subject once, however often it came."""
    loop = asyncio.get_running_loop()
    pending: dict[str, None] = {}
    awake = asyncio.Event()

    def note(subject: str) -> None:
        pending[subject] = None
        awake.set()

    unsubscribe = live_desk().listener.subscribe(
        lambda subject: loop.call_soon_threadsafe(note, subject)
    )
    try:
        yield ServerSentEvent(comment="connected", retry=RETRY_MS)
        while True:
            await awake.wait()
            awake.clear()
            while pending:
                subject = next(iter(pending))
                del pending[subject]
                yield ServerSentEvent(event="change", data=json.dumps({"subject": subject}))
    finally:
        unsubscribe()
