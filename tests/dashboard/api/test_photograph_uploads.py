"""Photographs of damage reports over the wire, part by part, and who sees them."""

from collections.abc import Iterator
from contextlib import ExitStack
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest

from gis.models.photograph_upload import PART_BYTES_MOST
from gis.photographs import FILE_MB_MOST, MEGABYTE
from gis.vocabulary import Role
from tests.conftest import Server
from tests.dashboard.conftest import Ask, VisitorOf, signed_in
from tests.photographs import opened, photograph, picture

REPORTS = "/api/damage-reports"
FILE = photograph(picture(800, 600))
HALF = len(FILE) // 2
KIND = {"Content-Type": "application/octet-stream"}


@pytest.fixture(scope="module")
def teams(server: Server) -> Iterator[tuple[httpx.Client, httpx.Client]]:
    with ExitStack() as stack:
        first, second = (
            stack.enter_context(signed_in(server, Role.FIELD, name)) for name in ("第1班", "第2班")
        )
        yield first, second


@pytest.fixture(scope="module")
def team(teams: tuple[httpx.Client, httpx.Client]) -> httpx.Client:
    return teams[0]


@pytest.fixture
def report_id(team: httpx.Client) -> str:
    identity = str(uuid4())
    content = {"id": identity, "category": "road", "source": "field_app"}
    team.post(REPORTS, json=content).raise_for_status()
    return identity


def announce(
    client: httpx.Client,
    report_id: str,
    identity: str,
    file: bytes = FILE,
    **told: Any,  # noqa: ANN401
) -> httpx.Response:
    content = {"size": len(file), "sha256": sha256(file).hexdigest()} | told
    return client.put(f"{REPORTS}/{report_id}/photographs/{identity}", json=content)


def send(client: httpx.Client, identity: str, at: int, part: bytes) -> httpx.Response:
    headers = KIND | {"Upload-Offset": str(at)}
    return client.patch(f"/api/photographs/{identity}/parts", content=part, headers=headers)


def asked(client: httpx.Client, identity: str) -> httpx.Response:
    return client.get(f"/api/photographs/{identity}/parts")


def sent(client: httpx.Client, report_id: str, file: bytes = FILE) -> str:
    identity = str(uuid4())
    announce(client, report_id, identity, file).raise_for_status()
    for at in range(0, len(file), PART_BYTES_MOST):
        send(client, identity, at, file[at : at + PART_BYTES_MOST]).raise_for_status()
    return identity


def code(answer: httpx.Response) -> tuple[int, str]:
    assert answer.headers["content-type"] == "application/problem+json"
    return answer.status_code, answer.json()["errors"][0]["code"]


def test_a_photograph_is_announced_sent_in_parts_and_seen(
    team: httpx.Client, report_id: str, ask: Ask
) -> None:
    identity = str(uuid4())
    first = announce(team, report_id, identity, taken_at="2026-09-01T09:30:00+09:00", caption="穴")
    assert (first.status_code, first.json()) == (201, {"received": 0, "is_complete": False})
    half = {"received": HALF, "is_complete": False}
    answer = send(team, identity, 0, FILE[:HALF])
    assert (answer.status_code, answer.json()) == (200, half)
    assert asked(team, identity).json() == half
    whole = {"received": len(FILE), "is_complete": True}
    assert send(team, identity, HALF, FILE[HALF:]).json() == whole
    assert asked(team, identity).json() == whole
    again = announce(team, report_id, identity, caption="穴")
    assert (again.status_code, again.json()) == (200, whole)
    kept = team.get(f"/api/photographs/{identity}.jpeg")
    assert opened(kept.content).size == (800, 600)
    assert ask("SELECT source FROM photograph WHERE id = :id", id=identity) == "field_app"


def test_a_part_from_elsewhere_tells_where_to_go_on(team: httpx.Client, report_id: str) -> None:
    identity = str(uuid4())
    announce(team, report_id, identity)
    send(team, identity, 0, FILE[:HALF])
    answer = send(team, identity, HALF + 1, FILE[HALF + 1 :])
    assert code(answer) == (409, "part-out-of-place")
    assert answer.json()["received"] == HALF
    assert send(team, identity, 0, FILE[:HALF]).json()["received"] == HALF


def test_what_arrived_wrongly_is_told_and_begins_at_0_again(
    team: httpx.Client, report_id: str
) -> None:
    identity = str(uuid4())
    announce(team, report_id, identity)
    send(team, identity, 0, FILE[:HALF])
    assert code(send(team, identity, HALF, bytes(HALF + 9))) == (422, "photograph-differs")
    assert asked(team, identity).json() == {"received": 0, "is_complete": False}


