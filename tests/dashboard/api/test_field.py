"""What the field app asks for: the city's map, what its team is to do, what is reported nearby."""

from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from gis.layers import LAYERS
from gis.operations.triage import Assessment, assess
from gis.vocabulary import ReportState, Role
from tests.conftest import HEADQUARTERS, Server
from tests.dashboard.conftest import VisitorOf, signed_in

MAP = "/api/field/map"
NEARBY = "/api/field/nearby"
AT_SEA = {"lon": 139.3801, "lat": 35.2902}
"""Where nobody else reports anything."""


@pytest.fixture
def team(visitor: VisitorOf) -> httpx.Client:
    return visitor(Role.FIELD)


def filed(client: httpx.Client, **content: object) -> UUID:
    report = {"id": str(uuid4()), "category": "road", "note": "山田さん宅前"} | content
    client.post("/api/damage-reports", json=report).raise_for_status()
    return UUID(str(report["id"]))


def near(client: httpx.Client, place: dict[str, float], category: str) -> list[Any]:
    answer = client.get(NEARBY, params={**place, "category": category})
    assert answer.status_code == 200
    found: list[Any] = answer.json()
    return found


def test_the_map_holds_the_city_and_no_number_of_people(team: httpx.Client) -> None:
    parts = team.get(MAP).json()
    assert set(parts) == {"boundary", "towns", "shelters"} <= set(LAYERS)
    assert all(part["features"] for part in parts.values())
    shown = {"name", "state", "designations", "self_organised"}
    assert {frozenset(each["properties"]) for each in parts["shelters"]["features"]} == {
        frozenset(shown)
    }


def test_a_map_that_is_there_is_not_sent_again_and_goes_packed(team: httpx.Client) -> None:
    first = team.get(MAP)
    again = team.get(MAP, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert first.headers["content-encoding"] == "gzip"
    plain = team.get(MAP, headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.json() == first.json()


def test_the_nearest_of_a_category_come_first_without_a_word_about_whose_house_it_is(
    team: httpx.Client,
) -> None:
    far = filed(team, location={"lon": AT_SEA["lon"] + 0.0005, "lat": AT_SEA["lat"]})
    close = filed(team, location=AT_SEA)
    filed(team, location=AT_SEA, category="river")
    filed(team, location={"lon": AT_SEA["lon"] + 0.005, "lat": AT_SEA["lat"]})
    found = near(team, AT_SEA, "road")
    assert [each["id"] for each in found] == [str(close), str(far)]
    assert "山田" not in str(found)
    assert set(found[0]) == {
        *("id", "category", "severity", "state"),
        *("lon", "lat", "place_text", "observed_at"),
    }


@pytest.mark.parametrize(
    "asked",
    [{}, {"lon": 139.4}, {"lon": "nan", "lat": 35.3}, {"lon": 1, "lat": 1, "within_m": 1e9}],
)
def test_a_question_that_makes_no_sense_is_explained(
    asked: dict[str, str | float], team: httpx.Client
) -> None:
    answer = team.get(NEARBY, params=asked)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_team_is_told_what_it_is_to_deal_with_until_it_is_dealt_with(server: Server) -> None:
    with signed_in(server, Role.FIELD, "第7班") as team:
        own, done, other = (filed(team) for _ in range(3))
        assign(server, own, "第7班", ReportState.IN_PROGRESS)
        assign(server, done, "第7班", ReportState.DONE)
        assign(server, other, "第8班", ReportState.CONFIRMED)
        told = team.get("/api/field/assignments").json()
    assert told["team"] == "第7班"
    assert told["incident"]["name"]
    assert [(each["id"], each["note"]) for each in told["reports"]] == [(str(own), "山田さん宅前")]


def assign(server: Server, report_id: UUID, team: str, state: ReportState) -> None:
    with server.workspace.transaction(HEADQUARTERS) as session:
        assess(session, report_id, Assessment(state=state, team=team), version=0)
