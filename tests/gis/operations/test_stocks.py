"""Stock is the sum of what came, went and was counted; nothing is there twice."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg.errors import CheckViolation

from gis import errors
from gis.operations.ledger import Lot
from gis.operations.register import join_shelters
from gis.queries.stocks import movements, stocks
from gis.store import Workspace
from gis.text import Language
from gis.vocabulary import MovementKind, PlaceKind
from tests.conftest import HEADQUARTERS, NOON, FixedClock, MakeShelter
from tests.gis.conftest import Ask, as_owner
from tests.gis.supplying import BLANKET, WATER, Supplying

pytestmark = pytest.mark.usefixtures("city")

SOON, LATER = Lot("A", date(2026, 10, 1)), Lot("B", date(2027, 10, 1))


@pytest.fixture
def supplying(workspace: Workspace) -> Supplying:
    return Supplying(workspace)


def test_what_comes_and_goes_adds_up(supplying: Supplying, make_shelter: MakeShelter) -> None:
    depot, shelter = supplying.depot(), make_shelter()
    supplying.tell("receive", depot, 100)
    supplying.move(depot, shelter, 30)
    supplying.tell("use", shelter, 12)
    assert (supplying.quantity(depot), supplying.quantity(shelter)) == (70, 18)


def test_of_what_nobody_counted_there_may_be_more(supplying: Supplying) -> None:
    depot = supplying.depot()
    supplying.tell("receive", depot, 100)
    line = supplying.stock(depot)
    assert line
    assert line.counted_at is None
    supplying.count(depot, 130)
    line = supplying.stock(depot)
    assert line
    assert (line.quantity, line.counted_at) == (130, NOON)


def test_nothing_leaves_that_is_not_there(supplying: Supplying) -> None:
    depot = supplying.depot()
    supplying.tell("receive", depot, 10)
    with pytest.raises(errors.StockShort) as refused:
        supplying.tell("use", depot, 11)
    assert refused.value.facts["there"] == 10
    assert supplying.quantity(depot) == 10


def test_the_database_itself_refuses_less_than_nothing(
    supplying: Supplying, ask: Ask, owner_url: str
) -> None:
    depot = supplying.depot()
    supplying.tell("receive", depot, 10)
    with as_owner(owner_url) as store, pytest.raises(CheckViolation) as refused:
        store.execute(
            "INSERT INTO movement (filing_id, number, kind, item_code, from_place_id, quantity,"
            " observed_at, source) VALUES (gen_random_uuid(), 1, 'used', %s, %s, 11, %s, 'other')",
            (WATER, depot, NOON),
        )
    assert refused.value.diag.constraint_name == "stock_lot_quantity_not_negative"
    assert ask("SELECT quantity FROM stock") == [(10,)]


def test_what_expires_first_goes_first(supplying: Supplying) -> None:
    depot = supplying.depot()
    supplying.tell("receive", depot, 10, lot=LATER)
    supplying.tell("receive", depot, 10, lot=SOON)
    supplying.tell("receive", depot, 10)
    supplying.tell("use", depot, 15)
    assert [(line.lot, line.quantity) for line in supplying.lots(depot)] == [("B", 5), ("", 10)]


def test_of_a_lot_that_is_named_others_stay(supplying: Supplying) -> None:
    depot = supplying.depot()
    supplying.tell("receive", depot, 10, lot=LATER)
    supplying.tell("receive", depot, 10, lot=SOON)
    supplying.tell("expire", depot, 10, lot=LATER)
    assert [(line.lot, line.quantity) for line in supplying.lots(depot)] == [("A", 10)]


def test_a_count_that_differs_needs_a_reason_and_is_a_correction(
    supplying: Supplying, workspace: Workspace
) -> None:
    depot = supplying.depot()
    supplying.count(depot, 100)
    with pytest.raises(errors.CountNeedsReason) as refused:
        supplying.count(depot, 90)
    assert refused.value.facts["ledger"] == 100
    supplying.count(depot, 90, reason="数え直し")
    assert supplying.quantity(depot) == 90
    with workspace.reading() as session:
        told = [(line.kind, line.quantity, line.counted) for line in movements(session)]
    assert sorted(told) == [
        (MovementKind.CORRECTED, 10, 90),
        (MovementKind.COUNTED, 100, 100),
    ]


def test_a_count_that_agrees_is_remembered(supplying: Supplying, clock: FixedClock) -> None:
    depot = supplying.depot()
    supplying.count(depot, 100)
    clock.moment += timedelta(hours=1)
    supplying.count(depot, 100)
    line = supplying.stock(depot)
    assert line
    assert (line.quantity, line.counted_at) == (100, NOON + timedelta(hours=1))


def test_a_count_lot_by_lot_says_what_is_gone(supplying: Supplying) -> None:
    depot = supplying.depot()
    supplying.count(depot, {SOON: 10, LATER: 20})
    supplying.count(depot, {LATER: 25}, reason="棚卸し")
    assert [(line.lot, line.quantity) for line in supplying.lots(depot)] == [("B", 25)]


def test_none_is_counted_as_none(supplying: Supplying) -> None:
    depot = supplying.depot()
    supplying.count(depot, 0)
    line = supplying.stock(depot)
    assert line
    assert (line.quantity, line.counted_at) == (0, NOON)


def test_a_count_holds_at_its_moment_and_what_moved_since_stays(
    supplying: Supplying, clock: FixedClock
) -> None:
    depot = supplying.depot()
    supplying.count(depot, 100)
    clock.moment += timedelta(hours=2)
    supplying.tell("use", depot, 30)
    # Counted an hour before the use, told after it.
    supplying.count(depot, 90, observed_at=NOON + timedelta(hours=1), reason="数え直し")
    assert supplying.quantity(depot) == 60


def test_a_count_older_than_the_last_one_changes_nothing(
    supplying: Supplying, clock: FixedClock
) -> None:
    depot = supplying.depot()
    clock.moment += timedelta(hours=2)
    supplying.count(depot, 50)
    supplying.count(depot, 80, observed_at=NOON + timedelta(hours=1))
    assert supplying.quantity(depot) == 50


def test_what_was_told_by_mistake_is_taken_back_once(supplying: Supplying) -> None:
    depot = supplying.depot()
    supplying.count(depot, 100)
    wrong = supplying.tell("use", depot, 60).id
    back = uuid4()
    for is_new in (True, False):
        assert supplying.take_back(wrong, back_id=back).is_new == is_new
    assert supplying.quantity(depot) == 100
    with pytest.raises(errors.MovementTakenBack):
        supplying.take_back(wrong)
    with pytest.raises(errors.ReasonMissing):
        supplying.take_back(wrong, reason=" ")
    with pytest.raises(errors.NotFound):
        supplying.take_back(uuid4())


def test_a_count_that_is_taken_back_was_none(supplying: Supplying) -> None:
    depot = supplying.depot()
    supplying.tell("receive", depot, 5)
    counted = supplying.count(depot, 8).id
    supplying.take_back(counted)
    line = supplying.stock(depot)
    assert line
    assert (line.quantity, line.counted_at) == (5, None)


def test_what_was_counted_since_is_not_taken_back(supplying: Supplying, clock: FixedClock) -> None:
    depot = supplying.depot()
    wrong = supplying.tell("receive", depot, 50).id
    clock.moment += timedelta(hours=1)
    supplying.count(depot, 75)
    with pytest.raises(errors.CountedSince):
        supplying.take_back(wrong)
    assert supplying.quantity(depot) == 75


def test_what_came_by_mistake_and_has_left_is_not_taken_back(supplying: Supplying) -> None:
    depot = supplying.depot()
    wrong = supplying.tell("receive", depot, 10).id
    supplying.tell("use", depot, 4)
    with pytest.raises(errors.StockShort):
        supplying.take_back(wrong)
    assert supplying.quantity(depot) == 6


def test_a_retry_changes_nothing_and_another_content_is_refused(supplying: Supplying) -> None:
    depot, other = supplying.depot(), supplying.depot()
    ids = [uuid4() for _ in range(4)]
    for is_new in (True, False):
        assert supplying.tell("receive", depot, 10, id=ids[0]).is_new == is_new
        assert supplying.tell("use", depot, 3, id=ids[1]).is_new == is_new
        assert supplying.move(depot, other, 2, id=ids[2]).is_new == is_new
        assert supplying.count(depot, 5, id=ids[3]).is_new == is_new
    assert supplying.quantity(depot) == 5
    with pytest.raises(errors.IdUsedForAnother):
        supplying.tell("receive", depot, 11, id=ids[0])
    with pytest.raises(errors.IdUsedForAnother):
        supplying.tell("use", depot, 3, id=ids[0])
    with pytest.raises(errors.IdUsedForAnother):
        supplying.count(depot, 6, id=ids[3])


@pytest.mark.parametrize("quantity", [0, -1, 100_000_000])
def test_a_quantity_that_cannot_be_is_refused(supplying: Supplying, quantity: int) -> None:
    depot = supplying.depot()
    for verb in ("receive", "use", "expire"):
        with pytest.raises(errors.QuantityImpossible):
            supplying.tell(verb, depot, quantity)
    with pytest.raises(errors.QuantityImpossible):
        supplying.count(depot, quantity or -1)


def test_what_is_past_its_date_is_asked_about(supplying: Supplying) -> None:
    depot = supplying.depot()
    past = Lot("", NOON.date() - timedelta(days=1))
    with pytest.raises(errors.ExpiredAlready):
        supplying.tell("receive", depot, 10, lot=past)
    supplying.tell("receive", depot, 10, lot=past, confirmed=frozenset({"expired-already"}))
    supplying.tell("receive", depot, 10, lot=Lot("", NOON.date()))
    assert supplying.quantity(depot) == 20


def test_goods_go_to_another_place(supplying: Supplying) -> None:
    depot = supplying.depot()
    supplying.tell("receive", depot, 10)
    with pytest.raises(errors.SamePlace):
        supplying.move(depot, depot, 1)
    with pytest.raises(errors.NotFound):
        supplying.move(depot, uuid4(), 1)
    with pytest.raises(errors.NotFound):
        supplying.tell("receive", depot, 10, item="gold")


def test_two_depots_have_two_names(supplying: Supplying) -> None:
    supplying.depot("北部拠点")
    supplying.depot("北部拠点", PlaceKind.VEHICLE)
    with pytest.raises(errors.PlaceNameTaken):
        supplying.depot("北部拠点")


def test_the_past_is_told_as_it_was_known(
    supplying: Supplying, workspace: Workspace, clock: FixedClock
) -> None:
    depot = supplying.depot()
    supplying.count(depot, 100)
    clock.moment += timedelta(hours=2)
    wrong = supplying.tell("use", depot, 30, observed_at=NOON + timedelta(hours=1)).id
    clock.moment += timedelta(hours=2)
    supplying.take_back(wrong)

    def then(hours: int, known: int) -> list[int]:
        at, known_at = NOON + timedelta(hours=hours), NOON + timedelta(hours=known)
        with workspace.reading() as session:
            lines = stocks(session, as_of=at, known_at=known_at)
        return [line.quantity for line in lines]

    assert [then(0, 1), then(1, 1), then(1, 2), then(1, 4)] == [[100], [100], [70], [100]]


def test_what_lies_in_a_shelter_goes_with_it_when_it_is_joined(
    supplying: Supplying, workspace: Workspace, make_shelter: MakeShelter
) -> None:
    school, gym = make_shelter(), make_shelter("鶴嶺小学校 体育館")
    supplying.count(school, 10)
    supplying.count(gym, {SOON: 5, LATER: 7})
    with workspace.transaction(HEADQUARTERS) as session:
        join_shelters(session, gym, school)
    assert supplying.quantity(school) == 22
    supplying.tell("use", gym, 20)
    assert [(line.lot, line.quantity) for line in supplying.lots(school)] == [("", 2)]
    with workspace.reading() as session:
        told = [movements(session, place_id=place) for place in (school, gym)]
    # Two lots were counted in the one and one in the other, two were moved, three were used.
    assert [len(lines) for lines in told] == [8, 8]


def test_what_happened_before_a_count_is_in_it(supplying: Supplying, clock: FixedClock) -> None:
    depot = supplying.depot()
    supplying.count(depot, 75)
    clock.moment += timedelta(hours=1)
    for verb in ("use", "receive", "expire"):
        with pytest.raises(errors.CountedSince):
            supplying.tell(verb, depot, 10, observed_at=NOON - timedelta(hours=1))
    assert supplying.quantity(depot) == 75


def test_what_was_moved_before_a_count_of_either_place_is_in_it(
    supplying: Supplying, clock: FixedClock
) -> None:
    counted, other = supplying.depot("拠点 1"), supplying.depot("拠点 2")
    for depot in (counted, other):
        supplying.tell("receive", depot, 100)
    clock.moment += timedelta(hours=1)
    supplying.count(counted, 75, reason="積み出し")
    for origin, destination in ((counted, other), (other, counted)):
        with pytest.raises(errors.CountedSince) as refused:
            supplying.move(origin, destination, 10, observed_at=NOON)
        assert "拠点 1" in refused.value.explain(Language.EN)
    supplying.move(counted, other, 10, observed_at=NOON + timedelta(hours=1))
    assert (supplying.quantity(counted), supplying.quantity(other)) == (65, 110)


def test_nobody_is_sent_what_is_past_its_date(supplying: Supplying) -> None:
    depot, other = supplying.depot(), supplying.depot()
    past = Lot("", NOON.date() - timedelta(days=1))
    supplying.count(depot, {Lot(): 10, past: 90})
    with pytest.raises(errors.StockShort):
        supplying.move(depot, other, 11)
    supplying.move(depot, other, 10)
    assert [line.expires_on for line in supplying.lots(depot)] == [past.expires_on]


def test_what_is_invented_stays_so_wherever_it_goes(supplying: Supplying) -> None:
    depot, other = supplying.depot(), supplying.depot()
    supplying.count(depot, 10, is_fictitious=True)
    supplying.move(depot, other, 5)
    line = supplying.stock(other)
    assert line
    assert line.is_fictitious


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["receive", "use", "expire", "move", "count", "back"]),
        st.integers(0, 2),
        st.integers(0, 2),
        st.sampled_from([WATER, BLANKET]),
        st.integers(1, 40),
        st.sampled_from([None, SOON, LATER]),
    ),
    max_size=25,
)


@given(steps=STEPS, twice=st.booleans(), data=st.data())
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_stock_is_the_sum_of_movements_in_any_order_and_with_any_retry(
    supplying: Supplying,
    ask: Ask,
    steps: Sequence[tuple[str, int, int, str, int, Lot | None]],
    twice: bool,  # noqa: FBT001
    data: st.DataObject,
) -> None:
    depots = [supplying.depot() for _ in range(3)]
    filed: list[UUID] = []
    for verb, origin, destination, item, quantity, lot in steps:
        filing = uuid4()
        wrong = data.draw(st.sampled_from(filed)) if verb == "back" and filed else None
        for _ in range(1 + twice):
            try:
                if verb == "move":
                    supplying.move(depots[origin], depots[destination], quantity, item, id=filing)
                elif verb == "count":
                    supplying.count(depots[origin], quantity, item, id=filing, reason="数え直し")
                elif wrong:
                    supplying.take_back(wrong, back_id=filing)
                elif verb != "back":
                    supplying.tell(verb, depots[origin], quantity, item, lot, id=filing)
                filed += [filing] if verb != "back" else []
            except (errors.StockShort, errors.SamePlace, errors.MovementTakenBack):
                pass
    assert ask(DIFFERS) == []


DIFFERS = """
WITH summed AS (
    SELECT w.place_id, m.item_code, m.lot, m.expires_on, sum(w.sign * m.quantity) AS quantity
    FROM movement m
    CROSS JOIN LATERAL (VALUES (m.from_place_id, -1), (m.to_place_id, 1)) AS w (place_id, sign)
    WHERE w.place_id IS NOT NULL
    GROUP BY 1, 2, 3, 4
)
(SELECT place_id, item_code, lot, expires_on, quantity FROM summed WHERE quantity <> 0
 EXCEPT SELECT place_id, item_code, lot, expires_on, quantity FROM stock_lot)
