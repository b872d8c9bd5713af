"""Issuing, changing, lifting and reading evacuation orders from outside."""

from typing import Any
from uuid import uuid4

import httpx
import pytest

from gis.vocabulary import Role
from tests.dashboard.api.conftest import NothingStored
from tests.dashboard.conftest import Ask, VisitorOf

ORDERS = "/api/evacuation-orders"
SHIOMIDAI = "142070019000"
BOW_TIE = [[139.40, 35.32], [139.41, 35.33], [139.41, 35.32], [139.40, 35.33], [139.40, 35.32]]
SQUARE = [
    [139.38, 35.315],
    [139.40, 35.315],
    [139.40, 35.3213],
    [139.38, 35.3213],
    [139.38, 35.315],
]


def polygon(ring: list[list[float]]) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": [ring]}


def order(**content: object) -> dict[str, Any]:
    towns = {} if "area" in content else {"town_codes": [SHIOMIDAI]}
    said: dict[str, Any] = {"id": str(uuid4()), "hazard": "flood", "kind": "evacuate"}
    return said | towns | content


def announced(visitor: httpx.Client, order_id: str) -> list[dict[str, Any]]:
    told = visitor.get(ORDERS).raise_for_status().json()
    return [one for one in told if one["order_id"] == order_id]


def fault_of(answer: httpx.Response) -> dict[str, Any]:
    assert answer.headers["content-type"] == "application/problem+json"
    (fault,) = answer.json()["errors"]
    assert isinstance(fault, dict)
    return fault


def test_an_order_is_issued_changed_and_lifted(operator: httpx.Client, ask: Ask) -> None:
    people = ask("SELECT population FROM town WHERE code = :code", code=SHIOMIDAI)
    said = order(reason="氾濫", kind="elderly", announced_at="2026-01-01T09:00:00+09:00")
    assert operator.post(ORDERS, json=said).json() == {"id": said["id"], "is_new": True}
    (issued,) = announced(operator, said["id"])
    assert (issued["level"], issued["areas"], issued["is_in_force"]) == (3, ["汐見台"], True)
    assert issued["persons"] == {"known": people, "unknown_places": 0}
    assert issued["households"] == {"known": None, "unknown_places": 1}
    assert (issued["announced_at"], issued["recorded_by"]) == ("2026-01-01T00:00:00Z", "operator")

    where = f"{ORDERS}/{said['id']}"
    raised = {"id": str(uuid4()), "version": 1, "kind": "evacuate", "area": polygon(SQUARE)}
    assert operator.post(f"{where}/changes", json=raised).status_code == 201
    lifted = {"id": str(uuid4()), "version": 2, "reason": "水位低下"}
    assert operator.post(f"{where}/lifting", json=lifted).status_code == 201
    assert operator.post(f"{where}/lifting", json=lifted).status_code == 200
    told = announced(operator, said["id"])
    assert [(one["action"], one["level"], one["is_in_force"]) for one in told] == [
        ("lifted", 4, False), ("changed", 4, False), ("issued", 3, False),
    ]  # fmt: skip
    assert told[0]["is_drawn"]


def test_what_is_in_force_and_for_which_hazard_can_be_asked_for(operator: httpx.Client) -> None:
    flood, slide = order(), order(hazard="landslide")
    for said in (flood, slide):
        operator.post(ORDERS, json=said).raise_for_status()

    def found(**chosen: str) -> set[str]:
        return {one["order_id"] for one in operator.get(ORDERS, params=chosen).json()}

    assert {flood["id"], slide["id"]} <= found(in_force="true")
    assert slide["id"] not in found(hazard="flood")
    lifting = {"id": str(uuid4()), "version": 1}
    for said in (flood, slide):
        operator.post(f"{ORDERS}/{said['id']}/lifting", json=lifting | {"id": str(uuid4())})
    assert not {flood["id"], slide["id"]} & found(in_force="true")
    assert {flood["id"], slide["id"]} <= found()


