"""Filing several damage reports at once."""

import json
from typing import Any
from uuid import uuid4

import httpx
import pytest

from dashboard.api.report_batch import BATCH_MOST
from dashboard.limits import BATCH_BYTES
from gis.vocabulary import Role
from tests.conftest import Server
from tests.dashboard.api.conftest import NothingStored
from tests.dashboard.conftest import Ask, signed_in

BATCH = "/api/damage-reports/batch"


def report(**content: object) -> dict[str, object]:
    return {"id": str(uuid4()), "category": "road"} | content


def file(client: httpx.Client, *reports: object) -> httpx.Response:
    """Post reports, half characters included."""
    return client.post(
        BATCH,
        content=json.dumps({"reports": reports}),
        headers={"Content-Type": "application/json"},
    )


def outcomes(answer: httpx.Response) -> list[dict[str, Any]]:
    assert answer.status_code == 200, answer.text
    told: list[dict[str, Any]] = answer.json()["outcomes"]
    return told


def code(outcome: dict[str, Any]) -> tuple[int, str, str]:
    problem = outcome["problem"]
    return problem["status"], problem["errors"][0]["code"], problem["errors"][0]["field"]


def test_each_is_answered_in_order_and_a_bad_one_holds_up_no_other(
    operator: httpx.Client, ask: Ask
) -> None:
    good = [report(note=str(number)) for number in range(3)]
    unreadable = report(category="ufo", residents="four")
    impossible = report(location={"lon": 0, "lat": 0})
    told = outcomes(file(operator, good[0], unreadable, good[1], impossible, "?", good[2]))
    assert [(one["id"], one["is_new"]) for one in told] == [
        (good[0]["id"], True),
        (unreadable["id"], None),
        (good[1]["id"], True),
        (impossible["id"], None),
        (None, None),
        (good[2]["id"], True),
    ]
    assert [fault["field"] for fault in told[1]["problem"]["errors"]] == ["category", "residents"]
    assert code(told[3]) == (422, "place-at-zero", "location")
    assert code(told[4])[:2] == (422, "field-invalid")
    stored = "SELECT count(*) FROM damage_report WHERE id = ANY(:ids)"
    assert ask(stored, ids=[one["id"] for one in [*good, unreadable, impossible]]) == 3


def test_the_answer_to_a_retry_is_the_first_one_but_for_what_is_new(
    operator: httpx.Client, nothing_stored: NothingStored
) -> None:
    reports = [report(), report(note="長" * 4001), report(severity="minor")]
    first = outcomes(file(operator, *reports))
    with nothing_stored():
        again = outcomes(file(operator, *reports))
    assert [one["is_new"] for one in again] == [False, None, False]
    assert [one | {"is_new": None} for one in again] == [one | {"is_new": None} for one in first]


def test_one_id_twice_in_a_batch_is_one_report_or_a_conflict(operator: httpx.Client) -> None:
    one = report()
    told = outcomes(file(operator, one, one, one | {"note": "別"}))
    assert [outcome["is_new"] for outcome in told] == [True, False, None]
    assert code(told[2]) == (409, "id-used-for-another", "id")


def test_who_filed_is_on_record_and_a_team_may(server: Server, ask: Ask) -> None:
    with signed_in(server, Role.FIELD, "第4班") as team:
        one = report()
        outcomes(file(team, one))
    assert ask("SELECT recorded_by FROM damage_report WHERE id = :id", id=one["id"]) == "第4班"


def test_a_hundred_of_the_largest_are_taken_and_no_more(operator: httpx.Client) -> None:
    largest = [report(note="長" * 4000, place_text="所" * 200) for _ in range(BATCH_MOST)]
    assert all(one["is_new"] for one in outcomes(file(operator, *largest)))
    answer = file(operator, *largest, report())
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "reports"
    assert operator.post(BATCH, content=bytes(BATCH_BYTES + 1)).status_code == 413


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"reports": 1}', b'{"reports": null}'])
def test_what_is_no_batch_is_refused(
    body: bytes, operator: httpx.Client, nothing_stored: NothingStored
) -> None:
    with nothing_stored():
        answer = operator.post(BATCH, content=body, headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "field-invalid")


def test_nothing_is_something_to_file_too(operator: httpx.Client) -> None:
    assert outcomes(file(operator)) == []


def test_half_characters_are_refused_by_their_report(operator: httpx.Client) -> None:
    told = outcomes(file(operator, report(note="\udc00"), report()))
    assert (code(told[0])[2], told[1]["is_new"]) == ("note", True)
