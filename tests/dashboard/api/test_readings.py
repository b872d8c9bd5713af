"""Recording head counts: what is taken, what is refused, and in which words."""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from gis.models.occupancy import DOUBTS
from tests.dashboard.api.conftest import NothingStored
from tests.dashboard.conftest import Ask

KANA = re.compile(r"[ぁ-んァ-ヶ]")
LATER = (datetime.now(UTC) + timedelta(hours=3)).isoformat()


def counted(**figures: object) -> dict[str, object]:
    return {"id": str(uuid4()), **figures}


def send(
    client: httpx.Client, shelter_id: object, body: Mapping[str, object], language: str = "en"
) -> httpx.Response:
    """Post a reading, NaN included, which is no JSON but is what some devices send."""
    return client.post(
        f"/api/shelters/{shelter_id}/readings",
        content=json.dumps(body),
        headers={"Content-Type": "application/json", "Accept-Language": language},
    )


def test_a_count_is_recorded_with_who_sent_it(
    operator: httpx.Client, open_shelter_id: UUID, ask: Ask
) -> None:
    reading = counted(persons=87, households=31, note="体育館のみ", confirmed=DOUBTS)
    answer = send(operator, open_shelter_id, reading)
    assert answer.status_code == 201
    assert answer.json() == {"id": reading["id"], "is_new": True}
    stored = ask(
        "SELECT to_jsonb(r) FROM occupancy_reading r WHERE id = :id", id=UUID(str(reading["id"]))
    )
    assert (stored["persons"], stored["households"], stored["note"]) == (87, 31, "体育館のみ")
    assert (stored["recorded_by"], stored["source"]) == ("operator", "api")


def test_a_retry_is_harmless(operator: httpx.Client, open_shelter_id: UUID, ask: Ask) -> None:
    reading = counted(persons=88, confirmed=DOUBTS)
    assert send(operator, open_shelter_id, reading).status_code == 201
    again = send(operator, open_shelter_id, reading)
    assert (again.status_code, again.json()["is_new"]) == (200, False)
    rows = ask("SELECT count(*) FROM occupancy_reading WHERE id = :id", id=reading["id"])
    assert rows == 1


def test_an_id_cannot_stand_for_two_readings(
    operator: httpx.Client, open_shelter_id: UUID, nothing_stored: NothingStored
) -> None:
    reading = counted(persons=88, confirmed=DOUBTS)
    send(operator, open_shelter_id, reading).raise_for_status()
    with nothing_stored():
        answer = send(operator, open_shelter_id, reading | {"persons": 89})
    assert (answer.status_code, fault_of(answer)["code"]) == (409, "id-used-for-another")


def test_nobody_is_a_count(operator: httpx.Client, open_shelter_id: UUID) -> None:
    assert send(operator, open_shelter_id, counted(persons=0)).status_code == 201


Case = tuple[dict[str, object], str, str, str | None]
"""Figures, and the code, field and received value of their refusal."""

