"""Reading hazard zones from outside, and saying which of them count."""

from typing import Any
from uuid import uuid4

import httpx

from gis.vocabulary import Role
from tests.dashboard.conftest import VisitorOf

LAYERS = "/api/hazard-layers"
ZONES = "/api/hazard-zones"
AT_SEA = {"lon": 139.394965, "lat": 35.318803}


def layers(client: httpx.Client) -> dict[str, dict[str, Any]]:
    return {one["hazard"]: one for one in client.get(LAYERS).raise_for_status().json()}


def test_a_place_lies_in_the_zones_of_the_demonstration(operator: httpx.Client) -> None:
    (zone,) = operator.get(ZONES, params=AT_SEA).raise_for_status().json()
    assert (zone["min_depth_m"], zone["max_depth_m"], zone["depth_class"]) == (0.5, 3, "to_3")
    assert zone["layer"]["title"] == "【架空】津波浸水想定（デモ）"
    assert zone["layer"]["is_fictitious"]
    assert operator.get(ZONES, params={"lon": 139.41, "lat": 35.37}).json() == []


def test_a_place_that_cannot_be_meant_is_refused(operator: httpx.Client) -> None:
    answer = operator.get(ZONES, params={"lon": 35.3, "lat": 139.4})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["code"] == "place-swapped"


def test_headquarters_say_which_layer_counts(operator: httpx.Client) -> None:
    flood = layers(operator)["flood"]
    assert not flood["is_active"]
    where = f"{LAYERS}/{flood['id']}/choices"
    choice = {"id": str(uuid4()), "is_active": True}
    assert operator.post(where, json=choice).status_code == 201
    assert operator.post(where, json=choice).status_code == 200
    assert layers(operator)["flood"]["is_active"]
    back = {"id": str(uuid4()), "is_active": False}
    operator.post(where, json=back).raise_for_status()
    assert not layers(operator)["flood"]["is_active"]


def test_a_viewer_reads_and_chooses_nothing(visitor: VisitorOf) -> None:
    viewer = visitor(Role.VIEWER)
    tsunami = layers(viewer)["tsunami"]
    choice = {"id": str(uuid4()), "is_active": False}
    answer = viewer.post(f"{LAYERS}/{tsunami['id']}/choices", json=choice)
    assert answer.status_code == 403


def test_a_layer_that_is_not_there_is_not_found(operator: httpx.Client) -> None:
    choice = {"id": str(uuid4()), "is_active": True}
    assert operator.post(f"{LAYERS}/{uuid4()}/choices", json=choice).status_code == 404
