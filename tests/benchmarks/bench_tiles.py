"""The situation map with a hundred thousand reports, and with a million.

tipg, a tile server for PostGIS, answers from the same database in the same run: the same columns,
of its own way to cut tiles. It is asked in turn with ours, by the same client.
"""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import httpx
import psycopg
import pytest
from aiohttp import ClientSession, ClientTimeout, CookieJar, TCPConnector
from playwright.sync_api import Browser, BrowserContext, Page, Playwright

from gis.geometry.tiles import Tile
from gis.queries.damage_tiles import damage_tile
from gis.queries.incidents import current_incident
from gis.store import Workspace
from scripts.cluster import OWNER, PrivateCluster
from tests.benchmarks.conftest import Comparison, Measured
from tests.benchmarks.conftest import Page as Printed
from tests.benchmarks.watchers import Watcher, together
from tests.browser.conftest import LAPTOP, REPORTS_SHOWN
from tests.conftest import (
    CHROMIUM,
    PROJECT,
    SWITCHES,
    Server,
    await_answer,
    await_that,
    free_port,
    fresh_database,
    serving,
)

CITY, MANY, STEP = 100_000, 1_000_000, 50_000
DENSE = Tile(12, 3634, 1617)
"""Nearly all of the city."""
RUNS = 20
PAINTS = 7
AGAIN = 300
"""Reads of a tile that has been read."""
MAPS = 50
FILINGS = 60
"""One report each second for a minute."""
HOURS_OF_WRITES = 36_000
"""Ten hours with one write each second, as fast as they go."""
WRITERS = 8
SIZE_MOST_KB = 100.0
FULL = 40_000
"""Bytes of a tile that is full of single reports; counted in cells, it has fewer."""

PLANT = """
    SELECT set_config('hq.actor', '本部', true), set_config('hq.role', 'operator', true),
           set_config('hq.now', cast(now() AS text), true), setseed({seed});
    INSERT INTO damage_report (id, incident_id, category, severity, location, observed_at, source)
    SELECT gen_random_uuid(), i.id,
           (ARRAY['dwelling', 'road', 'bridge', 'river', 'cliff', 'fire', 'lifeline'])
               [1 + floor(7 * random())],
           (ARRAY['minor', 'moderate', 'severe', NULL])[1 + floor(4 * random())],
           ST_SetSRID(ST_MakePoint(
               139.405 + 0.05 * (random() + random() + random() - 1.5),
               35.345 + 0.05 * (random() + random() + random() - 1.5)), 4326),
           hq_now() - random() * interval '3 hours', 'field_app'
    FROM (SELECT id FROM incident WHERE closed_at IS NULL LIMIT 1) i,
         generate_series(1, {count});
"""
"""Dense in the middle of the city and thinner around it."""