def test_what_is_no_picture_is_told_and_dropped(team: httpx.Client, report_id: str) -> None:
    identity, file = str(uuid4()), b"GIF89a<script>" * 9
    announce(team, report_id, identity, file)
    assert code(send(team, identity, 0, file)) == (415, "no-photograph")
    assert code(asked(team, identity)) == (404, "not-found")


def test_a_report_that_has_not_arrived_or_is_another_team_s_has_no_photographs(
    teams: tuple[httpx.Client, httpx.Client], report_id: str
) -> None:
    first, second = teams
    assert code(announce(first, str(uuid4()), str(uuid4()))) == (404, "not-found")
    assert code(announce(second, report_id, str(uuid4()))) == (404, "not-found")


@pytest.mark.parametrize(
    ("told", "expected", "field"),
    [
        ({"size": FILE_MB_MOST * MEGABYTE + 1}, (413, "photograph-too-large"), "size"),
        ({"size": 0}, (422, "field-invalid"), "size"),
        ({"size": 10**30}, (422, "field-invalid"), "size"),
        ({"sha256": "A" * 64}, (422, "field-invalid"), "sha256"),
        ({"caption": "\x00"}, (422, "field-invalid"), "caption"),
        ({"taken_at": "2026-09-01T09:30"}, (422, "moment-without-zone"), "taken_at"),
        ({"team": "第1班"}, (422, "field-invalid"), "team"),
    ],
)
def test_an_announcement_is_refused_by_its_field(
    told: dict[str, Any],
    expected: tuple[int, str],
    field: str,
    team: httpx.Client,
    report_id: str,
) -> None:
    answer = announce(team, report_id, str(uuid4()), **told)
    assert (code(answer), answer.json()["errors"][0]["field"]) == (expected, field)


def test_an_id_stands_for_one_photograph(team: httpx.Client, report_id: str) -> None:
    identity = sent(team, report_id)
    assert code(announce(team, report_id, identity, FILE[:-1])) == (409, "id-used-for-another")


def test_a_part_has_256_kilobytes_at_most_and_needs_its_offset(
    team: httpx.Client, report_id: str
) -> None:
    identity, large = str(uuid4()), photograph(picture()) + bytes(2 * PART_BYTES_MOST)
    announce(team, report_id, identity, large)
    part = large[:PART_BYTES_MOST]
    assert code(send(team, identity, 0, part + b"\0")) == (413, "body-too-large")
    assert send(team, identity, 0, part).json()["received"] == PART_BYTES_MOST
    for offset in ({}, {"Upload-Offset": "-1"}, {"Upload-Offset": "x"}):
        answer = team.patch(
            f"/api/photographs/{identity}/parts", content=part, headers=KIND | offset
        )
        assert code(answer) == (422, "field-invalid")


def test_an_empty_part_and_one_of_no_kind_are_understood(
    team: httpx.Client, report_id: str
) -> None:
    identity = str(uuid4())
    announce(team, report_id, identity)
    assert send(team, identity, 0, b"").json() == {"received": 0, "is_complete": False}
    answer = team.patch(
        f"/api/photographs/{identity}/parts", content=FILE, headers={"Upload-Offset": "0"}
    )
    assert answer.json() == {"received": len(FILE), "is_complete": True}


def test_a_picture_of_a_report_is_for_headquarters_and_for_the_team_that_reported(
    teams: tuple[httpx.Client, httpx.Client], visitor: VisitorOf, report_id: str
) -> None:
    first, second = teams
    identity = sent(first, report_id)
    for path in (".jpeg", "/thumbnail.jpeg"):
        address = f"/api/photographs/{identity}{path}"
        for role in (Role.VIEWER, Role.OPERATOR, Role.ADMIN):
            assert visitor(role).get(address).status_code == 200
        assert first.get(address).status_code == 200
        assert code(second.get(address)) == (404, "not-found")
        assert visitor(Role.SHELTER).get(address).status_code == 403


def test_what_headquarters_add_to_a_report_its_team_sees(
    team: httpx.Client, operator: httpx.Client, report_id: str
) -> None:
    identity = sent(operator, report_id)
    assert team.get(f"/api/photographs/{identity}.jpeg").status_code == 200


def test_a_picture_that_is_gone_is_told_as_missing(
    operator: httpx.Client, report_id: str, picture_folder: Path, ask: Ask
) -> None:
    identity = sent(operator, report_id, photograph(picture(33, 44)))
    content_hash = ask("SELECT content_hash FROM photograph WHERE id = :id", id=identity)
    picture_folder.joinpath(content_hash[:2], f"{content_hash[2:]}.jpeg").unlink()
    assert code(operator.get(f"/api/photographs/{identity}.jpeg")) == (404, "picture-missing")
    assert operator.get(f"/api/photographs/{identity}/thumbnail.jpeg").status_code == 200
