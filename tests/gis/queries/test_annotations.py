"""What stands on the map, now and at any moment that one looks back at."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from shapely.geometry import Point, shape

from gis.queries.annotations import annotations
from gis.store import Workspace
from tests.conftest import NOON, FixedClock
from tests.gis.annotating import AREA, LINE, POINT, change, draw, history, remove, standing, undo

HOUR = timedelta(hours=1)


def texts(
    workspace: Workspace, incident_id: UUID, at: datetime, known_at: datetime | None = None
) -> list[str]:
    with workspace.reading() as session:
        found = annotations(session, incident_id, as_of=at, known_at=known_at)
    return [one.text for one in found]


def test_what_was_drawn_or_changed_last_comes_first(
    workspace: Workspace, incident_id: UUID, clock: FixedClock
) -> None:
    first = draw(workspace, "一").id
    clock.moment += HOUR
    draw(workspace, "二")
    assert texts(workspace, incident_id, clock.moment) == ["二", "一"]
    clock.moment += HOUR
    change(workspace, first, 1, "三")
    assert texts(workspace, incident_id, clock.moment) == ["三", "二"]


def test_a_past_moment_shows_what_stood_on_the_map_then(
    workspace: Workspace, incident_id: UUID, clock: FixedClock
) -> None:
    annotation = draw(workspace, "給水車").id
    clock.moment = NOON + HOUR
    change(workspace, annotation, 1, "給水車 満員")
    clock.moment = NOON + 2 * HOUR
    remove(workspace, annotation, 2)
    shown = [texts(workspace, incident_id, NOON + hours * HOUR) for hours in (-1, 0, 1, 2)]
    assert shown == [[], ["給水車"], ["給水車 満員"], []]


def test_what_was_undone_later_stood_there_as_it_was_known_then(
    workspace: Workspace, incident_id: UUID, clock: FixedClock
) -> None:
    annotation = draw(workspace, "誤り").id
    clock.moment = NOON + HOUR
    undo(workspace, annotation, 1)
    assert texts(workspace, incident_id, NOON) == ["誤り"]
    assert texts(workspace, incident_id, NOON, clock.moment) == []
    back, drawn = history(workspace, annotation)
    assert (back.action, drawn.is_taken_back) == ("taken_back", True)


@pytest.mark.usefixtures("incident_id")
def test_its_text_stands_on_what_was_drawn(workspace: Workspace) -> None:
    on_point, on_line, in_area = (
        standing(workspace, draw(workspace, shape=one).id) for one in (POINT, LINE, AREA)
    )
    assert [on_point.lon, on_point.lat] == POINT["coordinates"]
    assert shape(LINE).distance(Point(on_line.lon, on_line.lat)) < 1e-9
    assert shape(AREA).contains(Point(in_area.lon, in_area.lat))
