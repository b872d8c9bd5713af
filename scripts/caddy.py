"""Caddy, which the network sees: HTTPS with a certificate authority of our own.

All it keeps lies in one folder, so that telephones that trusted it once go on doing so. It asks
nobody outside: no public authority, no revocation lists, no endpoint to administer it.
"""

import json
import os
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gis.text import N_
from scripts.terminal import cannot_start

START_SECONDS = 30
STOP_SECONDS = 10
CERTIFICATE_FILE = "disaster-hq.crt"
CERTIFICATE_TYPE = "application/x-x509-ca-cert"
CERTIFICATE_DAYS = 397
"""Longer than any clock is wrong, and the longest that browsers have agreed to accept."""
COMPRESSED = (
    *("text/html*", "text/css*", "text/plain*", "text/csv*", "text/javascript*"),
    *("application/javascript*", "application/json*", "application/geo+json*", "image/svg+xml*"),
)
"""What shrinks. An event stream is text, too, and must not wait until there is enough of it."""

Document = dict[str, Any]
"""A part of Caddy's configuration, as its JSON wants it."""


@dataclass(frozen=True)
class Caddy:
    """A front for one server of this machine.

    Parameters
    ----------
    folder
        Where it keeps its authority, its certificates, and the page on trusting it.
    app
        Host and port of the server behind it.
    names
        The addresses and names that get certificates; whoever names none gets the first one's.
    listen
        The address it listens on; empty for all.
    https_port, trust_port
        Where the pages are, and where there is nothing but the certificate and how to trust it.
    authority
        The name of the authority, as telephones show it.
    """

    folder: Path
    app: str
    names: tuple[str, ...]
    listen: str
    https_port: int
    trust_port: int
    authority: str

    @property
    def root_certificate(self) -> Path:
        """Return the certificate to trust; it is there once this has run."""
        return self.folder / "pki" / "authorities" / "local" / "root.crt"

    @property
    def page(self) -> Path:
        """Return the folder of what the plain port shows."""
        return self.folder / "page"

    @contextmanager
    def running(self, when_dead: Callable[[], None]) -> Iterator[None]:
        """Keep Caddy running for a while, and call back should it end by itself.

        Raises
        ------
        click.ClickException
            It did not start, or has ended by itself.
        """
        process = self._start()
        leaving = threading.Event()

        def watch() -> None:
            process.wait()
            if not leaving.is_set():
                when_dead()

        try:
            self._await_answer(process)
            threading.Thread(target=watch, daemon=True).start()
            yield
            if process.poll() is not None:
                raise self._trouble()
        finally:
            leaving.set()
            _end(process)

    def _start(self) -> "subprocess.Popen[bytes]":
        self.page.mkdir(parents=True, exist_ok=True)
        self.folder.chmod(0o700)
        (self.folder / "caddy.json").write_text(json.dumps(self.configuration(), indent=1))
        # Should we be killed, the kernel ends it; and Ctrl-C reaches it through us alone, so that
        # open pages are let go before their connections are cut.
        command = [_program("setpriv"), "--pdeathsig", "TERM", _program("caddy")]
        command += ["run", "--config", str(self.folder / "caddy.json")]
        home = dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"), str(self.folder))
        with (self.folder / "start.log").open("wb") as log:
            return subprocess.Popen(
                command,
                env=os.environ | home,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def _await_answer(self, process: "subprocess.Popen[bytes]") -> None:
        deadline = time.monotonic() + START_SECONDS
        while not self._answers():
            if process.poll() is not None or time.monotonic() > deadline:
                raise self._trouble()
            time.sleep(0.05)

    def _answers(self) -> bool:
        host = self.names[0]
        with suppress(OSError):  # among them an authority that is still to be made
            trusting = ssl.create_default_context(cafile=self.root_certificate)
            with (
                socket.create_connection((host, self.https_port), timeout=2) as connection,
                trusting.wrap_socket(connection, server_hostname=host),
            ):
                return True
        return False

    def _trouble(self) -> Exception:
        lines = (self.folder / "start.log").read_text(errors="replace").splitlines()
        # In JSON it tells of its day; in plain words, why it gave up.
        said = [line for line in lines if line.strip() and not line.startswith("{")]
        return cannot_start(
            N_(
                "The encrypted way in from the network does not stand: Caddy has ended or does "
                "not answer ({reason}). Start again; {log} may tell more."
            ),
            reason=said[-1].strip().rstrip(".") if said else "—",
            log=self.folder / "caddy.log",
        )

    def configuration(self) -> Document:
        """Return what Caddy reads at its start."""
        return {
            "admin": {"disabled": True, "config": {"persist": False}},
            "storage": {"module": "file_system", "root": str(self.folder)},
            "logging": {"logs": {"default": self._log()}},
            "apps": {
                "pki": {"certificate_authorities": {"local": self._authority()}},
                "tls": self._certificates(),
                "http": {
                    "grace_period": "1s",
                    "servers": {"pages": self._pages(), "trust": self._trust()},
                },
            },
        }

    def _log(self) -> Document:
        file = str(self.folder / "caddy.log")
        rolled = {"roll_size_mb": 1, "roll_keep": 2, "roll_gzip": False}
        return {"level": "ERROR", "writer": {"output": "file", "filename": file, **rolled}}

    def _authority(self) -> Document:
        # This machine's own browsers need no certificate: they have the loopback address.
        return {
            "name": self.authority,
            "root_common_name": self.authority,
            "install_trust": False,
        }

    def _certificates(self) -> Document:
        # Signed by the root: an intermediate of Caddy's lasts a week, and a telephone whose clock
        # is two days ahead must still get in.
        issuer = {"module": "internal", "ca": "local", "sign_with_root": True}
        issuer |= {"lifetime": f"{CERTIFICATE_DAYS * 24}h"}
        return {
            "disable_ocsp_stapling": True,
            "certificates": {"automate": list(self.names)},
            "automation": {"policies": [{"subjects": list(self.names), "issuers": [issuer]}]},
        }

    def _pages(self) -> Document:
        compress = {
            "handler": "encode",
            "encodings": {"gzip": {}},
            "prefer": ["gzip"],
            "match": {"headers": {"Content-Type": list(COMPRESSED)}},
        }
        pass_on = {
            "handler": "reverse_proxy",
            "upstreams": [{"dial": self.app}],
            "flush_interval": -1,  # what the server sends goes out at once
        }
        # Clients send no name where they are given an address.
        named = [{"default_sni": self.names[0]}]
        return self._server(self.https_port, [{"handle": [compress, pass_on]}]) | {
            "tls_connection_policies": named
        }

    def _trust(self) -> Document:
        files = {"handler": "file_server", "root": str(self.page), "index_names": ["index.html"]}
        certificate = {"Content-Type": [CERTIFICATE_TYPE]}
        fresh = {"Cache-Control": ["no-store"], "X-Content-Type-Options": ["nosniff"]}
        reading = ["GET", "HEAD"]
        return self._server(
            self.trust_port,
            [
                {
                    "match": [{"method": reading, "path": [f"/{CERTIFICATE_FILE}"]}],
                    "handle": [_headers(fresh | certificate), files],
                    "terminal": True,
                },
                {
                    "match": [{"method": reading, "path": ["/", "/en.html"]}],
                    "handle": [_headers(fresh), files],
                    "terminal": True,
                },
                {"handle": [{"handler": "static_response", "status_code": 404}]},
            ],
        )

    def _server(self, port: int, routes: list[Document]) -> Document:
        return {
            "listen": [f"{self.listen}:{port}"],
            "protocols": ["h1", "h2"],
            "automatic_https": {"disable": True},
            "routes": routes,
        }


def _headers(fields: dict[str, list[str]]) -> Document:
    return {"handler": "headers", "response": {"set": fields}}


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise cannot_start(N_("The program {name} is missing; run: make serve"), name=name)
    return found


def _end(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
