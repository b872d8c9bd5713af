"""Run the product: database, schema, demonstration where there is nothing yet, server.

\b
    python -m scripts.run
    HQ_PORT=8600 python -m scripts.run

Prints a one-time sign-in link when it is ready. Ctrl-C stops all that it started.
"""  # noqa: D301 - click's own mark for lines that stay as they are

import ipaddress
import os
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from types import FrameType

import click
import psycopg
import uvicorn
from pydantic import ValidationError

from gis import store
from gis.base_map_file import read_base_map
from gis.config import Settings, city_profile, settings
from gis.errors import Refused
from gis.text import N_
from scripts.demo import load_if_empty
from scripts.postgres import OLDEST_POSTGIS, OLDEST_POSTGRESQL
from scripts.sign_in_link import new_link
from scripts.terminal import CannotStartError, Command, cannot_start, database_urls, say

LEAVE_SECONDS = 3
"""How long open pages may take to let go; live events would hold on for ever."""

LOOPBACK = ["127.0.0.1", "::1"]
"""Whose word counts on who asked, and by HTTP or HTTPS: a front on this machine."""

ABOUT_DATABASE = """
    SELECT (SELECT extversion FROM pg_extension WHERE extname = 'postgis'),
           current_user,
           EXISTS (SELECT FROM pg_roles WHERE rolname = %s AND NOT pg_has_role(oid, 'MEMBER'))
"""


class AnnouncingServer(uvicorn.Server):
    """A server that says where to sign in once it answers."""

    def __init__(self, config: uvicorn.Config, link: str) -> None:
        super().__init__(config)
        self.link = link
        self.say_more: Callable[[], None] = lambda: None
        """Tells how others than this computer come in."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start to answer, then say so."""
        await super().startup(sockets)
        if self.started:
            say(N_("Ready. Sign in with this link; it works once:"))
            print(f"\n    {self.link}\n")
            self.say_more()
            say(N_("Ctrl-C stops everything."))
            sys.stdout.flush()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Leave in order, however often and impatiently we are told to."""
        if not self.should_exit:
            super().handle_exit(sig, frame)


def read_settings() -> Settings:
    """Return the settings; a value that cannot be one is named by its variable."""
    try:
        return settings()
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        name = f"HQ_{fault['loc'][0]}".upper()
        raise CannotStartError(f"{name} is not usable: {fault['msg']}.") from None


def is_loopback(host: str) -> bool:
    """Tell whether only this machine reaches what listens there."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def occupy(host: str, port: int) -> socket.socket:
    """Take the port before anything else is touched, so that a second start disturbs nothing.

    Whoever connects from now on waits until the server is ready.
    """
    if not is_loopback(host):
        raise cannot_start(
            N_(
                "HQ_HOST={host} would open the product to other machines without encryption; "
                "start without HQ_HOST, and for other machines with: make serve"
            ),
            host=host,
        )
    return take_port(host, port, "HQ_PORT")


def take_port(host: str, port: int, setting: str) -> socket.socket:
    """Listen on a port, or say by which setting to choose another one."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise cannot_start(
            N_(
                "Port {port} is not to be had ({reason}); stop what uses it, perhaps an earlier "
                "start of the product, or choose another port with {setting}={other}"
            ),
            port=port,
            reason=os.strerror(error.errno or 0),
            setting=setting,
            other=port + 1,
        ) from None


def check_maps(wanted: Settings) -> None:
    """Refuse a city profile that is none; say where the map will lack the operator's file."""
    city_profile(wanted.city)
    if wanted.base_map is None:
        return
    try:
        read_base_map(wanted.base_map)
    except Refused as refused:
        problem = refused.explain(wanted.language)
        say(N_("HQ_BASE_MAP={path}: {problem}"), path=wanted.base_map, problem=problem)
        say(N_("The map goes on without it."))


def check_database(url: str) -> None:
    """Refuse a database that does not answer or lacks what the store uses."""
    try:
        with psycopg.connect(url, connect_timeout=5) as connection:
            server = connection.info.server_version // 10000
            row = connection.execute(ABOUT_DATABASE, [store.APPLICATION_ROLE]).fetchone()
    except psycopg.Error as error:
        raise cannot_start(
            N_("The database of HQ_DATABASE_URL does not answer ({reason}); check the address."),
            reason=str(error).strip().splitlines()[0],
        ) from None
    postgis, login, is_barred = row or (None, None, None)
    has_postgis = postgis and tuple(map(int, postgis.split(".")[:2])) >= OLDEST_POSTGIS
    if server < OLDEST_POSTGRESQL or not has_postgis:
        raise cannot_start(
            N_(
                "The database of HQ_DATABASE_URL has PostgreSQL {server} and PostGIS {postgis}; "
                "PostgreSQL 15 and PostGIS 3.3 or newer are needed there (CREATE EXTENSION "
                "postgis), or start without HQ_DATABASE_URL to get a database of the product's own."
            ),
            server=server,
            postgis=postgis or "—",
        )
    if is_barred:
        raise cannot_start(
            N_(
                "The login {login} of HQ_DATABASE_URL may not act as {role}; have the database's "
                "administrator run: GRANT {role} TO {login}"
            ),
            login=login,
            role=store.APPLICATION_ROLE,
        )


Front = Callable[[AnnouncingServer], AbstractContextManager[None]]
"""What stands before a server while it runs."""


def nothing_before(_server: AnnouncingServer) -> AbstractContextManager[None]:
    """Let nothing stand before the server: only this computer reaches it."""
    return nullcontext()


def serve(wanted: Settings, front: Front = nothing_before) -> bool:
    """Run the product until it is told to stop; return whether it came up."""
    listener = occupy(wanted.host, wanted.port)
    check_maps(wanted)
    if wanted.database_url:
        check_database(wanted.database_url.get_secret_value())
    say(N_("Starting …"))
    with listener, database_urls() as (server_url, owner_url):
        try:
            prepare(server_url, owner_url)
            link = new_link(store.live(server_url))
            config = uvicorn.Config(
                "dashboard.app:app",
                log_level="warning",
                timeout_graceful_shutdown=LEAVE_SECONDS,
                forwarded_allow_ips=LOOPBACK,
            )
            server = AnnouncingServer(config, link)
            with front(server):
                server.run(sockets=[listener])
        finally:
            # A second, impatient Ctrl-C must not leave the database running.
            signal.signal(signal.SIGINT, signal.SIG_IGN)
    return server.started


def prepare(server_url: str, owner_url: str) -> None:
    """Bring the store up to date and name it in the settings of this process."""
    store.migrate(owner_url)
    load_if_empty(store.live(server_url))
    os.environ["HQ_DATABASE_URL"] = server_url
    os.environ["HQ_MIGRATION_DATABASE_URL"] = owner_url
    settings.cache_clear()


def leave(_signal: int, _frame: object) -> None:
    """Stop in order, as Ctrl-C does; while it serves, uvicorn listens for that."""
    signal.raise_signal(signal.SIGINT)


def run_until_stopped(work: Callable[[], bool]) -> None:
    """Run until told to stop, by Ctrl-C or as services are."""
    # A shell starts background jobs with Ctrl-C ignored; the other two arrive by way of it.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for name in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, leave)
    try:
        if not work():
            sys.exit(1)  # the server has said why
    except KeyboardInterrupt:
        say(N_("Stopped."))


@click.command(cls=Command, help=__doc__)
def main() -> None:
    """Run until told to stop."""
    run_until_stopped(lambda: serve(read_settings()))


if __name__ == "__main__":
    main()