UNION ALL
(SELECT place_id, item_code, lot, expires_on, quantity FROM stock_lot WHERE quantity <> 0
 EXCEPT SELECT place_id, item_code, lot, expires_on, quantity FROM summed)
UNION ALL
(SELECT place_id, item_code, NULL::text, NULL::date, sum(quantity) FROM summed GROUP BY 1, 2
 EXCEPT SELECT place_id, item_code, NULL::text, NULL::date, quantity FROM stock)
UNION ALL
SELECT place_id, item_code, lot, expires_on, quantity FROM stock_lot WHERE quantity < 0
"""


def test_eight_at_once_take_no_box_twice(supplying: Supplying, ask: Ask) -> None:
    depot = supplying.depot()
    shelters = [supplying.depot() for _ in range(8)]
    supplying.tell("receive", depot, 20)
    start = Barrier(8)

    def carry(number: int) -> int:
        start.wait()
        taken = 0
        for _ in range(5):
            try:
                supplying.move(depot, shelters[number], 1)
            except errors.StockShort:
                continue
            taken += 1
        return taken

    with ThreadPoolExecutor(8) as workers:
        taken = sum(workers.map(carry, range(8)))
    assert taken == 20
    assert supplying.quantity(depot) == 0
    assert ask(DIFFERS) == []
