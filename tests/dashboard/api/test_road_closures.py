"""Stating, changing, confirming, lifting and reading road closures from outside."""

from typing import Any
from uuid import uuid4

import httpx
import pytest

from gis.vocabulary import Role
from tests.dashboard.conftest import VisitorOf

CLOSURES = "/api/road-closures"
LINE = {"type": "LineString", "coordinates": [[139.4035, 35.3338], [139.4066, 35.3307]]}


def closure(**content: object) -> dict[str, Any]:
    said: dict[str, Any] = {"id": str(uuid4()), "grade": "closed", "path": LINE}
    return said | content


def seen(version: int) -> dict[str, Any]:
    return {"id": str(uuid4()), "version": version}


def told(client: httpx.Client, closure_id: str) -> list[dict[str, Any]]:
    every = client.get(CLOSURES).raise_for_status().json()
    return [one for one in every if one["closure_id"] == closure_id]


def test_a_closure_is_stated_confirmed_changed_lifted_and_taken_back(
    operator: httpx.Client,
) -> None:
    said = closure(road_name="国道1号", reason="冠水", observed_at="2026-01-01T09:00:00+09:00")
    assert operator.post(CLOSURES, json=said).json() == {"id": said["id"], "is_new": True}
    assert operator.post(CLOSURES, json=said).status_code == 200
    where = f"{CLOSURES}/{said['id']}"
    confirmation = seen(1)
    assert operator.post(f"{where}/confirmations", json=confirmation).status_code == 201
    assert operator.post(f"{where}/confirmations", json=confirmation).status_code == 200
    change = closure(version=2, grade="one_lane", road_name="国道1号")
    assert operator.post(f"{where}/changes", json=change).status_code == 201
    assert operator.post(f"{where}/lifting", json=seen(3)).status_code == 201
    assert operator.post(f"{where}/taking-back", json={"version": 4}).status_code == 204
    found = {one["action"]: one for one in told(operator, said["id"])}
    assert [one for one in found if found[one]["is_in_force"]] == ["changed"]
    assert found["lifted"]["is_taken_back"]
    assert (found["changed"]["grade"], found["changed"]["reason"]) == ("one_lane", None)
    first = found["stated"]
    assert (first["path"], first["observed_at"]) == (LINE, "2026-01-01T00:00:00Z")
    assert found["confirmed"]["reason"] == "冠水"


def test_the_second_of_two_learns_what_the_first_said(operator: httpx.Client) -> None:
    said = closure()
    operator.post(CLOSURES, json=said).raise_for_status()
    where = f"{CLOSURES}/{said['id']}"
    operator.post(f"{where}/lifting", json=seen(1)).raise_for_status()
    answer = operator.post(f"{where}/confirmations", json=seen(1))
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (
        409,
        "closure-changed-meanwhile",
    )


def test_a_field_team_files_and_headquarters_decide(
    visitor: VisitorOf, operator: httpx.Client
) -> None:
    field = visitor(Role.FIELD)
    said = closure()
    assert field.post(CLOSURES, json=said).status_code == 201
    where = f"{CLOSURES}/{said['id']}"
    for action in ("confirmations", "lifting"):
        assert field.post(f"{where}/{action}", json=seen(1)).status_code == 403
    assert visitor(Role.VIEWER).post(CLOSURES, json=closure()).status_code == 403
    (one,) = told(operator, said["id"])
    assert one["recorded_by"] == "field"


@pytest.mark.parametrize(
    ("content", "field", "code"),
    [
        ({"path": None}, "path", "closure-nowhere"),
        ({"path": {"type": "Point", "coordinates": [0, 0]}}, "path", "place-at-zero"),
        ({"path": {"type": "Circle"}}, "path", "path-unreadable"),
        ({"until_at": "9999-12-31T23:59:59-14:00"}, "until_at", "planned-out-of-reach"),
        (
            {"from_at": "2026-09-01T09:00:00Z", "until_at": "2026-09-01T08:00:00Z"},
            "until_at",
            "closure-ends-too-early",
        ),
    ],
)
def test_what_cannot_be_meant_is_refused_by_field(
    operator: httpx.Client, content: dict[str, Any], field: str, code: str
) -> None:
    answer = operator.post(CLOSURES, json=closure(**content))
    assert answer.status_code == 422
    (fault,) = answer.json()["errors"]
    assert (fault["field"], fault["code"]) == (field, code)


def test_the_map_shows_what_is_in_force(operator: httpx.Client) -> None:
    said, over = closure(), closure(path=None, road_name="県道44号")
    for one in (said, over):
        operator.post(CLOSURES, json=one).raise_for_status()

    def shown() -> dict[str, Any]:
        layer = operator.get("/api/layers/road-closures.geojson").raise_for_status().json()
        return {one["id"]: one["geometry"] for one in layer["features"]}

    assert (shown()[said["id"]], shown()[over["id"]]) == (LINE, None)
    operator.post(f"{CLOSURES}/{over['id']}/lifting", json=seen(1)).raise_for_status()
    assert over["id"] not in shown()
