"""Goods are asked for, approved, reserved, on the road and received; each box goes once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from uuid import UUID, uuid4

import pytest

from gis import errors
from gis.operations.dispatches import Load
from gis.operations.incidents import close_incident
from gis.operations.ledger import Lot
from gis.operations.register import join_shelters
from gis.operations.stock_places import close_place
from gis.operations.supply_requests import Decision, decide
from gis.queries.dispatches import dispatches
from gis.queries.stocks import movements
from gis.store import Workspace
from gis.vocabulary import DispatchStep, RequestAction, RequestState, Urgency
from tests.conftest import HEADQUARTERS, NOON, FixedClock, MakeShelter
from tests.gis.conftest import Ask
from tests.gis.operations.test_stocks import DIFFERS
from tests.gis.supplying import BLANKET, WATER, Supplying

pytestmark = pytest.mark.usefixtures("city", "incident_id")

OpenShelter = Callable[..., UUID]


@pytest.fixture
def supplying(workspace: Workspace) -> Supplying:
    return Supplying(workspace)


@pytest.fixture
def shelter(open_shelter: OpenShelter) -> UUID:
    return open_shelter()


@pytest.fixture
def depot(supplying: Supplying) -> UUID:
    depot = supplying.depot("中央拠点")
    supplying.count(depot, 100)
    supplying.count(depot, 40, BLANKET)
    return depot


def test_a_request_goes_all_the_way(supplying: Supplying, shelter: UUID, depot: UUID) -> None:
    request = supplying.ask(shelter, 30, urgency=Urgency.NOW, requester="避難所班", note="夕食まで")
    supplying.approve(request, 30)
    dispatch = supplying.reserve(depot, shelter, Load(WATER, 30, request), Load(BLANKET, 5))
    line = supplying.stock(depot)
    assert line
    assert (line.quantity, line.reserved, line.free) == (100, 30, 70)
    supplying.leave(dispatch, expected_at=NOON + timedelta(hours=1))
    (going,) = supplying.sent()
    assert (going.state, going.vehicle, going.team) == (DispatchStep.LEFT, "1号車", "輸送班")
    assert (going.origin, going.expected_at) == ("中央拠点", NOON + timedelta(hours=1))
    assert going.vehicle_id
    assert supplying.quantity(going.vehicle_id) == 30
    line = supplying.stock(depot)
    assert line
    assert (line.quantity, line.reserved) == (70, 0)
    supplying.arrive(dispatch, {WATER: 30, BLANKET: 5})
    assert supplying.quantity(shelter) == 30
    assert supplying.quantity(shelter, BLANKET) == 5
    assert supplying.quantity(going.vehicle_id) == 0
    (request_then,) = supplying.asked()
    assert (request_then.received, request_then.to_send, request_then.is_done) == (30, 0, True)
    (gone,) = supplying.sent()
    assert [(load.item_code, load.received) for load in gone.loads] == [(BLANKET, 5), (WATER, 30)]


def test_what_did_not_arrive_can_be_sent_once_more(
    supplying: Supplying, shelter: UUID, depot: UUID
) -> None:
    request = supplying.ask(shelter, 30)
    supplying.approve(request, 30)
    dispatch = supplying.reserve(depot, shelter, Load(WATER, 30, request))
    supplying.leave(dispatch)
    supplying.arrive(dispatch, {WATER: 20})
    (then,) = supplying.asked()
    assert (then.received, then.to_send, then.is_done) == (20, 10, False)
    (gone,) = supplying.sent()
    assert gone.vehicle_id
    assert supplying.quantity(gone.vehicle_id) == 10
    supplying.reserve(depot, shelter, Load(WATER, 10, request))
    assert supplying.asked()[0].to_send == 0


def test_a_request_is_split_over_places(supplying: Supplying, shelter: UUID, depot: UUID) -> None:
    other = supplying.depot()
    supplying.count(other, 50)
    request = supplying.ask(shelter, 120)
    supplying.approve(request, 110)
    supplying.reserve(depot, shelter, Load(WATER, 80, request))
    supplying.reserve(other, shelter, Load(WATER, 30, request))
    with pytest.raises(errors.MoreThanApproved):
        supplying.reserve(other, shelter, Load(WATER, 1, request))
    assert supplying.stock(other).reserved == 30  # type: ignore[union-attr]


def test_no_more_is_reserved_than_lies_there(
    supplying: Supplying, shelter: UUID, depot: UUID
) -> None:
    supplying.reserve(depot, shelter, Load(WATER, 60))
    with pytest.raises(errors.StockReserved):
        supplying.reserve(depot, shelter, Load(WATER, 41))
    with pytest.raises(errors.StockReserved):
        supplying.reserve(depot, shelter, Load(WATER, 10), Load("food", 1))
    assert supplying.stock(depot).reserved == 60  # type: ignore[union-attr]


def test_what_is_given_up_is_free(supplying: Supplying, shelter: UUID, depot: UUID) -> None:
    request = supplying.ask(shelter, 30)
    supplying.approve(request, 30)
    dispatch = supplying.reserve(depot, shelter, Load(WATER, 30, request))
    supplying.cancel(dispatch)
    assert supplying.stock(depot).reserved == 0  # type: ignore[union-attr]
    assert supplying.asked()[0].to_send == 30
    with pytest.raises(errors.DispatchStepImpossible):
        supplying.leave(dispatch, 2)


def test_what_was_reserved_and_taken_by_others_does_not_leave(
    supplying: Supplying, shelter: UUID, depot: UUID
) -> None:
    dispatch = supplying.reserve(depot, shelter, Load(WATER, 60))
    supplying.tell("use", depot, 50)
    with pytest.raises(errors.StockShort):
        supplying.leave(dispatch)
    supplying.cancel(dispatch)
    assert supplying.quantity(depot) == 50


def test_a_late_lorry_is_told(supplying: Supplying, shelter: UUID, depot: UUID) -> None:
    dispatch = supplying.reserve(depot, shelter, Load(WATER, 60))
    supplying.leave(dispatch, expected_at=NOON + timedelta(hours=1))
    (going,) = supplying.sent()
    assert [going.is_overdue(NOON + timedelta(hours=each)) for each in (1, 2)] == [False, True]
    supplying.delay(dispatch, NOON + timedelta(hours=5))
    (going,) = supplying.sent()
    assert (going.vehicle, going.team, going.is_overdue(NOON + timedelta(hours=2))) == (
        "1号車", "輸送班", False,
    )  # fmt: skip


def test_what_arrived_before_a_count_is_in_it(
    supplying: Supplying, shelter: UUID, depot: UUID, clock: FixedClock, ask: Ask
) -> None:
    request = supplying.ask(shelter, 30)
    supplying.approve(request, 30)
    dispatch = supplying.reserve(depot, shelter, Load(WATER, 30, request), Load(BLANKET, 5))
    supplying.leave(dispatch)
    clock.moment += timedelta(hours=2)
    supplying.count(shelter, 32)
    step_id, arrived_at = uuid4(), NOON + timedelta(hours=1)
    for is_new in (True, False):
        filed = supplying.arrive(
            dispatch, {WATER: 30, BLANKET: 5}, step_id=step_id, observed_at=arrived_at
        )
        assert filed.is_new == is_new
    assert (supplying.quantity(shelter), supplying.quantity(shelter, BLANKET)) == (32, 5)
    (gone,) = supplying.sent()
    assert gone.vehicle_id
    assert [load.received for load in gone.loads] == [5, 30]
    assert supplying.quantity(gone.vehicle_id) == 0
    assert supplying.asked()[0].is_done
    assert ask(DIFFERS) == []


def test_what_left_before_a_count_is_missing_in_it(
    supplying: Supplying, shelter: UUID, depot: UUID, clock: FixedClock, ask: Ask
) -> None:
    dispatch = supplying.reserve(depot, shelter, Load(WATER, 95))
    clock.moment += timedelta(hours=2)
    supplying.count(depot, 5, reason="積み出し")
    supplying.leave(dispatch, observed_at=NOON + timedelta(hours=1))
    (going,) = supplying.sent()
    assert going.vehicle_id
    supplying.count(going.vehicle_id, 0, reason="荷下ろし済み")
    supplying.arrive(dispatch, {WATER: 95}, observed_at=NOON + timedelta(hours=1))
    ends = (depot, going.vehicle_id, shelter)
    assert [supplying.quantity(place) for place in ends] == [5, 0, 95]
    assert ask(DIFFERS) == []


def test_what_keeps_a_count_as_it_was_is_not_taken_back(
    supplying: Supplying, shelter: UUID, depot: UUID, workspace: Workspace, clock: FixedClock
) -> None:
    dispatch = supplying.reserve(depot, shelter, Load(WATER, 30))
    supplying.leave(dispatch)
    clock.moment += timedelta(hours=2)
    supplying.count(shelter, 30)
    supplying.arrive(dispatch, {WATER: 30}, observed_at=NOON)
    with workspace.reading() as session:
        kept = [line for line in movements(session, place_id=shelter) if line.counted is None]
    assert len(kept) == 2
    for line in kept:
        with pytest.raises(errors.MovementOfDispatch):
            supplying.take_back(line.filing_id)


def left_aboard(supplying: Supplying, shelter: UUID, depot: UUID) -> UUID:
    """Send 30 of which 20 are received; return the vehicle that holds the rest."""
    dispatch = supplying.reserve(depot, shelter, Load(WATER, 30))
    supplying.leave(dispatch)
    supplying.arrive(dispatch, {WATER: 20})
    (gone,) = supplying.sent()
    assert gone.vehicle_id
    return gone.vehicle_id


def test_what_stayed_in_a_vehicle_is_sent_on_by_that_vehicle(
    supplying: Supplying, shelter: UUID, depot: UUID, ask: Ask
) -> None:
    vehicle = left_aboard(supplying, shelter, depot)
    onward = supplying.reserve(vehicle, depot, Load(WATER, 10))
    supplying.leave(onward)
    line = supplying.stock(vehicle)
    assert line
    assert (line.quantity, line.reserved, line.free) == (10, 10, 0)
    with pytest.raises(errors.StockReserved):
        supplying.reserve(vehicle, shelter, Load(WATER, 1))
    supplying.arrive(onward, {WATER: 7})
    line = supplying.stock(vehicle)
    assert line
    assert (line.quantity, line.reserved, supplying.quantity(depot)) == (3, 0, 77)
    assert next(one for one in supplying.sent() if one.id == onward).loads[0].received == 7
    assert ask(DIFFERS) == []


def test_what_stayed_in_a_vehicle_goes_on_in_another_one(
    supplying: Supplying, shelter: UUID, depot: UUID
) -> None:
    vehicle = left_aboard(supplying, shelter, depot)
    onward = supplying.reserve(vehicle, depot, Load(WATER, 10))
    supplying.leave(onward, vehicle="2号車")
    other = next(one.vehicle_id for one in supplying.sent() if one.id == onward)
    assert other
    assert (supplying.quantity(vehicle), supplying.quantity(other)) == (0, 10)
    supplying.arrive(onward, {WATER: 10})
    assert (supplying.quantity(other), supplying.quantity(depot)) == (0, 80)


def test_a_vehicle_gives_nothing_of_what_it_carries_for_others(
    supplying: Supplying, shelter: UUID
) -> None:
    dated, undated = supplying.depot("甲"), supplying.depot("乙")
    soon = Lot("", NOON.date() + timedelta(days=1))
    supplying.count(dated, {soon: 10})
    supplying.count(undated, 10)
    leftover = supplying.reserve(undated, shelter, Load(WATER, 10))
    supplying.leave(leftover)
    supplying.arrive(leftover, {})
    vehicle = supplying.sent()[0].vehicle_id
    assert vehicle
    others = supplying.reserve(dated, shelter, Load(WATER, 10))
    supplying.leave(others)
    with pytest.raises(errors.StockReserved):
        supplying.reserve(vehicle, shelter, Load(WATER, 11))
    onward = supplying.reserve(vehicle, shelter, Load(WATER, 10))
    supplying.leave(onward)
    supplying.arrive(onward, {WATER: 10})
    # What expires first is another dispatch's: it is still there for it.
    assert [line.expires_on for line in supplying.lots(vehicle)] == [soon.expires_on]
    supplying.arrive(others, {WATER: 10})
    assert (supplying.quantity(vehicle), supplying.quantity(shelter)) == (0, 20)


def test_each_step_follows_the_one_that_was_seen(
    supplying: Supplying, shelter: UUID, depot: UUID
) -> None:
    dispatch = supplying.reserve(depot, shelter, Load(WATER, 60))
    supplying.leave(dispatch)
    with pytest.raises(errors.DispatchChangedMeanwhile) as refused:
        supplying.cancel(dispatch)
    assert refused.value.facts["theirs"] is DispatchStep.LEFT
    with pytest.raises(errors.DispatchStepImpossible):
        supplying.cancel(dispatch, 2)
    with pytest.raises(errors.MoreThanSent):
        supplying.arrive(dispatch, {WATER: 61})
    with pytest.raises(errors.MoreThanSent):
        supplying.arrive(dispatch, {BLANKET: 1})
    with pytest.raises(errors.QuantityImpossible):
        supplying.arrive(dispatch, {WATER: -1})


def test_retries_change_nothing(supplying: Supplying, shelter: UUID, depot: UUID) -> None:
    ids = [uuid4() for _ in range(4)]
    for is_new in (True, False):
        assert supplying.ask(shelter, 30, id=ids[3]) == ids[3]
        dispatch = supplying.reserve(depot, shelter, Load(WATER, 60), sending_id=ids[0])
        assert supplying.leave(dispatch, step_id=ids[1]).is_new == is_new
        assert supplying.arrive(dispatch, {WATER: 60}, step_id=ids[2]).is_new == is_new
    assert len(supplying.sent()) == 1
    assert supplying.quantity(shelter) == 60
    with pytest.raises(errors.IdUsedForAnother):
        supplying.reserve(depot, shelter, Load(WATER, 61), sending_id=ids[0])
    with pytest.raises(errors.IdUsedForAnother):
        supplying.ask(shelter, 31, id=ids[3])


def test_nothing_goes_where_nobody_takes_it_in(
    supplying: Supplying,
    workspace: Workspace,
    make_shelter: MakeShelter,
    shelter: UUID,
    depot: UUID,
) -> None:
    closed = make_shelter("梅田中学校")
    with pytest.raises(errors.DestinationClosed):
        supplying.reserve(depot, closed, Load(WATER, 1))
    with pytest.raises(errors.DestinationClosed):
        supplying.ask(closed, 1)
    other = supplying.depot()
    with workspace.transaction(HEADQUARTERS) as session:
        close_place(session, other, version=1)
    with pytest.raises(errors.DestinationClosed):
        supplying.reserve(depot, other, Load(WATER, 1))
    with pytest.raises(errors.SamePlace):
        supplying.reserve(depot, depot, Load(WATER, 1))
    for loads in ((), (Load(WATER, 1), Load(WATER, 2))):
        with pytest.raises(errors.DispatchEmpty):
            supplying.reserve(depot, shelter, *loads)


def test_a_dispatch_serves_the_request_it_names(
    supplying: Supplying, open_shelter: OpenShelter, shelter: UUID, depot: UUID
) -> None:
    request = supplying.ask(shelter, 30)
    with pytest.raises(errors.RequestNotApproved):
        supplying.reserve(depot, shelter, Load(WATER, 30, request))
    supplying.approve(request, 30)
    other = open_shelter("梅田中学校")
    with pytest.raises(errors.RequestOfAnother):
        supplying.reserve(depot, other, Load(WATER, 30, request))
    with pytest.raises(errors.RequestOfAnother):
        supplying.reserve(depot, shelter, Load(BLANKET, 30, request))


def test_of_two_who_decide_the_second_learns_of_the_first(
    supplying: Supplying, workspace: Workspace, shelter: UUID
) -> None:
    request = supplying.ask(shelter, 30)
    supplying.approve(request, 20)
    with pytest.raises(errors.RequestChangedMeanwhile) as refused:
        supplying.approve(request, 30)
    assert refused.value.facts["theirs_quantity"] == 20
    refusing = Decision(uuid4(), RequestAction.REFUSED, reason=" ")
    with workspace.transaction(HEADQUARTERS) as session, pytest.raises(errors.ReasonMissing):
        decide(session, request, refusing, version=1)


def test_what_is_on_its_way_is_not_refused(
    supplying: Supplying, workspace: Workspace, shelter: UUID, depot: UUID
) -> None:
    request = supplying.ask(shelter, 30)
    supplying.approve(request, 30)
    supplying.reserve(depot, shelter, Load(WATER, 10, request))
    refusing = Decision(uuid4(), RequestAction.REFUSED, reason="不要")
    with pytest.raises(errors.MoreThanApproved), workspace.transaction(HEADQUARTERS) as session:
        decide(session, request, refusing, version=1)
    assert supplying.asked()[0].state is RequestState.APPROVED


def test_what_a_dispatch_moved_is_told_by_its_steps(
    supplying: Supplying, ask: Ask, shelter: UUID, depot: UUID
) -> None:
    supplying.leave(supplying.reserve(depot, shelter, Load(WATER, 60)))
    ((filing,),) = ask("SELECT DISTINCT filing_id FROM movement WHERE dispatch_id IS NOT NULL")
    with pytest.raises(errors.MovementOfDispatch):
        supplying.take_back(filing)


def test_what_was_on_the_road_then_is_told(
    supplying: Supplying, clock: FixedClock, shelter: UUID, depot: UUID
) -> None:
    dispatch = supplying.reserve(depot, shelter, Load(WATER, 60))
    clock.moment += timedelta(hours=1)
    supplying.leave(dispatch)
    clock.moment += timedelta(hours=1)
    supplying.arrive(dispatch, {WATER: 60})

    def then(hours: float) -> list[DispatchStep]:
        return [each.state for each in supplying.sent(NOON + timedelta(hours=hours))]

    assert [then(-1), then(0.5), then(1.5), then(2)] == [
        [], [DispatchStep.RESERVED], [DispatchStep.LEFT], [DispatchStep.ARRIVED],
    ]  # fmt: skip


def test_eight_at_once_serve_a_request_once(
    supplying: Supplying, ask: Ask, shelter: UUID, depot: UUID
) -> None:
    depots = [depot, *(supplying.depot() for _ in range(3))]
    for each in depots[1:]:
        supplying.count(each, 100)
    request = supplying.ask(shelter, 40)
    supplying.approve(request, 40)
    start = Barrier(8)

    def send(number: int) -> int:
        start.wait()
        sent = 0
        for _ in range(3):
            try:
                supplying.reserve(depots[number % 4], shelter, Load(WATER, 8, request))
            except errors.MoreThanApproved:
                continue
            sent += 8
        return sent

    with ThreadPoolExecutor(8) as workers:
        assert sum(workers.map(send, range(8))) == 40
    assert ask("SELECT allocated, approved FROM supply_request") == [(40, 40)]


def test_eight_at_once_send_each_box_once(
    supplying: Supplying, ask: Ask, shelter: UUID, depot: UUID
) -> None:
    start = Barrier(8)

    def send(number: int) -> int:
        start.wait()
        sent = 0
        for turn in range(4):
            try:
                dispatch = supplying.reserve(depot, shelter, Load(WATER, 7))
                supplying.leave(dispatch, vehicle=f"{number}号車")
                supplying.arrive(dispatch, {WATER: 7 - turn})
            except (errors.StockReserved, errors.StockShort):
                continue
            sent += 7
        return sent

    with ThreadPoolExecutor(8) as workers:
        sent = sum(workers.map(send, range(8)))
    assert sent == 98  # fourteen times seven of a hundred
    assert supplying.quantity(depot) == 2
    assert ask("SELECT sum(quantity) FROM stock WHERE item_code = %s", WATER) == [(100,)]
    assert ask(DIFFERS) == []


def test_what_is_past_its_date_is_not_reserved(
    supplying: Supplying, depot: UUID, shelter: UUID
) -> None:
    past = Lot("", NOON.date() - timedelta(days=1))
    supplying.count(depot, {Lot(): 30, past: 70}, reason="棚卸し")
    supplying.reserve(depot, shelter, Load(WATER, 20))
    with pytest.raises(errors.StockReserved):
        supplying.reserve(depot, shelter, Load(WATER, 11))
    dispatch = supplying.reserve(depot, shelter, Load(WATER, 10))
    supplying.leave(dispatch)
    assert {line.expires_on: line.quantity for line in supplying.lots(depot)}[past.expires_on] == 70


def test_who_is_joined_awaits_no_goods_and_asks_as_the_other_one(
    supplying: Supplying, workspace: Workspace, open_shelter: OpenShelter,
    make_shelter: MakeShelter, depot: UUID,
) -> None:  # fmt: skip
    made, listed = open_shelter("自治会館"), make_shelter("鶴嶺小学校")
    request = supplying.ask(made, 30)
    supplying.approve(request, 30)
    dispatch = supplying.reserve(depot, made, Load(WATER, 10, request))
    with pytest.raises(errors.GoodsUnderWay), workspace.transaction(HEADQUARTERS) as session:
        join_shelters(session, made, listed)
    supplying.leave(dispatch)
    supplying.arrive(dispatch, {WATER: 10})
    with workspace.transaction(HEADQUARTERS) as session:
        join_shelters(session, made, listed)
    assert supplying.quantity(listed) == 10
    (asked,) = supplying.asked()
    assert (asked.shelter_id, asked.to_send) == (listed, 20)
    supplying.reserve(depot, listed, Load(WATER, 20, request))


def test_closing_an_incident_frees_what_has_not_left(
    supplying: Supplying, workspace: Workspace, incident_id: UUID, depot: UUID, shelter: UUID
) -> None:
    supplying.reserve(depot, shelter, Load(WATER, 60))
    supplying.leave(supplying.reserve(depot, shelter, Load(WATER, 20)))
    with workspace.transaction(HEADQUARTERS) as session:
        close_incident(session, incident_id, version=1)
    line = supplying.stock(depot)
    assert line
    assert (line.quantity, line.reserved) == (80, 0)
    with workspace.reading() as session:
        states = {one.state for one in dispatches(session, incident_id)}
    assert states == {DispatchStep.CANCELLED, DispatchStep.LEFT}
