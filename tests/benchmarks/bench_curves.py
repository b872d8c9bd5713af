"""Curves over an operation: how many people there were at each hour of ten days."""

import time
from datetime import timedelta

import pytest

from gis.clock import SystemClock
from gis.operations.city import load_city
from gis.queries.curves import curves, evenly
from gis.queries.incidents import open_incident_or_refuse
from gis.store import Workspace
from scripts.cluster import SERVER, PrivateCluster
from tests.benchmarks.bench_operation import CITY, DAYS, OPEN, RUNS, play
from tests.benchmarks.conftest import Measured
from tests.conftest import HEADQUARTERS, fresh_database

HOURS = DAYS * 24


@pytest.mark.parametrize("known", ["then", "now"])
def bench_curves_of_a_city(cluster: PrivateCluster, measured: Measured, known: str) -> None:
    """The city, all districts: 120 open shelters, ten days of hourly readings, hour by hour."""
    with fresh_database(cluster) as name:
        play(cluster, name, OPEN, HOURS)
        workspace = Workspace("live", cluster.url(SERVER, name), SystemClock())
        with workspace.transaction(HEADQUARTERS) as session:
            load_city(session, CITY)
        seconds = [_draw(workspace, known) for _ in range(RUNS)]
        workspace.engine.dispose()
    subject = f"curves of {OPEN} shelters, {DAYS} days hourly, as known {known}"
    measured(subject, seconds, 0.300)


def _draw(workspace: Workspace, known: str) -> float:
    now = workspace.clock.now()
    moments = evenly(now - timedelta(days=DAYS), now, HOURS + 1)
    with workspace.reading() as session:
        incident = open_incident_or_refuse(session)
        began = time.perf_counter()
        found = curves(session, incident.id, moments, known_at=now if known == "now" else None)
        seconds = time.perf_counter() - began
    assert found.city[-1].unknown_places == 0
    assert len(found.by_district) > 1
    return seconds
