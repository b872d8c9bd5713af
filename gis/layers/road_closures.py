"""Road closures in force, each where it is: a line or a point."""

from typing import Any

from sqlalchemy.orm import Session

from gis.layers.layer import Layer, View, iso
from gis.queries.road_closures import ClosureStatement, closures_in_force
from gis.text import N_


def features(session: Session, view: View) -> list[dict[str, Any]]:
    """Return one feature per closure in force, the gravest last: it lies over the others."""
    if view.incident_id is None:
        return []
    closures = closures_in_force(
        session, view.incident_id, as_of=view.as_of, known_at=view.known_at
    )
    return [
        {
            "type": "Feature",
            "id": str(closure.closure_id),
            "geometry": closure.path,
            "properties": properties(closure),
        }
        for closure in reversed(closures)
    ]


def properties(closure: ClosureStatement) -> dict[str, Any]:
    """Return what the map shows of a closure; unknown facts are None."""
    return {
        "grade": closure.grade.value,
        "road_name": closure.road_name,
        "section": closure.section,
        "reason": closure.reason,
        "until_at": iso(closure.until_at),
        "observed_at": iso(closure.observed_at),
        "recorded_by": closure.recorded_by,
        # Where its sign stands: on the point, or in the middle of the line.
        "label": None if closure.path is None else [closure.lon, closure.lat],
    }


LAYER = Layer(
    "road-closures", N_("Road closures"), frozenset({"road_closures", "incidents"}), features
)
