"""The way in from the network, for real: Caddy with its own authority before the product."""

import hashlib
import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from http import HTTPStatus
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from playwright.sync_api import Browser
from websockets.sync.client import connect
from websockets.typing import Origin, Subprotocol

from gis.store import Workspace
from scripts import debian
from scripts.caddy import Caddy
from scripts.cluster import SERVER, PrivateCluster
from scripts.network import lan_addresses
from scripts.steps import TroubleError
from scripts.trust_page import fingerprint
from tests.conftest import CHROMIUM, PROJECT, await_that, await_work, free_port, fresh_database
from tests.scripts.conftest import Run

LINK = re.compile(r"http://\S+/sign-in\?token=(\S+)")
SECONDS = 60
fetch = partial(httpx.get, timeout=30)


@dataclass(frozen=True)
class Served:
    """The product as ``make serve`` starts it."""

    process: "subprocess.Popen[bytes]"
    state: Path
    settings: dict[str, str]

    @property
    def root(self) -> Path:
        return self.state / "caddy" / "pki" / "authorities" / "local" / "root.crt"

    @property
    def printed(self) -> str:
        return (self.state / "printed").read_text()

    def url(self, host: str | None = None) -> str:
        return f"https://{host or lan_addresses()[0]}:{self.settings['HQ_HTTPS_PORT']}"

    @property
    def plain_url(self) -> str:
        return f"http://{lan_addresses()[0]}:{self.settings['HQ_TRUST_PORT']}"

    @property
    def trusting(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=self.root)

    def link(self) -> str:
        """Return a fresh sign-in link as another machine opens it."""
        made = subprocess.run(
            [sys.executable, "-m", "scripts.sign_in_link"],
            cwd=PROJECT,
            env=os.environ | self.settings,
            capture_output=True,
            text=True,
            check=True,
        )
        return made.stdout.splitlines()[-1]

    def caddy(self) -> int | None:
        """Return the process that stands before this server."""
        for command in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                if str(self.state).encode() in command.read_bytes().split(b"run\0", 1)[-1]:
                    return int(command.parent.name)
            except OSError:
                continue
        return None


@contextmanager
def serving(state: Path, database_url: str) -> Iterator[Served]:
    ports = {name: str(free_port()) for name in ("HQ_PORT", "HQ_HTTPS_PORT", "HQ_TRUST_PORT")}
    settings = ports | {"HQ_STATE_FOLDER": str(state), "HQ_DATABASE_URL": database_url}
    settings["HQ_LANGUAGE"] = "en"
    with (state / "printed").open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "scripts.serve"],
            cwd=PROJECT,
            env=os.environ | settings | {"PYTHONUNBUFFERED": "1"},
            stdout=output,
            stderr=output,
        )
    served = Served(process, state, settings)
    try:
        try:
            await_work(process, lambda: "Ctrl-C" in served.printed)
        except AssertionError as error:
            raise AssertionError(served.printed) from error
        yield served
    finally:
        process.terminate()
        process.wait(30)


@pytest.fixture(scope="module")
def database_url(cluster: PrivateCluster) -> Iterator[str]:
    with fresh_database(cluster) as name:
        yield cluster.url(SERVER, name)


