"""The board says what the summary says, and how each shelter went."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

from gis.config import city_profile
from gis.occupancy import Tally, Trend, change_since
from gis.operations.assignments import assign
from gis.operations.conditions import ConditionReportIn, ConditionSaid, report_condition
from gis.operations.openings import change_state
from gis.queries.conditions import Lack, Need, Wants
from gis.queries.incidents import open_incident_or_refuse
from gis.queries.shelters import shelter_statuses
from gis.reports import compile_summary
from gis.reports.board import Board, BoardLine, compile_board
from gis.store import Workspace
from gis.vocabulary import Crowding, ShelterState, SupplyState
from tests.conftest import HEADQUARTERS, NOON, FixedClock, MakeShelter
from tests.gis.conftest import Count

CITY = city_profile("142077")
INTERVAL = timedelta(minutes=CITY.reporting[0].interval_minutes)
OpenShelter = Callable[..., UUID]


def board(workspace: Workspace) -> Board:
    with workspace.reading() as session:
        incident = open_incident_or_refuse(session)
        return compile_board(session, CITY, incident, as_of=workspace.clock.now())


def trend(*counts: tuple[int, int]) -> Trend:
    return Trend(*zip(*counts, strict=True)) if counts else Trend()


def line(workspace: Workspace, shelter_id: UUID) -> BoardLine:
    return next(each for each in board(workspace).lines if each.status.id == shelter_id)


def turn(workspace: Workspace, incident_id: UUID, shelter_id: UUID, state: ShelterState) -> None:
    with workspace.transaction(HEADQUARTERS) as session:
        statuses = shelter_statuses(session, incident_id, as_of=workspace.clock.now())
        (it,) = [status for status in statuses if status.id == shelter_id]
        assert it.opening_id is not None
        assert it.opening_version is not None
        change_state(session, it.opening_id, state, version=it.opening_version)


def test_totals_know_what_they_could_not_add(
    workspace: Workspace, open_shelter: OpenShelter, count: Count
) -> None:
    count(open_shelter("甲", capacity=100), 144, households=50)
    count(open_shelter("乙", capacity=100), 30)
    count(open_shelter("丙", capacity=None), 5)
    open_shelter("丁", capacity=100)
    found = board(workspace)
    assert found.persons == Tally(179, 1)
    assert found.households == Tally(50, 3)
    assert found.free_places == Tally(70, 2)
    assert found.persons_over_capacity == Tally(44, 2)
    assert (found.open_count, found.registered) == (4, 4)


def test_people_of_a_shelter_whose_state_nobody_knows_are_missed_and_asked_for(
    workspace: Workspace,
    incident_id: UUID,
    open_shelter: OpenShelter,
    count: Count,
    clock: FixedClock,
) -> None:
    adrift = open_shelter("甲", capacity=100)
    count(adrift, 80)
    count(open_shelter("乙", capacity=100), 5)
    clock.moment += timedelta(minutes=10)
    turn(workspace, incident_id, adrift, ShelterState.UNKNOWN)
    found = board(workspace)
    assert (found.persons, found.free_places) == (Tally(5, 1), Tally(95, 0))
    it = line(workspace, adrift)
    assert (it.stale_at, it.escalates_at) == (clock.moment, clock.moment + 2 * INTERVAL)
    with workspace.reading() as session:
        summary = compile_summary(
            session, incident_id, CITY, as_of=workspace.clock.now(), is_drill=False
        )
    assert summary.persons == found.persons
    assert [one.id for one in summary.stale_shelters] == [adrift]


def test_board_and_summary_agree(
    workspace: Workspace, incident_id: UUID, open_shelter: OpenShelter, count: Count
) -> None:
    count(open_shelter("甲", capacity=100), 144)
    open_shelter("乙", capacity=None)
    turn(workspace, incident_id, open_shelter("丙"), ShelterState.CLOSED)
    found = board(workspace)
    with workspace.reading() as session:
        summary = compile_summary(session, incident_id, CITY, as_of=NOON, is_drill=False)
    assert (found.persons, found.households, found.free_places, found.persons_over_capacity) == (
        summary.persons, summary.households, summary.free_places, summary.persons_over_capacity
    )  # fmt: skip
    assert found.registered == summary.shelters_registered
    assert found.open_count == len(summary.open_shelters)


def test_only_what_is_open_is_added_and_the_other_states_are_counted(
    workspace: Workspace,
    incident_id: UUID,
    open_shelter: OpenShelter,
    make_shelter: MakeShelter,
    count: Count,
) -> None:
    make_shelter("未開設")
    for state in (ShelterState.UNKNOWN, ShelterState.PREPARING, ShelterState.CLOSED):
        shelter_id = open_shelter(state.value)
        count(shelter_id, 10)
        turn(workspace, incident_id, shelter_id, state)
    found = board(workspace)
    assert found.persons == Tally(None, 1)
    assert [each.status.state for each in found.lines] == [
        ShelterState.UNKNOWN, ShelterState.PREPARING, ShelterState.CLOSED
    ]  # fmt: skip
    assert (found.open_count, found.count(ShelterState.PREPARING), found.registered) == (0, 1, 4)
    assert all(each.crowding is None for each in found.lines)
    assert [each.stale_at for each in found.lines] == [NOON, None, None]


def test_the_fullest_come_first_and_an_unknown_one_among_the_crowded(
    workspace: Workspace, open_shelter: OpenShelter, count: Count
) -> None:
    for name, persons in (("空き", 10), ("混雑", 79), ("満", 95)):
        count(open_shelter(name, capacity=100), persons)
    open_shelter("不明")
    assert [each.status.name for each in board(workspace).lines] == ["満", "不明", "混雑", "空き"]


def test_a_figure_grows_old_after_the_interval_and_is_escalated_after_two(
    workspace: Workspace, open_shelter: OpenShelter, count: Count
) -> None:
    shelter_id = open_shelter(capacity=100)
    count(shelter_id, 70)
    found = line(workspace, shelter_id)
    assert found.crowding is Crowding.CROWDED
    assert found.stale_at == NOON + INTERVAL
    assert found.escalates_at == NOON + 2 * INTERVAL


def test_an_open_shelter_without_a_figure_has_to_be_asked_at_once(
    workspace: Workspace, open_shelter: OpenShelter
) -> None:
    found = line(workspace, open_shelter())
    assert (found.crowding, found.stale_at) == (Crowding.UNKNOWN, NOON)
    assert found.escalates_at == NOON + 2 * INTERVAL


def test_the_trend_is_of_the_last_day_and_the_change_of_the_last_hour(
    workspace: Workspace, open_shelter: OpenShelter, count: Count, clock: FixedClock
) -> None:
    shelter_id = open_shelter()
    for hours, persons in ((0, 10), (20, 40), (25, 50), (25.5, 47)):
        clock.moment = NOON + timedelta(hours=hours)
        count(shelter_id, persons)
    found = line(workspace, shelter_id)
    assert [persons for _, persons in found.trend] == [40, 50, 47]
    assert found.change == 7


def test_a_change_is_known_only_between_a_count_then_and_a_count_since() -> None:
    then = NOON - timedelta(hours=1)
    second = int(then.timestamp())
    before, after = (second - 300, 40), (second + 300, 30)
    assert change_since(trend(before, after), then) == -10
    assert change_since(trend(before), then) is None
    assert change_since(trend(after), then) is None
    assert change_since(trend(), then) is None


def test_a_line_names_who_asks(
    workspace: Workspace, incident_id: UUID, open_shelter: OpenShelter
) -> None:
    shelter_id = open_shelter()
    with workspace.transaction(HEADQUARTERS) as session:
        assign(session, incident_id, shelter_id=shelter_id, assignee="第2班")
    found = line(workspace, shelter_id)
    assert (found.assignee, found.assigned_by_district) == ("第2班", False)


def test_what_a_shelter_wants_stands_on_its_line_until_it_is_closed(
    workspace: Workspace, incident_id: UUID, open_shelter: OpenShelter
) -> None:
    shelter_id, other = open_shelter("甲"), open_shelter("乙")
    said = ConditionSaid(needs="毛布", drinking_water=SupplyState.NOT_TODAY)
    with workspace.transaction(HEADQUARTERS) as session:
        report_condition(session, ConditionReportIn(uuid4(), shelter_id, said))
    lack = Lack("drinking_water", SupplyState.NOT_TODAY, NOON)
    wanted = Wants(Need("毛布", NOON), (lack,))
    assert line(workspace, shelter_id).wants == wanted
    assert line(workspace, other).wants == Wants()
    turn(workspace, incident_id, shelter_id, ShelterState.CLOSED)
    assert line(workspace, shelter_id).wants == Wants()
