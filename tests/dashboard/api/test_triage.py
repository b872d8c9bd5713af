"""Triage from outside: what waits, decisions on what was seen, merging, claiming."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import uuid4

import httpx
import pytest

from gis.vocabulary import Role
from tests.conftest import Server
from tests.dashboard.api.conftest import NothingStored
from tests.dashboard.conftest import VisitorOf, signed_in

REPORTS = "/api/damage-reports"
QUEUE = f"{REPORTS}/queue"
STATION = {"lon": 139.4066, "lat": 35.3307}


def file(client: httpx.Client, **content: object) -> str:
    said = {"id": str(uuid4()), "category": "road"} | content
    client.post(REPORTS, json=said).raise_for_status()
    return str(said["id"])


def fault_of(answer: httpx.Response) -> dict[str, Any]:
    assert answer.headers["content-type"] == "application/problem+json"
    (fault,) = answer.json()["errors"]
    assert isinstance(fault, dict)
    return fault


def tell(client: httpx.Client, report_id: str, **told: object) -> httpx.Response:
    said = {"version": 0, "state": "confirmed"} | told
    return client.post(f"{REPORTS}/{report_id}/assessments", json=said)


def queued(client: httpx.Client, **chosen: object) -> list[dict[str, Any]]:
    """Return the whole queue, page by page."""
    seen: list[dict[str, Any]] = []
    page: dict[str, Any] = {"next": ""}
    while page["next"] is not None:
        asked: dict[str, Any] = {"limit": 5} | chosen
        if page["next"]:
            asked["after"] = page["next"]
        page = client.get(QUEUE, params=asked).raise_for_status().json()
        seen += page["reports"]
    return seen


def test_what_nobody_has_looked_at_waits_the_most_urgent_first(operator: httpx.Client) -> None:
    calm = file(operator, severity="minor")
    urgent = file(operator, severity="minor", people_in_danger=9_000)
    waiting = [one["id"] for one in queued(operator)]
    assert len(waiting) == len(set(waiting))
    assert waiting[0] == urgent
    assert waiting.index(urgent) < waiting.index(calm)
    tell(operator, urgent, state="in_progress", team="救助班").raise_for_status()
    assert urgent not in [one["id"] for one in queued(operator)]
    assert [one["id"] for one in queued(operator, state="in_progress", team="救助班")] == [urgent]
    page = operator.get(QUEUE, params={"team": "救助班"}).json()
    assert page["counts"]["in_progress"] == 1
    assert ["救助班", 1, 1] in page["teams"]
    assert operator.get(f"{REPORTS}/{urgent}").json()["team"] == "救助班"


@pytest.mark.parametrize("after", ["abc", "1~2~3~4", "1~2~2026-01-01T00:00:00+00:00~x", "~~~"])
def test_a_cursor_that_is_not_ours_is_refused(operator: httpx.Client, after: str) -> None:
    answer = operator.get(QUEUE, params={"after": after})
    assert (answer.status_code, fault_of(answer)["field"]) == (422, "after")


def test_each_decision_names_the_version_it_rests_on_and_can_be_taken_back(
    operator: httpx.Client,
) -> None:
    report_id = file(operator, location={"lon": 139.4035, "lat": 35.3338})
    told = tell(operator, report_id, location=STATION, reason="現地で確認").json()
    assert (told["state"], told["version"]) == ("confirmed", 1)
    seen = operator.get(f"{REPORTS}/{report_id}").json()
    assert (seen["lon"], seen["filed_lon"]) == (STATION["lon"], 139.4035)
    where = f"{REPORTS}/{report_id}/take-back"
    back = operator.post(where, json={"version": 1}).json()
    assert (back["state"], back["version"]) == ("unconfirmed", 2)
    nothing = operator.post(where, json={"version": 2})
    assert fault_of(nothing)["code"] == "nothing-to-take-back"
    history = operator.get(f"{REPORTS}/{report_id}/assessments").json()
    assert [(one["number"], one["reason"], one["is_superseded"]) for one in history] == [
        (2, None, False), (1, "現地で確認", True),
    ]  # fmt: skip


def test_of_many_who_decide_at_once_one_does_and_the_others_learn_what(
    operator: httpx.Client,
) -> None:
    report_id, states = file(operator), ["confirmed", "rejected", "in_progress", "done"]
    together = Barrier(len(states))

    def decide(state: str) -> httpx.Response:
        together.wait()
        return tell(operator, report_id, state=state)

    with ThreadPoolExecutor(len(states)) as threads:
        answers = dict(zip(states, threads.map(decide, states), strict=True))
    (won,) = [state for state, answer in answers.items() if answer.is_success]
    assert operator.get(f"{REPORTS}/{report_id}").json()["state"] == won
    labels = {
        "confirmed": "Confirmed", "rejected": "Rejected",
        "in_progress": "Being dealt with", "done": "Dealt with",
    }  # fmt: skip
    for state, answer in answers.items():
        if state != won:
            fault = fault_of(answer)
            assert (answer.status_code, fault["code"]) == (409, "report-changed-meanwhile")
            assert f"“{labels[won]}”" in fault["what"]
            assert f"“{labels[state]}”" in fault["what"]
    assert len(operator.get(f"{REPORTS}/{report_id}/assessments").json()) == 1


def test_reports_of_one_damage_are_merged_and_separated(operator: httpx.Client) -> None:
    kept, twin = file(operator), file(operator)
    merged = operator.post(f"{REPORTS}/{kept}/merge", json={"report_ids": [twin]})
    assert merged.raise_for_status().json()["id"] == kept
    waiting = {one["id"]: one["sources"] for one in queued(operator)}
    assert waiting[kept] == 2
    assert twin not in waiting
    refused = tell(operator, twin, version=1)
    assert (refused.status_code, fault_of(refused)["code"]) == (409, "report-merged")
    operator.post(f"{REPORTS}/{twin}/take-back", json={"version": 1}).raise_for_status()
    assert twin in {one["id"] for one in queued(operator)}


def test_who_has_a_report_is_named_to_whoever_wants_it(
    server: Server, operator: httpx.Client
) -> None:
    report_id = file(operator)
    operator.post(f"{REPORTS}/{report_id}/claim").raise_for_status()
    assert {one["claimed_by"] for one in queued(operator) if one["id"] == report_id} == {"operator"}
    with signed_in(server, Role.OPERATOR, "夜間の当番") as other:
        refused = other.post(f"{REPORTS}/{report_id}/claim")
    assert (refused.status_code, fault_of(refused)["code"]) == (409, "claimed-by-another")
    assert "operator" in fault_of(refused)["what"]


@pytest.mark.parametrize(
    ("content", "code", "field"),
    [
        ({"state": "gone"}, "field-invalid", "state"),
        ({"version": None}, "field-invalid", "version"),
        ({"team": "班" * 101}, "text-too-long", "team"),
        ({"reason": "\x00"}, "field-invalid", "reason"),
        ({"location": {"lon": 35.3, "lat": 139.4}}, "place-swapped", "location"),
        ({"merged_into_id": str(uuid4())}, "field-invalid", "merged_into_id"),
    ],
)
def test_what_cannot_be_is_refused_with_its_field(
    operator: httpx.Client,
    nothing_stored: NothingStored,
    content: dict[str, Any],
    code: str,
    field: str,
) -> None:
    report_id = file(operator)
    with nothing_stored():
        answer = tell(operator, report_id, **content)
    fault = fault_of(answer)
    assert (answer.status_code, fault["code"], fault["field"]) == (422, code, field)


@pytest.mark.parametrize("role", Role)
def test_only_headquarters_decide_and_who_sees_all_sees_the_queue(
    role: Role, visitor: VisitorOf, nothing_stored: NothingStored
) -> None:
    client, where = visitor(role), f"{REPORTS}/{uuid4()}"
    with nothing_stored():
        decisions = [
            client.post(f"{where}/assessments", json={"version": 0, "state": "done"}),
            client.post(f"{where}/merge", json={"report_ids": [str(uuid4())]}),
            client.post(f"{where}/take-back", json={"version": 0}),
            client.post(f"{where}/claim"),
        ]
        looks = [client.get(QUEUE), client.get(f"{where}/assessments")]
    decides = role in {Role.OPERATOR, Role.ADMIN}
    sees = decides or role is Role.VIEWER
    assert [answer.status_code for answer in decisions] == [404 if decides else 403] * 4
    assert [answer.status_code for answer in looks] == ([200, 404] if sees else [403, 403])
