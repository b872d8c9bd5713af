"""A road closure is told one statement after another: confirmed, changed, lifted, taken back."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier
from uuid import UUID, uuid4

import pytest

from gis import errors
from gis.operations.incidents import close_incident
from gis.queries.road_closures import closures
from gis.store import Workspace
from gis.vocabulary import ClosureAction, ClosureGrade, Source
from tests.conftest import HEADQUARTERS, NOON, FixedClock
from tests.gis.closing import (
    SPOT,
    STRETCH,
    change,
    confirm,
    history,
    lift,
    retract,
    standing,
    state,
)
from tests.gis.conftest import Ask

HOUR = timedelta(hours=1)

pytestmark = pytest.mark.usefixtures("incident_id")


def test_a_closure_says_all_that_was_told(workspace: Workspace) -> None:
    facts = {
        "road_name": "国道1号", "section": "本村から浜見平まで", "reason": "冠水",
        "from_at": NOON - HOUR, "until_at": NOON + HOUR, "source": Source.RADIO,
    }  # fmt: skip
    filed = state(workspace, ClosureGrade.NO_HEAVY, **facts)
    found = standing(workspace, filed.id)
    assert {name: getattr(found, name) for name in facts} == facts
    assert (found.grade, found.path, found.observed_at, found.recorded_by) == (
        ClosureGrade.NO_HEAVY, STRETCH, NOON, HEADQUARTERS.name,
    )  # fmt: skip
    assert found.length_m == pytest.approx(445, abs=5)
    assert found.is_in_force


def test_what_nobody_knows_stays_unknown(workspace: Workspace) -> None:
    found = standing(workspace, state(workspace, path=SPOT).id)
    facts = (found.road_name, found.section, found.reason, found.from_at, found.until_at)
    assert (*facts, found.length_m) == (None,) * 6
    assert (found.lon, found.lat) == (139.39, 35.32)


def test_a_road_that_is_only_named_is_taken(workspace: Workspace) -> None:
    found = standing(workspace, state(workspace, path=None, road_name="県道44号").id)
    assert (found.path, found.lon, found.road_name) == (None, None, "県道44号")


def test_confirming_repeats_it_as_seen_later_and_by_whom(
    workspace: Workspace, clock: FixedClock
) -> None:
    closure = state(workspace, road_name="国道1号", reason="倒木").id
    clock.moment += HOUR
    confirm(workspace, closure, 1, source=Source.PHONE)
    found = standing(workspace, closure)
    assert (found.action, found.number, found.observed_at, found.source) == (
        ClosureAction.CONFIRMED, 2, NOON + HOUR, Source.PHONE,
    )  # fmt: skip
    assert (found.reason, found.path, found.road_name) == ("倒木", STRETCH, "国道1号")


def test_a_closure_is_changed_lifted_and_taken_back_step_by_step(workspace: Workspace) -> None:
    closure = state(workspace).id
    change(workspace, closure, 1, ClosureGrade.ONE_LANE, path=SPOT)
    lift(workspace, closure, 2, reason="復旧した")
    found = standing(workspace, closure)
    assert (found.action, found.grade, found.reason) == ("lifted", "one_lane", "復旧した")
    assert not found.is_in_force
    with pytest.raises(errors.ClosureLifted):
        confirm(workspace, closure, 3)
    retract(workspace, closure, 3)
    assert standing(workspace, closure).grade is ClosureGrade.ONE_LANE
    retract(workspace, closure, 4)
    assert standing(workspace, closure).path == STRETCH
    retract(workspace, closure, 5)
    assert not [each for each in history(workspace, closure) if each.holds]
    with pytest.raises(errors.ClosureTakenBack):
        retract(workspace, closure, 6)


def test_a_retry_changes_nothing(workspace: Workspace, ask: Ask) -> None:
    first, second, third = uuid4(), uuid4(), uuid4()
    for is_new in (True, False):
        assert state(workspace, id=first, section="下り").is_new == is_new
    for is_new in (True, False):
        assert confirm(workspace, first, 1, id=second).is_new == is_new
    for is_new in (True, False):
        assert lift(workspace, first, 2, id=third).is_new == is_new
    assert confirm(workspace, first, 1, id=second).is_new is False
    assert ask("SELECT count(*) FROM road_closure_statement") == [(3,)]


@pytest.mark.parametrize("other", [{"section": "上り"}, {"path": SPOT}, {"from_at": NOON}])
def test_an_id_stands_for_one_statement(workspace: Workspace, other: dict[str, object]) -> None:
    filed = state(workspace)
    with pytest.raises(errors.IdUsedForAnother):
        state(workspace, id=filed.id, **other)


def test_the_second_of_two_learns_what_the_first_said(workspace: Workspace) -> None:
    closure = state(workspace).id
    lift(workspace, closure, 1)
    with pytest.raises(errors.ClosureChangedMeanwhile) as refused:
        confirm(workspace, closure, 1)
    assert refused.value.facts["theirs_action"] is ClosureAction.LIFTED


def test_of_two_at_once_one_is_told(workspace: Workspace) -> None:
    closure = state(workspace).id
    barrier = Barrier(2)

    def once(grade: ClosureGrade) -> bool:
        barrier.wait()
        try:
            change(workspace, closure, 1, grade)
        except errors.ClosureChangedMeanwhile:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(once, [ClosureGrade.ONE_LANE, ClosureGrade.CAUTION])) == [
            False,
            True,
        ]


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"path": None}, errors.ClosureNowhere),
        ({"path": {"type": "Polygon", "coordinates": []}}, errors.PathUnreadable),
        (
            {"path": {"type": "LineString", "coordinates": [[139.4, 35.3]] * 2}},
            errors.PathUnreadable,
        ),
        ({"path": {"type": "Point", "coordinates": [35.3, 139.4]}}, errors.PlaceSwapped),
        ({"from_at": NOON, "until_at": NOON}, errors.ClosureEndsTooEarly),
        ({"until_at": datetime(2026, 9, 1)}, errors.MomentWithoutZone),  # noqa: DTZ001
        ({"observed_at": NOON + HOUR}, errors.ObservedInFuture),
        ({"section": "あ" * 201}, errors.TextTooLong),
    ],
)
def test_what_cannot_be_meant_is_refused(
    workspace: Workspace, said: dict[str, object], refusal: type[errors.Refused]
) -> None:
    with pytest.raises(refusal):
        state(workspace, **said)


def test_nothing_is_seen_before_what_it_follows(workspace: Workspace) -> None:
    closure = state(workspace).id
    with pytest.raises(errors.SeenTooEarly):
        confirm(workspace, closure, 1, observed_at=NOON - HOUR)


def test_nothing_is_told_in_an_incident_that_is_over(
    workspace: Workspace, incident_id: UUID
) -> None:
    closure = state(workspace).id
    with workspace.transaction(HEADQUARTERS) as session:
        close_incident(session, incident_id, version=1)
    with pytest.raises(errors.IncidentNotOpen):
        confirm(workspace, closure, 1)
    with pytest.raises(errors.IncidentNotOpen):
        state(workspace)


def test_the_gravest_in_force_come_first_then_what_begins_later_then_what_is_over(
    workspace: Workspace, incident_id: UUID
) -> None:
    over, caution, later, closed = (
        state(workspace, grade, from_at=from_at).id
        for grade, from_at in (
            (ClosureGrade.CLOSED, None), (ClosureGrade.CAUTION, NOON - HOUR),
            (ClosureGrade.CLOSED, NOON + HOUR), (ClosureGrade.CLOSED, None),
        )
    )  # fmt: skip
    lift(workspace, over, 1)
    with workspace.reading() as session:
        found = closures(session, incident_id, as_of=NOON)
    assert [(one.closure_id, one.is_in_force) for one in found] == [
        (closed, True), (caution, True), (later, False), (over, False),
    ]  # fmt: skip


def test_a_past_moment_tells_what_stood_then(
    workspace: Workspace, incident_id: UUID, clock: FixedClock
) -> None:
    closure = state(workspace).id
    clock.moment = NOON + 3 * HOUR
    change(workspace, closure, 1, ClosureGrade.ONE_LANE, observed_at=NOON + HOUR)
    lift(workspace, closure, 2)

    def stood(at: datetime, known_at: datetime | None = None) -> tuple[str, bool]:
        with workspace.reading() as session:
            (one,) = closures(session, incident_id, as_of=at, known_at=known_at)
        return one.grade, one.is_in_force

    assert stood(NOON + HOUR) == ("closed", True)
    assert stood(NOON + HOUR, clock.moment) == ("one_lane", True)
    assert stood(clock.moment) == ("one_lane", False)
