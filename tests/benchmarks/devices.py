"""Devices that file damage reports, in a process of their own: one connection each, kept alive.

They share the machine with what they measure, so they do no more than write a request and read its
answer. Prints what they saw as one line of JSON.

python -m tests.benchmarks.devices 127.0.0.1 8501 COOKIE DEVICES SECONDS RATE

With a rate (reports a second, all devices together) each device files at its own regular moments,
and an answer's time counts from the moment it was due; with 0 each files as soon as it may.
"""

import asyncio
import json
import sys
import time
from uuid import uuid4

import uvloop

REPORT = {
    "category": "road",
    "severity": "severe",
    "location": {"lon": 139.4068, "lat": 35.3339},
    "place_text": "茅ヶ崎市円蔵一丁目",
    "note": "倒木で片側が通れない",
    "reporter": "第3班",
    "source": "field_app",
    "accuracy_m": 12.0,
    "located_by": "gps",
}


class Device:
    """One connection that files one report after the other."""

    def __init__(self, host: str, port: int, cookie: str) -> None:
        self._address = host, port
        self._head = (
            f"POST /api/damage-reports HTTP/1.1\r\nHost: {host}:{port}\r\nCookie: {cookie}\r\n"
            "Content-Type: application/json\r\nContent-Length: "
        ).encode()
        self.seconds: list[float] = []
        self.refused = 0

    async def connect(self) -> None:
        """Open the connection."""
        self._reader, self._writer = await asyncio.open_connection(*self._address)

    async def file(self, since: float) -> None:
        """File a new report, and keep how long after a moment it was acknowledged."""
        body = json.dumps(REPORT | {"id": str(uuid4())}).encode()
        self._writer.write(b"%b%d\r\n\r\n%b" % (self._head, len(body), body))
        head = await self._reader.readuntil(b"\r\n\r\n")
        length = head.lower().partition(b"content-length:")[2].split(b"\r\n", 1)[0]
        await self._reader.readexactly(int(length))
        if b" 201 " in head[:20]:
            self.seconds.append(time.perf_counter() - since)
        else:
            self.refused += 1

    async def work(self, until: float, first: float, interval: float) -> None:
        """File until a moment: as soon as possible, or at regular moments from the first on."""
        due = first
        while (now := time.perf_counter()) < until:
            if interval:
                await asyncio.sleep(max(0.0, due - now))
                await self.file(due)
                due += interval
            else:
                await self.file(now)


async def work(devices: list[Device], seconds: float, rate: float) -> None:
    """Let all devices work, and print what they saw."""
    count = len(devices)
    for device in devices:
        await device.connect()
    began, interval = time.perf_counter(), count / rate if rate else 0.0
    await asyncio.gather(
        *(
            device.work(began + seconds, began + interval * number / count, interval)
            for number, device in enumerate(devices)
        )
    )
    took = time.perf_counter() - began
    times = sorted(each for device in devices for each in device.seconds)
    print(
        json.dumps(
            {
                "rate": len(times) / took,
                "median_s": times[len(times) // 2],
                "p99_s": times[int(len(times) * 0.99)],
                "refused": sum(device.refused for device in devices),
                "own_cpu_s": time.process_time(),
            }
        )
    )


if __name__ == "__main__":
    host, port, cookie, count, seconds, rate = sys.argv[1:]
    devices = [Device(host, int(port), cookie) for _ in range(int(count))]
    uvloop.run(work(devices, float(seconds), float(rate)))
