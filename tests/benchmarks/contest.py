"""The sides of a comparison on one cluster, each doing its work in turn."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import psycopg

from gis.store import migrate
from scripts.cluster import OWNER, SERVER, SUPERUSER, PrivateCluster
from tests.benchmarks import bare, geopandas_peer, ogr2ogr_peer, ours
from tests.benchmarks.apart import Run, run_apart
from tests.conftest import fresh_database

ROUNDS = 3

COPY, FIRST, AGAIN = "COPY", "first import", "second import"
GEOPANDAS = ("geopandas, its own tables", "geopandas, the bare table")
OGR2OGR = ("ogr2ogr, its own tables", "ogr2ogr, the bare table")

Side = Callable[[], dict[str, Run]]
"""Does its work on what was made ready for it, and returns what it measured, by name."""


@dataclass
class Contest:
    """The sides, what they work on and what they took."""

    cluster: PrivateCluster
    database: str
    files: Sequence[Path]
    runs: dict[str, list[Run]] = field(default_factory=lambda: defaultdict(list))
    recorded: int = 0
    """Entries of the change record that our import makes."""
    ogr2ogr: str = ""
    """Its version."""
    lacking: str = ""
    """Why it takes no part."""

    @property
    def owner_url(self) -> str:
        """Return how COPY and the peers reach their tables."""
        return self.cluster.url(OWNER, self.database)

    def seconds(self, side: str) -> list[float]:
        """Return what each run of a side took."""
        return [run.seconds for run in self.runs[side]]

    def peaks_mb(self, side: str) -> list[float]:
        """Return the most memory that each run of a side held."""
        return [run.peak_mb for run in self.runs[side]]

    def hold(self, rows: Sequence[bare.Line]) -> None:
        """Let all sides run in turn, every second round backwards."""
        sides: list[Side] = [partial(self._copy, rows), self._ours, *self._peers()]
        for number in range(ROUNDS):
            for side in sides if number % 2 == 0 else reversed(sides):
                self._clear()
                for name, run in side().items():
                    self.runs[name].append(run)

    def _clear(self) -> None:
        """Let nobody pay for what the one before has left."""
        statement = (
            "SELECT format('DROP TABLE %I', tablename) FROM pg_tables"
            " WHERE tablename ~ '^(geopandas|ogr2ogr)_'"
        )
        with psycopg.connect(self.owner_url) as connection:
            connection.execute("TRUNCATE bare")
            for (drop,) in connection.execute(statement).fetchall():
                connection.execute(drop)
        with psycopg.connect(self.cluster.url(SUPERUSER, self.database)) as connection:
            connection.execute("CHECKPOINT")

    def _copy(self, rows: Sequence[bare.Line]) -> dict[str, Run]:
        return {COPY: _timed(partial(bare.copy, self.owner_url, rows))}

    def _ours(self) -> dict[str, Run]:
        """Import twice into an empty register; the second import must find nothing to write."""
        with fresh_database(self.cluster, "template1") as name:
            migrate(self.cluster.url(OWNER, name))
            url = self.cluster.url(SERVER, name)
            first = run_apart(ours.main, url, *self.files)
            self.recorded = self._recorded(name)
            again = run_apart(ours.main, url, *self.files)
            assert first.wrote
            assert not again.wrote
            assert self._recorded(name) == self.recorded > 0
        return {FIRST: first, AGAIN: again}

    def _recorded(self, database: str) -> int:
        with psycopg.connect(self.cluster.url(OWNER, database)) as connection:
            row = connection.execute("SELECT count(*) FROM change_record").fetchone()
        assert row
        return int(row[0])

    def _peers(self) -> Iterator[Side]:
        url, files = self.owner_url, self.files
        for table, name in zip(("own", "bare"), GEOPANDAS, strict=True):
            yield partial(_geopandas, name, table, url, *files)
        if not self.lacking:
            for write, name in zip(
                (ogr2ogr_peer.write_plain, ogr2ogr_peer.write_typed), OGR2OGR, strict=True
            ):
                yield partial(_ogr2ogr, name, partial(write, url, files))


def _geopandas(name: str, *arguments: object) -> dict[str, Run]:
    return {name: run_apart(geopandas_peer.main, *arguments)}


def _ogr2ogr(name: str, write: Callable[[], None]) -> dict[str, Run]:
    return {name: _timed(write)}


def _timed(work: Callable[[], None]) -> Run:
    began = time.perf_counter()
    work()
    return Run(time.perf_counter() - began, 0, {})
