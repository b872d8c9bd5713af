"""Curves as the API tells them."""

from datetime import datetime
from uuid import UUID

import httpx
import pytest

from gis.vocabulary import Role
from tests.dashboard.conftest import VisitorOf

CURVE = "/api/curve"


def test_it_ends_with_what_the_board_says(operator: httpx.Client) -> None:
    told = operator.get(CURVE).json()
    board = operator.get("/api/board").json()["totals"]["persons"]
    assert (told["persons"][-1], told["unknown_places"][-1]) == tuple(board.values())
    assert len(told["moments"]) == len(told["persons"]) == len(told["unknown_places"])


def test_each_moment_is_that_moments_board(operator: httpx.Client) -> None:
    told = operator.get(CURVE, params={"known": "then"}).json()
    at = told["moments"][len(told["moments"]) // 2]
    board = operator.get("/api/board", params={"at": at, "known": "then"}).json()
    number = told["moments"].index(at)
    assert told["persons"][number] == board["totals"]["persons"]["known"]


def test_districts_and_shelters_add_up_to_the_city(operator: httpx.Client) -> None:
    shelters = operator.get("/api/board").json()["shelters"]
    open_ones = [one for one in shelters if one["state"] in {"open", "permanent"}]
    until = datetime.fromisoformat(operator.get(CURVE).json()["moments"][-1]).isoformat()

    def last(**asked: str) -> int:
        return operator.get(CURVE, params={"until": until, **asked}).json()["persons"][-1] or 0

    districts = {one["district"] for one in open_ones}
    assert sum(last(district=name) for name in districts) == last()
    assert sum(last(shelter_id=one["id"]) for one in open_ones) == last()


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"district": "竜宮"}, 404),
        ({"since": "2026-09-01T12:00:00"}, 422),
        ({"until": "2999-01-01T00:00:00+09:00"}, 422),
        ({"since": "2001-01-02T00:00:00Z", "until": "2001-01-01T00:00:00Z"}, 422),
        ({"known": "perhaps"}, 422),
    ],
)
def test_what_makes_no_sense_is_refused(
    operator: httpx.Client, asked: dict[str, str], status: int
) -> None:
    answer = operator.get(CURVE, params=asked)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["errors"][0]["field"] in asked


def test_only_who_sees_all_sees_it(visitor: VisitorOf, open_shelter_id: UUID) -> None:
    asked = {"shelter_id": str(open_shelter_id)}
    assert visitor(Role.VIEWER).get(CURVE, params=asked).status_code == 200
    assert visitor(Role.FIELD).get(CURVE, params=asked).status_code == 403
