"""The one ASGI app: Streamlit pages, API, assets and sign-in on one port, behind one gate."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from dashboard import card, count, field, health, session, sign_in, tables, wall
from dashboard.access import Gate
from dashboard.api import api
from dashboard.assets import MOUNTS, OWN
from dashboard.limits import BodyLimit
from dashboard.main import PAGES
from dashboard.workspaces import live_desk
from gis.errors import ServerFault

logger = logging.getLogger(__name__)

KEPT = "private, max-age=604800"
"""For what npm's lock file names: a week, so that a page does not ask for a hundred fonts again."""
KEPT_FOR_GOOD = "private, max-age=31536000, immutable"
"""For our own scripts and styles: an upgrade gives them another address."""


class Assets(StaticFiles):
    """A folder of files with what browsers may do with them."""

    def __init__(self, folder: Path, cache_control: str) -> None:
        super().__init__(directory=folder)
        self._cache_control = cache_control

    def file_response(self, *args: Any, **kwargs: Any) -> Response:  # noqa: ANN401
        """Return a file, or 304 where the browser has it."""
        response = super().file_response(*args, **kwargs)
        response.headers["Cache-Control"] = self._cache_control
        return response


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[dict[str, Any]]:
    """Listen to the store while the app runs."""
    listener = live_desk().listener
    listener.start()
    try:
        yield {}
    finally:
        listener.stop()


def to_first_page(request: Request) -> RedirectResponse:
    """Lead to the page where everybody arrives, which Streamlit serves without its name."""
    query = request.url.query
    return RedirectResponse(f"/?{query}" if query else "/")


def explain_fault(fault: Exception) -> bool:
    """Show an unexpected fault of a page as an entry of the catalogue; the log has the rest."""
    logger.error("unexpected fault of a page", exc_info=fault)
    st.error(ServerFault().explain(session.language()))
    return True


app = st.App(
    Path(__file__).parent / "main.py",
    on_script_error=explain_fault,
    lifespan=lifespan,
    routes=[
        Route(f"/{PAGES[0].name}", to_first_page),
        *health.ROUTES,
        *sign_in.ROUTES,
        *wall.ROUTES,
        *count.ROUTES,
        *field.ROUTES,
        *card.ROUTES,
        *tables.ROUTES,
        Mount("/api", api),
        *(
            Mount(
                f"/assets/{name}",
                Assets(folder, KEPT_FOR_GOOD if folder == OWN else KEPT),
                middleware=[Middleware(GZipMiddleware, compresslevel=6)],
            )
            for name, folder in MOUNTS.items()
        ),
    ],
    middleware=[Middleware(Gate), Middleware(BodyLimit)],
)
