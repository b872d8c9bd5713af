"""Short ways to do something with an annotation of the map."""

from typing import Any
from uuid import UUID, uuid4

from gis.operations import Filed
from gis.operations.annotations import (
    Drawing,
    change_annotation,
    draw_annotation,
    remove_annotation,
    take_back,
)
from gis.queries.annotations import AnnotationView, statements_of
from gis.store import Workspace
from tests.conftest import HEADQUARTERS

POINT = {"type": "Point", "coordinates": [139.4066, 35.3307]}
LINE = {"type": "LineString", "coordinates": [[139.4035, 35.3338], [139.4066, 35.3307]]}
RING = [[139.385, 35.315], [139.400, 35.315], [139.400, 35.321], [139.385, 35.315]]
AREA = {"type": "MultiPolygon", "coordinates": [[RING]]}


def drawing(text: str = "給水車 15時から", **more: Any) -> Drawing:  # noqa: ANN401
    """Return what is drawn, at a point unless another ``shape`` is given."""
    return Drawing(more.pop("id", None) or uuid4(), text, **{"shape": POINT, **more})


def draw(workspace: Workspace, *args: Any, **more: Any) -> Filed:  # noqa: ANN401
    """Draw something in a transaction of its own."""
    with workspace.transaction(HEADQUARTERS) as session:
        return draw_annotation(session, drawing(*args, **more))


def change(
    workspace: Workspace,
    annotation_id: UUID,
    version: int,
    *args: Any,  # noqa: ANN401
    **more: Any,  # noqa: ANN401
) -> Filed:
    """Change what was drawn in a transaction of its own."""
    with workspace.transaction(HEADQUARTERS) as session:
        return change_annotation(session, annotation_id, drawing(*args, **more), version=version)


def remove(
    workspace: Workspace, annotation_id: UUID, version: int, statement_id: UUID | None = None
) -> Filed:
    """Take an annotation away in a transaction of its own."""
    with workspace.transaction(HEADQUARTERS) as session:
        identity = statement_id or uuid4()
        return remove_annotation(session, annotation_id, identity, version=version)


def undo(workspace: Workspace, annotation_id: UUID, version: int) -> None:
    """Undo what was done last in a transaction of its own."""
    with workspace.transaction(HEADQUARTERS) as session:
        take_back(session, annotation_id, version=version)


def history(workspace: Workspace, annotation_id: UUID) -> list[AnnotationView]:
    """Return all that was done with an annotation, the latest first."""
    with workspace.reading() as session:
        return statements_of(session, annotation_id)


def standing(workspace: Workspace, annotation_id: UUID) -> AnnotationView:
    """Return what stands of an annotation."""
    (holds,) = (each for each in history(workspace, annotation_id) if each.holds)
    return holds
