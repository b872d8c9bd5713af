"""The project's private PostGIS cluster: made once, started and stopped with the product.

It has its own folder, port and roles, listens on the loopback address only, and shares nothing with
a PostgreSQL that the machine runs for others.
"""

import fcntl
import json
import os
import re
import secrets
import shutil
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any, Self

import psycopg
from psycopg.sql import SQL, Literal

from gis.folders import state_folder
from scripts.postgres import Postgres, hand_over, run_program, usable_postgres

SUPERUSER, OWNER, SERVER = "hq_superuser", "hq_owner", "hq_server"
LIVE_DATABASE = "hq_live"

START_SECONDS = 120
"""How long a start may take; after a crash it replays what came since the last checkpoint."""
ORPHANS_SECONDS = 5
"""How long the processes of a killed server may take to notice and leave."""

SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "timezone": "UTC",
    "max_connections": "60",
    # A laptop's share: the product is not alone on it.
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "random_page_cost": "1.1",
    # Compiling a tile's query costs more than running it.
    "jit": "off",
    # A week of logs, each day over its namesake.
    "logging_collector": "on",
    "log_directory": "../log",
    "log_filename": "postgresql-%a.log",
    "log_rotation_age": "1d",
    "log_rotation_size": "0",
    "log_truncate_on_rotation": "on",
    "log_timezone": "UTC",
}
DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}
FLEETING = dict.fromkeys(DURABLE, "off")

ROLES_AND_DATABASE = (
    "CREATE ROLE hq_owner LOGIN CREATEDB CREATEROLE PASSWORD {hq_owner}",
    "CREATE ROLE hq_app NOLOGIN",
    "CREATE ROLE hq_server LOGIN PASSWORD {hq_server} IN ROLE hq_app",
    "CREATE DATABASE hq_live OWNER hq_owner",
    "REVOKE CONNECT, TEMPORARY ON DATABASE hq_live FROM PUBLIC",
    "GRANT CONNECT ON DATABASE hq_live TO hq_app",
)

CAUSES = {
    "No space left": "the disk is full; free some space and start again",
    "ermission denied": "this user may not use that folder; set HQ_STATE_FOLDER to one it may",
    "could not access directory": "this user may not use that folder; set HQ_STATE_FOLDER to one "
    "it may",
    "invalid locale name": "this machine has no locale C.UTF-8; install it and start again",
    "shared memory": "memory is short; end other programs and start again",
}


class ClusterError(Exception):
    """The cluster cannot do what was asked: one sentence, what happened and what to do."""


def default_folder() -> Path:
    """Return where the cluster of this project lives."""
    return state_folder() / "cluster"


