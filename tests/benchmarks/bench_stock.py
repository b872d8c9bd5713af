"""Stock everywhere after a million movements, and filing one more of them.

The peer is the ledger itself, summed up each time: what one would ask without the kept sums.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import cycle
from typing import TypeVar
from uuid import UUID, uuid4

import psycopg
from sqlalchemy import text
from sqlalchemy.orm import Session

from gis.clock import SystemClock
from gis.config import city_profile
from gis.operations.city import load_city
from gis.operations.ledger import Filing, Goods
from gis.operations.stocks import move
from gis.queries.stocks import stocks
from gis.store import Workspace
from scripts.cluster import OWNER, SERVER, PrivateCluster
from tests.benchmarks.conftest import Comparison, Measured, Page
from tests.conftest import HEADQUARTERS, fresh_database

CITY = city_profile("142077")
MANY, STEP = 1_000_000, 50_000
DEPOTS, SHELTERS, LOTS = 10, 120, 3
DAYS = 10
RUNS, SUMMED, FILED = 50, 5, 200

Answer = TypeVar("Answer")

AS_HEADQUARTERS = """
    SELECT set_config('hq.actor', '本部', true), set_config('hq.role', 'operator', true),
           set_config('hq.now', cast(now() AS text), true), setseed({seed});
"""
PLACES = """
    INSERT INTO shelter (municipality_code, facility_key, name, location)
    SELECT '142077', 'bench-' || n, '試験避難所' || n, ST_SetSRID(ST_MakePoint(139.4, 35.33), 4326)
    FROM generate_series(1, {shelters}) n;
    INSERT INTO stock_place (id, kind, shelter_id)
    SELECT id, 'shelter', id FROM shelter WHERE facility_key LIKE 'bench-%';
    INSERT INTO stock_place (kind, name)
    SELECT 'depot', '試験拠点' || n FROM generate_series(1, {depots}) n;
"""
RECEIVED = """
    INSERT INTO movement (filing_id, number, kind, item_code, lot, expires_on, to_place_id,
                          quantity, observed_at, source)
    SELECT gen_random_uuid(), 1, 'received', i.code, 'L' || n, current_date + 30 * n, p.id, 1000000,
           hq_now() - make_interval(days => {days}), 'file'
    FROM stock_place p, resource_item i, generate_series(1, {lots}) n;
"""
"""Enough of every lot everywhere for what leaves later."""
MOVED = """
    INSERT INTO movement (filing_id, number, kind, item_code, lot, expires_on, from_place_id,
                          to_place_id, quantity, observed_at, source)
    SELECT gen_random_uuid(), 1, k.kind, i.codes[1 + floor(cardinality(i.codes) * random())],
           'L' || k.lot, current_date + 30 * k.lot,
           CASE WHEN k.kind <> 'received' THEN p.ids[1 + k.place] END,
           CASE WHEN k.kind <> 'used' THEN p.ids[1 + (k.place + 1) % cardinality(p.ids)] END,
           1 + floor(20 * random()), hq_now() - random() * make_interval(days => {days}),
           'field_app'
    FROM (SELECT array_agg(id) AS ids FROM stock_place) p,
         (SELECT array_agg(code) AS codes FROM resource_item) i,
         LATERAL (
             SELECT (ARRAY['received', 'moved', 'used'])[1 + floor(3 * random())] AS kind,
                    1 + floor({lots} * random())::integer AS lot,
                    floor(cardinality(p.ids) * random())::integer AS place
             FROM generate_series(1, {count})
         ) k;
"""
PLANTED = {
    "shelters": SHELTERS, "depots": DEPOTS, "lots": LOTS, "days": DAYS, "count": STEP
}  # fmt: skip

SUMS = """
    SELECT place_id, item_code, sum(quantity) FROM (
        SELECT to_place_id AS place_id, item_code, quantity FROM movement
        UNION ALL SELECT from_place_id, item_code, -quantity FROM movement
    ) AS ways
    WHERE place_id IS NOT NULL GROUP BY place_id, item_code
