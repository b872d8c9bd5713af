"""A real browser: Debian's Chromium, headless, with every other origin cut off."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Dialog,
    Frame,
    FrameLocator,
    Locator,
    Page,
    Request,
    expect,
)

from gis.vocabulary import Role
from scripts.cluster import PrivateCluster
from tests.conftest import Server, demonstration_database, serving

WAIT_MS = 30_000
"""For what takes a second on a quiet day; how long it takes is the benchmark's business."""
expect.set_options(timeout=WAIT_MS)
REPORTS_SHOWN = (
    "Object.values(map._layers).filter((layer) => layer.options.side)"
    ".reduce((sum, { feature }) => sum + (feature.properties.n ?? 1), 0)"
)
"""How many damage reports the map shows, singly and counted: a question to its frame."""
LAPTOP: dict[str, Any] = {
    "locale": "ja-JP",
    "viewport": {"width": 1600, "height": 920},
    "accept_downloads": True,
}
"""A laptop of headquarters: Japanese, 1600 × 920."""
FRESH = ":not([data-stale=true])"
"""Of a part of a page that runs again, what is drawn anew, not what is about to go."""


@dataclass
class Visit:
    """A signed-in page, and what went wrong on it."""

    page: Page
    server: Server
    outside: list[str] = field(default_factory=list)
    """Requests to other origins: none may ever be made."""
    errors: list[str] = field(default_factory=list)
    """What scripts threw."""
    dialogs: list[str] = field(default_factory=list)

    def go(self, path: str = "") -> None:
        """Open a page and wait until its top line stands."""
        self.page.goto(f"{self.server.url}/{path}")
        self.page.locator(".hq-shell").wait_for()

    def settle(self) -> None:
        """Wait until the page has been drawn to its end: a key that is pressed before may get lost.

        Enter presses the button of a form, and does nothing as long as there is none.
        """
        self.page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()

    def await_live(self) -> None:
        """Wait until the page listens to the store: by then it is drawn."""
        self.page.locator(".hq-badge.hq-up").wait_for()

    def map(self) -> Frame:
        """Return the frame of the map, once its shelters are drawn, and the land that it fits."""
        inside = self.page.frame_locator("iframe")
        inside.locator(".hq-place").first.wait_for()
        inside.locator(".hq-shore").wait_for(state="attached")
        return next(frame for frame in self.page.frames if "st_folium" in frame.url)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Try what failed in the browser once more, and say so at the end of the run.

    Of hundreds of visits on a busy machine, one may press a key a moment before the page hears it.
    What fails twice has failed; what passes the second time is listed as a rerun, to be mended.
    """
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.flaky(reruns=1))


def press_in_list(drawn: Locator, x: float, y: float) -> None:
    """Press a spot of a list, which is drawn on a canvas: it must have seen the pointer there."""
    drawn.hover(position={"x": x, "y": y})
    drawn.click(position={"x": x, "y": y})


def take_in_hand(chart: Frame | FrameLocator) -> None:
    """Touch a map, which until then fits itself anew to its frame whenever that changes."""
    chart.locator(".leaflet-container").dispatch_event("keydown", {"key": "Shift"})


@pytest.fixture(scope="module")
def server(cluster: PrivateCluster) -> Iterator[Server]:
    """A server for one file: what its tests leave is no other file's beginning."""
    with demonstration_database(cluster) as name, serving(cluster, name) as running:
        yield running


@pytest.fixture
def visit(chromium: Browser, server: Server) -> Iterator[Visit]:
    """A headquarters laptop: Japanese, 1600 × 920, signed in as administrator."""
    with_language = chromium.new_context(**LAPTOP)
    with_language.set_default_timeout(WAIT_MS)
    yield admitted(with_language.new_page(), server)
    with_language.close()


def admitted(page: Page, server: Server, role: Role = Role.ADMIN, name: str = "本部") -> Visit:
    """Sign a fresh page in, and watch it from then on."""
    visit = Visit(page, server)
    own = urlsplit(server.url).netloc

    def notice(request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in {"http", "https", "ws", "wss"} and address.netloc != own:
            visit.outside.append(request.url)

    def note(message: ConsoleMessage) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:
            visit.errors.append(message.text)

    def refuse(dialog: Dialog) -> None:
        visit.dialogs.append(dialog.message)
        dialog.dismiss()

    page.context.on("request", notice)
    page.on("pageerror", lambda error: visit.errors.append(str(error)))
    page.on("console", note)
    page.on("dialog", refuse)
    # Past the page: where one arrives, the whole map would be drawn for nobody.
    page.context.request.get(server.link(role, name), max_redirects=0)
    return visit
