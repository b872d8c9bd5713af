"""What the product promises when it is killed: whoever was told "filed" finds the report again."""

import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID, uuid4

import httpx
import psycopg
import pytest

from scripts.cluster import OWNER, PrivateCluster
from tests.conftest import PROJECT, await_answer, free_port

LINK = re.compile(r"http://\S+/sign-in\?token=\S+(?=\s)")
PAUSE = threading.Event()
"""Never set: waiting on it is a breath between two looks at a condition."""
DEVICES = 8
REPORTS_EACH = 40


@contextmanager
def product(folder: Path, port: int) -> Iterator["subprocess.Popen[bytes]"]:
    """Start the product as ``make run`` does, and kill whatever is left of it afterwards."""
    environment = os.environ | {"HQ_STATE_FOLDER": str(folder), "HQ_PORT": str(port)}
    environment.pop("HQ_DATABASE_URL", None)
    log = folder / "output"
    with log.open("ab") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "scripts.run"],
            cwd=PROJECT,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            try:
                await_answer(f"http://127.0.0.1:{port}/readyz", process)
            except AssertionError as error:
                raise AssertionError(log.read_text()) from error
            yield process
        finally:
            if process.poll() is None:
                process.terminate()
            process.wait(60)


def signed_in(folder: Path) -> httpx.Cookies:
    """Use the link that the product prints once it is ready."""
    while not (link := LINK.search((folder / "output").read_text())):
        PAUSE.wait(0.05)
    return httpx.get(link.group(), timeout=30).cookies


def file_reports(url: str, cookies: httpx.Cookies, acknowledged: list[UUID], count: int) -> None:
    """File reports as a device does: each again and again until it is acknowledged."""
    with httpx.Client(base_url=url, cookies=cookies, timeout=5) as client:
        for _ in range(count):
            report = {"id": str(uuid4()), "category": "road", "note": "倒木"}
            while True:
                with suppress(httpx.TransportError):
                    if client.post("/api/damage-reports", json=report).status_code in {200, 201}:
                        break
            acknowledged.append(UUID(report["id"]))


def kill_all(process: "subprocess.Popen[bytes]", cluster: PrivateCluster) -> None:
    """Kill the server and every process of its database at once, as a power cut would."""
    postmaster = int((cluster.data / "postmaster.pid").read_text().splitlines()[0])
    children = Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text().split()
    for pid in (process.pid, postmaster, *map(int, children)):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    process.wait(10)


def survive(devices: int, reports_each: int, blows: int) -> tuple[list[UUID], list[UUID]]:
    """Kill all again and again while devices file; return what they were told is filed, and is.

    The blows fall evenly, so that each falls in the middle of the filing.
    """
    acknowledged: list[UUID] = []
    port, total = free_port(), devices * reports_each
    with TemporaryDirectory(prefix="disaster-hq-") as name, ThreadPoolExecutor(devices) as pool:
        folder = Path(name)
        folder.chmod(0o755)  # root's cluster runs as another account, which must get in
        cluster = PrivateCluster(folder / "cluster")
        filing: list[Future[None]] = []
        for blow in range(1, blows + 1):
            with product(folder, port) as process:
                if not filing:
                    told = f"http://127.0.0.1:{port}", signed_in(folder), acknowledged, reports_each
                    filing = [pool.submit(file_reports, *told) for _ in range(devices)]
                while len(acknowledged) < total * blow / (blows + 1):
                    PAUSE.wait(0.01)
                kill_all(process, cluster)
        with product(folder, port):
            for device in filing:
                device.result(timeout=3600)
            return sorted(acknowledged), stored(cluster)


def stored(cluster: PrivateCluster) -> list[UUID]:
    """Return the reports that the change record has, each as often as it was filed."""
    with psycopg.connect(cluster.url(OWNER)) as connection:
        rows = connection.execute(
            "SELECT row_key::uuid FROM change_record"
            " WHERE table_name = 'damage_report' AND after ->> 'note' = '倒木'"
        ).fetchall()
    return sorted(row[0] for row in rows)


@pytest.mark.timeout(300)
def test_every_acknowledged_report_is_there_once_after_server_and_database_were_killed() -> None:
    acknowledged, kept = survive(DEVICES, REPORTS_EACH, blows=1)
    assert len(acknowledged) == DEVICES * REPORTS_EACH
    assert kept == acknowledged