@dataclass(frozen=True)
class PrivateCluster:
    """A PostgreSQL cluster in a folder of its own.

    Parameters
    ----------
    folder
        Holds everything: ``data``, ``log``, the port and the passwords.
    durable
        Whether a commit survives a power cut; off only for clusters that are thrown away.
    """

    folder: Path
    durable: bool = True

    @property
    def data(self) -> Path:
        """Return what PostgreSQL calls its data directory."""
        return self.folder / "data"

    def url(self, login: str, database: str = LIVE_DATABASE) -> str:
        """Return how a login reaches a database, as ``postgresql://…``."""
        port = (self.folder / "port").read_text()
        return f"postgresql://{login}:{self._passwords()[login]}@127.0.0.1:{port}/{database}"

    @contextmanager
    def running(self) -> Iterator[Self]:
        """Keep the cluster running for a while; the last one to leave stops it.

        Everybody here holds a shared lock, which the kernel takes back even from a process that
        was killed. So a cluster that nobody uses any more is stopped, whoever started it.

        Raises
        ------
        ClusterError
            It cannot be created or started.
        """
        with self._explained():
            users = self._lock_file("users")
        with users:
            fcntl.flock(users, fcntl.LOCK_SH)
            self.create_if_missing()
            self.start()
            try:
                yield self
            finally:
                with suppress(BlockingIOError):
                    fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    self.stop()

    def create_if_missing(self) -> None:
        """Create the cluster with its roles and the live database, completely or not at all."""
        with self._alone():
            if self.data.exists():
                return
            draft = PrivateCluster(self.folder.with_name(f"{self.folder.name}.new"), self.durable)
            draft.discard()  # of a creation that was cut short
            draft._initialise()
            draft._start()
            draft._furnish()
            draft.stop()
            os.sync()  # our own files too must be there when the name is
            draft.folder.rename(self.folder)

    def start(self) -> bool:
        """Start the cluster, after a crash too; return whether this call did it."""
        with self._alone():
            return self._start()

    def stop(self) -> None:
        """Stop the cluster; open transactions are rolled back."""
        if self.is_running():
            self._run("pg_ctl", "stop", "--mode=fast")

    def discard(self) -> None:
        """Stop the cluster and remove it with all that it holds."""
        self.stop()
        if self.folder.exists():
            shutil.rmtree(self.folder)

    def is_running(self) -> bool:
        """Tell whether the cluster's own server runs, whatever a stale pid file says."""
        with suppress(OSError, ValueError):
            pid = int((self.data / "postmaster.pid").read_text().splitlines()[0])
            return pid in self._processes()
        return False

    def _initialise(self) -> None:
        _make_folder(self.folder, mode=0o700)
        hand_over(self.folder)
        passwords = {login: secrets.token_urlsafe(24) for login in (SUPERUSER, OWNER, SERVER)}
        self._write("passwords.json", json.dumps(passwords))
        self._write("superuser", passwords[SUPERUSER])
        options = ["--auth=scram-sha-256", f"--username={SUPERUSER}"]
        options += ["--data-checksums", "--encoding=UTF8", "--locale=C.UTF-8"]
        self._run("initdb", *options, f"--pwfile={self.folder / 'superuser'}")
        (self.folder / "superuser").unlink()
        with (self.data / "postgresql.conf").open("a") as configuration:
            configuration.write("include 'hq.conf'\n")

    def _start(self) -> bool:
        deadline = time.monotonic() + START_SECONDS
        while self.is_running():  # perhaps dying, or still replaying after somebody's kill -9
            if self._answers():
                return False
            if time.monotonic() > deadline:
                raise self._trouble(f"it runs and does not answer; see {self.folder / 'log'}")
            time.sleep(0.05)
        self._end_orphans()
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        port = {"port": str(self._free_port())}
        settings = SETTINGS | (DURABLE if self.durable else FLEETING) | port
        self._write("port", port["port"])
        self._write("data/hq.conf", "".join(f"{name} = '{settings[name]}'\n" for name in settings))
        self._write("start.log", "")
        log = f"--log={self.folder / 'start.log'}"
        self._run("pg_ctl", "start", "--wait", f"--timeout={START_SECONDS}", log)
        return True

    def _answers(self) -> bool:
        with suppress(psycopg.OperationalError):
            self._connect("postgres").close()
            return True
        return False

    def _furnish(self) -> None:
        with self._connect("template1") as template:
            # Every later database is a copy of this one; its owner may not create extensions.
            template.execute("CREATE EXTENSION postgis")
            template.execute("CREATE EXTENSION btree_gist")
        passwords = {login: Literal(word) for login, word in self._passwords().items()}
        with self._connect("postgres") as server:
            for statement in ROLES_AND_DATABASE:
                server.execute(SQL(statement).format(**passwords))

    def _connect(self, database: str) -> psycopg.Connection[Any]:
        return psycopg.connect(self.url(SUPERUSER, database), autocommit=True)

    def _passwords(self) -> dict[str, str]:
        passwords: dict[str, str] = json.loads((self.folder / "passwords.json").read_text())
        return passwords

    def _free_port(self) -> int:
        """Return the port of last time, or another one when that is taken."""
        with suppress(OSError, ValueError):
            return _bindable(int((self.folder / "port").read_text()))
        return _bindable(0)

    def _processes(self) -> list[int]:
        """Return the server processes that work in this cluster's data directory."""
        found = []
        for process in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):  # it ended meanwhile, or is somebody else's
                here = (process / "cwd").readlink() == self.data.resolve()
                if here and (process / "comm").read_text() == "postgres\n":
                    found.append(int(process.name))
        return found

    def _end_orphans(self) -> None:
        """Wait for the processes of a killed server to leave, and end those that do not."""
        deadline = time.monotonic() + ORPHANS_SECONDS
        while orphans := self._processes():
            if time.monotonic() > deadline:
                for pid in orphans:
                    os.kill(pid, signal.SIGKILL)
            time.sleep(0.05)

    def _write(self, name: str, text: str) -> None:
        file = self.folder / name
        file.touch(mode=0o600)
        file.write_text(text)
        hand_over(file)

    def _run(self, program: str, *arguments: str) -> None:
        path = self._postgres().programs / program
        done = run_program(path, f"--pgdata={self.data}", *arguments)
        if done.returncode:
            raise self._trouble(done.stderr + self._last_words())

    def _postgres(self) -> Postgres:
        """Return the server to use: the one that made the data, or the newest."""
        made_by = self.data / "PG_VERSION"
        version = int(made_by.read_text()) if made_by.exists() else None
        for postgres in usable_postgres():
            if version in (None, postgres.version):
                return postgres
        if version is None:
            raise ClusterError(
                "PostgreSQL 15 with PostGIS 3.3, or newer, is missing; run `make setup`."
            )
        raise ClusterError(
            f"The store was made by PostgreSQL {version}, which is not installed any more; "
            f"install postgresql-{version} and postgresql-{version}-postgis-3."
        )

    def _last_words(self) -> str:
        """Return why the server gave up, as it wrote since it was last started."""
        if not (self.folder / "port").exists():
            return ""
        started_at = (self.folder / "port").stat().st_mtime
        logs = [*self.folder.glob("log/*.log"), *self.folder.glob("start.log")]
        written = [log.read_text() for log in logs if log.stat().st_mtime >= started_at]
        return "\n".join(
            re.findall(r"(?:FATAL:|PANIC:|^postgres:) +(.+)", "".join(written), re.MULTILINE)
        )

    def _trouble(self, reason: str) -> ClusterError:
        lines = reason.strip().splitlines() or ["it said nothing"]
        known = next((CAUSES[sign] for sign in CAUSES if sign in reason), lines[-1].rstrip("."))
        return ClusterError(f"The private database in {self.folder} is not to be had: {known}.")

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except (OSError, psycopg.Error) as error:
            raise self._trouble(str(error)) from error

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with self._explained(), self._lock_file("change") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def _lock_file(self, name: str) -> IO[str]:
        _make_folder(self.folder.parent)
        return self.folder.with_name(f"{self.folder.name}.{name}").open("w")


@contextmanager
def throw_away(within: Path | None = None) -> Iterator[PrivateCluster]:
    """Run a cluster for tests, where the account that runs it can reach; nothing remains of it.

    Parameters
    ----------
    within
        The folder that holds it meanwhile; None for the one for temporary files.
    """
    with TemporaryDirectory(prefix="disaster-hq-", dir=within) as folder:
        hand_over(Path(folder))
        with PrivateCluster(Path(folder, "cluster"), durable=False).running() as cluster:
            yield cluster


def _make_folder(folder: Path, mode: int = 0o755) -> None:
    """Make a folder that the cluster's account can reach, whatever the umask."""
    if folder.exists():
        return
    _make_folder(folder.parent)
    folder.mkdir()
    folder.chmod(mode)


def _bindable(port: int) -> int:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", port))
        bound: int = probe.getsockname()[1]
        return bound
