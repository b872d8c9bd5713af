"""What a summary tells of road closures."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from gis.queries.road_closures import ClosureStatement, closures
from gis.vocabulary import ClosureAction, ClosureGrade


@dataclass(frozen=True)
class ClosureLine:
    """What stands of one road closure; what is None is unknown.

    Why the road is closed is left out: free text may hold names.
    """

    id: UUID
    grade: ClosureGrade
    is_in_force: bool
    is_lifted: bool
    """One that is neither in force nor lifted only begins later."""
    road_name: str | None
    section: str | None
    """From where to where, in words."""
    from_at: datetime | None
    until_at: datetime | None
    """Until when it is expected to last."""
    observed_at: datetime
    """When it was last confirmed."""
    path: tuple[tuple[float, float], ...] = ()
    """Points (lon, lat; degrees, EPSG:4326) along it; a single one is a spot, and none means that
    only words tell where it is."""


def closure_lines(
    session: Session, incident_id: UUID, *, as_of: datetime, known_at: datetime | None = None
) -> tuple[ClosureLine, ...]:
    """Return what stands of each closure at a moment: in force, to come, lifted; one statement."""
    told = closures(session, incident_id, as_of=as_of, known_at=known_at)
    return tuple(_line(each) for each in told)


def _line(told: ClosureStatement) -> ClosureLine:
    return ClosureLine(
        id=told.closure_id,
        grade=told.grade,
        is_in_force=told.is_in_force,
        is_lifted=told.action is ClosureAction.LIFTED,
        road_name=told.road_name,
        section=told.section,
        from_at=told.from_at,
        until_at=told.until_at,
        observed_at=told.observed_at,
        path=_path(told.path),
    )


def _path(path: dict[str, Any] | None) -> tuple[tuple[float, float], ...]:
    if path is None:
        return ()
    points = [path["coordinates"]] if path["type"] == "Point" else path["coordinates"]
    return tuple((float(lon), float(lat)) for lon, lat, *_ in points)
