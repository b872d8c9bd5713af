"""Whether the server lives, and whether it can work."""

from collections.abc import Iterator

import httpx
import psycopg
import pytest
from anyio.from_thread import start_blocking_portal
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Mount

from dashboard import health
from dashboard.access import Gate
from dashboard.actors import cookie_name
from dashboard.api import api
from tests.conftest import Server, free_port
from tests.dashboard.conftest import working_on


def test_whoever_watches_the_server_needs_no_sign_in(server: Server) -> None:
    assert httpx.get(f"{server.url}/healthz").text == "ok"
    ready = httpx.get(f"{server.url}/readyz")
    assert (ready.status_code, ready.json()["ready"]) == (200, True)


FRONT = Starlette(routes=[*health.ROUTES, Mount("/api", api)], middleware=[Middleware(Gate)])
"""The doors of the product, in this process: on the store that a test names."""


def get(path: str, **headers: str) -> httpx.Response:
    async def asked() -> httpx.Response:
        transport = httpx.ASGITransport(FRONT)
        async with httpx.AsyncClient(transport=transport, base_url="http://headquarters") as client:
            return await client.get(path, headers=headers)

    # On a loop of its own thread: a browser test may hold the main thread's.
    with start_blocking_portal() as portal:
        return portal.call(asked)


@pytest.fixture
def nowhere() -> Iterator[None]:
    """A store that does not answer."""
    with working_on(f"postgresql://hq_server:secret@127.0.0.1:{free_port()}/hq_live"):
        yield


@pytest.mark.usefixtures("nowhere")
def test_without_its_store_the_server_lives_and_is_not_ready() -> None:
    assert get("/healthz").status_code == 200
    ready = get("/readyz")
    assert ready.status_code == 503
    assert ready.json() == {"ready": False, "reason": "store-unavailable"}


@pytest.mark.usefixtures("nowhere")
def test_without_its_store_a_request_is_asked_to_come_again() -> None:
    answer = get("/api/situation", Cookie=f"{cookie_name()}=somebody")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "3")
    assert answer.json()["errors"][0]["code"] == "store-unavailable"
    assert "secret" not in answer.text


@pytest.mark.usefixtures("empty_desk")
@pytest.mark.parametrize(
    "damage",
    ["UPDATE alembic_version SET version_num = '0000'", "DROP TABLE alembic_version"],
    ids=["an older store", "no store of ours"],
)
def test_a_store_of_another_form_is_not_ready(damage: str, owner_url: str) -> None:
    assert get("/readyz").status_code == 200
    with psycopg.connect(owner_url, autocommit=True) as connection:
        connection.execute(damage.encode())
    assert (get("/readyz").status_code, get("/healthz").status_code) == (503, 200)
