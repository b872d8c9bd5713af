"""Real parts for every test: a throw-away PostGIS cluster, a migrated database each, a server."""

import itertools
import os
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from time import monotonic
from uuid import UUID, uuid4

import httpx
import hypothesis
import psycopg
import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from gis.clock import SystemClock
from gis.config import settings
from gis.operations.incidents import open_incident
from gis.operations.openings import open_shelters
from gis.store import Actor, Workspace, migrate
from gis.vocabulary import IncidentKind, Role
from scripts.cluster import OWNER, SERVER, SUPERUSER, PrivateCluster, throw_away
from scripts.demo import load_if_empty
from scripts.sign_in_link import new_link

# Timed limits are the benchmarks' business: a slow day fails no test.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")

PROJECT = Path(__file__).parents[1]
SHARED = PROJECT.parent / "shared"
TEMPLATE = "hq_template"
DEMONSTRATION_KEPT_S = 300
"""How old the story of the demonstration may be that a test begins with; loading it takes long."""
MEMORY = Path("/dev/shm")  # noqa: S108  each run makes a folder of its own in it
MEMORY_NEEDED = 4 * 2**30
"""Bytes: a cluster for each of the processes that test, with its log of what was written."""
NOON = datetime(2026, 9, 1, 3, 0, tzinfo=UTC)
"""Noon in Japan on 防災の日."""

CHROMIUM = "/usr/bin/chromium"
SWITCHES = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # The cable is cut: no name resolves, and no address but this machine's is reached.
    # (Playwright's own routing would switch the browser's cache off.)
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
HEADQUARTERS = Actor("本部", Role.OPERATOR)


class FixedClock:
    """A clock that stands still until it is set."""

    def __init__(self, moment: datetime = NOON) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment


@pytest.fixture(scope="session", autouse=True)
def picture_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where this run and the servers that it starts keep their pictures."""
    folder = tmp_path_factory.mktemp("photographs")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("HQ_PHOTOGRAPHS", str(folder))
        settings.cache_clear()
        yield folder
    settings.cache_clear()


@pytest.fixture(scope="session")
def cluster_folder() -> Path | None:
    """In memory, where there is room; else on the disk.

    ext4 shuns the places of files that were deleted lately, and looks through all of them for each
    new one: a copy of a database took 0.4 s after others had been dropped, 0.03 s in memory.
    """
    has_room = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free >= MEMORY_NEEDED
    return MEMORY if has_room else None


@pytest.fixture(scope="session")
def cluster(cluster_folder: Path | None) -> Iterator[PrivateCluster]:
    """A cluster for this test run, with a migrated template database."""
    with throw_away(cluster_folder) as cluster:
        _execute(cluster, f"CREATE DATABASE {TEMPLATE}")
        migrate(cluster.url(OWNER, TEMPLATE))
        yield cluster


_numbers = itertools.count()


@contextmanager
def fresh_database(cluster: PrivateCluster, template: str = TEMPLATE) -> Iterator[str]:
    """Give the name of a copy of a database, dropped afterwards."""
    name = f"hq_test_{next(_numbers)}"
    # Files as they are, instead of each page through the log: less than half of the time.
    _execute(cluster, f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
    try:
        yield name
    finally:
        # The owner of a database may not end the autovacuum worker that may be at work in it.
        _execute(cluster, f"DROP DATABASE {name} WITH (FORCE)", SUPERUSER)


@contextmanager
def demonstration_database(cluster: PrivateCluster) -> Iterator[str]:
    """Give the name of a database with the demonstration in it, dropped afterwards."""
    template = _demonstration(cluster, int(monotonic() / DEMONSTRATION_KEPT_S))
    with fresh_database(cluster, template) as name:
        yield name


@cache
def _demonstration(cluster: PrivateCluster, period: int) -> str:
    name = f"hq_demonstration_{period}"
    _execute(cluster, f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
    workspace = Workspace("live", cluster.url(SERVER, name), SystemClock())
    load_if_empty(workspace)
    workspace.engine.dispose()
    return name


def _execute(cluster: PrivateCluster, statement: str, login: str = OWNER) -> None:
    with psycopg.connect(cluster.url(login, "postgres"), autocommit=True) as connection:
        connection.execute(statement.encode())


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def workspace(cluster: PrivateCluster, clock: FixedClock) -> Iterator[Workspace]:
    """An empty store whose clock stands at noon."""
    with fresh_database(cluster) as name:
        workspace = Workspace("live", cluster.url(SERVER, name), clock)
        yield workspace
        workspace.engine.dispose()


@pytest.fixture
def owner_url(cluster: PrivateCluster, workspace: Workspace) -> str:
    """The same store as its owner, who sees and may do everything."""
    return cluster.url(OWNER, workspace.database_url.rpartition("/")[2])


MakeShelter = Callable[..., UUID]


@pytest.fixture
def make_shelter(workspace: Workspace) -> MakeShelter:
    """Make a shelter of the register and return its id."""

    def make(
        name: str = "鶴嶺小学校",
        *,
        capacity: int | None = 120,
        lon: float | None = 139.3897,
        lat: float | None = 35.3377,
    ) -> UUID:
        point = None if lon is None else f"SRID=4326;POINT({lon} {lat})"
        with workspace.transaction(HEADQUARTERS) as session:
            made: UUID = (
                session.connection()
                .exec_driver_sql(
                    "INSERT INTO shelter"
                    " (municipality_code, facility_key, name, capacity, location)"
                    " VALUES ('142077', %s, %s, %s, %s) RETURNING id",
                    (str(uuid4()), name, capacity, point),
                )
                .scalar_one()
            )
        return made

    return make


@pytest.fixture
def incident_id(workspace: Workspace) -> UUID:
    """An open incident."""
    with workspace.transaction(HEADQUARTERS) as session:
        return open_incident(session, "地震", IncidentKind.EARTHQUAKE)


@pytest.fixture
def open_shelter(
    workspace: Workspace, incident_id: UUID, make_shelter: MakeShelter
) -> Callable[..., UUID]:
    """Make a shelter that is open, and return its id."""

    def make(name: str = "鶴嶺小学校", *, capacity: int | None = 120) -> UUID:
        shelter_id = make_shelter(name, capacity=capacity)
        with workspace.transaction(HEADQUARTERS) as session:
            open_shelters(session, incident_id, [shelter_id])
        return shelter_id

    return make


@dataclass(frozen=True)
class Server:
    """The product as a process of its own, on a store of its own with the demonstration in it."""

    url: str
    workspace: Workspace
    pid: int

    def link(self, role: Role = Role.ADMIN, name: str = "本部") -> str:
        """Return a fresh sign-in link."""
        path = new_link(self.workspace, name=name, role=role).partition("/sign-in")[2]
        return f"{self.url}/sign-in{path}"

    def client(self, role: Role = Role.ADMIN, language: str = "ja") -> httpx.Client:
        """Return an HTTP client that is signed in."""
        answer = httpx.get(self.link(role), timeout=30)
        assert answer.status_code == httpx.codes.SEE_OTHER
        return httpx.Client(
            base_url=self.url,
            cookies=answer.cookies,
            headers={"Accept-Language": language},
            timeout=30,
        )


@pytest.fixture(scope="session")
def server(cluster: PrivateCluster) -> Iterator[Server]:
    """A server for the whole run; tests that use it leave no incident closed."""
    with demonstration_database(cluster) as name, serving(cluster, name) as running:
        yield running


@contextmanager
def serving(cluster: PrivateCluster, database: str) -> Iterator[Server]:
    """Run a server on a database, filled with the demonstration."""
    workspace = Workspace("live", cluster.url(SERVER, database), SystemClock())
    load_if_empty(workspace)
    port = free_port()
    environment = os.environ | {"HQ_DATABASE_URL": workspace.database_url, "HQ_PORT": str(port)}
    command = [sys.executable, "-m", "uvicorn", "dashboard.app:app", "--port", str(port)]
    command += ["--no-access-log", "--log-level", "warning", "--timeout-graceful-shutdown", "1"]
    with subprocess.Popen(command, cwd=PROJECT, env=environment) as process:
        try:
            url = f"http://127.0.0.1:{port}"
            await_answer(f"{url}/readyz", process)
            yield Server(url, workspace, process.pid)
        finally:
            process.terminate()
            workspace.engine.dispose()


def await_that(condition: Callable[[], object], seconds: float = 30) -> None:
    """Wait until something has come about, or fail."""
    deadline = monotonic() + seconds
    breath = threading.Event()
    while not condition():
        assert monotonic() < deadline, "it did not come about in time"
        breath.wait(0.05)


Process = subprocess.Popen[bytes]


def await_work(process: Process, condition: Callable[[], object], *, work_s: float = 60) -> None:
    """Wait until a process has brought something about, or fail when it has ended.

    What counts is how long it has had the processor: on a busy machine it starts late, and well.
    """
    breath = threading.Event()
    while not condition():
        assert process.poll() is None, "the process ended before that"
        assert worked_s(process) < work_s, f"it did not come about in {work_s} s of work"
        breath.wait(0.1)  # and leave the processor to the one that starts


def worked_s(process: Process) -> float:
    """Return how long a process has had the processor."""
    told = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, told[11:13])) / os.sysconf("SC_CLK_TCK")


def await_answer(url: str, process: Process) -> None:
    """Wait until a server answers, or fail when it has ended."""
    with httpx.Client(timeout=30) as client:

        def answers() -> bool:
            with suppress(httpx.TransportError):
                return client.get(url).status_code == httpx.codes.OK
            return False

        await_work(process, answers)


PORTS = range(10_000, 32_000)
"""Below those that a system lends to whoever calls out: a call to a server that is still starting
could be lent the very port that it calls, and then nobody else gets it."""
_ports = (PORTS[number % len(PORTS)] for number in itertools.count(97 * os.getpid()))


def free_port() -> int:
    """Return a port that nobody uses at the moment, another one each time."""
    return next(filter(_is_free, _ports))


def _is_free(port: int) -> bool:
    with suppress(OSError), socket.socket() as probe:
        probe.bind(("127.0.0.1", port))
        return True
    return False


def shared_file(path: str) -> Path:
    """Return a file of the reference material, or skip the test where that is absent."""
    file = SHARED / path
    if not file.exists():
        pytest.skip(f"the reference file {path} is not on this machine")
    return file


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """The one driver of this run: a second one would meet the first one's event loop."""
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """The one browser of this run, of which each context begins with nothing kept."""
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*SWITCHES])
    yield browser
    browser.close()