REFUSED: list[Case] = [
    ({"persons": -3}, "count-impossible", "persons", "-3"),
    ({"persons": 10**9}, "count-impossible", "persons", "1000000000"),
    ({"persons": 1e9}, "count-impossible", "persons", "1000000000"),
    ({"households": -1}, "count-impossible", "households", "-1"),
    ({"persons": 10**30}, "count-impossible", "persons", "1" + "0" * 30),
    ({"persons": 1e30}, "field-invalid", "persons", "1e+30"),
    ({"persons": "abc"}, "field-invalid", "persons", "abc"),
    ({"persons": 12.5}, "field-invalid", "persons", "12.5"),
    ({"persons": float("nan")}, "field-invalid", "persons", "nan"),
    ({"persons": float("inf")}, "field-invalid", "persons", "inf"),
    ({"persons": [1]}, "field-invalid", "persons", "[1]"),
    ({}, "nothing-counted", "persons", None),
    ({"persons": 1, "observed_at": LATER}, "observed-in-future", "observed_at", LATER),
    (
        {"persons": 1, "observed_at": "2024-01-01T09:00:00"},
        "moment-without-zone",
        "observed_at",
        "2024-01-01T09:00:00",
    ),
    ({"persons": 1, "observed_at": "昨日"}, "field-invalid", "observed_at", "昨日"),
    ({"persons": 1, "id": "1"}, "field-invalid", "id", "1"),
    ({"persons": 1, "source": "鳩"}, "field-invalid", "source", "鳩"),
    ({"persons": 1, "note": "\x00"}, "field-invalid", "note", "\x00"),
    ({"persons": 1, "note": "\ud83d"}, "field-invalid", "note", "?"),
    ({"persons": 1, "note": 5}, "field-invalid", "note", "5"),
    ({"persons": 1, "note": "長" * 4001}, "text-too-long", "note", "長" * 80),
    ({"persons": 1, "people": 2}, "field-invalid", "people", "2"),
]


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: f"{case[1]} {[*case[0]]}")
def test_what_cannot_be_is_refused_and_nothing_is_stored(
    case: Case, operator: httpx.Client, open_shelter_id: UUID, nothing_stored: NothingStored
) -> None:
    figures, *expected = case
    with nothing_stored():
        answer = send(operator, open_shelter_id, counted() | figures)
    assert answer.status_code == 422
    fault = fault_of(answer)
    assert [fault["code"], fault["field"], fault["received"]] == expected


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: f"{case[1]} {[*case[0]]}")
def test_a_refusal_says_what_happened_and_what_to_do_in_the_reader_s_language(
    case: Case, operator: httpx.Client, open_shelter_id: UUID
) -> None:
    figures, _code, _field, received = case
    japanese = fault_of(send(operator, open_shelter_id, counted() | figures, language="ja"))
    english = fault_of(send(operator, open_shelter_id, counted() | figures, language="en"))
    for sentence in ("what", "remedy"):
        assert KANA.search(japanese[sentence])
        assert not re.search(r"[a-z]{3,} [a-z]{3,}", japanese[sentence])
        assert not KANA.search(english[sentence].replace(received or "", ""))


def test_a_shelter_that_is_not_open_takes_no_count(
    operator: httpx.Client, unopened_shelter_id: UUID, nothing_stored: NothingStored, ask: Ask
) -> None:
    with nothing_stored():
        answer = send(operator, unopened_shelter_id, counted(persons=1))
    assert answer.status_code == 409
    fault = fault_of(answer)
    assert (fault["code"], fault["field"]) == ("shelter-not-open", "shelter_id")
    assert ask("SELECT name FROM shelter WHERE id = :id", id=unopened_shelter_id) in fault["what"]


def test_a_shelter_that_does_not_exist_is_not_found(
    operator: httpx.Client, nothing_stored: NothingStored
) -> None:
    nowhere = uuid4()
    with nothing_stored():
        answer = send(operator, nowhere, counted(persons=1))
    assert answer.status_code == 404
    assert fault_of(answer)["received"] == str(nowhere)


def test_an_address_that_names_no_shelter_is_refused(
    operator: httpx.Client, nothing_stored: NothingStored
) -> None:
    with nothing_stored():
        answer = send(operator, "鶴嶺小学校", counted(persons=1))
    assert answer.status_code == 422
    assert fault_of(answer)["field"] == "shelter_id"


def fault_of(answer: httpx.Response) -> dict[str, Any]:
    """Return the one error of a problem, after a look at the problem itself."""
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == answer.status_code
    assert problem["type"] == f"urn:hq:error:{problem['errors'][0]['code']}"
    assert problem["title"] == problem["errors"][0]["what"]
    assert len(problem["errors"]) == 1
    fault: dict[str, Any] = problem["errors"][0]
    return fault


def test_a_count_that_looks_like_a_slip_is_asked_back(
    operator: httpx.Client, open_shelter_id: UUID, nothing_stored: NothingStored
) -> None:
    reading = counted(persons=99_999)
    with nothing_stored():
        answer = send(operator, open_shelter_id, reading)
        assert (answer.status_code, fault_of(answer)["code"]) == (409, "far-over-capacity")
    confirmed: list[str] = []
    while answer.status_code == 409:
        confirmed.append(fault_of(answer)["code"])
        answer = send(operator, open_shelter_id, reading | {"confirmed": confirmed})
    assert answer.status_code == 201
