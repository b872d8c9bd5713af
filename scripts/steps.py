"""One line per step of the set-up, and one sentence when it fails; standard library only."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]

CAUSES = {
    r"No space left|ENOSPC|enough free space": "the disk is full; free some space and repeat",
    r"Could not get lock|dpkg frontend lock": "another program is installing packages; "
    "wait until it has finished and repeat",
    r"resolving|resolution|Network is unreachable|ENOTFOUND|EAI_AGAIN|new connection|"
    r"Could not connect|timed out": "the network cannot be reached; connect and repeat",
    r"DO NOT MATCH THE HASHES|EINTEGRITY": "a download is not the file that the lock names; "
    "repeat, and if it stays so, find out who changes it on its way",
    r"Permission denied|EACCES|Read-only file system": "this user may not write there; "
    "give the project's folder to this user and repeat",
}


class TroubleError(Exception):
    """What the user has to know, as one sentence: what happened and what to do."""


def carry_out(title: str, command: list[str], folder: Path = PROJECT) -> None:
    """Run a long command under one line that moves; its output is read only if it fails."""
    began = time.monotonic()
    with tempfile.TemporaryFile("w+", errors="replace") as output:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, cwd=folder
        )
        while process.poll() is None:
            show(title, time.monotonic() - began)
            time.sleep(0.1)
        show(title, time.monotonic() - began, "\n")
        output.seek(0)
        if process.returncode:
            raise TroubleError(f"{title} failed: {cause(output.read())}.")


def show(title: str, seconds: float, end: str = "") -> None:
    """Write a step's line anew with the time it has taken; where nobody looks, once."""
    if sys.stdout.isatty():
        print(f"\r{title} … {seconds:.0f} s", end=end, flush=True)
    elif end:
        print(f"{title} … {seconds:.0f} s", flush=True)


def cause(output: str) -> str:
    """Return why a command failed and what to do, from what it printed."""
    for pattern, sentence in CAUSES.items():
        if re.search(pattern, output):
            return sentence
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    return lines[-1].rstrip(".") if lines else "it said nothing"
