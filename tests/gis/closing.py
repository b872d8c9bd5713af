"""Short ways to tell something of a road closure."""

from typing import Any
from uuid import UUID, uuid4

from gis.operations import Filed
from gis.operations.road_closures import (
    Closure,
    Seen,
    change_closure,
    confirm_closure,
    lift_closure,
    state_closure,
    take_back,
)
from gis.queries.road_closures import ClosureStatement, statements_of
from gis.store import Workspace
from gis.vocabulary import ClosureGrade
from tests.conftest import HEADQUARTERS

STRETCH = {"type": "LineString", "coordinates": [[139.4035, 35.3338], [139.4066, 35.3307]]}
"""From the city hall to the station, about 450 m."""
SPOT = {"type": "Point", "coordinates": [139.39, 35.32]}


def told(grade: ClosureGrade = ClosureGrade.CLOSED, **more: Any) -> Closure:  # noqa: ANN401
    """Return what is told of a closure of a stretch."""
    return Closure(more.pop("id", None) or uuid4(), grade, **{"path": STRETCH, **more})


def state(workspace: Workspace, *args: Any, **more: Any) -> Filed:  # noqa: ANN401
    """File a closure in a transaction of its own."""
    with workspace.transaction(HEADQUARTERS) as session:
        return state_closure(session, told(*args, **more))


def change(
    workspace: Workspace,
    closure_id: UUID,
    version: int,
    *args: Any,  # noqa: ANN401
    **more: Any,  # noqa: ANN401
) -> Filed:
    """Change a closure in a transaction of its own."""
    with workspace.transaction(HEADQUARTERS) as session:
        return change_closure(session, closure_id, told(*args, **more), version=version)


def confirm(workspace: Workspace, closure_id: UUID, version: int, **more: Any) -> Filed:  # noqa: ANN401
    """Tell that it is still so, in a transaction of its own."""
    with workspace.transaction(HEADQUARTERS) as session:
        seen = Seen(more.pop("id", None) or uuid4(), **more)
        return confirm_closure(session, closure_id, seen, version=version)


def lift(workspace: Workspace, closure_id: UUID, version: int, **more: Any) -> Filed:  # noqa: ANN401
    """Tell that it is over, in a transaction of its own."""
    with workspace.transaction(HEADQUARTERS) as session:
        seen = Seen(more.pop("id", None) or uuid4(), **more)
        return lift_closure(session, closure_id, seen, version=version)


def retract(workspace: Workspace, closure_id: UUID, version: int) -> None:
    """Take the last statement back in a transaction of its own."""
    with workspace.transaction(HEADQUARTERS) as session:
        take_back(session, closure_id, version=version)


def history(workspace: Workspace, closure_id: UUID) -> list[ClosureStatement]:
    """Return all that was told of a closure, the latest first."""
    with workspace.reading() as session:
        return statements_of(session, closure_id)


def standing(workspace: Workspace, closure_id: UUID) -> ClosureStatement:
    """Return what stands of a closure."""
    (holds,) = (each for each in history(workspace, closure_id) if each.holds)
    return holds
