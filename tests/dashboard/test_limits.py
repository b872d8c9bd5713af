"""A message that is too large is refused before it has arrived."""

import json
import select
import socket
import tomllib
from collections.abc import Iterator
from uuid import uuid4

import httpx
import pytest

from dashboard.limits import API_BODY_BYTES
from gis.importers.files import FILE_MB_MOST
from tests.conftest import PROJECT, Server
from tests.dashboard.conftest import Ask

REPORTS = "/api/damage-reports"
MEGABYTE = 1024 * 1024


def head(operator: httpx.Client, *lines: str) -> bytes:
    """Return the head of a POST that the operator sends by hand."""
    cookies = "; ".join(f"{name}={value}" for name, value in operator.cookies.items())
    host = f"{operator.base_url.host}:{operator.base_url.port}"
    return "\r\n".join(
        [
            f"POST {REPORTS} HTTP/1.1",
            f"Host: {host}",
            f"Cookie: {cookies}",
            "Accept-Language: en",
            "Content-Type: application/json",
            *lines,
            "",
            "",
        ]
    ).encode()


def answer_of(line: socket.socket) -> tuple[int, dict[str, object]]:
    """Return status and problem of an answer, read up to the end of its body."""
    received = b""
    while b"\r\n\r\n" not in received:
        received += line.recv(65536)
    start, _, body = received.partition(b"\r\n\r\n")
    lines = [one.lower() for one in start.decode().splitlines()]
    (length,) = (int(one.partition(":")[2]) for one in lines if one.startswith("content-length"))
    while len(body) < length:
        body += line.recv(65536)
    return int(lines[0].split()[1]), json.loads(body)


@pytest.fixture
def line(server: Server) -> Iterator[socket.socket]:
    address = httpx.URL(server.url)
    assert address.port
    with socket.create_connection((address.host, address.port), timeout=10) as connected:
        yield connected


def test_an_announced_length_is_refused_before_a_byte_of_it_was_sent(
    operator: httpx.Client, line: socket.socket
) -> None:
    line.sendall(head(operator, f"Content-Length: {20 * MEGABYTE}"))
    status, problem = answer_of(line)
    assert status == 413
    assert problem["type"] == "urn:hq:error:body-too-large"
    assert str(API_BODY_BYTES // 1024) in str(problem["title"])


def test_a_stream_without_a_length_is_refused_while_it_is_still_coming(
    operator: httpx.Client, line: socket.socket
) -> None:
    line.sendall(head(operator, "Transfer-Encoding: chunked"))
    piece = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
    sent = 0
    while not select.select([line], [], [], 0)[0] and sent < 20 * MEGABYTE:
        line.sendall(piece)
        sent += 0x10000
        if sent > API_BODY_BYTES:
            # Enough to know: without an end of the body, only a refusal can answer.
            break
    status, _problem = answer_of(line)
    assert status == 413
    assert sent < MEGABYTE


def test_a_text_of_20_megabytes_is_a_clear_refusal_to_an_ordinary_client(
    operator: httpx.Client, ask: Ask
) -> None:
    before = ask("SELECT count(*) FROM change_record")
    content = {"id": str(uuid4()), "category": "road", "note": "長" * (20 * MEGABYTE // 3)}
    answer = operator.post(REPORTS, json=content)
    assert answer.status_code == 413
    assert answer.json()["errors"][0]["code"] == "body-too-large"
    assert ask("SELECT count(*) FROM change_record") == before


def test_the_largest_message_that_is_read_is_filed(operator: httpx.Client) -> None:
    report = json.dumps({"id": str(uuid4()), "category": "road"}).encode()
    filled = report.ljust(API_BODY_BYTES)
    json_type = {"Content-Type": "application/json"}
    assert operator.post(REPORTS, content=filled, headers=json_type).status_code == 201
    assert operator.post(REPORTS, content=filled + b" ", headers=json_type).status_code == 413


def test_the_server_takes_in_a_list_as_large_as_can_be_read() -> None:
    options = tomllib.loads((PROJECT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert options["server"]["maxUploadSize"] == FILE_MB_MOST
