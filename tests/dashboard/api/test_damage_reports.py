"""Filing and reading damage reports."""

import json
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import text

from gis.operations.triage import Assessment, assess
from gis.vocabulary import ReportState, Role
from tests.conftest import HEADQUARTERS, Server
from tests.dashboard.api.conftest import NothingStored
from tests.dashboard.conftest import Ask, VisitorOf, signed_in

REPORTS = "/api/damage-reports"
CHIGASAKI = {"lon": 139.4042, "lat": 35.3339}


def report(**content: object) -> dict[str, object]:
    return {"id": str(uuid4()), "category": "road"} | content


def file(client: httpx.Client, content: Mapping[str, object]) -> httpx.Response:
    """Post a report, NaN and half characters included."""
    return client.post(
        REPORTS, content=json.dumps(content), headers={"Content-Type": "application/json"}
    )


def fault_of(answer: httpx.Response) -> dict[str, Any]:
    assert answer.headers["content-type"] == "application/problem+json"
    (fault,) = answer.json()["errors"]
    assert isinstance(fault, dict)
    return fault


def test_what_was_filed_can_be_fetched(operator: httpx.Client) -> None:
    said = report(
        severity="severe",
        location=CHIGASAKI,
        place_text="茅ヶ崎駅前",
        note="道路が陥没",
        reporter="第3班",
        observed_at="2024-01-01T09:00:00+09:00",
        source="radio",
    )
    assert file(operator, said).status_code == 201
    fetched = operator.get(f"{REPORTS}/{said['id']}").json()
    assert (fetched.pop("lon"), fetched.pop("lat")) == (CHIGASAKI["lon"], CHIGASAKI["lat"])
    assert fetched.pop("observed_at") == "2024-01-01T00:00:00Z"
    assert fetched.items() >= {(k, v) for k, v in said.items() if k in fetched}
    assert fetched["recorded_by"] == "operator"


def test_what_was_left_out_is_unknown(operator: httpx.Client) -> None:
    said = report()
    assert file(operator, said).status_code == 201
    fetched = operator.get(f"{REPORTS}/{said['id']}").json()
    unknown = ("severity", "lon", "lat", "place_text", "note", "reporter")
    assert {fetched[name] for name in unknown} == {None}


def test_a_list_is_paged_through_exactly_once_the_newest_first(
    operator: httpx.Client, ask: Ask
) -> None:
    for number in range(3):
        file(operator, report(note=str(number))).raise_for_status()
    page = operator.get(REPORTS, params={"limit": 4}).json()
    seen = page["reports"]
    while page["next"]:
        assert len(page["reports"]) == 4
        page = operator.get(REPORTS, params={"limit": 4, "before": page["next"]}).json()
        seen += page["reports"]
    assert (
        len({one["id"] for one in seen}) == len(seen) == ask("SELECT count(*) FROM damage_report")
    )
    moments = [one["recorded_at"] for one in seen]
    assert moments == sorted(moments, reverse=True)


@pytest.mark.parametrize("before", ["abc", "é", "MjAyNg==", "\x00", "MjAyNi0wMS0wMSBub3QtYS11dWlk"])
def test_a_cursor_that_is_not_ours_is_refused(operator: httpx.Client, before: str) -> None:
    answer = operator.get(REPORTS, params={"before": before})
    assert (answer.status_code, fault_of(answer)["field"]) == (422, "before")


@pytest.mark.parametrize("limit", ["0", "501", "viel"])
def test_a_page_has_a_size(operator: httpx.Client, limit: str) -> None:
    answer = operator.get(REPORTS, params={"limit": limit})
    assert (answer.status_code, fault_of(answer)["field"]) == (422, "limit")


def test_a_report_that_does_not_exist_is_not_found(operator: httpx.Client) -> None:
    answer = operator.get(f"{REPORTS}/{uuid4()}")
    assert (answer.status_code, fault_of(answer)["field"]) == (404, "report_id")


def test_a_field_team_sees_its_own_reports_and_no_other_s(
    server: Server, operator: httpx.Client
) -> None:
    with (
        signed_in(server, Role.FIELD, "第1班") as first,
        signed_in(server, Role.FIELD, "第2班") as second,
    ):
        said = report(note="橋の欄干が落ちた")
        assert file(first, said).status_code == 201
        address = f"{REPORTS}/{said['id']}"
        assert first.get(address).json()["recorded_by"] == "第1班"
        assert second.get(address).status_code == 404
        assert first.get(REPORTS).status_code == 403
        assert operator.get(address).status_code == 200


def test_a_field_team_sees_what_headquarters_filed_in_its_name(
    server: Server, operator: httpx.Client
) -> None:
    said = report(reporter="第1班", source="field_app")
    assert file(operator, said).status_code == 201
    with (
        signed_in(server, Role.FIELD, "第1班") as first,
        signed_in(server, Role.FIELD, "第2班") as second,
    ):
        assert first.get(f"{REPORTS}/{said['id']}").status_code == 200
        assert second.get(f"{REPORTS}/{said['id']}").status_code == 404


