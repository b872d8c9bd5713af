"""Supplies as an outside system, or a telephone, speaks of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID, uuid4

import httpx

from gis.operations.access import issue_sign_in_link
from gis.operations.stock_places import PlaceSaid, add_place
from gis.store import SYSTEM
from gis.vocabulary import PlaceKind, Role
from tests.conftest import HEADQUARTERS, Server

MOVEMENTS = "/api/movements"
REQUESTS = "/api/supply-requests"
DISPATCHES = "/api/dispatches"
WATER = "drinking_water"


@contextmanager
def manager(server: Server, shelter_id: UUID | None) -> Iterator[httpx.Client]:
    """Sign in a shelter manager."""
    with server.workspace.transaction(SYSTEM) as session:
        link = issue_sign_in_link(session, "避難所担当", Role.SHELTER, shelter_id)
    cookies = httpx.get(f"{server.url}/sign-in?token={link}").cookies
    headers = {"Accept-Language": "en"}
    with httpx.Client(base_url=server.url, cookies=cookies, headers=headers, timeout=30) as client:
        yield client


def depot(server: Server) -> str:
    """Return a new depot."""
    place_id = uuid4()
    with server.workspace.transaction(HEADQUARTERS) as session:
        add_place(session, place_id, PlaceKind.DEPOT, PlaceSaid(f"拠点 {place_id}"))
    return str(place_id)


def movement(kind: str, quantity: object, **content: object) -> dict[str, Any]:
    """Return a movement of water to file."""
    said = {"id": str(uuid4()), "kind": kind, "item_code": WATER, "quantity": quantity}
    return said | content


def asking(shelter_id: object, quantity: object = 20, **content: object) -> dict[str, Any]:
    """Return what a shelter asks for."""
    said = {
        "id": str(uuid4()),
        "shelter_id": str(shelter_id),
        "item_code": WATER,
        "quantity": quantity,
        "urgency": "today",
    }
    return said | content


def decision(version: int = 0, action: str = "approved", **content: object) -> dict[str, Any]:
    """Return a decision."""
    return {"id": str(uuid4()), "version": version, "action": action} | content


def sending(origin: str, destination: object, quantity: int, **load: object) -> dict[str, Any]:
    """Return some water to send."""
    loads = [{"item_code": WATER, "quantity": quantity} | load]
    return {
        "id": str(uuid4()),
        "from_place_id": origin,
        "to_place_id": str(destination),
        "loads": loads,
    }


def step(name: str, version: int, **content: object) -> dict[str, Any]:
    """Return a step of a dispatch."""
    return {"id": str(uuid4()), "version": version, "step": name} | content


def stocked(server: Server, client: httpx.Client, quantity: int) -> str:
    """Return a new depot with so much water in it."""
    place = depot(server)
    client.post(
        MOVEMENTS, json=movement("received", quantity, to_place_id=place)
    ).raise_for_status()
    return place


def on_the_road(server: Server, client: httpx.Client, destination: object, quantity: int) -> str:
    """Return a dispatch of water that has left for a place."""
    told = sending(stocked(server, client, quantity), destination, quantity)
    client.post(DISPATCHES, json=told).raise_for_status()
    left = step("left", 1, vehicle="1号車", expected_at="2026-09-01T10:00:00+09:00")
    client.post(f"{DISPATCHES}/{told['id']}/steps", json=left).raise_for_status()
    return str(told["id"])


def stock(client: httpx.Client, place: object, **moment: str) -> dict[str, dict[str, Any]]:
    """Return what lies in a place, by item."""
    answer = client.get("/api/stock", params={"place": str(place), **moment}).raise_for_status()
    return {line["item_code"]: line for line in answer.json()}


def fault(answer: httpx.Response) -> tuple[int, str, str | None]:
    """Return the status, code and field of a refusal."""
    first = answer.json()["errors"][0]
    return answer.status_code, first["code"], first["field"]