def test_a_retry_is_harmless_and_an_id_stands_for_one_order(
    operator: httpx.Client, nothing_stored: NothingStored
) -> None:
    said = order(note="地下に注意")
    operator.post(ORDERS, json=said).raise_for_status()
    with nothing_stored():
        again = operator.post(ORDERS, json=said)
        other = operator.post(ORDERS, json=said | {"kind": "emergency"})
    assert (again.status_code, again.json()["is_new"]) == (200, False)
    assert (other.status_code, fault_of(other)["code"]) == (409, "id-used-for-another")


def test_who_comes_second_learns_what_the_first_announced(
    operator: httpx.Client, nothing_stored: NothingStored
) -> None:
    said = order()
    operator.post(ORDERS, json=said).raise_for_status()
    where = f"{ORDERS}/{said['id']}"
    first = {"id": str(uuid4()), "version": 1, "kind": "emergency", "town_codes": [SHIOMIDAI]}
    operator.post(f"{where}/changes", json=first).raise_for_status()
    with nothing_stored():
        second = operator.post(f"{where}/lifting", json={"id": str(uuid4()), "version": 1})
    fault = fault_of(second)
    assert (second.status_code, fault["code"]) == (409, "order-changed-meanwhile")
    assert "Emergency safety measures" in fault["what"]


@pytest.mark.parametrize(
    ("content", "code", "field"),
    [
        ({"town_codes": []}, "area-missing", "town_codes"),
        ({"town_codes": ["999"]}, "not-found", "town_codes"),
        ({"town_codes": [SHIOMIDAI], "area": polygon(SQUARE)}, "area-given-twice", "area"),
        ({"area": polygon(BOW_TIE)}, "area-crosses-itself", "area"),
        ({"area": polygon([[lat, lon] for lon, lat in SQUARE])}, "place-swapped", "area"),
        ({"area": {"type": "Polygon", "coordinates": 7}}, "area-unreadable", "area"),
        ({"hazard": "tsunami", "kind": "emergency"}, "order-kind-impossible", "kind"),
        ({"hazard": "rain"}, "field-invalid", "hazard"),
        ({"announced_at": "2999-01-01T00:00:00Z"}, "observed-in-future", "announced_at"),
        ({"persons": -1}, "amount-impossible", "persons"),
        ({"reason": "\x00"}, "field-invalid", "reason"),
        ({"level": 4}, "field-invalid", "level"),
    ],
)
def test_what_cannot_be_is_refused_with_its_field(
    operator: httpx.Client,
    nothing_stored: NothingStored,
    content: dict[str, Any],
    code: str,
    field: str,
) -> None:
    with nothing_stored():
        answer = operator.post(ORDERS, json=order(**content))
    fault = fault_of(answer)
    assert answer.is_client_error
    assert (fault["code"], fault["field"]) == (code, field)


@pytest.mark.parametrize("role", Role)
def test_only_headquarters_decide(
    role: Role, visitor: VisitorOf, nothing_stored: NothingStored
) -> None:
    may = role in {Role.OPERATOR, Role.ADMIN}
    client = visitor(role)
    where = f"{ORDERS}/{uuid4()}"
    with nothing_stored():
        answers = [
            client.post(ORDERS, json=order(kind="none")),
            client.post(f"{where}/changes", json=order(version=1)),
            client.post(f"{where}/lifting", json={"id": str(uuid4()), "version": 1}),
        ]
    assert [answer.status_code == 403 for answer in answers] == [not may] * 3


@pytest.mark.parametrize("role", Role)
def test_who_sees_everything_reads_them(role: Role, visitor: VisitorOf) -> None:
    answer = visitor(role).get(ORDERS)
    expected = 200 if role in {Role.VIEWER, Role.OPERATOR, Role.ADMIN} else 403
    assert answer.status_code == expected


def test_the_map_s_layer_has_the_order_while_it_is_in_force(operator: httpx.Client) -> None:
    said = order(area=polygon(SQUARE))
    operator.post(ORDERS, json=said).raise_for_status()
    shown = operator.get("/api/layers/evacuation-orders.geojson").json()["features"]
    assert said["id"] in {feature["id"] for feature in shown}
    lifting = {"id": str(uuid4()), "version": 1}
    operator.post(f"{ORDERS}/{said['id']}/lifting", json=lifting).raise_for_status()
    shown = operator.get("/api/layers/evacuation-orders.geojson").json()["features"]
    assert said["id"] not in {feature["id"] for feature in shown}