def plant(cluster: PrivateCluster, database: str, count: int) -> None:
    """File reports past the operations, in one go each :data:`STEP`."""
    with psycopg.connect(cluster.url(OWNER, database), autocommit=True) as store:
        # The change record of a million reports takes many minutes, and no part in this.
        store.execute("ALTER TABLE damage_report DISABLE TRIGGER damage_report_insert_recorded")
        for number in range(count // STEP):
            with store.transaction():
                store.execute(PLANT.format(seed=number / 1_000, count=STEP).encode())
        store.execute("ALTER TABLE damage_report ENABLE TRIGGER damage_report_insert_recorded")
        store.execute("VACUUM ANALYZE")


@pytest.fixture(scope="module")
def crowded(cluster: PrivateCluster) -> Iterator[Server]:
    """A server whose incident has a hundred thousand reports."""
    with fresh_database(cluster) as name, serving(cluster, name) as running:
        plant(cluster, name, CITY)
        yield running


@contextmanager
def tipg(cluster: PrivateCluster, database: str) -> Iterator[str]:
    """Run the peer on a database, where it may read what it likes; give its address."""
    port = free_port()
    environment = os.environ | {
        "DATABASE_URL": cluster.url(OWNER, database),
        "TIPG_DB_SCHEMAS": '["public"]',
        "TIPG_DB_ONLY_SPATIAL_TABLES": "TRUE",
    }
    command = [sys.executable, "-m", "uvicorn", "tipg.main:app", "--port", str(port)]
    command += ["--no-access-log", "--log-level", "error"]
    with subprocess.Popen(command, cwd=PROJECT, env=environment) as process:
        url = f"http://127.0.0.1:{port}"
        try:
            await_answer(f"{url}/healthz", process)
            yield url
        finally:
            process.terminate()
            process.wait(20)


def database_of(server: Server) -> str:
    return server.workspace.database_url.rpartition("/")[2]


def ours(tile: Tile) -> str:
    return f"/api/tiles/damage-reports/{tile.zoom}/{tile.x}/{tile.y}.mvt"


def theirs(tile: Tile) -> str:
    return (
        f"/collections/public.damage_report/tiles/WebMercatorQuad/{tile.zoom}/{tile.x}/{tile.y}"
        "?geom-column=location_3857&properties=id,category,severity,state,observed_at&limit=10000"
    )


def full_tiles(server: Server) -> list[Tile]:
    """Return tiles of zoom 15 that are full of single reports."""
    first_x, last_x, first_y, last_y = DENSE.span(15)
    every = [Tile(15, x, y) for x in range(first_x, last_x + 1) for y in range(first_y, last_y + 1)]
    with server.workspace.reading() as session:
        incident = current_incident(session)
        assert incident
        tiles = [tile for tile in every if len(damage_tile(session, incident.id, tile)) > FULL]
    assert len(tiles) >= RUNS // 2, "too few tiles are full of single reports"
    return tiles[:RUNS]


def bench_tile_of_single_reports(crowded: Server, cluster: PrivateCluster, page: Printed) -> None:
    """A tile of zoom 15, first read and read again, beside tipg."""
    with crowded.client() as client, tipg(cluster, database_of(crowded)) as url:
        mine, peer = Reader(crowded.url, client.cookies), Reader(url)
        tiles = full_tiles(crowded)
        for tile in tiles:  # both have seen all of it once, so has the store
            mine.ms(ours(tile))
            peer.ms(theirs(tile))
        first: dict[str, list[float]] = {"ours": [], "theirs": []}
        for tile in tiles:
            forget(crowded, cluster, client)
            mine.ms("/healthz")  # by then it has closed the stream that told of it
            first["ours"].append(mine.ms(ours(tile)))
            first["theirs"].append(peer.ms(theirs(tile)))
        again = {
            "ours": [mine.ms(ours(tiles[0])) for _ in range(AGAIN)],
            "theirs": [peer.ms(theirs(tiles[0])) for _ in range(AGAIN // 10)],
        }
    page.title = f"Tiles are compared with tipg on the same database, {CITY:,} reports."
    page.comparisons += [
        Comparison(
            "a tile of single reports, first read", first["ours"], first["theirs"], 0.5, "ms"
        ),
        Comparison("the same, read again", again["ours"], again["theirs"], 0.05, "ms"),
    ]


def forget(server: Server, cluster: PrivateCluster, client: httpx.Client) -> None:
    """Have the server forget its tiles, as a write everywhere would, and wait until it has."""
    with (
        psycopg.connect(cluster.url(OWNER, database_of(server)), autocommit=True) as store,
        client.stream("GET", "/api/events") as stream,
    ):
        lines = stream.iter_lines()
        next(lines)
        store.execute("NOTIFY hq_change, 'damage_cell'")
        next(line for line in lines if "damage_cells" in line)


class Reader:
    """One connection that is kept, of which the client costs next to nothing."""

    def __init__(self, url: str, cookies: httpx.Cookies | None = None) -> None:
        self._connection = HTTPConnection(urlsplit(url).netloc, timeout=60)
        self._headers = {"Accept-Encoding": "gzip"}
        if cookies:
            pairs = (f"{name}={value}" for name, value in cookies.items())
            self._headers["Cookie"] = "; ".join(pairs)

    def ms(self, address: str) -> float:
        """Return the milliseconds of one answer."""
        began = time.perf_counter()
        self._connection.request("GET", address, headers=self._headers)
        answer = self._connection.getresponse()
        answer.read()
        taken = 1000 * (time.perf_counter() - began)
        assert answer.status == httpx.codes.OK, address
        return taken


def bench_dense_tile(cluster: PrivateCluster, page: Printed) -> None:
    """A tile of zoom 12 over all of the city, with a million reports beside a hundred thousand."""
    seconds, sizes = {}, {}
    for count in (CITY, MANY):
        with fresh_database(cluster) as name, serving(cluster, name) as running:
            plant(cluster, name, count)
            seconds[count], sizes[count] = dense(running.workspace)
    page.comparisons += [
        Comparison(
            f"a dense tile with {MANY:,} reports, beside {CITY:,}",
            seconds[MANY], seconds[CITY], 1.5, "ms",
        ),
        Comparison("its size, beside the limit", [sizes[MANY]], [SIZE_MOST_KB], 1.0, "kB"),
    ]  # fmt: skip


def dense(workspace: Workspace) -> tuple[list[float], float]:
    taken = []
    with workspace.reading() as session:
        incident = current_incident(session)
        assert incident
        for _ in range(RUNS):
            began = time.perf_counter()
            content = damage_tile(session, incident.id, DENSE)
            taken.append(1000 * (time.perf_counter() - began))
    return taken, len(content) / 1000


def bench_map_of_many_reports(
    crowded: Server, chromium: Browser, playwright: Playwright, tmp_path: Path, measured: Measured
) -> None:
    """From opening the page to all reports painted, and from panning and zooming to new ones."""
    moves = []
    with playwright.chromium.launch_persistent_context(
        tmp_path, executable_path=CHROMIUM, args=[*SWITCHES], **LAPTOP
    ) as laptop:
        let_in(laptop, crowded)
        for _ in range(3):  # a browser keeps what it compiled from the second time on
            opened(laptop, crowded)[0].close()
        paints = []
        for _ in range(PAINTS):
            page, seconds = opened(laptop, crowded)
            paints.append(seconds)
            frame = next(frame for frame in page.frames if "st_folium" in frame.url)
            moves += [frame.evaluate(MOVE, move) / 1000 for move in (*PANS, *ZOOMS)]
            page.close()
    firsts = []
    for _ in range(PAINTS):
        with closing(chromium.new_context(**LAPTOP)) as new:
            let_in(new, crowded)
            firsts.append(opened(new, crowded)[1])
    measured(f"the map with {CITY:,} reports, from opening the page", paints, 2.0)
    measured("the same in a browser that opens it for the first time", firsts, 2.0)
    measured("panning and zooming it, until the reports are there", moves, 0.3)


PANS = ["map.panBy([300, 0], { animate: false })", "map.panBy([0, -200], { animate: false })"]
ZOOMS = ["map.setZoom(14, { animate: false })", "map.setZoom(16, { animate: false })"]
MOVE = """
    async (move) => {
        const painted = new Promise((done) => map.on("hq:shown", function told({ subject }) {
            if (subject !== "damage_reports") return;
            map.off("hq:shown", told);
            requestAnimationFrame(() => setTimeout(done));
        }));
        const began = performance.now();
        new Function("map", move)(map);
        await painted;
        return performance.now() - began;
    }
"""


def let_in(context: BrowserContext, server: Server) -> None:
    """Sign a browser in without a page drawn."""
    with server.client() as client:
        ((name, value),) = client.cookies.items()
    context.add_cookies([{"name": name, "value": value, "url": server.url}])


def opened(context: BrowserContext, server: Server) -> tuple[Page, float]:
    """Open the situation map; return its page and the seconds until all reports were painted."""
    page = context.new_page()
    began = time.perf_counter()
    page.goto(server.url)
    page.frame_locator("iframe").locator(".hq-place").first.wait_for()
    frame = next(frame for frame in page.frames if "st_folium" in frame.url)
    frame.wait_for_function(f"{REPORTS_SHOWN} > {CITY // 2}", polling="raf")
    return page, time.perf_counter() - began


@pytest.mark.timeout(1800)
def bench_fifty_maps(crowded: Server, measured: Measured) -> None:
    """One report each second reaches fifty maps; and what the server's process takes for it."""
    seen: dict[UUID, list[float]] = {}
    filed: dict[UUID, float] = {}

    def look(content: bytes) -> None:
        now = time.perf_counter()
        for report_id in list(filed):
            if str(report_id).encode() in content:
                seen.setdefault(report_id, []).append(now - filed[report_id])

    def work() -> None:
        with crowded.client() as client:
            for number in range(FILINGS):
                due = began + number
                time.sleep(max(0.0, due - time.perf_counter()))
                filed[report_id := uuid4()] = time.perf_counter()
                file(client, report_id, LONELY)
        with suppress(AssertionError):  # the last one is on its way; what is missing is told below
            await_that(lambda: len(seen) == FILINGS, 10)

    view = around(Tile(15, 29081, 12948))
    before, began = cpu_seconds(crowded.pid), time.perf_counter()
    watched(crowded, view, look, work)
    share = (cpu_seconds(crowded.pid) - before) / (time.perf_counter() - began)
    waits = sorted(wait for waits in seen.values() for wait in first_of_each(waits))
    assert len(seen) == FILINGS, "not every report reached a map"
    p95 = waits[int(len(waits) * 0.95)]
    measured(f"a report on {MAPS} open maps, 95th percentile", [p95], 1.0)
    measured("seconds of one core that the server takes for it, each second", [share], 1.0)


LONELY = {"lon": 139.5, "lat": 35.28}
"""Where none lie, so that each report is told singly."""


def first_of_each(waits: Sequence[float]) -> Sequence[float]:
    """Return the first sight of each map: later reads of the tile tell of it again."""
    return sorted(waits)[:MAPS]


def around(tile: Tile) -> tuple[Tile, ...]:
    return tuple(
        Tile(tile.zoom, tile.x + x, tile.y + y) for x in (-2, -1, 0, 1) for y in (-1, 0, 1)
    )


def watched(
    server: Server, view: tuple[Tile, ...], look: Callable[[bytes], None], work: Callable[[], None]
) -> None:
    """Do some work while maps watch; on a thread of its own, for Playwright has a loop on ours."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, watching(server, view, look, work)).result()


async def watching(
    server: Server, view: tuple[Tile, ...], look: Callable[[bytes], None], work: Callable[[], None]
) -> None:
    with server.client() as signed_in:
        async with ClientSession(
            server.url,
            cookies=dict(signed_in.cookies),
            # To a bare address cookies go only where that is said.
            cookie_jar=CookieJar(unsafe=True),
            connector=TCPConnector(limit=0),
            timeout=ClientTimeout(total=None),
        ) as client:
            await together([Watcher(client, view, look) for _ in range(MAPS)], work)


def file(client: httpx.Client, report_id: UUID, place: dict[str, float]) -> None:
    said = {"id": str(report_id), "category": "road", "location": place}
    client.post("/api/damage-reports", json=said).raise_for_status()


@pytest.mark.timeout(1800)
def bench_ten_hours(crowded: Server, measured: Measured) -> None:
    """36,000 writes while fifty maps listen: the server's memory by the end, and after a tenth."""
    grown: list[float] = []

    def work() -> None:
        with ThreadPoolExecutor(WRITERS) as writers, crowded.client() as client:
            for part in range(10):
                places = map(spot, range(part, HOURS_OF_WRITES, 10))
                list(writers.map(lambda place: file(client, uuid4(), place), places))
                grown.append(memory_mb(crowded.pid))

    watched(crowded, around(Tile(13, 7268, 3235)), lambda _: None, work)
    measured(
        "memory of the server after 36,000 writes, in GB, beside that after 3,600",
        [grown[-1] / 1000], grown[0] / 1000,
    )  # fmt: skip


def spot(number: int) -> dict[str, float]:
    """Return one of many places in the city."""
    east, north = (number * step % 6_600 / 1e5 for step in (7_919, 104_729))
    return {"lon": 139.372 + east, "lat": 35.315 + north}


def cpu_seconds(pid: int) -> float:
    """Return what a process has taken of the processors."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory_mb(pid: int) -> float:
    """Return what a process holds in memory."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1000
