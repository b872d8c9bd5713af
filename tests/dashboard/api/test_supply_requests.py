"""Asking for goods and deciding about it, from outside and from a shelter's telephone."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from gis.vocabulary import Role
from tests.conftest import Server
from tests.dashboard.api.conftest import NothingStored
from tests.dashboard.api.supplying import REQUESTS, asking, decision, fault, manager
from tests.dashboard.conftest import VisitorOf


@pytest.fixture
def own(server: Server, open_shelter_id: UUID) -> Iterator[httpx.Client]:
    with manager(server, open_shelter_id) as client:
        yield client


@pytest.fixture
def asked(operator: httpx.Client, open_shelter_id: UUID) -> str:
    """A request of the open shelter."""
    said = asking(open_shelter_id)
    operator.post(REQUESTS, json=said).raise_for_status()
    return str(said["id"])


def decisions(request_id: str) -> str:
    return f"{REQUESTS}/{request_id}/decisions"


def told(client: httpx.Client, request_id: str) -> dict[str, Any]:
    every = client.get(REQUESTS).raise_for_status().json()
    found: dict[str, Any] = next(one for one in every if one["id"] == request_id)
    return found


def test_a_request_is_filed_and_approved_in_part(
    operator: httpx.Client, open_shelter_id: UUID
) -> None:
    said = asking(
        open_shelter_id, 2, unit="箱", needed_by_at="2026-09-01T12:00:00+09:00", note="乳児がいる"
    )
    assert operator.post(REQUESTS, json=said).json() == {"id": said["id"], "is_new": True}
    assert operator.post(REQUESTS, json=said).status_code == 200
    first = told(operator, said["id"])
    assert (first["quantity"], first["state"], first["version"]) == (24, "asked", 0)
    approval = decision(quantity=12)
    assert operator.post(decisions(said["id"]), json=approval).status_code == 201
    assert operator.post(decisions(said["id"]), json=approval).status_code == 200
    second = told(operator, said["id"])
    assert (second["state"], second["approved"], second["version"]) == ("approved", 12, 1)


@pytest.mark.parametrize("stale", [0, 7])
def test_who_has_not_seen_the_last_decision_learns_of_it(
    stale: int, operator: httpx.Client, asked: str, nothing_stored: NothingStored
) -> None:
    operator.post(decisions(asked), json=decision(quantity=15)).raise_for_status()
    with nothing_stored():
        refusal = decision(stale, "refused", reason="在庫なし")
        answer = operator.post(decisions(asked), json=refusal)
    assert fault(answer)[:2] == (409, "request-changed-meanwhile")
    assert "Approved, 15" in answer.json()["detail"]
    assert "You sent: Refused" in answer.json()["detail"]


REFUSED: list[tuple[dict[str, object], str, str, int]] = [
    ({"quantity": -1}, "quantity-impossible", "quantity", 422),
    ({"quantity": 0}, "quantity-impossible", "quantity", 422),
    ({"item_code": "generator", "unit": "箱"}, "unit-unfit", "unit", 422),
    ({"item_code": "gold"}, "not-found", "item_code", 404),
    ({"urgency": "yesterday"}, "field-invalid", "urgency", 422),
    ({"needed_by_at": "2026-09-01T12:00:00"}, "moment-without-zone", "needed_by_at", 422),
    ({"needed_by_at": "0001-01-01T00:00:00+14:00"}, "planned-out-of-reach", "needed_by_at", 422),
    ({"needed_by_at": "9999-12-31T23:59:59-14:00"}, "planned-out-of-reach", "needed_by_at", 422),
    ({"note": "長" * 4001}, "text-too-long", "note", 422),
    ({"requester": "\x00"}, "field-invalid", "requester", 422),
    ({"shelter_id": str(uuid4())}, "not-found", "shelter_id", 404),
]


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: f"{case[1]} {[*case[0]]}")
def test_what_cannot_be_asked_is_refused(
    case: tuple[dict[str, object], str, str, int],
    operator: httpx.Client,
    open_shelter_id: UUID,
    nothing_stored: NothingStored,
) -> None:
    content, code, field, status = case
    with nothing_stored():
        answer = operator.post(REQUESTS, json=asking(open_shelter_id) | content)
    assert fault(answer) == (status, code, field)


def test_a_closed_shelter_asks_for_nothing(
    operator: httpx.Client, unopened_shelter_id: UUID, nothing_stored: NothingStored
) -> None:
    with nothing_stored():
        answer = operator.post(REQUESTS, json=asking(unopened_shelter_id))
    assert fault(answer) == (409, "destination-closed", "shelter_id")


@pytest.mark.parametrize(
    ("said", "code", "field"),
    [
        ({"action": "approved"}, "field-invalid", "quantity"),
        ({"action": "approved", "quantity": -1}, "quantity-impossible", "quantity"),
        ({"action": "approved", "quantity": 10**30}, "quantity-impossible", "quantity"),
        ({"action": "refused", "quantity": 1}, "field-invalid", "quantity"),
        ({"action": "refused"}, "reason-missing", "reason"),
        ({"action": "eaten"}, "field-invalid", "action"),
        ({"action": "refused", "reason": "無", "version": 10**30}, "field-invalid", "version"),
    ],
)
def test_what_cannot_be_decided_is_refused(
    said: dict[str, Any], code: str, field: str, operator: httpx.Client, asked: str
) -> None:
    answer = operator.post(decisions(asked), json=decision() | said)
    assert fault(answer) == (422, code, field)


def test_a_request_that_does_not_exist_is_not_found(operator: httpx.Client) -> None:
    answer = operator.post(decisions(str(uuid4())), json=decision(quantity=1))
    assert fault(answer)[:2] == (404, "not-found")


def test_a_viewer_reads_and_a_field_team_does_not(
    visitor: VisitorOf, asked: str, open_shelter_id: UUID, nothing_stored: NothingStored
) -> None:
    viewer, field = visitor(Role.VIEWER), visitor(Role.FIELD)
    assert told(viewer, asked)["quantity"] == 20
    assert field.get(REQUESTS).status_code == 403
    with nothing_stored():
        for client in (viewer, field):
            assert client.post(REQUESTS, json=asking(open_shelter_id)).status_code == 403
            answer = client.post(decisions(asked), json=decision(quantity=1))
            assert answer.status_code == 403


def test_a_manager_asks_for_the_own_shelter_and_withdraws_it(
    own: httpx.Client, open_shelter_id: UUID, nothing_stored: NothingStored
) -> None:
    said = asking(open_shelter_id)
    assert own.post(REQUESTS, json=said).status_code == 201
    assert told(own, said["id"])["recorded_by"] == "避難所担当"
    with nothing_stored():
        for refused in (decision(quantity=1), decision(action="refused", reason="無")):
            assert own.post(decisions(said["id"]), json=refused).status_code == 403
    back = decision(action="withdrawn", reason="届いた")
    assert own.post(decisions(said["id"]), json=back).status_code == 201
    assert told(own, said["id"])["state"] == "withdrawn"


def test_a_manager_knows_and_asks_nothing_of_another_shelter(
    server: Server, asked: str, open_shelter_id: UUID, unopened_shelter_id: UUID, own: httpx.Client
) -> None:
    back = decision(action="withdrawn", reason="不要")
    with manager(server, unopened_shelter_id) as other:
        assert other.get(REQUESTS).json() == []
        assert other.get(REQUESTS, params={"shelter_id": str(open_shelter_id)}).status_code == 403
        assert other.post(REQUESTS, json=asking(open_shelter_id)).status_code == 403
        assert other.post(decisions(asked), json=back).status_code == 403
    assert own.post(decisions(str(uuid4())), json=back).status_code == 403
    assert {one["shelter_id"] for one in own.get(REQUESTS).json()} == {str(open_shelter_id)}
