from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from gis.layers.layer import iso
from gis.operations.conditions import ConditionReportIn, ConditionSaid, report_condition
from gis.vocabulary import LifelineState, Role, SupplyState
from tests.conftest import HEADQUARTERS, Server, await_that
from tests.dashboard.conftest import VisitorOf

BOARD = "/api/board"
OPEN = {"open", "permanent"}


def test_its_totals_are_those_of_the_summary(operator: httpx.Client) -> None:
    board, summary = operator.get(BOARD).json(), operator.get("/api/situation").json()
    for name in ("persons", "households", "free_places", "persons_over_capacity"):
        assert board["totals"][name] == summary[name]
    assert board["totals"]["registered"] == summary["shelters_registered"]
    assert board["incident"]["id"] == summary["incident_id"]


def test_every_shelter_that_takes_part_is_on_it_with_what_is_unknown_null(
    operator: httpx.Client,
) -> None:
    board = operator.get(BOARD).json()
    open_ones = [shelter for shelter in board["shelters"] if shelter["state"] in OPEN]
    assert len(open_ones) == board["totals"]["open"] > 0
    unknown = [shelter for shelter in open_ones if shelter["persons"] is None]
    assert len(unknown) == board["totals"]["persons"]["unknown_places"]
    assert all(shelter["share"] is None for shelter in unknown)
    assert all(shelter["stale_at"] for shelter in open_ones)
    assert all(shelter["district"] for shelter in open_ones)


def test_a_reading_is_on_it_at_once(operator: httpx.Client, open_shelter_id: UUID) -> None:
    before = operator.get(BOARD)
    reading_id = str(uuid4())
    operator.post(
        f"/api/shelters/{open_shelter_id}/readings",
        json={"id": reading_id, "persons": 123, "confirmed": ["ten-times-the-last"]},
    ).raise_for_status()
    after = operator.get(BOARD, headers={"If-None-Match": before.headers["etag"]})
    (shelter,) = [one for one in after.json()["shelters"] if one["id"] == str(open_shelter_id)]
    assert (shelter["persons"], shelter["reading_id"]) == (123, reading_id)
    assert shelter["trend"][-1][1] == 123


def test_what_the_reader_has_is_not_sent_again(operator: httpx.Client) -> None:
    for _ in range(2):  # the minute may just end
        first = operator.get(BOARD)
        again = operator.get(BOARD, headers={"If-None-Match": first.headers["etag"]})
        if again.status_code == httpx.codes.NOT_MODIFIED:
            break
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["cache-control"] == "private, no-cache"


@pytest.mark.parametrize("path", [BOARD, "/wall"])
def test_only_who_sees_all_sees_it(visitor: VisitorOf, path: str) -> None:
    assert visitor(Role.VIEWER).get(path).status_code == 200
    assert visitor(Role.FIELD).get(path).status_code == 403


def test_the_wall_says_to_a_field_team_that_it_is_not_for_them(visitor: VisitorOf) -> None:
    answer = visitor(Role.FIELD).get("/wall")
    assert answer.headers["content-type"].startswith("text/html")
    assert "Your role does not include this." in answer.text


def test_what_is_wanting_is_on_it_with_when_that_was_told(
    server: Server, operator: httpx.Client, open_shelter_id: UUID
) -> None:
    said = ConditionSaid(needs="毛布 50枚", fuel=SupplyState.NOT_TODAY, gas=LifelineState.USABLE)
    observed_at = server.workspace.clock.now()
    with server.workspace.transaction(HEADQUARTERS) as session:
        report_condition(session, ConditionReportIn(uuid4(), open_shelter_id, said, observed_at))

    def told() -> dict[str, Any]:
        shelters = operator.get(BOARD).json()["shelters"]
        return next(one for one in shelters if one["id"] == str(open_shelter_id))

    # Written past the server, which hears of it a moment later.
    await_that(lambda: told()["need"])
    shelter = told()
    moment = iso(observed_at)
    assert shelter["need"] == {"text": "毛布 50枚", "observed_at": moment}
    (lack,) = [each for each in shelter["lacks"] if each["item"] == "fuel"]
    assert lack == {"item": "fuel", "state": "not_today", "observed_at": moment}
    assert "gas" not in [each["item"] for each in shelter["lacks"]]
