"""The map is written on one statement after another: drawn, changed, taken away, undone."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import UUID, uuid4

import pytest

from gis import errors
from gis.operations.incidents import close_incident
from gis.store import Workspace
from gis.vocabulary import AnnotationAction, AnnotationColour
from tests.conftest import HEADQUARTERS, NOON
from tests.gis.annotating import (
    AREA,
    LINE,
    POINT,
    RING,
    change,
    draw,
    history,
    remove,
    standing,
    undo,
)
from tests.gis.conftest import Ask

pytestmark = pytest.mark.usefixtures("incident_id")


@pytest.mark.parametrize("shape", [POINT, LINE, AREA], ids=["point", "line", "area"])
def test_what_was_drawn_is_kept_as_it_was_drawn(
    workspace: Workspace, shape: dict[str, Any]
) -> None:
    filed = draw(workspace, " 危険 <b>近づかない</b> ", shape=shape, colour=AnnotationColour.DANGER)
    found = standing(workspace, filed.id)
    assert (found.text, found.colour, found.shape) == (
        "危険 <b>近づかない</b>", AnnotationColour.DANGER, shape,
    )  # fmt: skip
    assert (found.action, found.number, found.is_shown) == (AnnotationAction.DRAWN, 1, True)
    assert (found.recorded_by, found.recorded_at) == (HEADQUARTERS.name, NOON)


def test_a_polygon_is_an_area_of_one_part(workspace: Workspace) -> None:
    filed = draw(workspace, shape={"type": "Polygon", "coordinates": [RING]})
    assert standing(workspace, filed.id).shape == AREA


def test_it_is_changed_taken_away_and_undone_step_by_step(workspace: Workspace) -> None:
    annotation = draw(workspace, "給水車").id
    change(workspace, annotation, 1, "給水車 満員", shape=LINE)
    remove(workspace, annotation, 2)
    assert not standing(workspace, annotation).is_shown
    with pytest.raises(errors.AnnotationRemoved):
        change(workspace, annotation, 3, "まだある")
    undo(workspace, annotation, 3)
    found = standing(workspace, annotation)
    assert (found.text, found.shape, found.is_shown) == ("給水車 満員", LINE, True)
    undo(workspace, annotation, 4)
    found = standing(workspace, annotation)
    assert (found.text, found.shape) == ("給水車", POINT)
    undo(workspace, annotation, 5)
    told = history(workspace, annotation)
    assert len(told) == 6
    assert not [each for each in told if each.holds]
    with pytest.raises(errors.AnnotationTakenBack):
        undo(workspace, annotation, 6)


def test_a_retry_changes_nothing(workspace: Workspace, ask: Ask) -> None:
    first, second, third = uuid4(), uuid4(), uuid4()
    for is_new in (True, False):
        assert draw(workspace, id=first, shape=AREA).is_new == is_new
    for is_new in (True, False):
        assert change(workspace, first, 1, "通れる", id=second).is_new == is_new
    for is_new in (True, False):
        assert remove(workspace, first, 2, third).is_new == is_new
    assert draw(workspace, id=first, shape=AREA).is_new is False
    assert change(workspace, first, 1, "通れる", id=second).is_new is False
    assert ask("SELECT count(*) FROM annotation_statement") == [(3,)]


def test_the_same_drawn_many_times_at_once_is_there_once(workspace: Workspace, ask: Ask) -> None:
    identity, barrier = uuid4(), Barrier(4)

    def once(_number: int) -> bool:
        barrier.wait()
        return draw(workspace, id=identity).is_new

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(once, range(4))) == [False, False, False, True]
    assert ask("SELECT count(*) FROM annotation_statement") == [(1,)]


@pytest.mark.parametrize(
    "other", [{"text": "別"}, {"shape": LINE}, {"colour": AnnotationColour.SAFE}]
)
def test_an_id_stands_for_one_statement(workspace: Workspace, other: dict[str, Any]) -> None:
    filed = draw(workspace)
    with pytest.raises(errors.IdUsedForAnother):
        draw(workspace, id=filed.id, **other)


def test_the_second_of_two_learns_what_the_first_did(workspace: Workspace) -> None:
    annotation = draw(workspace).id
    remove(workspace, annotation, 1)
    for late in (lambda: change(workspace, annotation, 1), lambda: undo(workspace, annotation, 1)):
        with pytest.raises(errors.AnnotationChangedMeanwhile) as refused:
            late()
        assert refused.value.facts["theirs_action"] is AnnotationAction.REMOVED
        assert refused.value.facts["theirs_by"] == HEADQUARTERS.name


def test_of_two_at_once_one_is_kept(workspace: Workspace) -> None:
    annotation = draw(workspace).id
    barrier = Barrier(2)

    def once(text: str) -> bool:
        barrier.wait()
        try:
            change(workspace, annotation, 1, text)
        except errors.AnnotationChangedMeanwhile:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(once, ["一", "二"])) == [False, True]


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"text": "  "}, errors.AnnotationWithoutText),
        ({"text": "あ" * 201}, errors.TextTooLong),
        ({"shape": {"type": "Circle"}}, errors.ShapeUnreadable),
        ({"shape": {"type": "Polygon", "coordinates": []}}, errors.AreaUnreadable),
        ({"shape": {"type": "Point", "coordinates": [35.3, 139.4]}}, errors.PlaceSwapped),
    ],
)
def test_what_cannot_be_meant_is_refused(
    workspace: Workspace, said: dict[str, Any], refusal: type[errors.Refused]
) -> None:
    with pytest.raises(refusal):
        draw(workspace, **said)


def test_nothing_is_drawn_in_an_incident_that_is_over(
    workspace: Workspace, incident_id: UUID
) -> None:
    annotation = draw(workspace).id
    with workspace.transaction(HEADQUARTERS) as session:
        close_incident(session, incident_id, version=1)
    for late in (
        lambda: draw(workspace),
        lambda: change(workspace, annotation, 1),
        lambda: remove(workspace, annotation, 1),
        lambda: undo(workspace, annotation, 1),
    ):
        with pytest.raises(errors.IncidentNotOpen):
            late()


def test_what_nobody_drew_cannot_be_changed(workspace: Workspace) -> None:
    with pytest.raises(errors.NotFound):
        change(workspace, uuid4(), 1)