"""


def bench_stock_after_a_million_movements(
    cluster: PrivateCluster, measured: Measured, page: Page
) -> None:
    """What lies everywhere, now and then, and one more movement."""
    with _store(cluster) as (workspace, batches):
        now = workspace.clock.now()
        ours, lines = _timed(workspace, RUNS, stocks)
        theirs, summed = _timed(
            workspace, SUMMED, lambda session: session.execute(text(SUMS)).all()
        )
        assert {(line.place_id, line.item_code): line.quantity for line in lines} == {
            (place_id, item_code): quantity for place_id, item_code, quantity in summed
        }
        day_ago = now - timedelta(days=1)
        then, _ = _timed(
            workspace, SUMMED, lambda session: stocks(session, as_of=day_ago, known_at=now)
        )
        filings = _filed(workspace, [line.place_id for line in lines], lines[0].item_code)
    measured(f"stock of {len(lines):,} items in places, {MANY:,} movements", ours, 0.050)
    measured("filing a movement there, 95th percentile", [filings[int(0.95 * FILED)]], 0.100)
    page.comparisons.append(
        Comparison(
            f"stock after {MANY:,} movements, beside summing them up",
            [1000 * seconds for seconds in ours],
            [1000 * seconds for seconds in theirs],
            0.1,
            "ms",
        )
    )
    page.remarks.append(
        f"Stock of a past moment is summed up from the ledger: {sorted(then)[SUMMED // 2]:.2f} s"
        f" of {MANY:,} movements. Taking them in, {STEP:,} at once, the store kept the sums at"
        f" {STEP / sorted(batches)[len(batches) // 2]:,.0f} movements a second."
    )


@contextmanager
def _store(cluster: PrivateCluster) -> Iterator[tuple[Workspace, list[float]]]:
    """Give a store with the movements in it, and the seconds that each batch of them took."""
    with fresh_database(cluster) as name:
        workspace = Workspace("live", cluster.url(SERVER, name), SystemClock())
        with workspace.transaction(HEADQUARTERS) as session:
            load_city(session, CITY)
        yield workspace, _plant(cluster.url(OWNER, name))
        workspace.engine.dispose()


def _plant(owner_url: str) -> list[float]:
    """File movements past the operations; the store's own trigger keeps the sums."""
    seconds = []
    with psycopg.connect(owner_url, autocommit=True) as store:
        # The change record of a million movements takes many minutes, and no part in this.
        store.execute("ALTER TABLE movement DISABLE TRIGGER movement_insert_recorded")
        _write(store, PLACES + RECEIVED, seed=0)
        for number in range(MANY // STEP):
            began = time.perf_counter()
            _write(store, MOVED, seed=number / 1_000)
            seconds.append(time.perf_counter() - began)
        store.execute("ALTER TABLE movement ENABLE TRIGGER movement_insert_recorded")
        store.execute("VACUUM ANALYZE")
    return seconds


def _write(store: psycopg.Connection, statements: str, seed: float) -> None:
    with store.transaction():
        store.execute((AS_HEADQUARTERS + statements).format(seed=seed, **PLANTED).encode())


def _timed(
    workspace: Workspace, runs: int, ask: Callable[[Session], Answer]
) -> tuple[list[float], Answer]:
    """Return the seconds of each run, and what was answered."""
    seconds = []
    with workspace.reading() as session:
        for _ in range(runs):
            began = time.perf_counter()
            answer = ask(session)
            seconds.append(time.perf_counter() - began)
    return seconds, answer


def _filed(workspace: Workspace, places: list[UUID], item_code: str) -> list[float]:
    """File movements from place to place through the operations; return their seconds, sorted."""
    seconds = []
    others = cycle(dict.fromkeys(places))
    origin = next(others)
    for destination, _ in zip(others, range(FILED), strict=False):
        began = time.perf_counter()
        with workspace.transaction(HEADQUARTERS) as session:
            move(session, Filing(uuid4()), origin, destination, Goods(item_code, 5))
        seconds.append(time.perf_counter() - began)
        origin = destination
    return sorted(seconds)
