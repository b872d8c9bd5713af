"""The ledger from outside: what is taken in which unit, what is refused, and who may tell what."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from gis.vocabulary import Role
from tests.conftest import Server
from tests.dashboard.api.conftest import NothingStored
from tests.dashboard.api.supplying import (
    MOVEMENTS,
    WATER,
    depot,
    fault,
    manager,
    movement,
    stock,
    stocked,
)
from tests.dashboard.conftest import VisitorOf


@pytest.fixture
def place(server: Server, operator: httpx.Client) -> str:
    """A depot with 100 bottles of water."""
    return stocked(server, operator, 100)


@pytest.fixture
def own(server: Server, open_shelter_id: UUID) -> Iterator[httpx.Client]:
    with manager(server, open_shelter_id) as client:
        yield client


def test_what_comes_and_goes_adds_up(server: Server, operator: httpx.Client, place: str) -> None:
    other = depot(server)
    for told in (
        movement("moved", 30, from_place_id=place, to_place_id=other),
        movement("used", 5, from_place_id=other),
        movement("expired", 10, from_place_id=place),
    ):
        assert operator.post(MOVEMENTS, json=told).json() == {"id": told["id"], "is_new": True}
        assert operator.post(MOVEMENTS, json=told).status_code == 200
    assert (
        stock(operator, place)[WATER]["quantity"],
        stock(operator, other)[WATER]["quantity"],
    ) == (60, 25)


def test_packs_are_counted_in_the_items_own_unit(operator: httpx.Client, place: str) -> None:
    for quantity, unit in ((2, "箱"), ("0.5", "Box"), (1, None)):
        told = movement("received", quantity, unit=unit, to_place_id=place)
        assert operator.post(MOVEMENTS, json=told).status_code == 201
    assert stock(operator, place)[WATER]["quantity"] == 100 + 24 + 6 + 1


def test_a_count_says_how_much_there_is_and_why(operator: httpx.Client, place: str) -> None:
    assert stock(operator, place)[WATER]["counted_at"] is None
    told = movement("counted", 90, to_place_id=place)
    answer = operator.post(MOVEMENTS, json=told)
    assert fault(answer) == (409, "count-needs-reason", "reason")
    operator.post(MOVEMENTS, json=told | {"reason": "破損"}).raise_for_status()
    line = stock(operator, place)[WATER]
    assert (line["quantity"], line["reserved"]) == (90, 0)
    assert line["counted_at"]


def test_goods_past_their_date_are_asked_back(
    operator: httpx.Client, place: str, nothing_stored: NothingStored
) -> None:
    told = movement("received", 1, to_place_id=place, expires_on="2020-01-31", lot="A-1")
    with nothing_stored():
        answer = operator.post(MOVEMENTS, json=told)
    assert fault(answer) == (409, "expired-already", "expires_on")
    confirmed = told | {"confirmed": ["expired-already"]}
    assert operator.post(MOVEMENTS, json=confirmed).status_code == 201


REFUSED: list[tuple[dict[str, object], str, str]] = [
    ({"quantity": -3}, "quantity-impossible", "quantity"),
    ({"quantity": 0}, "quantity-impossible", "quantity"),
    ({"quantity": 1.5}, "quantity-impossible", "quantity"),
    ({"quantity": "1e999999999"}, "quantity-impossible", "quantity"),
    ({"quantity": 10**30}, "quantity-impossible", "quantity"),
    ({"quantity": "たくさん"}, "field-invalid", "quantity"),
    ({"quantity": "NaN"}, "field-invalid", "quantity"),
    ({"item_code": "generator", "unit": "箱"}, "unit-unfit", "unit"),
    ({"unit": "樽"}, "unit-unfit", "unit"),
    ({"item_code": "gold"}, "not-found", "item_code"),
    ({"to_place_id": str(uuid4())}, "not-found", "place_id"),
    ({"to_place_id": None}, "field-invalid", "to_place_id"),
    ({"from_place_id": str(uuid4())}, "field-invalid", "from_place_id"),
    ({"kind": "corrected"}, "field-invalid", "kind"),
    ({"kind": "counted", "lot": "A-1"}, "field-invalid", "lot"),
    ({"expires_on": "昨日"}, "field-invalid", "expires_on"),
    ({"lot": "長" * 101}, "text-too-long", "lot"),
    ({"reason": "\x00"}, "field-invalid", "reason"),
    ({"observed_at": "2026-01-01T09:00:00"}, "moment-without-zone", "observed_at"),
    (
        {"observed_at": (datetime.now(UTC) + timedelta(hours=3)).isoformat()},
        "observed-in-future",
        "observed_at",
    ),
    ({"colour": "blue"}, "field-invalid", "colour"),
]


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: f"{case[1]} {[*case[0]]}")
def test_what_cannot_be_is_refused_and_nothing_is_stored(
    case: tuple[dict[str, object], str, str],
    operator: httpx.Client,
    place: str,
    nothing_stored: NothingStored,
) -> None:
    content, code, field = case
    told = {"to_place_id": place} | content
    with nothing_stored():
        answer = operator.post(MOVEMENTS, json=movement("received", 1) | told)
    assert fault(answer) == (404 if code == "not-found" else 422, code, field)


def test_more_than_there_is_cannot_leave(
    operator: httpx.Client, place: str, nothing_stored: NothingStored
) -> None:
    with nothing_stored():
        answer = operator.post(MOVEMENTS, json=movement("used", 101, from_place_id=place))
    assert fault(answer) == (409, "stock-short", "quantity")
    assert "100" in answer.json()["detail"]


def test_an_id_cannot_stand_for_two_movements(operator: httpx.Client, place: str) -> None:
    told = movement("used", 1, from_place_id=place)
    operator.post(MOVEMENTS, json=told).raise_for_status()
    answer = operator.post(MOVEMENTS, json=told | {"quantity": 2})
    assert fault(answer)[:2] == (409, "id-used-for-another")


def test_what_was_filed_by_mistake_is_taken_back_once(
    visitor: VisitorOf, operator: httpx.Client, place: str
) -> None:
    told = movement("used", 30, from_place_id=place)
    operator.post(MOVEMENTS, json=told).raise_for_status()
    where, back = f"{MOVEMENTS}/{told['id']}/taking-back", {"id": str(uuid4()), "reason": "誤り"}
    assert visitor(Role.VIEWER).post(where, json=back).status_code == 403
    assert fault(operator.post(where, json=back | {"reason": " "}))[:2] == (422, "reason-missing")
    assert operator.post(where, json=back).status_code == 201
    assert operator.post(where, json=back).status_code == 200
    assert stock(operator, place)[WATER]["quantity"] == 100
    again = operator.post(where, json=back | {"id": str(uuid4())})
    assert fault(again)[:2] == (409, "movement-taken-back")


def test_the_ledger_comes_in_pages(visitor: VisitorOf, operator: httpx.Client, place: str) -> None:
    for _ in range(3):
        operator.post(MOVEMENTS, json=movement("used", 1, from_place_id=place)).raise_for_status()
    seen: list[Any] = []
    asked: dict[str, Any] | None = {"place": place, "item_code": WATER, "limit": 3}
    while asked:
        page = visitor(Role.VIEWER).get(MOVEMENTS, params=asked).raise_for_status().json()
        seen += page["movements"]
        asked = {**asked, "offset": page["next"]} if page["next"] else None
    assert [line["kind"] for line in seen] == ["used"] * 3 + ["received"]
    assert len({line["id"] for line in seen}) == 4


def test_stock_is_told_of_a_past_moment(operator: httpx.Client, place: str) -> None:
    then = datetime.now(UTC).isoformat()
    operator.post(MOVEMENTS, json=movement("used", 40, from_place_id=place)).raise_for_status()
    line = stock(operator, place, at=then)[WATER]
    assert (line["quantity"], line["reserved"]) == (100, None)


@pytest.mark.parametrize("role", [Role.VIEWER, Role.FIELD])
def test_whoever_does_not_decide_files_nothing(
    role: Role, visitor: VisitorOf, place: str, nothing_stored: NothingStored
) -> None:
    client = visitor(role)
    with nothing_stored():
        answer = client.post(MOVEMENTS, json=movement("received", 1, to_place_id=place))
    assert fault(answer)[:2] == (403, "not-allowed")


@pytest.mark.parametrize("path", ["/api/items", "/api/stock", "/api/stock-places", MOVEMENTS])
def test_headquarters_read_and_field_teams_do_not(path: str, visitor: VisitorOf) -> None:
    assert visitor(Role.VIEWER).get(path).status_code == 200
    assert visitor(Role.FIELD).get(path).status_code == 403


def test_the_item_list_says_what_a_pack_holds(visitor: VisitorOf) -> None:
    found = {item["code"]: item for item in visitor(Role.VIEWER).get("/api/items").json()}
    assert {"name_ja": "箱", "name_en": "box", "size": 12} in found[WATER]["packs"]
    assert (found[WATER]["kind"], found[WATER]["consumable"]) == ("supply", True)


def test_places_are_told_by_their_kind(visitor: VisitorOf, place: str) -> None:
    asked = visitor(Role.VIEWER).get("/api/stock-places", params={"kind": "depot"}).json()
    assert place in {one["id"] for one in asked}
    assert {one["kind"] for one in asked} == {"depot"}


def test_a_manager_tells_what_was_counted_and_used_in_the_own_shelter(
    own: httpx.Client, open_shelter_id: UUID
) -> None:
    here = str(open_shelter_id)
    counted = movement("counted", 50, to_place_id=here, reason="数えた", item_code="blanket")
    assert own.post(MOVEMENTS, json=counted).status_code == 201
    used = movement("used", 3, from_place_id=here, item_code="blanket")
    assert own.post(MOVEMENTS, json=used).status_code == 201
    assert stock(own, here)["blanket"]["quantity"] == 47
    told = own.get("/api/stock").json()
    assert {line["place_id"] for line in told} == {here}


def test_a_manager_tells_nothing_else_and_nothing_of_another_place(
    own: httpx.Client,
    open_shelter_id: UUID,
    unopened_shelter_id: UUID,
    place: str,
    nothing_stored: NothingStored,
) -> None:
    here, there = str(open_shelter_id), str(unopened_shelter_id)
    every = [
        movement("received", 1, to_place_id=here),
        movement("expired", 1, from_place_id=here),
        movement("moved", 1, from_place_id=place, to_place_id=here),
        movement("counted", 1, to_place_id=there),
        movement("counted", 1),
        movement("used", 1, from_place_id=place),
    ]
    with nothing_stored():
        answers = [own.post(MOVEMENTS, json=told) for told in every]
    assert {fault(answer)[:2] for answer in answers} == {(403, "not-allowed")}
    for elsewhere in (there, place):
        assert own.get("/api/stock", params={"place": elsewhere}).status_code == 403
    assert own.get(MOVEMENTS).status_code == 403
    assert own.get("/api/stock-places").status_code == 403


def test_a_manager_of_no_shelter_is_told_nothing(server: Server) -> None:
    with manager(server, None) as nobody:
        for path in ("/api/stock", "/api/supply-requests", "/api/dispatches"):
            assert nobody.get(path).status_code == 403
