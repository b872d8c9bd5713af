"""Shelters in operation: the board's queries, and a page among fifty browsers."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import psycopg
import pytest
from playwright.sync_api import Browser, Page

from gis.clock import SystemClock
from gis.config import city_profile
from gis.queries.incidents import current_incident
from gis.reports.board import compile_board
from gis.store import Workspace
from scripts.cluster import OWNER, SERVER, PrivateCluster
from tests.benchmarks.conftest import Measured
from tests.browser.conftest import LAPTOP
from tests.conftest import Server, fresh_database, serving

CITY = city_profile("142077")
DAYS = 10
OPEN, OPEN_NATION_WIDE = 120, 8_000
BROWSERS = 50
RUNS = 30
OPENING_MS = 900_000
"""What two cores may take until fifty browsers show the board."""

OPERATION = """
    SELECT set_config('hq.actor', '本部', true), set_config('hq.role', 'operator', true),
           set_config('hq.now', cast(now() - make_interval(days => {days}) AS text), true);
    UPDATE incident SET closed_at = greatest(started_at, hq_now()) WHERE closed_at IS NULL;
    INSERT INTO incident (name, kind, started_at, is_demonstration)
    VALUES ('負荷試験', 'earthquake', hq_now(), true);
    INSERT INTO shelter (municipality_code, facility_key, name, capacity, location)
    SELECT '142077', 'bench-' || n, '試験避難所' || n, 100 + n % 900,
           ST_SetSRID(ST_MakePoint(139.36 + 0.08 * random(), 35.31 + 0.08 * random()), 4326)
    FROM generate_series(1, {shelters}) n;
    INSERT INTO opening (incident_id, shelter_id, began_at)
    SELECT i.id, s.id, i.started_at FROM incident i, shelter s
    WHERE i.name = '負荷試験' AND s.facility_key LIKE 'bench-%';
    INSERT INTO opening_state (opening_id, number, state, since_at)
    SELECT o.id, 1, 'open', o.began_at FROM opening o JOIN incident i ON i.id = o.incident_id
    WHERE i.name = '負荷試験';
    INSERT INTO occupancy_reading
        (opening_id, persons, households, observed_at, recorded_at, source)
    SELECT o.id, 50 + (n * 7 + row_number() OVER () % 40) % 600, 20, at, at, 'field_app'
    FROM opening o JOIN incident i ON i.id = o.incident_id AND i.name = '負荷試験',
         generate_series(1, {readings}) n,
         LATERAL (SELECT o.began_at + n * make_interval(days => {days}) / {readings} AS at) moment;
"""
"""Shelters that are open since {days} days, with their readings, in an incident of their own."""


def bench_board_of_a_city(cluster: PrivateCluster, measured: Measured) -> None:
    """What the board asks of the store: 120 open shelters, ten days of hourly readings."""
    with _operation(cluster, OPEN, DAYS * 24) as ask:
        measured(f"the board's queries, {OPEN} open shelters, {DAYS} days hourly", ask(), 0.030)


def bench_board_of_a_nation(cluster: PrivateCluster, measured: Measured) -> None:
    """The same for 8,000 open shelters with a day of hourly readings."""
    with _operation(cluster, OPEN_NATION_WIDE, 24) as ask:
        measured(f"the same, {OPEN_NATION_WIDE:,} open shelters", ask(), 1.0)


@pytest.fixture
def crowded(cluster: PrivateCluster) -> Iterator[Server]:
    """A server whose store holds the city's operation."""
    with fresh_database(cluster) as name, serving(cluster, name) as running:
        play(cluster, name, OPEN, DAYS * 24)
        yield running


@pytest.mark.timeout(1800)
def bench_page_among_fifty_browsers(crowded: Server, chromium: Browser, measured: Measured) -> None:
    """From a click on a shelter of the board to its panel, while fifty boards are open."""
    with ExitStack() as stack:
        pages = [stack.enter_context(_board(chromium, crowded)) for _ in range(BROWSERS)]
        # All of them load at once: one after the other they would mostly wait.
        for page in pages:
            page.locator(".hq-row-name").first.wait_for(timeout=OPENING_MS)
        mine = pages[0]
        names = mine.locator(".hq-row-name")
        seconds = []
        for number in range(RUNS):
            name = names.nth(number % 2)
            wanted = name.inner_text()
            began = time.perf_counter()
            name.click()
            mine.locator(".hq-plain .hq-name", has_text=wanted).wait_for()
            seconds.append(time.perf_counter() - began)
    measured(f"a page's rerun among {BROWSERS} browsers", seconds, 0.300)


@contextmanager
def _board(chromium: Browser, server: Server) -> Iterator[Page]:
    with server.client() as client:
        ((name, value),) = client.cookies.items()
    context = chromium.new_context(**LAPTOP)
    context.add_cookies([{"name": name, "value": value, "url": server.url}])
    page = context.new_page()
    page.goto(f"{server.url}/board", wait_until="commit", timeout=OPENING_MS)
    yield page
    context.close()


Ask = Callable[[], list[float]]


@contextmanager
def _operation(cluster: PrivateCluster, shelters: int, readings: int) -> Iterator[Ask]:
    with fresh_database(cluster) as name:
        play(cluster, name, shelters, readings)
        workspace = Workspace("live", cluster.url(SERVER, name), SystemClock())
        yield lambda: [_compile(workspace) for _ in range(RUNS)]
        workspace.engine.dispose()


def play(cluster: PrivateCluster, database: str, shelters: int, readings: int) -> None:
    """Fill a database with an operation of some shelters, open since :data:`DAYS` days."""
    with psycopg.connect(cluster.url(OWNER, database), autocommit=True) as connection:
        statement = OPERATION.format(shelters=shelters, readings=readings, days=DAYS)
        with connection.transaction():
            connection.execute(statement.encode())
        connection.execute("ANALYZE")


def _compile(workspace: Workspace) -> float:
    with workspace.reading() as session:
        began = time.perf_counter()
        incident = current_incident(session)
        assert incident
        board = compile_board(session, CITY, incident, as_of=workspace.clock.now())
        seconds = time.perf_counter() - began
    assert board.persons.unknown_places == 0
    return seconds
