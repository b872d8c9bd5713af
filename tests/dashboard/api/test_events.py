"""Server-sent events: a browser learns of a change as it happens."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID, uuid4

import httpx

from gis.models.occupancy import DOUBTS
from gis.operations.access import end_sign_in
from gis.operations.damage_reports import NewDamageReport, file_damage_report
from gis.vocabulary import DamageCategory, Role
from tests.conftest import HEADQUARTERS, Server


@contextmanager
def listening(client: httpx.Client) -> Iterator[Iterator[str]]:
    """Give the subjects of the changes that the server tells, from when it has connected."""
    with client.stream("GET", "/api/events") as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        lines = stream.iter_lines()
        while next(lines) != ": connected":
            pass
        yield subjects(lines)


def subjects(lines: Iterator[str]) -> Iterator[str]:
    name = ""
    for line in lines:
        field, _, value = line.partition(": ")
        if field == "event":
            name = value
        elif field == "data" and name == "change":
            yield json.loads(value)["subject"]


def test_a_reading_is_told(operator: httpx.Client, open_shelter_id: UUID) -> None:
    with listening(operator) as changes:
        counted = {"id": str(uuid4()), "persons": 12, "confirmed": DOUBTS}
        operator.post(f"/api/shelters/{open_shelter_id}/readings", json=counted).raise_for_status()
        assert next(changes) == "shelters"


def test_what_another_process_stores_is_told_as_well(
    server: Server, operator: httpx.Client
) -> None:
    with listening(operator) as changes:
        with server.workspace.transaction(HEADQUARTERS) as session:
            file_damage_report(session, NewDamageReport(uuid4(), DamageCategory.ROAD))
        assert next(changes) == "damage_reports"


def test_every_listener_is_told(operator: httpx.Client, open_shelter_id: UUID) -> None:
    with listening(operator) as first, listening(operator) as second:
        counted = {"id": str(uuid4()), "persons": 13, "confirmed": DOUBTS}
        operator.post(f"/api/shelters/{open_shelter_id}/readings", json=counted).raise_for_status()
        assert (next(first), next(second)) == ("shelters", "shelters")


def test_a_refused_reading_is_told_to_nobody(
    server: Server, operator: httpx.Client, open_shelter_id: UUID
) -> None:
    with listening(operator) as changes:
        counted = {"id": str(uuid4()), "persons": -3}
        operator.post(f"/api/shelters/{open_shelter_id}/readings", json=counted)
        with server.workspace.transaction(HEADQUARTERS) as session:
            file_damage_report(session, NewDamageReport(uuid4(), DamageCategory.ROAD))
        assert next(changes) == "damage_reports"


def test_the_stream_ends_with_the_sign_in(server: Server) -> None:
    with server.client(Role.VIEWER) as client, listening(client) as changes:
        (token,) = client.cookies.values()
        with server.workspace.transaction(HEADQUARTERS) as session:
            end_sign_in(session, token)
        assert list(changes) == []
