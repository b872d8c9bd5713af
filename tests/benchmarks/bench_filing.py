"""Damage reports filed by many devices at once, everything durable, beside pgbench.

pgbench inserts the same row into the same table, with its triggers, one per commit, in turn with
ours on the same cluster. The devices run on the same cores as the server.
"""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
import pytest

from gis.store import migrate
from gis.vocabulary import Role
from scripts.cluster import LIVE_DATABASE, OWNER, SUPERUSER, PrivateCluster
from scripts.postgres import hand_over, usable_postgres
from tests.benchmarks.conftest import Measured
from tests.benchmarks.devices import REPORT
from tests.conftest import PROJECT, Server, serving
from tests.test_survival import survive

ROUNDS = 3
SECONDS = 8
CLIENTS = 20
"""How many file as fast as they can, ours and pgbench's."""
DEVICES = 500
RATE = 410
"""Reports a second: ten times the 41 that ODK Central publishes for its server."""
SHARE = 0.4
"""Of pgbench's rate, at least."""
RETRYING, FILINGS, BLOWS = 20, 20_000, 3
SURVIVAL_SECONDS = 300
"""What the filings may take with all that is killed and started again in between."""

INSERT = """
INSERT INTO damage_report (id, incident_id, category, severity, location, place_text, note,
                           reporter, observed_at, source, accuracy_m, located_by, is_outside)
SELECT gen_random_uuid(), id, '{category}', '{severity}',
       'SRID=4326;POINT({lon} {lat})', '{place_text}', '{note}', '{reporter}', now(),
       '{source}', {accuracy_m}, '{located_by}', false
FROM incident WHERE closed_at IS NULL;
"""


@dataclass(frozen=True)
class Seen:
    """What the devices saw."""

    rate: float
    median_s: float
    p99_s: float
    refused: int
    own_cpu_s: float


@dataclass(frozen=True)
class Post:
    """A server on a durable cluster, and its devices' way in."""

    server: Server
    cluster: PrivateCluster
    cookie: str

    def devices(self, count: int, rate: float = 0) -> Seen:
        """Let devices file for a while."""
        address = httpx.URL(self.server.url)
        told = [address.host, address.port, self.cookie, count, SECONDS, rate]
        command = [sys.executable, "-m", "tests.benchmarks.devices", *map(str, told)]
        done = subprocess.run(command, cwd=PROJECT, check=True, stdout=subprocess.PIPE, text=True)
        seen = Seen(**json.loads(done.stdout))
        assert not seen.refused
        return seen

    def pgbench(self) -> float:
        """Return how many rows a second pgbench inserts, each in a transaction of its own."""
        with TemporaryDirectory() as folder:
            script = Path(folder, "insert.sql")
            place = REPORT["location"]
            assert isinstance(place, dict)
            script.write_text(" ".join(INSERT.format(**REPORT | place).split()))
            pgbench = usable_postgres()[0].programs / "pgbench"
            options = [f"--file={script}", "--no-vacuum", "--protocol=prepared", "--jobs=1"]
            options += [f"--client={CLIENTS}", f"--time={SECONDS}"]
            facts = f"-c hq.actor=第3班 -c hq.role=field -c hq.now={datetime.now(UTC).isoformat()}"
            done = subprocess.run(
                [pgbench, *options, self.cluster.url(SUPERUSER)],
                env={"PGOPTIONS": facts},
                check=True,
                capture_output=True,
                text=True,
            )
        return float(done.stdout.partition("tps = ")[2].split()[0])


@pytest.fixture(scope="module")
def post() -> Iterator[Post]:
    """A server and a cluster that keep what they confirm, as in operation."""
    with durable() as cluster:
        migrate(cluster.url(OWNER))
        with serving(cluster, LIVE_DATABASE) as server, server.client(Role.FIELD) as client:
            ((name, value),) = client.cookies.items()
            yield Post(server, cluster, f"{name}={value}")


@contextmanager
def durable() -> Iterator[PrivateCluster]:
    """Run a cluster whose commits survive a power cut, for as long as it is needed."""
    with TemporaryDirectory(prefix="disaster-hq-") as folder:
        hand_over(Path(folder))
        with PrivateCluster(Path(folder, "cluster")).running() as cluster:
            yield cluster


@pytest.mark.timeout(1800)
def bench_filing_beside_pgbench(post: Post, measured: Measured) -> None:
    """How long a thousand reports take that are filed as fast as the server takes them."""
    ours, theirs = [], []
    for _ in range(ROUNDS):
        theirs.append(post.pgbench())
        ours.append(post.devices(CLIENTS))
    seconds = [1000 / seen.rate for seen in ours]
    pgbench = sorted(theirs)[ROUNDS // 2]
    said = f"1,000 damage reports filed by {CLIENTS} devices, durable"
    measured(f"{said} (limit: {RATE} a second)", seconds, 1000 / RATE)
    measured(
        f"the same (limit: {SHARE} of the {pgbench:,.0f} a second of pgbench)",
        seconds,
        1000 / (SHARE * pgbench),
    )


@pytest.mark.timeout(600)
def bench_filing_by_five_hundred_devices(post: Post, measured: Measured) -> None:
    """How long the slowest of a hundred filings takes at the load that is to be borne."""
    seen = [post.devices(DEVICES, RATE) for _ in range(ROUNDS)]
    reached = min(each.rate for each in seen)
    measured(
        f"a filing among {DEVICES} devices that file {RATE} a second, p99 (reached: {reached:.0f})",
        [each.p99_s for each in seen],
        1.0,
    )


@pytest.mark.timeout(3600)
def bench_filing_through_three_kills(measured: Measured) -> None:
    """Server and database killed three times during 20,000 filings: nothing lost, nothing twice."""
    began = time.perf_counter()
    acknowledged, kept = survive(RETRYING, FILINGS // RETRYING, BLOWS)
    seconds = time.perf_counter() - began
    assert len(acknowledged) == FILINGS
    assert kept == acknowledged
    said = f"{FILINGS:,} filings, server and database killed {BLOWS} times: each stored once"
    measured(said, [seconds], SURVIVAL_SECONDS)
