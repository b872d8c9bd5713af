"""Drawing on the map, changing, taking away and undoing from outside."""

from typing import Any
from uuid import uuid4

import httpx
import pytest

from gis.vocabulary import Role
from tests.dashboard.conftest import VisitorOf

ANNOTATIONS = "/api/annotations"
LINE = {"type": "LineString", "coordinates": [[139.4035, 35.3338], [139.4066, 35.3307]]}
POINT = {"type": "Point", "coordinates": [139.4066, 35.3307]}


def drawing(**content: object) -> dict[str, Any]:
    return {"id": str(uuid4()), "text": "迂回路", "shape": LINE} | content


def removal(version: int) -> dict[str, Any]:
    return {"id": str(uuid4()), "version": version}


def told(client: httpx.Client, annotation_id: str, **query: bool) -> list[dict[str, Any]]:
    every = client.get(ANNOTATIONS, params=query).raise_for_status().json()
    return [one for one in every if one["annotation_id"] == annotation_id]


def test_an_annotation_is_drawn_changed_taken_away_and_undone(operator: httpx.Client) -> None:
    said = drawing(colour="activity")
    assert operator.post(ANNOTATIONS, json=said).json() == {"id": said["id"], "is_new": True}
    assert operator.post(ANNOTATIONS, json=said).status_code == 200
    where = f"{ANNOTATIONS}/{said['id']}"
    change = drawing(text="迂回路（大型不可）", shape=POINT, version=1)
    assert operator.post(f"{where}/changes", json=change).status_code == 201
    gone = removal(2)
    assert operator.post(f"{where}/removal", json=gone).status_code == 201
    assert operator.post(f"{where}/removal", json=gone).status_code == 200
    assert told(operator, said["id"], shown=True) == []
    assert operator.post(f"{where}/taking-back", json={"version": 3}).status_code == 204
    (shown,) = told(operator, said["id"], shown=True)
    assert (shown["text"], shown["shape"], shown["colour"]) == (
        "迂回路（大型不可）", POINT, "remark",
    )  # fmt: skip
    found = {one["action"]: one for one in told(operator, said["id"])}
    assert [*found] == ["taken_back", "removed", "changed", "drawn"]
    assert found["removed"]["is_taken_back"]
    assert (found["drawn"]["shape"], found["drawn"]["recorded_by"]) == (LINE, "operator")


def test_the_second_of_two_learns_what_the_first_did(operator: httpx.Client) -> None:
    said = drawing()
    operator.post(ANNOTATIONS, json=said).raise_for_status()
    where = f"{ANNOTATIONS}/{said['id']}"
    operator.post(f"{where}/removal", json=removal(1)).raise_for_status()
    answer = operator.post(f"{where}/changes", json=drawing(version=1))
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (
        409, "annotation-changed-meanwhile",
    )  # fmt: skip
    assert "operator" in answer.json()["detail"]


def test_headquarters_write_and_who_sees_the_map_reads(
    visitor: VisitorOf, operator: httpx.Client
) -> None:
    said = drawing()
    operator.post(ANNOTATIONS, json=said).raise_for_status()
    assert told(visitor(Role.VIEWER), said["id"])
    assert visitor(Role.FIELD).get(ANNOTATIONS).status_code == 403
    for role in (Role.VIEWER, Role.FIELD):
        assert visitor(role).post(ANNOTATIONS, json=drawing()).status_code == 403
        answer = visitor(role).post(f"{ANNOTATIONS}/{said['id']}/removal", json=removal(1))
        assert answer.status_code == 403


@pytest.mark.parametrize(
    ("content", "field", "code"),
    [
        ({"text": " "}, "text", "annotation-without-text"),
        ({"text": "あ" * 201}, "text", "text-too-long"),
        ({"shape": {"type": "Circle"}}, "shape", "shape-unreadable"),
        ({"shape": {"type": "Point", "coordinates": [0, 0]}}, "shape", "place-at-zero"),
        ({"colour": "pink"}, "colour", "field-invalid"),
    ],
)
def test_what_cannot_be_meant_is_refused_by_field(
    operator: httpx.Client, content: dict[str, Any], field: str, code: str
) -> None:
    answer = operator.post(ANNOTATIONS, json=drawing(**content))
    assert answer.status_code == 422
    (fault,) = answer.json()["errors"]
    assert (fault["field"], fault["code"]) == (field, code)


def test_the_map_shows_what_stands_on_it(operator: httpx.Client) -> None:
    said, gone = drawing(), drawing(shape=POINT)
    for one in (said, gone):
        operator.post(ANNOTATIONS, json=one).raise_for_status()
    operator.post(f"{ANNOTATIONS}/{gone['id']}/removal", json=removal(1)).raise_for_status()
    layer = operator.get("/api/layers/annotations.geojson").raise_for_status().json()
    shown = {one["id"]: one["geometry"] for one in layer["features"]}
    assert shown[said["id"]] == LINE
    assert gone["id"] not in shown