def test_a_retry_with_nothing_changed_is_harmless(operator: httpx.Client) -> None:
    said = report(location=CHIGASAKI, severity="minor", note="塀")
    assert file(operator, said).status_code == 201
    again = file(operator, said)
    assert (again.status_code, again.json()) == (200, {"id": said["id"], "is_new": False})


def test_retries_that_race_make_one_report(operator: httpx.Client, ask: Ask) -> None:
    said = report(location=CHIGASAKI, note="同時に8回")
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda _: file(operator, said), range(8)))
    assert sorted(answer.status_code for answer in answers) == [*[200] * 7, 201]
    assert ask("SELECT count(*) FROM damage_report WHERE id = :id", id=said["id"]) == 1


def test_many_devices_at_once_wait_and_hold_nobody_else_up(
    server: Server, operator: httpx.Client, ask: Ask
) -> None:
    with ThreadPoolExecutor(60) as devices:
        with server.workspace.transaction(HEADQUARTERS) as session:
            session.execute(text("SELECT FROM incident FOR UPDATE"))
            filing = [devices.submit(file, operator, report()) for _ in range(60)]
            while not ask("SELECT count(*) FROM pg_locks WHERE NOT granted"):
                pass
            assert operator.get(REPORTS, params={"limit": 1}).is_success
        assert {filed.result().status_code for filed in filing} == {201}


def test_an_id_cannot_stand_for_two_reports(
    operator: httpx.Client, nothing_stored: NothingStored
) -> None:
    said = report(note="一")
    file(operator, said).raise_for_status()
    with nothing_stored():
        answer = file(operator, said | {"note": "二"})
    assert (answer.status_code, fault_of(answer)["code"]) == (409, "id-used-for-another")


