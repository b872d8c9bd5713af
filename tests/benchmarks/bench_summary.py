"""Compiling the situation summary with a million damage reports.

The peer is one statement over the reports that yields the same figures from what now stands in
each of them: what one would write who needed no past and no merged sources.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

import psycopg
import pytest
from sqlalchemy import Row, text
from sqlalchemy.orm import Session

from gis.clock import SystemClock
from gis.config import city_profile
from gis.queries.incidents import open_incident_or_refuse
from gis.reports import SituationSummary, compile_summary
from gis.store import Workspace, now
from scripts.cluster import OWNER, SERVER, PrivateCluster
from tests.benchmarks.bench_tiles import plant
from tests.benchmarks.conftest import Comparison, Measured, Page
from tests.conftest import demonstration_database

CITY = city_profile("142077")
MANY = 1_000_000
RUNS = 15

PEER = text("""
    SELECT category, severity, state IN ('confirmed', 'in_progress', 'done') AS is_confirmed,
           dwelling_class, flood_level, phenomenon, count(*) AS reports,
           sum(affected), count(affected), sum(households), count(households),
           sum(residents), count(residents)
    FROM damage_report
    WHERE incident_id = :incident_id AND state <> 'rejected' AND merged_into_id IS NULL
    GROUP BY 1, 2, 3, 4, 5, 6
""")

Answer = TypeVar("Answer")


@pytest.fixture(scope="module")
def crowded(cluster: PrivateCluster) -> Iterator[Workspace]:
    """The demonstration with a million reports on top."""
    with demonstration_database(cluster) as name:
        plant(cluster, name, MANY)
        with psycopg.connect(cluster.url(OWNER, name), autocommit=True) as store:
            store.execute("VACUUM ANALYZE damage_report")
        workspace = Workspace("live", cluster.url(SERVER, name), SystemClock())
        yield workspace
        workspace.engine.dispose()


def bench_a_summary_of_a_million_reports(
    crowded: Workspace, measured: Measured, page: Page
) -> None:
    """Compile it, and ask the peer, in turn."""
    ours, theirs = [], []
    for _ in range(RUNS):
        summary, seconds = timed(crowded, compiled)
        ours.append(seconds)
        groups, seconds = timed(crowded, asked)
        theirs.append(seconds)
        assert summary.damage_total == sum(group.reports for group in groups) > MANY
    measured(f"compiling a summary of {MANY:,} damage reports", ours, 0.300)
    page.comparisons.append(
        Comparison(f"the same, beside one statement over {MANY:,} reports", ours, theirs, 1.5)
    )


def compiled(session: Session) -> SituationSummary:
    incident = open_incident_or_refuse(session)
    return compile_summary(session, incident.id, CITY, as_of=now(session), is_drill=False)


def asked(session: Session) -> Sequence[Row[tuple[Any, ...]]]:
    return session.execute(PEER, {"incident_id": open_incident_or_refuse(session).id}).all()


def timed(workspace: Workspace, ask: Callable[[Session], Answer]) -> tuple[Answer, float]:
    """Return an answer, and how long it took."""
    with workspace.reading() as session:
        began = time.perf_counter()
        answer = ask(session)
        return answer, time.perf_counter() - began
