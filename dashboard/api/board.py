"""The board of shelters in operation, with ETag: what did not change is not sent again."""

import math
from datetime import datetime, timedelta
from functools import lru_cache
from threading import Lock
from typing import Any

from fastapi import APIRouter, Request, Response

from dashboard.api.answers import Answer, of_json, respond
from dashboard.api.past import ONE_AT_A_TIME, Past
from dashboard.api.roles import allow
from dashboard.roles import SEES_ALL
from dashboard.workspaces import current_desk
from gis.layers.layer import iso
from gis.live import Revisions
from gis.occupancy import Tally, percent
from gis.past import PastMoment
from gis.queries.conditions import Wants
from gis.queries.incidents import IncidentView, current_incident
from gis.reports.board import Board, BoardLine, compile_board
from gis.vocabulary import ShelterState

router = APIRouter(tags=["shelters"])

SUBJECTS = frozenset({"shelters", "incidents", "places"})

KEPT = timedelta(minutes=1)
"""How long an answer stands where nothing changes: what it says of the last hour moves on."""

NOTHING: dict[str, Any] = {
    "incident": None,
    "as_of": None,
    "interval_minutes": None,
    "totals": None,
    "shelters": [],
}
"""What is told where no incident is open."""

_one_at_a_time = Lock()
"""After a change every browser asks at once; the first one computes, the others find it."""


@router.get("/board", openapi_extra=allow(SEES_ALL))
def board(request: Request, past: Past) -> Response:
    """Return the shelters that take part in the current incident, the most urgent first.

    A figure that is null is unknown, or does not apply to a shelter that is not open; never 0.
    """
    return respond(_past(past) if past else _live(), request)


def _live() -> Answer:
    with _one_at_a_time:
        return _encoded(*_answer())


def _past(past: PastMoment) -> Answer:
    of, revision, _ = _answer()
    with ONE_AT_A_TIME:
        return _encoded_past(of, revision, past)


def current_board() -> Board | None:
    """Return the board of the current incident; None where none is open."""
    return _board(*_answer())


def _answer() -> tuple[Revisions, int, int]:
    """Return what tells answers apart: whose revisions, changes so far, and the minute."""
    desk = current_desk()
    minute = int(desk.workspace.clock.now().timestamp() // KEPT.total_seconds())
    return desk.revisions, desk.revisions.of(SUBJECTS), minute


@lru_cache(maxsize=4)
def _board(_of: Revisions, _revision: int, _minute: int) -> Board | None:
    now = current_desk().workspace.clock.now()
    return _compiled(now, now)


def _compiled(as_of: datetime, known_at: datetime) -> Board | None:
    desk = current_desk()
    with desk.workspace.reading() as session:
        incident = current_incident(session)
        if incident is None:
            return None
        return compile_board(session, desk.city, incident, as_of=as_of, known_at=known_at)


@lru_cache(maxsize=4)
def _encoded(of: Revisions, revision: int, minute: int) -> Answer:
    return _encode(_board(of, revision, minute))


@lru_cache(maxsize=64)
def _encoded_past(_of: Revisions, _revision: int, past: PastMoment) -> Answer:
    return _encode(_compiled(past.at, past.known_at(current_desk().workspace.clock.now())))


def _encode(compiled: Board | None) -> Answer:
    return of_json(board_json(compiled) if compiled else NOTHING)


def board_json(compiled: Board) -> dict[str, Any]:
    """Return a board as JSON tells it; moments in ISO 8601."""
    return {
        "incident": _incident(compiled.incident),
        "as_of": iso(compiled.as_of),
        "interval_minutes": int(compiled.interval.total_seconds() // 60),
        "totals": {
            "open": compiled.open_count,
            "preparing": compiled.count(ShelterState.PREPARING),
            "unknown": compiled.count(ShelterState.UNKNOWN),
            "registered": compiled.registered,
            "persons": _tally(compiled.persons),
            "households": _tally(compiled.households),
            "free_places": _tally(compiled.free_places),
            "persons_over_capacity": _tally(compiled.persons_over_capacity),
        },
        "shelters": [_shelter(line) for line in compiled.lines],
    }


def _incident(incident: IncidentView) -> dict[str, Any]:
    return {
        "id": str(incident.id),
        "name": incident.name,
        "started_at": iso(incident.started_at),
        "is_demonstration": incident.is_demonstration,
    }


def _tally(tally: Tally) -> dict[str, int | None]:
    return {"known": tally.known, "unknown_places": tally.unknown_places}


def _shelter(line: BoardLine) -> dict[str, Any]:
    status = line.status
    return {
        "id": str(status.id),
        "name": status.name,
        "address": status.address,
        "district": line.district,
        "state": status.state.value,
        "since_at": iso(status.since_at),
        "opening_id": str(status.opening_id),
        "opening_version": status.opening_version,
        "self_organised": status.is_self_organised,
        "designations": status.designations,
        "hazards": status.hazards,
        **_figures(line),
        "stale_at": iso(line.stale_at),
        "escalates_at": iso(line.escalates_at),
        "assignee": line.assignee,
        "assigned_by_district": line.assigned_by_district,
        "trend": [*line.trend],
        "change": line.change,
        **_wants(line.wants),
    }


def _figures(line: BoardLine) -> dict[str, Any]:
    status = line.status
    share = status.share
    return {
        # Who has left a closed shelter is nobody's headcount any more.
        "persons": status.persons if status.takes_part else None,
        "households": status.households if status.takes_part else None,
        "capacity": status.capacity,
        "capacity_is_fictitious": status.capacity_is_fictitious,
        # JSON knows no infinity: the gauge of a place for nobody is drawn full.
        "share": 1.0 if share is not None and math.isinf(share) else share,
        "percent": percent(share),
        "crowding": line.crowding.value if line.crowding else None,
        "observed_at": iso(status.observed_at),
        "recorded_by": status.recorded_by,
        "source": status.source,
        "reading_id": str(status.reading_id) if status.reading_id else None,
    }


def _wants(wants: Wants) -> dict[str, Any]:
    need = wants.need
    return {
        "need": {"text": need.text, "observed_at": iso(need.observed_at)} if need else None,
        "lacks": [
            {"item": lack.item, "state": lack.state.value, "observed_at": iso(lack.observed_at)}
            for lack in wants.lacks
        ],
    }
