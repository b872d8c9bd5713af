"""What is on the road: each dispatch as a line from where it left to where it goes."""

from collections import defaultdict
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from gis.clock import EARLIEST
from gis.layers.layer import Layer, View, iso
from gis.queries.dispatches import DispatchView, dispatches
from gis.text import N_

Point = list[float]


def features(session: Session, view: View) -> list[dict[str, Any]]:
    """Return one feature per dispatch on the road, those expected first last: they lie on top.

    The line is straight: which roads a vehicle takes nobody tells.
    """
    if view.incident_id is None:
        return []
    sent = dispatches(session, view.incident_id, **view.past_moment)
    going = sorted(
        (one for one in sent if one.state.is_on_the_road),
        key=lambda one: (one.expected_at is None, one.expected_at or EARLIEST, one.id),
        reverse=True,
    )
    signs = _signs(going)
    return [
        {
            "type": "Feature",
            "id": str(one.id),
            "geometry": _line(one),
            "properties": properties(one, view.as_of) | {"label": signs.get(one.id)},
        }
        for one in going
    ]


def properties(dispatch: DispatchView, as_of: datetime) -> dict[str, Any]:
    """Return what the map shows of a dispatch; unknown facts are None."""
    return {
        "state": dispatch.state.value,
        "origin": dispatch.origin,
        "destination": dispatch.destination,
        "vehicle": dispatch.vehicle,
        "team": dispatch.team,
        "loads": [{"item": load.item_code, "quantity": load.quantity} for load in dispatch.loads],
        "left_at": iso(dispatch.left_at),
        "expected_at": iso(dispatch.expected_at),
        # By it a reader tells what was late when this was read.
        "as_of": iso(as_of),
    }


def _line(dispatch: DispatchView) -> dict[str, Any] | None:
    ends = _ends(dispatch)
    return {"type": "LineString", "coordinates": ends} if ends else None


def _ends(dispatch: DispatchView) -> list[Point] | None:
    """Return where it left and where it goes; None where either has no place."""
    ends = (dispatch.from_lon, dispatch.from_lat), (dispatch.to_lon, dispatch.to_lat)
    known = [[lon, lat] for lon, lat in ends if lon is not None and lat is not None]
    return known if len(known) == len(ends) else None


def _signs(going: list[DispatchView]) -> dict[UUID, Point]:
    """Return where the signs stand: in the middle of a line, or apart where several share one."""
    sharing: defaultdict[frozenset[UUID], list[DispatchView]] = defaultdict(list)
    for one in sorted(going, key=lambda one: one.id):
        sharing[frozenset({one.from_place_id, one.to_place_id})].append(one)
    signs = {}
    for several in sharing.values():
        for number, one in enumerate(several, start=1):
            share = number / (len(several) + 1)
            if ends := _ends(one):
                start, end = sorted(ends)
                signs[one.id] = [a + share * (b - a) for a, b in zip(start, end, strict=True)]
    return signs


LAYER = Layer(
    "dispatches", N_("On the road"), frozenset({"supplies", "shelters", "incidents"}), features
)
