"""Importing the national lists: beside a bare COPY, beside itself, beside the peers."""

import gzip
import statistics
import subprocess
from collections.abc import Iterator
from pathlib import Path

import geopandas
import psycopg
import pytest

from gis.store import migrate
from scripts.cluster import OWNER, throw_away
from scripts.steps import TroubleError
from tests.benchmarks import bare, national, ogr2ogr_peer
from tests.benchmarks.conftest import Comparison, Page
from tests.benchmarks.contest import AGAIN, COPY, FIRST, GEOPANDAS, OGR2OGR, ROUNDS, Contest
from tests.conftest import fresh_database, shared_file

COPY_RATIO_MOST = 2.5
MEMORY_MOST_MB = 600

TITLE = """## Importing the national lists

Of 国土地理院: {rows} rows, {size:.0f} MB, two files one after the other, from plain files to the
committed transaction. All sides ran {rounds} times in turn, every second round backwards, on one
PostgreSQL of their own with fsync, synchronous_commit and full_page_writes off for all of them
alike. The bare table has the register's columns, types, checks and indexes (two GiST) and no
triggers, no foreign keys, no change record. Python's sides run in processes of their own, whose
clock starts when their modules are loaded."""


@pytest.fixture(scope="module")
def contest(tmp_path_factory: pytest.TempPathFactory, page: Page) -> Iterator[Contest]:
    """All sides, after they have run in one go on one cluster."""
    files = _plain_files(tmp_path_factory.mktemp("national"))
    with throw_away() as cluster, fresh_database(cluster, "template1") as database:
        migrate(cluster.url(OWNER, database))
        contest = Contest(cluster, database, files)
        with psycopg.connect(contest.owner_url) as connection:
            connection.execute(bare.MAKE)
        try:
            contest.ogr2ogr = ogr2ogr_peer.version()
        except (TroubleError, OSError, subprocess.CalledProcessError) as trouble:
            contest.lacking = str(trouble)
        rows = bare.lines(files)
        contest.hold(rows)
        size = sum(file.stat().st_size for file in files) / 1e6
        page.title = TITLE.format(rows=f"{len(rows):,}", size=size, rounds=ROUNDS)
        yield contest


def _plain_files(folder: Path) -> list[Path]:
    """Unpack the lists beforehand: the peers read plain files."""
    files = []
    for name in national.FILES:
        packed = shared_file(f"data/gsi/{name}.gz")
        files.append(folder / name)
        files[-1].write_bytes(gzip.decompress(packed.read_bytes()))
    return files


def bench_first_import_beside_copy(contest: Contest, page: Page) -> None:
    """COPY gets the rows ready in memory; we read, check, compare, record and commit them."""
    what = "a bare COPY of the same rows, parsed beforehand"
    seconds = contest.seconds(FIRST), contest.seconds(COPY)
    page.comparisons.append(Comparison(what, *seconds, COPY_RATIO_MOST))


def bench_second_import(contest: Contest, page: Page) -> None:
    """Everything is there already, so nothing is written."""
    what = "importing again, which writes nothing, with the first import"
    seconds = contest.seconds(AGAIN), contest.seconds(FIRST)
    page.comparisons.append(Comparison(what, *seconds, 1.0))


def bench_memory(contest: Contest, page: Page) -> None:
    """The most that the importing process holds at once."""
    what = "peak memory of the first import, with its limit"
    page.comparisons.append(Comparison(what, contest.peaks_mb(FIRST), [MEMORY_MOST_MB], 1.0, "MB"))


def bench_beside_geopandas(contest: Contest, page: Page) -> None:
    """pandas.read_csv and GeoDataFrame.to_postgis, as they come and into the bare table."""
    for name in GEOPANDAS:
        page.comparisons.append(Comparison(name, contest.seconds(FIRST), contest.seconds(name)))
    peaks = contest.peaks_mb(FIRST), contest.peaks_mb(GEOPANDAS[1])
    page.comparisons.append(Comparison("geopandas, peak memory", *peaks, None, "MB"))


def bench_beside_ogr2ogr(contest: Contest, page: Page) -> None:
    """ogr2ogr, as it comes and into the bare table."""
    if contest.lacking:
        page.remarks.append(f"Without ogr2ogr: {contest.lacking}.")
        pytest.skip(contest.lacking)
    for name in OGR2OGR:
        page.comparisons.append(Comparison(name, contest.seconds(FIRST), contest.seconds(name)))


def bench_steps(contest: Contest, page: Page) -> None:
    """Where our time goes."""
    for name in (FIRST, AGAIN):
        runs = contest.runs[name]
        shown = ", ".join(
            f"{step} {statistics.median(run.steps[step] for run in runs):.1f} s"
            for step in runs[0].steps
        )
        page.remarks.append(f"Steps of the {name}, both files together: {shown}.")
    page.remarks.append(
        "Our import joins rows of one facility into one shelter with its designations, compares "
        f"them with the register and puts {contest.recorded:,} changes on record. The peers do "
        "none of this: their own tables hold the columns of the file, untyped; in the bare table "
        "they make the rows that COPY makes. Only the import can be repeated. "
        f"geopandas is {geopandas.__version__}; ogr2ogr is {contest.ogr2ogr or 'missing'}."
    )