@pytest.fixture(scope="module")
def served(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(tmp_path_factory.mktemp("state"), database_url) as running:
        yield running


@pytest.fixture(scope="module")
def admission(served: Served) -> httpx.Response:
    """The answer to a link that was opened on another machine."""
    return fetch(served.link(), verify=served.trusting)


@pytest.fixture(scope="module")
def telephone(served: Served, admission: httpx.Response) -> Iterator[httpx.Client]:
    """Who trusts the certificate and has signed in."""
    with httpx.Client(
        base_url=served.url(), cookies=admission.cookies, verify=served.trusting, timeout=30
    ) as client:
        yield client


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", None])
def test_who_trusts_the_certificate_gets_in_by_each_address(
    host: str | None, served: Served
) -> None:
    assert fetch(f"{served.url(host)}/healthz", verify=served.trusting).text == "ok"


def test_who_does_not_trust_it_gets_nothing(served: Served) -> None:
    with pytest.raises(httpx.ConnectError, match="CERTIFICATE_VERIFY_FAILED"):
        fetch(f"{served.url()}/healthz")


def test_the_network_reaches_the_pages_by_https_alone(served: Served) -> None:
    with pytest.raises(OSError, match="refused"):
        socket.create_connection((lan_addresses()[0], int(served.settings["HQ_PORT"])), timeout=5)


def test_a_certificate_outlasts_a_clock_that_is_days_ahead(served: Served) -> None:
    (leaf,) = certificates(served)
    lifetime = leaf.not_valid_after_utc - leaf.not_valid_before_utc
    assert 300 < lifetime.days <= 397


def certificates(served: Served) -> list[x509.Certificate]:
    """Return what is offered to a client that names the address alone."""
    port = int(served.settings["HQ_HTTPS_PORT"])
    pem = ssl.get_server_certificate((lan_addresses()[0], port))
    return x509.load_pem_x509_certificates(pem.encode())


def test_the_cookie_of_a_sign_in_goes_by_https_alone(admission: httpx.Response) -> None:
    assert admission.status_code == HTTPStatus.SEE_OTHER
    assert "Secure" in admission.headers["set-cookie"].split("; ")


def test_strangers_of_the_network_are_sent_to_sign_in(served: Served) -> None:
    for path in ("/", "/api/events", "/board"):
        answer = fetch(served.url() + path, verify=served.trusting, headers={"Accept": "text/html"})
        assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")


def test_a_change_reaches_a_telephone_at_once(telephone: httpx.Client) -> None:
    with telephone.stream("GET", "/api/events") as stream:
        assert stream.headers.get("content-encoding") is None
        lines = stream.iter_lines()
        assert next(lines) == ": connected"
        report = {"id": "5a8c2a5e-9d5c-4a55-8e0f-0d8a3c1b2f10", "category": "road", "note": "倒木"}
        assert telephone.post("/api/damage-reports", json=report).status_code == HTTPStatus.CREATED
        assert next(line for line in lines if "damage" in line).startswith("data: ")


def test_what_a_page_of_another_site_sends_is_refused(
    served: Served, telephone: httpx.Client
) -> None:
    for origin, status in ((served.url(), 422), ("https://192.0.2.99:8443", 403)):
        answer = telephone.post("/api/damage-reports", json={}, headers={"Origin": origin})
        assert answer.status_code == status


def test_a_body_that_is_too_large_is_answered_by_the_product(telephone: httpx.Client) -> None:
    answer = telephone.post("/api/damage-reports", content=b" " * 2_000_000)
    assert answer.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    assert answer.headers["content-type"] == "application/problem+json"


def test_text_is_compressed(telephone: httpx.Client) -> None:
    answer = telephone.get("/assets/leaflet/leaflet.js")
    assert answer.headers["content-encoding"] == "gzip"


def test_a_page_s_websocket_opens(served: Served, telephone: httpx.Client) -> None:
    cookies = "; ".join(f"{name}={value}" for name, value in telephone.cookies.items())
    with connect(
        served.url().replace("https", "wss") + "/_stcore/stream",
        ssl=served.trusting,
        origin=Origin(served.url()),
        additional_headers={"Cookie": cookies},
        subprotocols=[Subprotocol("streamlit")],
    ) as socket_of_a_page:
        assert socket_of_a_page.subprotocol == "streamlit"


def test_telephones_count_the_pages_as_secure(served: Served, chromium: Browser) -> None:
    (leaf,) = certificates(served)
    key = leaf.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    trusted = b64encode(hashlib.sha256(key).digest()).decode()
    switches = ["--no-sandbox", f"--ignore-certificate-errors-spki-list={trusted}"]
    browser = chromium.browser_type.launch(executable_path=CHROMIUM, args=switches)
    try:
        page = browser.new_page()
        page.goto(f"{served.url()}/sign-in")
        assert page.evaluate("isSecureContext && 'serviceWorker' in navigator")
    finally:
        browser.close()


@pytest.mark.parametrize("language", ["", "en.html"])
def test_the_plain_port_tells_how_to_trust_the_certificate(language: str, served: Served) -> None:
    page = fetch(f"{served.plain_url}/{language}").text
    assert all(part in page for part in fingerprint(served.root))
    assert f'href="{served.url()}"' in page
    assert "<script" not in page


def test_the_certificate_is_fetched_as_one(served: Served) -> None:
    answer = fetch(f"{served.plain_url}/disaster-hq.crt")
    assert answer.headers["content-type"] == "application/x-x509-ca-cert"
    assert answer.content == served.root.read_bytes()


@pytest.mark.parametrize(
    "path",
    ["/index.html", "/caddy.json", "/healthz", "/sign-in", "/api/events", "/%2e%2e/caddy.json"],
)
def test_the_plain_port_has_nothing_else(path: str, served: Served) -> None:
    assert fetch(served.plain_url + path).status_code == HTTPStatus.NOT_FOUND


def test_what_is_printed_for_others_lets_nobody_in(served: Served) -> None:
    said, _, for_others = served.printed.partition("The link is for this computer.")
    assert LINK.search(said)
    assert f"{served.plain_url}/" in for_others
    assert "token" not in for_others
    assert all(part in for_others for part in fingerprint(served.root))


def test_the_authority_s_key_is_for_its_owner_alone(served: Served) -> None:
    assert served.root.with_name("root.key").stat().st_mode & 0o077 == 0
    assert (served.state / "caddy").stat().st_mode & 0o077 == 0


def test_a_restart_keeps_what_telephones_trust_and_nothing_else_stays(
    database_url: str, tmp_path: Path
) -> None:
    with serving(tmp_path, database_url) as first:
        trusted = first.root.read_bytes()
        caddy = first.caddy()
        assert caddy
        assert (tmp_path / "address").read_text() == first.url()
    assert not Path(f"/proc/{caddy}").exists()
    assert not (tmp_path / "address").exists()
    with serving(tmp_path, database_url) as second:
        assert second.root.read_bytes() == trusted
        # Nor does it outlive a server that was killed.
        caddy = second.caddy()
        second.process.kill()
        await_that(lambda: second.caddy() is None)


def test_the_run_ends_with_a_sentence_when_caddy_dies(database_url: str, tmp_path: Path) -> None:
    with serving(tmp_path, database_url) as running:
        caddy = running.caddy()
        assert caddy
        os.kill(caddy, signal.SIGKILL)
        assert running.process.wait(SECONDS) == 1
    assert "Caddy has ended" in running.printed
    assert "Traceback" not in running.printed


@pytest.mark.parametrize("setting", ["HQ_HTTPS_PORT", "HQ_TRUST_PORT"])
def test_a_port_that_is_taken_names_its_setting(setting: str, run: Run) -> None:
    with socket.create_server(("0.0.0.0", 0)) as other:  # noqa: S104
        port = other.getsockname()[1]
        done = run("serve", **{setting: str(port)})
    assert done.returncode == 1
    assert f"Port {port} is not to be had" in done.stderr
    assert f"{setting}={port + 1}" in done.stderr


def test_an_address_of_another_machine_is_one_sentence(run: Run) -> None:
    done = run("serve", HQ_LAN_ADDRESS="198.51.100.7")
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1


def test_caddy_asks_nobody_outside_and_installs_nothing(tmp_path: Path) -> None:
    caddy = Caddy(tmp_path, "127.0.0.1:1", ("192.0.2.7", "127.0.0.1"), "", 1, 2, "HQ")
    written = caddy.configuration()
    assert written["admin"]["disabled"]
    apps = written["apps"]
    assert not apps["pki"]["certificate_authorities"]["local"]["install_trust"]
    (policy,) = apps["tls"]["automation"]["policies"]
    assert [issuer["module"] for issuer in policy["issuers"]] == ["internal"]
    assert all(each["automatic_https"]["disable"] for each in apps["http"]["servers"].values())
    bound = replace(caddy, listen="192.0.2.7").configuration()["apps"]["http"]["servers"]
    assert [each["listen"] for each in bound.values()] == [["192.0.2.7:1"], ["192.0.2.7:2"]]


@pytest.mark.parametrize(("purpose", "wanted"), [("run", False), ("serve", True), ("test", True)])
def test_only_who_serves_the_network_needs_caddy(
    purpose: str, *, wanted: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    assert ("caddy" in debian.missing(purpose)) is wanted


def test_a_user_who_may_not_install_caddy_is_told_whom_to_ask(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(debian, "missing", lambda _purpose: ["caddy"])
    monkeypatch.setattr(debian, "as_root", lambda: None)
    with pytest.raises(TroubleError, match="ask an administrator to install caddy"):
        debian.install_packages("serve")


def test_the_link_is_told_for_this_computer_alone_when_nobody_serves_the_network(
    run: Run, workspace: Workspace, tmp_path: Path
) -> None:
    assert workspace
    done = run("sign_in_link", HQ_STATE_FOLDER=str(tmp_path))
    assert len(done.stdout.splitlines()) == 1
