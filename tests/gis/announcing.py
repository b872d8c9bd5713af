"""Short ways to announce something of an evacuation order."""

from typing import Any
from uuid import UUID, uuid4

from gis.operations import Filed
from gis.operations.evacuation_orders import (
    Lifting,
    Told,
    change_order,
    issue_order,
    lift_order,
    take_back,
)
from gis.operations.evacuation_targets import Target
from gis.queries.evacuation_orders import Announcement, announcements_of
from gis.store import Workspace
from gis.vocabulary import Hazard, OrderKind
from tests.conftest import HEADQUARTERS

CITY = "142077"
NANKO = tuple(f"14207001600{number}" for number in range(1, 8))
"""The seven 丁目 of 南湖, all of it; they have 9,121 inhabitants."""
SHIOMIDAI = "142070019000"
SHORE = {
    "type": "Polygon",
    "coordinates": [
        [[139.385, 35.315], [139.400, 35.315], [139.400, 35.3213], [139.385, 35.3213],
         [139.385, 35.315]],
    ],
}  # fmt: skip
"""Around the points of 南湖四丁目, 南湖六丁目, 南湖七丁目 and 中海岸四丁目."""


def told(*towns: str, kind: OrderKind = OrderKind.EVACUATE, **more: Any) -> Told:  # noqa: ANN401
    """Return an announcement for towns, or for an ``area``."""
    target = {name: more.pop(name) for name in ("area", "persons", "households") if name in more}
    identity = more.pop("id", None) or uuid4()
    return Told(identity, kind, Target(frozenset(towns), **target), **more)


def issue(
    workspace: Workspace,
    *towns: str,
    hazard: Hazard = Hazard.FLOOD,
    city: str = CITY,
    incident_id: UUID | None = None,
    **more: Any,  # noqa: ANN401
) -> Filed:
    """Issue an order in a transaction of its own."""
    with workspace.transaction(HEADQUARTERS) as session:
        return issue_order(session, city, hazard, told(*towns, **more), incident_id=incident_id)


def change(
    workspace: Workspace,
    order_id: UUID,
    version: int,
    *towns: str,
    **more: Any,  # noqa: ANN401
) -> Filed:
    """Change an order in a transaction of its own."""
    with workspace.transaction(HEADQUARTERS) as session:
        return change_order(session, order_id, told(*towns, **more), version=version)


def lift(workspace: Workspace, order_id: UUID, version: int, **more: Any) -> Filed:  # noqa: ANN401
    """Lift an order in a transaction of its own."""
    lifting = Lifting(more.pop("id", None) or uuid4(), **more)
    with workspace.transaction(HEADQUARTERS) as session:
        return lift_order(session, order_id, lifting, version=version)


def retract(workspace: Workspace, order_id: UUID, version: int) -> None:
    """Take the last announcement of an order back in a transaction of its own."""
    with workspace.transaction(HEADQUARTERS) as session:
        take_back(session, order_id, version=version)


def history(workspace: Workspace, order_id: UUID) -> list[Announcement]:
    """Return all that was announced of an order, the latest first."""
    with workspace.reading() as session:
        return announcements_of(session, order_id)


def standing(workspace: Workspace, order_id: UUID) -> Announcement:
    """Return what stands of an order."""
    (holds,) = (each for each in history(workspace, order_id) if each.holds)
    return holds
