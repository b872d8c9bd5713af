"""One side of a comparison in a process of its own, so that its memory is its own, too.

The process prints what it measured as one line of JSON. Its clock starts when its modules are
loaded, so neither side pays for the start of an interpreter.
"""

import json
import re
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.conftest import PROJECT


@dataclass(frozen=True)
class Run:
    """What one side took to do its work once."""

    seconds: float
    peak_mb: float
    steps: dict[str, float]
    """Seconds of each step, where the side tells its steps."""
    wrote: bool = True
    """Whether it found anything to write."""


class Laps:
    """Seconds by step, from the first step on."""

    def __init__(self, step: str) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self._step = step
        self._since = time.perf_counter()

    def begin(self, step: str) -> None:
        """End the step that is under way and begin another, or go on with an earlier one."""
        now = time.perf_counter()
        self.seconds[self._step] += now - self._since
        self._step, self._since = step, now

    def end(self) -> float:
        """End the last step, and return the seconds of all."""
        self.begin("")
        return sum(self.seconds.values())


def tell(laps: Laps, *, wrote: bool = True) -> None:
    """Print what this process measured."""
    print(json.dumps(asdict(Run(laps.end(), peak_mb(), dict(laps.seconds), wrote))))


def run_apart(side: Callable[..., None], *arguments: object) -> Run:
    """Run the module of a side's ``main`` in a process of its own."""
    command = [sys.executable, "-m", side.__module__, *map(str, arguments)]
    done = subprocess.run(command, cwd=PROJECT, check=True, stdout=subprocess.PIPE, text=True)
    return Run(**json.loads(done.stdout.splitlines()[-1]))


def peak_mb() -> float:
    """Return the most memory this process has held at once, in MB of a million bytes.

    ``getrusage`` does not serve here: its maximum outlives exec, so that a small process started by
    a large one shows the size of the large one.
    """
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    assert found
    return int(found[1]) * 1024 / 1e6
