"""Sending goods, and telling what became of them, from outside and from a shelter's telephone."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from gis.vocabulary import Role
from tests.conftest import Server
from tests.dashboard.api.conftest import NothingStored
from tests.dashboard.api.supplying import (
    DISPATCHES,
    REQUESTS,
    WATER,
    asking,
    decision,
    depot,
    fault,
    manager,
    on_the_road,
    sending,
    step,
    stock,
    stocked,
)
from tests.dashboard.conftest import VisitorOf


@pytest.fixture
def own(server: Server, open_shelter_id: UUID) -> Iterator[httpx.Client]:
    with manager(server, open_shelter_id) as client:
        yield client


def steps(dispatch_id: str) -> str:
    return f"{DISPATCHES}/{dispatch_id}/steps"


def told(client: httpx.Client, dispatch_id: str) -> dict[str, Any]:
    every = client.get(DISPATCHES).raise_for_status().json()
    found: dict[str, Any] = next(one for one in every if one["id"] == dispatch_id)
    return found


def test_goods_are_reserved_leave_are_late_and_arrive(
    server: Server, operator: httpx.Client, open_shelter_id: UUID
) -> None:
    place, before = stocked(server, operator, 50), stock(operator, open_shelter_id)
    sent = sending(place, open_shelter_id, 30)
    assert operator.post(DISPATCHES, json=sent).json() == {"id": sent["id"], "is_new": True}
    assert operator.post(DISPATCHES, json=sent).status_code == 200
    assert stock(operator, place)[WATER]["reserved"] == 30
    each = [
        step("left", 1, vehicle="2号車", team="輸送班"),
        step("delayed", 2, expected_at="2026-09-01T11:30:00+09:00"),
        step("arrived", 3, arrived={WATER: 28}, reason="2本破損"),
    ]
    for one in each:
        assert operator.post(steps(sent["id"]), json=one).json() == {
            "id": one["id"],
            "is_new": True,
        }
        assert operator.post(steps(sent["id"]), json=one).status_code == 200
    found = told(operator, sent["id"])
    assert (found["state"], found["version"], found["vehicle"]) == ("arrived", 4, "2号車")
    assert [(load["quantity"], load["received"]) for load in found["loads"]] == [(30, 28)]
    was = before[WATER]["quantity"] if WATER in before else 0
    assert stock(operator, open_shelter_id)[WATER]["quantity"] == was + 28


def test_what_is_cancelled_is_free_again(
    server: Server, operator: httpx.Client, open_shelter_id: UUID
) -> None:
    place = stocked(server, operator, 10)
    sent = sending(place, open_shelter_id, 10)
    operator.post(DISPATCHES, json=sent).raise_for_status()
    then = datetime.now(UTC).isoformat()
    operator.post(steps(sent["id"]), json=step("cancelled", 1)).raise_for_status()
    assert stock(operator, place)[WATER]["reserved"] == 0
    past = operator.get(DISPATCHES, params={"place": place, "at": then}).json()
    assert [one["state"] for one in past] == ["reserved"]


def test_no_more_is_sent_than_is_free_or_approved(
    server: Server, operator: httpx.Client, open_shelter_id: UUID, nothing_stored: NothingStored
) -> None:
    place, said = stocked(server, operator, 50), asking(open_shelter_id, 20)
    operator.post(REQUESTS, json=said).raise_for_status()
    for_it = {"request_id": said["id"]}
    with nothing_stored():
        early = operator.post(DISPATCHES, json=sending(place, open_shelter_id, 5, **for_it))
        much = operator.post(DISPATCHES, json=sending(place, open_shelter_id, 51))
    assert fault(early)[:2] == (409, "request-not-approved")
    assert fault(much)[:2] == (409, "stock-reserved")
    operator.post(f"{REQUESTS}/{said['id']}/decisions", json=decision(quantity=20))
    with nothing_stored():
        more = operator.post(DISPATCHES, json=sending(place, open_shelter_id, 21, **for_it))
    assert fault(more)[:2] == (409, "more-than-approved")
    enough = sending(place, open_shelter_id, 20, **for_it)
    assert operator.post(DISPATCHES, json=enough).status_code == 201


def test_nothing_is_sent_to_a_closed_shelter(
    server: Server, operator: httpx.Client, unopened_shelter_id: UUID, nothing_stored: NothingStored
) -> None:
    place = stocked(server, operator, 10)
    with nothing_stored():
        answer = operator.post(DISPATCHES, json=sending(place, unopened_shelter_id, 1))
    assert fault(answer) == (409, "destination-closed", "to_place_id")


@pytest.mark.parametrize(
    ("quantity", "code"), [(-1, "quantity-impossible"), (10**30, "quantity-impossible")]
)
def test_an_impossible_load_is_refused(
    quantity: int, code: str, server: Server, operator: httpx.Client
) -> None:
    answer = operator.post(DISPATCHES, json=sending(depot(server), depot(server), quantity))
    assert fault(answer) == (422, code, "quantity")


def test_a_dispatch_without_loads_is_refused(server: Server, operator: httpx.Client) -> None:
    nothing = sending(depot(server), depot(server), 1) | {"loads": []}
    answer = operator.post(DISPATCHES, json=nothing)
    assert fault(answer)[:2] == (422, "dispatch-empty")


def test_who_has_not_seen_the_last_step_learns_of_it(
    server: Server, operator: httpx.Client, open_shelter_id: UUID, nothing_stored: NothingStored
) -> None:
    dispatch_id = on_the_road(server, operator, open_shelter_id, 10)
    with nothing_stored():
        answer = operator.post(steps(dispatch_id), json=step("cancelled", 1))
    assert fault(answer)[:2] == (409, "dispatch-changed-meanwhile")
    assert "On the road" in answer.json()["detail"]
    assert "Cancelled" in answer.json()["detail"]
    assert fault(operator.post(steps(dispatch_id), json=step("cancelled", 2)))[:2] == (
        409,
        "dispatch-step-impossible",
    )


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"step": "left"}, ("field-invalid", "vehicle")),
        ({"step": "arrived"}, ("field-invalid", "arrived")),
        ({"step": "delayed", "vehicle": "1号車"}, ("field-invalid", "vehicle")),
        ({"step": "delayed", "arrived": {}}, ("field-invalid", "arrived")),
        ({"step": "reserved"}, ("field-invalid", "step")),
        (
            {"step": "delayed", "expected_at": "2026-09-01T12:00"},
            ("moment-without-zone", "expected_at"),
        ),
        (
            {"step": "delayed", "expected_at": "9999-12-31T23:59:59-14:00"},
            ("planned-out-of-reach", "expected_at"),
        ),
        ({"step": "arrived", "arrived": {WATER: -1}}, ("quantity-impossible", "quantity")),
        ({"step": "arrived", "arrived": {WATER: 11}}, ("more-than-sent", "arrived")),
        ({"step": "arrived", "arrived": {"blanket": 1}}, ("more-than-sent", "arrived")),
        ({"step": "arrived", "arrived": {}, "version": -1}, ("field-invalid", "version")),
    ],
)
def test_what_cannot_have_happened_is_refused(
    said: dict[str, Any],
    expected: tuple[str, str],
    server: Server,
    operator: httpx.Client,
    open_shelter_id: UUID,
) -> None:
    dispatch_id = on_the_road(server, operator, open_shelter_id, 10)
    answer = operator.post(steps(dispatch_id), json=step("", 2) | said)
    assert fault(answer) == (422, *expected)


def test_a_viewer_reads_and_a_field_team_does_not(
    server: Server, visitor: VisitorOf, operator: httpx.Client, open_shelter_id: UUID
) -> None:
    viewer, field = visitor(Role.VIEWER), visitor(Role.FIELD)
    dispatch_id = on_the_road(server, operator, open_shelter_id, 10)
    assert told(viewer, dispatch_id)["state"] == "left"
    assert field.get(DISPATCHES).status_code == 403
    for client in (viewer, field):
        sent = sending(depot(server), open_shelter_id, 1)
        assert client.post(DISPATCHES, json=sent).status_code == 403
        arrived = step("arrived", 2, arrived={WATER: 10})
        assert client.post(steps(dispatch_id), json=arrived).status_code == 403


def test_a_manager_tells_what_arrived_at_the_own_shelter(
    server: Server, own: httpx.Client, operator: httpx.Client, open_shelter_id: UUID
) -> None:
    dispatch_id = on_the_road(server, operator, open_shelter_id, 10)
    assert told(own, dispatch_id)["expected_at"] == "2026-09-01T01:00:00Z"
    for refused in (step("delayed", 2), step("cancelled", 2), step("left", 2, vehicle="1号車")):
        assert own.post(steps(dispatch_id), json=refused).status_code == 403
    arrived = step("arrived", 2, arrived={WATER: 7})
    assert own.post(steps(dispatch_id), json=arrived).status_code == 201
    assert told(operator, dispatch_id)["recorded_by"] == "避難所担当"


def test_a_manager_has_nothing_to_say_of_other_dispatches(
    server: Server,
    own: httpx.Client,
    operator: httpx.Client,
    open_shelter_id: UUID,
    nothing_stored: NothingStored,
) -> None:
    elsewhere = on_the_road(server, operator, depot(server), 10)
    onward = sending(str(open_shelter_id), depot(server), 1)
    with nothing_stored():
        for dispatch_id in (elsewhere, str(uuid4())):
            arrived = step("arrived", 2, arrived={WATER: 10})
            assert own.post(steps(dispatch_id), json=arrived).status_code == 403
            assert own.post(DISPATCHES, json=onward).status_code == 403
    every = own.get(DISPATCHES).json()
    assert elsewhere not in {one["id"] for one in every}
    assert {str(open_shelter_id)} <= {one["to_place_id"] for one in every} or every == []
