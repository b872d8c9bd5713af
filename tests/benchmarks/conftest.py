"""Benchmarks: the same real parts as the tests, measured; `make bench` writes docs/benchmarks.md.

Machines are noisy, so each row is a median with its ratio to the limit, never a pass or a fail.
"""

import os
import platform
import statistics
import subprocess
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

import psycopg
import pytest

from scripts.cluster import OWNER, PrivateCluster
from tests.browser.conftest import visit
from tests.conftest import CHROMIUM, PROJECT

__all__ = ["visit"]

PAGE = PROJECT / "docs" / "benchmarks.md"
HEAD = """# Benchmarks

Made by `make bench` on {date}: {cores} cores, {memory} GiB, {system}; Python {python}, {postgres},
{chromium}. Each figure is the median of its runs; the ratio is ours to the limit: up to 1 keeps it.

"""
LIMITS = """| what | ours | slowest run | limit | ratio |
| --- | ---: | ---: | ---: | ---: |"""
COMPARED = """| compared with | ours | slowest run | the other | ratio | at most |
| --- | ---: | ---: | ---: | ---: | ---: |"""


@pytest.fixture(scope="session")
def cluster_folder() -> None:
    """On the disk, as in use."""


@dataclass(frozen=True)
class Row:
    """One measurement: seconds of each run, and the limit in seconds."""

    what: str
    seconds: Sequence[float]
    limit_s: float

    def __str__(self) -> str:
        ours = statistics.median(self.seconds)
        figures = (ours, max(self.seconds), self.limit_s)
        shown = " | ".join(f"{figure:.3f} s" for figure in figures)
        return f"| {self.what} | {shown} | {ours / self.limit_s:.2f} |"


@dataclass(frozen=True)
class Comparison:
    """Our runs beside another side's, or beside a limit; the ratio is that of their medians."""

    what: str
    ours: Sequence[float]
    theirs: Sequence[float]
    most: float | None = None
    """The ratio that is allowed; None where there is no limit."""
    unit: str = "s"

    def __str__(self) -> str:
        ours, theirs = statistics.median(self.ours), statistics.median(self.theirs)
        slowest = max(self.ours)
        shown = " | ".join(f"{figure:.1f} {self.unit}" for figure in (ours, slowest, theirs))
        limit = "" if self.most is None else f"{self.most:.2f}"
        return f"| {self.what} | {shown} | {ours / theirs:.2f} | {limit} |"


@dataclass
class Page:
    """What the page will say: the limits, then the comparisons with what must be known of them."""

    rows: list[Row] = field(default_factory=list)
    title: str = ""
    """What the comparisons are of, and under which conditions."""
    comparisons: list[Comparison] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        limits = _table(LIMITS, self.rows) if self.rows else ""
        compared = [self.title, _table(COMPARED, self.comparisons)] if self.comparisons else []
        return "\n\n".join(filter(None, [limits, *compared, *self.remarks])) + "\n"


def _table(head: str, rows: Sequence[object]) -> str:
    return "\n".join([head, *map(str, rows)])


Measured = Callable[[str, Sequence[float], float], None]


@pytest.fixture(scope="session")
def page(cluster: PrivateCluster) -> Iterator[Page]:
    """Collect what is measured; when all is there, print it and write the page."""
    page = Page()
    yield page
    if not (page.rows or page.comparisons):
        return  # all was skipped; the page of last time says more
    written = f"{HEAD.format(**_machine(cluster))}{page}"
    print(f"\n{written}")
    PAGE.write_text(written, encoding="utf-8")


@pytest.fixture
def measured(page: Page) -> Measured:
    """Take a row for the page: what, seconds of each run, limit in seconds."""
    return lambda what, seconds, limit_s: page.rows.append(Row(what, seconds, limit_s))


def _machine(cluster: PrivateCluster) -> dict[str, object]:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    with psycopg.connect(cluster.url(OWNER, "postgres")) as connection:
        version = connection.info.server_version
    browser = subprocess.run([CHROMIUM, "--version"], capture_output=True, text=True, check=True)
    return {
        "date": datetime.now(UTC).date(),
        "cores": os.cpu_count(),
        "memory": round(memory),
        "system": platform.freedesktop_os_release()["PRETTY_NAME"],
        "python": platform.python_version(),
        "postgres": f"PostgreSQL {version // 10000}.{version % 10000}",
        "chromium": " ".join(browser.stdout.split()[:2]),
    }
