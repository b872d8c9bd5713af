"""Reading the chronology and writing into it from outside."""

import csv
import io
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from gis.vocabulary import Role
from tests.dashboard.api.conftest import NothingStored
from tests.dashboard.conftest import Ask, VisitorOf

CHRONOLOGY = "/api/chronology"


def entry(**content: object) -> dict[str, Any]:
    return {"id": str(uuid4()), "content": "県から電話"} | content


def fault_of(answer: httpx.Response) -> dict[str, Any]:
    assert answer.headers["content-type"] == "application/problem+json"
    (fault,) = answer.json()["errors"]
    assert isinstance(fault, dict)
    return fault


def test_what_was_written_is_read_with_its_facts(operator: httpx.Client) -> None:
    said = entry(
        content="<b>給水車</b>を要請", sender="避難所班", recipient="水道班", action="手配",
        assignee="水道班", happened_at="2026-01-01T09:00:00+09:00",
    )  # fmt: skip
    assert operator.post(CHRONOLOGY, json=said).status_code == 201
    (line,) = operator.get(CHRONOLOGY, params={"search": "給水車</b>"}).json()["lines"]
    facts = line.pop("facts")
    assert facts == {
        "sender": "避難所班", "recipient": "水道班", "content": said["content"], "action": "手配",
        "assignee": "水道班", "done_at": None, "version": 1,
    }  # fmt: skip
    assert (line["kind"], line["id"]) == ("entry", said["id"])
    assert (line["happened_at"], line["recorded_by"]) == ("2026-01-01T00:00:00Z", "operator")


def test_a_retry_is_harmless_and_an_id_stands_for_one_entry(
    operator: httpx.Client, nothing_stored: NothingStored
) -> None:
    said = entry()
    assert operator.post(CHRONOLOGY, json=said).json() == {"id": said["id"], "is_new": True}
    with nothing_stored():
        again = operator.post(CHRONOLOGY, json=said)
        other = operator.post(CHRONOLOGY, json=said | {"content": "別"})
    assert (again.status_code, again.json()["is_new"]) == (200, False)
    assert (other.status_code, fault_of(other)["code"]) == (409, "id-used-for-another")


def test_pages_hold_everything_exactly_once(operator: httpx.Client) -> None:
    page = operator.get(CHRONOLOGY, params={"limit": 37}).json()
    seen = page["lines"]
    while page["next"]:
        page = operator.get(CHRONOLOGY, params={"limit": 37, "before": page["next"]}).json()
        seen += page["lines"]
    whole = operator.get(CHRONOLOGY, params={"limit": 500}).json()
    assert whole["next"] is None
    assert seen == whole["lines"]
    assert len({(line["kind"], line["id"]) for line in seen}) == len(seen)
    moments = [datetime.fromisoformat(line["happened_at"]) for line in seen]
    assert moments == sorted(moments, reverse=True)


def test_the_lines_are_chosen_by_kind_shelter_and_what_is_not_done(
    operator: httpx.Client, open_shelter_id: UUID
) -> None:
    operator.post(CHRONOLOGY, json=entry(action="調べる")).raise_for_status()

    def kinds(**chosen: object) -> set[str]:
        lines = operator.get(CHRONOLOGY, params={"limit": 500, **chosen}).json()["lines"]  # type: ignore[dict-item]
        return {line["kind"] for line in lines}

    assert kinds(kind=["reading", "state"]) == {"reading", "state"}
    assert kinds(shelter_id=str(open_shelter_id)) <= {"reading", "state", "assignment"}
    assert kinds(unfinished="true") == {"entry"}


@pytest.mark.parametrize("before", ["abc", "é", "MjAyNg==", "\x00", "MjAyNi0wMS0wMSAxIDIgMw=="])
def test_a_cursor_that_is_not_ours_is_refused(operator: httpx.Client, before: str) -> None:
    answer = operator.get(CHRONOLOGY, params={"before": before})
    assert (answer.status_code, fault_of(answer)["field"]) == (422, "before")


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"limit": "0"}, "limit"),
        ({"kind": "ufo"}, "kind.0"),
        ({"shelter_id": "x"}, "shelter_id"),
        ({"until": "2026-01-01T00:00:00"}, "until"),
        ({"search": "a\x00b"}, "search"),
    ],
)
def test_what_cannot_be_asked_is_refused(
    operator: httpx.Client, asked: dict[str, str], field: str
) -> None:
    answer = operator.get(CHRONOLOGY, params=asked)
    assert (answer.status_code, fault_of(answer)["field"]) == (422, field)


@pytest.mark.parametrize(
    ("content", "code", "field"),
    [
        ({"content": " "}, "content-missing", "content"),
        ({"content": "長" * 4001}, "text-too-long", "content"),
        ({"content": "a\x00"}, "field-invalid", "content"),
        ({"happened_at": "2999-01-01T00:00:00Z"}, "observed-in-future", "happened_at"),
        ({"done": True}, "field-invalid", "done"),
    ],
)
def test_what_cannot_be_written_is_refused_and_nothing_is_stored(
    content: dict[str, object],
    code: str,
    field: str,
    operator: httpx.Client,
    nothing_stored: NothingStored,
) -> None:
    with nothing_stored():
        answer = operator.post(CHRONOLOGY, json=entry(**content))
    assert answer.status_code == 422
    assert (fault_of(answer)["code"], fault_of(answer)["field"]) == (code, field)


@pytest.mark.parametrize("role", Role)
def test_headquarters_write_and_whoever_sees_all_reads(role: Role, visitor: VisitorOf) -> None:
    decides = role in {Role.OPERATOR, Role.ADMIN}
    wrote = visitor(role).post(CHRONOLOGY, json=entry())
    assert wrote.status_code == (201 if decides else 403)
    read = visitor(role).get(CHRONOLOGY)
    assert read.status_code == (200 if decides or role is Role.VIEWER else 403)


def test_a_file_holds_what_the_lines_say(operator: httpx.Client, ask: Ask) -> None:
    operator.post(CHRONOLOGY, json=entry(content="ファイルに載る")).raise_for_status()
    answer = operator.get(f"{CHRONOLOGY}/csv", params={"kind": "entry"})
    name = answer.headers["content-disposition"]
    assert name.startswith('attachment; filename="chronology_142077_')
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))
    written = [row[3] for row in rows if len(row) > 3 and row[1] == "Entry"]
    assert len(written) == ask("SELECT count(*) FROM chronology_entry")
    assert "ファイルに載る" in written
    assert operator.get(f"{CHRONOLOGY}/xlsx").content.startswith(b"PK")
    assert operator.get(f"{CHRONOLOGY}/pdf").status_code == 404


def test_an_incident_that_does_not_exist_is_not_found(operator: httpx.Client) -> None:
    for address in (CHRONOLOGY, f"{CHRONOLOGY}/csv"):
        answer = operator.get(address, params={"incident_id": str(uuid4())})
        assert (answer.status_code, fault_of(answer)["field"]) == (404, "incident_id")
