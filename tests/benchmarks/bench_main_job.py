"""The limits of the main job: start, first paint, and a reading on the map."""

import os
import subprocess
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from playwright.sync_api import Browser

from gis.models.occupancy import DOUBTS
from tests.benchmarks.conftest import Measured
from tests.browser.conftest import LAPTOP, Visit
from tests.browser.test_main_job import shelter_id
from tests.conftest import PROJECT, Server, await_answer, free_port

PAINTS = 5
READINGS = 10
STARTS = 3


def bench_second_start(measured: Measured) -> None:
    """From `make run` to the first answer, everything being there already."""
    seconds = []
    with TemporaryDirectory(prefix="disaster-hq-") as name:
        Path(name).chmod(0o755)
        port = free_port()
        for _ in range(STARTS + 1):
            environment = os.environ | {"HQ_STATE_FOLDER": name, "HQ_PORT": str(port)}
            began = time.perf_counter()
            with subprocess.Popen(
                ["make", "run"], cwd=PROJECT, env=environment, stdout=subprocess.DEVNULL
            ) as process:
                await_answer(f"http://127.0.0.1:{port}/readyz", process)
                seconds.append(time.perf_counter() - began)
                process.terminate()
    measured("a second `make run`, to the first answer", seconds[1:], 8.0)


def bench_first_paint(visit: Visit, measured: Measured) -> None:
    """From opening the page to the first shelter on the map, on a warm server."""
    seconds = []
    visit.go()
    visit.map()
    for _ in range(PAINTS):
        began = time.perf_counter()
        visit.go()
        visit.map()
        seconds.append(time.perf_counter() - began)
    measured("opening the situation map, to its first shelters", seconds, 3.0)


def bench_first_visit(chromium: Browser, server: Server, measured: Measured) -> None:
    """The same in a browser that has never seen the product: everything is fetched."""
    seconds = []
    for _ in range(PAINTS):
        with server.client() as client:
            ((name, value),) = client.cookies.items()
        context = chromium.new_context(**LAPTOP)
        context.add_cookies([{"name": name, "value": value, "url": server.url}])
        visit = Visit(context.new_page(), server)
        began = time.perf_counter()
        visit.go()
        visit.map()
        seconds.append(time.perf_counter() - began)
        context.close()
    measured("the same, in a browser that has nothing of it yet", seconds, 3.0)


def bench_reading_to_marker(visit: Visit, measured: Measured) -> None:
    """From a reading's request to its number on the map, without a reload."""
    visit.go()
    marker = visit.map().locator('.hq-place[aria-label^="今宿小学校"]')
    address = f"/api/shelters/{shelter_id(visit.server, '今宿小学校')}/readings"
    visit.await_live()
    seconds = []
    with visit.server.client() as client:
        for persons in range(101, 101 + READINGS):
            began = time.perf_counter()
            reading = {"id": str(uuid4()), "persons": persons, "confirmed": DOUBTS}
            client.post(address, json=reading).raise_for_status()
            visit.map().wait_for_function(
                "([marker, text]) => marker.ariaLabel.includes(text)",
                arg=[marker.element_handle(), f"避難者数 {persons}"],
            )
            seconds.append(time.perf_counter() - began)
    measured("a reading through the API, to its number on the map", seconds, 1.0)
