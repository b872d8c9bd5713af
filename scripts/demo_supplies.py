"""The supplies of the demonstration: depots, what lies there, what is asked for and on the road."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy.orm import Session

from gis.operations.dispatches import Load, Sending, Step, leave, reserve
from gis.operations.ledger import Filing, Goods
from gis.operations.stock_places import PlaceSaid, add_place
from gis.operations.stocks import count
from gis.operations.supply_requests import Asking, Decision, ask_for, decide
from gis.queries.places import TownPoint
from gis.queries.shelters import shelter_of_designation
from gis.vocabulary import PlaceKind, RequestAction, Source, Urgency

RecordFrom = Callable[[Session, int], datetime]
"""Has what is told next be recorded some minutes ago, and returns that moment."""


def play_supplies(
    session: Session,
    incident_id: UUID,
    story: Mapping[str, Any],
    where: Mapping[str, TownPoint],
    record_from: RecordFrom,
) -> None:
    """Tell the part of a story that is about supplies."""
    depots = {}
    for depot in story.get("depots", []):
        town = where[depot["town"]]
        depots[depot["name"]] = _set_up(session, incident_id, depot, town, record_from)
    for number, request in enumerate(story.get("requests", [])):
        _ask(session, uuid5(incident_id, f"request {number}"), request, record_from)
    for number, dispatch in enumerate(story.get("dispatches", [])):
        dispatch_id = uuid5(incident_id, f"dispatch {number}")
        _send(session, dispatch_id, depots[dispatch["from"]], dispatch, record_from)


def _set_up(
    session: Session,
    incident_id: UUID,
    depot: Mapping[str, Any],
    town: TownPoint,
    record_from: RecordFrom,
) -> UUID:
    place_id = uuid5(incident_id, depot["name"])
    counted_at = record_from(session, depot["counted_minutes_ago"])
    said = PlaceSaid(
        depot["name"],
        address=depot["address"],
        note=depot["note"],
        location=(town.lon, town.lat),
        is_fictitious=True,
    )
    add_place(session, place_id, PlaceKind.DEPOT, said)
    for item, quantity in depot["stock"].items():
        filing = Filing(uuid5(place_id, item), counted_at, Source.PHONE, is_fictitious=True)
        count(session, filing, place_id, item, quantity)
    return place_id


def _ask(
    session: Session, request_id: UUID, request: Mapping[str, Any], record_from: RecordFrom
) -> None:
    asked_at = record_from(session, request["minutes_ago"])
    asking = Asking(
        request_id,
        shelter_of_designation(session, request["common_id"]),
        Goods(request["item"], request["quantity"]),
        Urgency(request["urgency"]),
        requester=request["requester"],
        note=request["note"],
        observed_at=asked_at,
        source=Source.PHONE,
    )
    ask_for(session, asking)
    if "approved" in request:
        record_from(session, request["approved_minutes_ago"])
        decision = Decision(
            uuid5(request_id, "approved"), RequestAction.APPROVED, request["approved"]
        )
        decide(session, request_id, decision, version=0)


def _send(
    session: Session,
    dispatch_id: UUID,
    depot_id: UUID,
    dispatch: Mapping[str, Any],
    record_from: RecordFrom,
) -> None:
    shelter_id = shelter_of_designation(session, dispatch["common_id"])
    loads = tuple(Load(item, quantity) for item, quantity in dispatch["loads"].items())
    reserved_at = record_from(session, dispatch["reserved_minutes_ago"])
    reserve(session, Sending(dispatch_id, depot_id, shelter_id, loads, observed_at=reserved_at))
    left_at = record_from(session, dispatch["left_minutes_ago"])
    step = Step(
        uuid5(dispatch_id, "left"),
        dispatch["team"],
        left_at + timedelta(minutes=dispatch["takes_minutes"]),
        observed_at=left_at,
        source=Source.RADIO,
    )
    leave(session, dispatch_id, step, dispatch["vehicle"], version=1)