@pytest.mark.parametrize(
    ("content", "code", "field"),
    [
        ({"location": {"lon": 0, "lat": 0}}, "place-at-zero", "location"),
        ({"location": {"lon": 35.33, "lat": 139.4}}, "place-swapped", "location"),
        ({"location": {"lon": 2.35, "lat": 48.85}}, "place-outside-japan", "location"),
        ({"location": {"lon": float("nan"), "lat": 35.3}}, "place-outside-japan", "location"),
        ({"location": {"lon": 139.4}}, "field-invalid", "location.lat"),
        ({"location": [139.4, 35.3]}, "field-invalid", "location"),
        ({"category": "ufo"}, "field-invalid", "category"),
        ({"severity": "apocalyptic"}, "field-invalid", "severity"),
        ({"note": "a\x00b"}, "field-invalid", "note"),
        ({"place_text": "\udc00"}, "field-invalid", "place_text"),
        ({"\ud800": 1}, "field-invalid", "body"),
        ({"note": "長" * 4001}, "text-too-long", "note"),
        ({"reporter": "班" * 101}, "text-too-long", "reporter"),
        ({"confirmed": True}, "field-invalid", "confirmed"),
        ({"residents": 4}, "detail-out-of-place", "residents"),
        ({"accuracy_m": 8}, "detail-of-no-place", "accuracy_m"),
        ({"category": "dwelling", "depth_cm": 30}, "detail-out-of-place", "depth_cm"),
        ({"people_in_danger": 1.5}, "field-invalid", "people_in_danger"),
        ({"people_in_danger": -1}, "amount-impossible", "people_in_danger"),
        ({"people_in_danger": 10**400}, "amount-impossible", "people_in_danger"),
        ({"affected": 1e300}, "amount-impossible", "affected"),
        ({"sent_at": "2024-01-01T09:00"}, "moment-without-zone", "sent_at"),
        ({"observed_at": "2999-01-01T00:00:00+09:00"}, "observed-in-future", "observed_at"),
        ({"observed_at": "2024-01-01T09:00"}, "moment-without-zone", "observed_at"),
        ({"observed_at": "0001-01-01T00:00:00+09:00"}, "observed-too-early", "observed_at"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_stored(
    content: dict[str, object],
    code: str,
    field: str,
    operator: httpx.Client,
    nothing_stored: NothingStored,
) -> None:
    with nothing_stored():
        answer = file(operator, report() | content)
    assert answer.status_code == 422
    assert (fault_of(answer)["code"], fault_of(answer)["field"]) == (code, field)


def test_swapped_coordinates_are_given_back_the_right_way_round(operator: httpx.Client) -> None:
    answer = file(operator, report(location={"lon": 35.33, "lat": 139.4}))
    assert "139.4 is the longitude and 35.33 the latitude" in fault_of(answer)["remedy"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe{}",
        b"[" * 100_000,
        b'{"id": ' + b"9" * 5000 + b"}",
    ],
    ids=["empty", "cut off", "a list", "null", "no UTF-8", "nested deeply", "a long number"],
)
def test_what_is_no_message_at_all_is_refused(
    body: bytes, operator: httpx.Client, nothing_stored: NothingStored
) -> None:
    with nothing_stored():
        answer = operator.post(REPORTS, content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 422
    assert fault_of(answer)["code"] == "field-invalid"


def test_all_faults_of_a_message_are_told_at_once(operator: httpx.Client) -> None:
    answer = file(operator, {"id": "x", "category": "ufo", "note": 5})
    assert {fault["field"] for fault in answer.json()["errors"]} == {"id", "category", "note"}


def test_markup_is_text(operator: httpx.Client, visitor: VisitorOf) -> None:
    said = report(location=CHIGASAKI, note="<script>alert(1)</script>", place_text="<b>駅</b>")
    file(operator, said).raise_for_status()
    fetched = visitor(Role.VIEWER).get(f"{REPORTS}/{said['id']}")
    assert fetched.headers["content-type"] == "application/json"
    assert (fetched.json()["note"], fetched.json()["place_text"]) == (
        said["note"],
        said["place_text"],
    )


def filtered(client: httpx.Client, **asked: str) -> list[str]:
    answer = client.get(REPORTS, params={"limit": "500"} | asked)
    assert answer.status_code == 200, answer.text
    return [one["id"] for one in answer.json()["reports"]]


@pytest.fixture(scope="module")
def told(operator: httpx.Client, server: Server) -> dict[str, str]:
    """Reports by what tells them apart; nobody else reports on that island."""
    said = {
        "there": report(location={"lon": 139.62, "lat": 34.09}, category="river"),
        "beside": report(location={"lon": 139.66, "lat": 34.09}),
        "early": report(observed_at="2023-05-05T09:00:00+09:00"),
        "assigned": report(category="fire"),
    }
    for content in said.values():
        file(operator, content).raise_for_status()
    identity = {name: str(content["id"]) for name, content in said.items()}
    with server.workspace.transaction(HEADQUARTERS) as session:
        team = Assessment(ReportState.IN_PROGRESS, team="三宅島出張所")
        assess(session, UUID(identity["assigned"]), team, version=0)
        moved = Assessment(ReportState.CONFIRMED, location=(139.61, 34.08))
        assess(session, UUID(identity["beside"]), moved, version=0)
    return identity


def test_a_box_holds_what_lies_in_it_as_far_as_anybody_knows_now(
    operator: httpx.Client, told: dict[str, str]
) -> None:
    island = "139.60,34.07,139.63,34.10"
    assert {told["there"], told["beside"]} <= set(filtered(operator, bbox=island))
    assert filtered(operator, bbox=island, category="river") == [told["there"]]
    assert filtered(operator, bbox="139.65,34.07,139.67,34.10") == []


def test_a_time_is_when_it_was_observed(operator: httpx.Client, told: dict[str, str]) -> None:
    since, until = "2023-05-05T09:00:00+09:00", "2023-05-05T09:00:01+09:00"
    assert filtered(operator, since=since, until=until) == [told["early"]]
    assert told["early"] not in filtered(operator, since=until)
    assert told["early"] not in filtered(operator, until=since)


def test_state_and_team_are_those_of_now(operator: httpx.Client, told: dict[str, str]) -> None:
    assert filtered(operator, team="三宅島出張所") == [told["assigned"]]
    assert filtered(operator, team="三宅島出張所", state="unconfirmed") == []
    assert told["beside"] in filtered(operator, state="confirmed")


@pytest.mark.parametrize(
    ("asked", "code", "field"),
    [
        ({"bbox": "1,2,3"}, "field-invalid", "bbox"),
        ({"bbox": "139,35,x,36"}, "field-invalid", "bbox"),
        ({"bbox": "140,35,139,36"}, "field-invalid", "bbox"),
        ({"bbox": "139,nan,140,36"}, "field-invalid", "bbox"),
        ({"bbox": "-200,35,140,36"}, "field-invalid", "bbox"),
        ({"since": "2026-09-01T09:00"}, "moment-without-zone", "since"),
        ({"until": "gestern"}, "field-invalid", "until"),
        ({"state": "ufo"}, "field-invalid", "state"),
        ({"category": "ufo"}, "field-invalid", "category"),
        ({"team": "\x00"}, "field-invalid", "team"),
    ],
)
def test_a_filter_that_says_nothing_is_refused(
    asked: dict[str, str], code: str, field: str, operator: httpx.Client
) -> None:
    answer = operator.get(REPORTS, params=asked)
    assert (answer.status_code, fault_of(answer)["code"]) == (422, code)
    assert fault_of(answer)["field"] == field


@pytest.mark.usefixtures("told")
def test_a_list_that_has_not_changed_is_not_sent_again(operator: httpx.Client) -> None:
    asked = {"bbox": "139.60,34.07,139.63,34.10"}
    first = operator.get(REPORTS, params=asked)
    known = {"If-None-Match": first.headers["etag"]}
    again = operator.get(REPORTS, params=asked, headers=known)
    assert (again.status_code, again.content) == (304, b"")
    file(operator, report(location={"lon": 139.625, "lat": 34.095})).raise_for_status()
    assert operator.get(REPORTS, params=asked, headers=known).status_code == 200
