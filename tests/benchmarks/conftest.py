"""Benchmarks: the same real parts as the tests, measured; `make bench` writes docs/benchmarks.md.

Machines are noisy, so each row is a median with its ratio to the limit, never a pass or a fail.
"""

import os
import platform
import statistics
import subprocess
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import psycopg
import pytest

from scripts.cluster import OWNER, PrivateCluster
from tests.browser.conftest import CHROMIUM, chromium, visit
from tests.conftest import PROJECT

__all__ = ["chromium", "visit"]

PAGE = PROJECT / "docs" / "benchmarks.md"
HEAD = """# Benchmarks

Made by `make bench` on {date}: {cores} cores, {memory} GiB, {system}; Python {python}, {postgres},
{chromium}. Each figure is the median of its runs; the ratio is ours to the limit: up to 1 keeps it.

| what | ours | slowest run | limit | ratio |
| --- | ---: | ---: | ---: | ---: |
"""


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


Measured = Callable[[str, Sequence[float], float], None]


@pytest.fixture(scope="session")
def measured(cluster: PrivateCluster) -> Iterator[Measured]:
    """Collect rows; when all are there, print them and write the page."""
    rows: list[Row] = []
    yield lambda what, seconds, limit_s: rows.append(Row(what, seconds, limit_s))
    page = HEAD.format(**_machine(cluster)) + "".join(f"{row}\n" for row in rows)
    print(f"\n{page}")
    PAGE.write_text(page, encoding="utf-8")


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
