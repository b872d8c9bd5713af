"""The server's visitors, one signed in per role, and a look into its store past the product."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from uuid import UUID

import httpx
import pytest
import streamlit
from sqlalchemy import text
from streamlit.testing.v1 import AppTest

from dashboard.actors import cookie_name
from dashboard.language import COOKIE
from dashboard.workspaces import Desk, current_desk, live_desk
from gis.clock import SystemClock
from gis.config import settings
from gis.operations.access import issue_sign_in_link, redeem_sign_in_link
from gis.queries.incidents import current_incident
from gis.store import SYSTEM, Workspace
from gis.text import Language
from gis.vocabulary import Role
from scripts.cluster import SERVER, PrivateCluster
from tests.conftest import PROJECT, FixedClock, Server, demonstration_database

MAIN = PROJECT / "dashboard" / "main.py"
VisitorOf = Callable[[Role], httpx.Client]
Ask = Callable[..., Any]
SignIn = Callable[..., str]


@pytest.fixture(scope="session")
def visitor(server: Server) -> Iterator[VisitorOf]:
    """An HTTP client per role, named after it; each signs in once for the whole run."""
    with ExitStack() as stack:
        clients: dict[Role, httpx.Client] = {}

        def of(role: Role) -> httpx.Client:
            if role not in clients:
                clients[role] = signed_in(server, role, role.value)
                stack.callback(clients[role].close)
            return clients[role]

        yield of


def signed_in(server: Server, role: Role, name: str) -> httpx.Client:
    """Return a client that has come in by a link of its own."""
    answer = httpx.get(server.link(role, name), timeout=30)
    assert answer.is_redirect
    return httpx.Client(
        base_url=server.url, cookies=answer.cookies, headers={"Accept-Language": "en"}, timeout=30
    )


@pytest.fixture(scope="session")
def operator(visitor: VisitorOf) -> httpx.Client:
    return visitor(Role.OPERATOR)


@pytest.fixture(scope="session")
def ask(server: Server) -> Ask:
    """Ask the server's store one question in SQL and return the one value."""

    def scalar(question: str, **facts: object) -> Any:  # noqa: ANN401 - whatever SQL answers
        with server.workspace.reading() as session:
            return session.scalar(text(question), facts)

    return scalar


@pytest.fixture(scope="session")
def open_shelter_id(ask: Ask) -> UUID:
    """A shelter of the demonstration that is open and whose capacity is known."""
    found: UUID = ask(
        "SELECT shelter_id FROM opening JOIN shelter ON shelter.id = shelter_id"
        " WHERE ended_at IS NULL AND capacity IS NOT NULL ORDER BY facility_key LIMIT 1"
    )
    return found


@pytest.fixture(scope="session")
def unopened_shelter_id(ask: Ask) -> UUID:
    """A shelter of the demonstration that was never opened."""
    found: UUID = ask(
        "SELECT id FROM shelter s WHERE joined_to_id IS NULL AND NOT EXISTS ("
        "   SELECT FROM opening o JOIN shelter h ON h.id = o.shelter_id"
        "   WHERE s.id IN (h.id, h.joined_to_id)"
        ") ORDER BY facility_key LIMIT 1"
    )
    return found


@contextmanager
def working_on(database_url: str) -> Iterator[Desk]:
    """Have this process work on a store, as the product's own environment variable names it."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("HQ_DATABASE_URL", database_url)
        forget()
        desk = live_desk()
        yield desk
        desk.workspace.engine.dispose()
        forget()


def forget() -> None:
    """Drop what a process keeps for its whole life."""
    if live_desk.cache_info().currsize:
        live_desk().workspace.engine.dispose()
    settings.cache_clear()
    live_desk.cache_clear()
    streamlit.cache_data.clear()
    streamlit.cache_resource.clear()


@pytest.fixture
def empty_desk(workspace: Workspace, clock: FixedClock) -> Iterator[Desk]:
    """This process at work on a store in which nothing is, at this very moment."""
    clock.moment = SystemClock().now()
    with working_on(workspace.database_url) as desk:
        yield desk


@pytest.fixture(scope="module")
def demonstration(cluster: PrivateCluster) -> Iterator[Desk]:
    """This process at work on a store with the demonstration in it; for tests that only look."""
    with (
        demonstration_database(cluster) as name,
        working_on(cluster.url(SERVER, name)) as desk,
    ):
        yield desk


@pytest.fixture
def sign_in(monkeypatch: pytest.MonkeyPatch) -> SignIn:
    """Sign the reader of the pages in, for real, and return the secret of the browser."""

    def come_in(role: Role, language: Language | None = Language.EN) -> str:
        with live_desk().transaction(SYSTEM) as session:
            link = issue_sign_in_link(session, role.value, role)
        with live_desk().transaction(SYSTEM) as session:
            token = redeem_sign_in_link(session, link).token
        cookies = {cookie_name(): token} | ({COOKIE: language.value} if language else {})
        monkeypatch.setattr(type(streamlit.context), "cookies", property(lambda _: cookies))
        return token

    return come_in


def _choice_of(page: str) -> str:
    """Return under which key a page keeps what is chosen in its list."""
    if page != "shelters":
        return f"{page.partition('_')[0]}-chosen"
    desk = current_desk()
    with desk.workspace.reading() as session:
        incident = current_incident(session)
    return f"shelters-{incident.id if incident else None}-chosen"


def visit(page: str, *chosen: UUID) -> AppTest:
    """Open a page, perhaps with rows of its list chosen."""
    app = AppTest.from_file(MAIN, default_timeout=60).run()
    if chosen:
        app.session_state[_choice_of(page)] = list(chosen)
    return app.switch_page(f"app_pages/{page}.py").run()
