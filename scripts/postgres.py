"""The PostgreSQL that this machine has, and the account that runs it; standard library only."""

from __future__ import annotations

import os
import pwd
import re
import subprocess
from pathlib import Path
from typing import NamedTuple

OLDEST_POSTGRESQL = 15
OLDEST_POSTGIS = (3, 3)


class Postgres(NamedTuple):
    """A PostgreSQL server with PostGIS."""

    version: int
    postgis: tuple[int, ...]
    programs: Path

    def is_new_enough(self) -> bool:
        """Tell whether it has all that the store uses."""
        return self.version >= OLDEST_POSTGRESQL and self.postgis >= OLDEST_POSTGIS


def usable_postgres() -> list[Postgres]:
    """Return the servers of this machine that are new enough, the newest first."""
    found = []
    for control in Path("/usr/share/postgresql").glob("[0-9]*/extension/postgis.control"):
        version = control.parts[4]
        programs = Path("/usr/lib/postgresql", version, "bin")
        postgis = re.search(r"default_version = '(\d+)\.(\d+)", control.read_text())
        if postgis and (programs / "initdb").exists():
            found.append(Postgres(int(version), tuple(map(int, postgis.groups())), programs))
    return sorted(filter(Postgres.is_new_enough, found), reverse=True)


def account() -> pwd.struct_passwd | None:
    """Return who runs PostgreSQL in root's stead, as it refuses root; None for anybody else.

    Raises
    ------
    KeyError
        This machine has no such account; the distribution's packages make one.
    """
    return pwd.getpwnam("postgres") if os.geteuid() == 0 else None


def hand_over(path: Path) -> None:
    """Give a file or folder to the account that runs PostgreSQL."""
    if owner := account():
        os.chown(path, owner.pw_uid, owner.pw_gid)


def run_program(program: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run one of PostgreSQL's programs as the account that may, out of reach of Ctrl-C."""
    user = account()
    return subprocess.run(
        [program, *arguments],
        cwd="/",
        env={"PATH": os.defpath, "LC_ALL": "C"},  # its messages are read by programs
        user=user and user.pw_uid,
        group=user and user.pw_gid,
        extra_groups=user and [],
        start_new_session=True,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
