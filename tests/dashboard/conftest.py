"""The server's visitors, one signed in per role, and a look into its store past the product."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import text

from gis.vocabulary import Role
from tests.conftest import Server

VisitorOf = Callable[[Role], httpx.Client]
Ask = Callable[..., Any]


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
    """A shelter of the demonstration that is open."""
    found: UUID = ask("SELECT shelter_id FROM opening WHERE closed_at IS NULL ORDER BY id LIMIT 1")
    return found


@pytest.fixture(scope="session")
def unopened_shelter_id(ask: Ask) -> UUID:
    """A shelter of the demonstration that was never opened."""
    found: UUID = ask(
        "SELECT id FROM shelter WHERE id NOT IN (SELECT shelter_id FROM opening) LIMIT 1"
    )
    return found
