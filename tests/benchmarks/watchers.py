"""People who look at maps, without their browsers: each hears of changes and reads what they touch.

They run in one process of their own, beside the server on the same cores, and do what
dashboard/assets/hq/live-tiles.js does: upon a change they read the tiles of the view that it
touches, and unpack them as far as telling whether they are new.
"""

import asyncio
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from time import monotonic

from aiohttp import ClientSession

from gis.geometry.tiles import Tile

CELL_LEVEL = 16
CALM_S = 0.25
"""So long a browser waits after it has read, before it reads again."""


@dataclass
class Watcher:
    """Somebody whose map shows some tiles."""

    client: ClientSession
    view: tuple[Tile, ...]
    notice: Callable[[bytes], None]
    """What is done with a tile that came anew."""
    listening: asyncio.Event = field(default_factory=asyncio.Event)
    tags: dict[Tile, str] = field(default_factory=dict)

    async def watch(self) -> None:
        """Look until it is cancelled."""
        for tile in self.view:
            await self._read(tile)
        async with self.client.get("/api/events") as stream:
            self.listening.set()
            last = 0.0
            async for line in stream.content:
                if not line.startswith(b"data: {"):
                    continue
                change = json.loads(line.removeprefix(b"data: "))
                touched = [tile for tile in self.view if _touches(change, tile)]
                if touched:
                    await asyncio.sleep(max(0.0, last + CALM_S - monotonic()))
                    last = monotonic()
                for tile in touched:
                    await self._read(tile)

    async def _read(self, tile: Tile) -> None:
        address = f"/api/tiles/damage-reports/{tile.zoom}/{tile.x}/{tile.y}.mvt"
        asked = {"If-None-Match": self.tags.get(tile, "")}
        async with self.client.get(address, headers=asked) as answer:
            if answer.status == HTTPStatus.OK:
                self.tags[tile] = answer.headers["etag"]
                self.notice(await answer.read())


def _touches(change: dict[str, object], tile: Tile) -> bool:
    if change["subject"] != "damage_cells":
        return False
    cells = change.get("cells")
    if not isinstance(cells, list):
        return True
    first_x, last_x, first_y, last_y = tile.span(CELL_LEVEL)
    return any(first_x <= x <= last_x and first_y <= y <= last_y for x, y in cells)


async def together(watchers: list[Watcher], work: Callable[[], object]) -> None:
    """Let them all watch while some work is done on another thread."""
    tasks = [asyncio.create_task(watcher.watch()) for watcher in watchers]
    try:
        async with asyncio.timeout(120):
            for watcher in watchers:
                await watcher.listening.wait()
        await asyncio.to_thread(work)
    finally:
        for task in tasks:
            task.cancel()
        with suppress(asyncio.CancelledError):
            await asyncio.gather(*tasks, return_exceptions=True)
