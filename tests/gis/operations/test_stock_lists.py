"""A stock list is a count of what it names: against the ledger, each thing once."""

from datetime import date, timedelta
from time import perf_counter
from uuid import UUID

import pytest

from gis import errors
from gis.operations.ledger import Lot
from gis.operations.stock_list_places import SEVERAL_PLACES, UNKNOWN_ID, UNKNOWN_PLACE
from gis.operations.stock_list_plan import CountState
from gis.operations.stock_lists import (
    INCOMPLETE,
    SAID_TWICE,
    SEVERAL_MOMENTS,
    import_stock_list,
)
from gis.queries.stocks import movements, places
from gis.store import Workspace
from gis.text import Language
from gis.vocabulary import MovementKind, PlaceKind, Source
from tests.conftest import HEADQUARTERS, NOON, FixedClock, MakeShelter
from tests.gis.conftest import Ask, as_owner
from tests.gis.operations.test_stocks import DIFFERS
from tests.gis.stock_listing import Listing, read, reasons, stock_csv
from tests.gis.supplying import BLANKET, WATER, Supplying

pytestmark = pytest.mark.usefixtures("city")

HUNDRED = {"場所": "北部拠点", "品目": "飲料水", "数量": "100"}
LOT_A = HUNDRED | {"数量": "60", "ロット": "A", "期限": "2027-03-31"}
LOT_B = HUNDRED | {"数量": "40", "ロット": "B", "期限": "2028-03-31"}


@pytest.fixture
def supplying(workspace: Workspace) -> Supplying:
    return Supplying(workspace)


@pytest.fixture
def listing(workspace: Workspace) -> Listing:
    return Listing(workspace)


@pytest.fixture
def depot(supplying: Supplying) -> UUID:
    return supplying.depot("北部拠点")


def test_a_preview_says_what_would_change_and_changes_nothing(
    listing: Listing, supplying: Supplying, depot: UUID
) -> None:
    supplying.count(depot, 120)
    (count,) = listing.preview(HUNDRED).counts
    assert (count.place, count.ledger, count.found, count.difference) == (
        "北部拠点", 120, 100, -20
    )  # fmt: skip
    assert supplying.quantity(depot) == 120


def test_a_difference_is_a_correction_with_the_name_of_the_file(
    listing: Listing, supplying: Supplying, depot: UUID, workspace: Workspace
) -> None:
    supplying.count(depot, 120)
    listing.rows(HUNDRED | {"備考": "棚が1つ空"})
    with workspace.reading() as session:
        last = next(line for line in movements(session) if line.kind is MovementKind.CORRECTED)
    assert (last.quantity, last.counted, last.source) == (20, 100, Source.FILE)
    assert last.reason == "在庫一覧の取り込み：stock.csv\n棚が1つ空"
    assert supplying.quantity(depot) == 100


def test_the_same_list_again_changes_nothing(
    listing: Listing, supplying: Supplying, depot: UUID, clock: FixedClock, ask: Ask
) -> None:
    listing.rows(LOT_A, LOT_B)
    clock.moment += timedelta(hours=1)
    supplying.tell("use", depot, 30)
    again = listing.rows(LOT_B, LOT_A)
    assert [count.state for count in again.counts] == [CountState.KNOWN]
    assert again.writes == ()
    assert supplying.quantity(depot) == 70
    assert ask(DIFFERS) == []


def test_the_rows_of_an_item_are_its_lots_and_a_lot_that_is_missing_is_gone(
    listing: Listing, supplying: Supplying, depot: UUID
) -> None:
    supplying.count(depot, {Lot("A", date(2027, 3, 31)): 10, Lot("C"): 5})
    listing.rows(LOT_A, LOT_B)
    assert [(line.lot, line.expires_on, line.quantity) for line in supplying.lots(depot)] == [
        ("A", date(2027, 3, 31), 60),
        ("B", date(2028, 3, 31), 40),
    ]
    assert supplying.quantity(depot) == 100


def test_a_total_without_lots_leaves_the_lots_that_are_known(
    listing: Listing, supplying: Supplying, depot: UUID
) -> None:
    listing.rows(LOT_A, LOT_B)
    listing.rows(HUNDRED | {"数量": "90"})
    assert [(line.lot, line.quantity) for line in supplying.lots(depot)] == [("A", 50), ("B", 40)]


def test_a_count_holds_as_of_its_day(
    listing: Listing, supplying: Supplying, depot: UUID, clock: FixedClock
) -> None:
    supplying.count(depot, 120)
    clock.moment += timedelta(days=2)
    supplying.tell("use", depot, 30)
    listing.rows(HUNDRED | {"基準日": "2026-09-02"})
    assert supplying.quantity(depot) == 70


def test_a_count_older_than_the_last_one_changes_nothing(
    listing: Listing, supplying: Supplying, depot: UUID
) -> None:
    supplying.count(depot, 120)
    plan = listing.rows(HUNDRED | {"基準日": "2026-08-01"})
    assert [count.state for count in plan.counts] == [CountState.OLDER]
    assert supplying.quantity(depot) == 120


def test_a_count_that_cannot_be_by_what_left_since_is_refused_alone(
    listing: Listing, supplying: Supplying, depot: UUID, clock: FixedClock
) -> None:
    supplying.tell("receive", depot, 100)
    clock.moment += timedelta(days=2)
    supplying.tell("use", depot, 90)
    plan = listing.rows(
        HUNDRED | {"数量": "5", "基準日": "2026-09-02"},
        HUNDRED | {"品目": "毛布", "数量": "7", "基準日": "2026-09-02"},
    )
    assert "less would be there than nothing" in reasons(plan)[2]
    assert (supplying.quantity(depot), supplying.quantity(depot, BLANKET)) == (10, 7)


def test_a_lot_said_twice_is_told_and_never_summed_up(
    listing: Listing, supplying: Supplying, depot: UUID
) -> None:
    plan = listing.rows(LOT_A, LOT_A, LOT_B)
    assert reasons(plan) == {2: SAID_TWICE, 3: SAID_TWICE, 4: INCOMPLETE}
    assert supplying.quantity(depot) == 0


@pytest.mark.parametrize("cell", ["", "-3", "3パレット"])
def test_where_one_lot_cannot_be_taken_the_others_are_not_the_whole(
    listing: Listing, supplying: Supplying, depot: UUID, cell: str
) -> None:
    supplying.count(depot, 80)
    plan = listing.rows(LOT_A, LOT_B | {"数量": cell}, LOT_A | {"品目": "毛布"})
    assert reasons(plan) == {2: INCOMPLETE}
    assert (supplying.quantity(depot), supplying.quantity(depot, BLANKET)) == (80, 60)


def test_lots_of_several_days_are_no_count(listing: Listing, depot: UUID) -> None:
    assert depot
    plan = listing.rows(LOT_A | {"基準日": "2026-08-01"}, LOT_B | {"基準日": "2026-08-02"})
    assert set(reasons(plan).values()) == {SEVERAL_MOMENTS}


def test_a_day_to_come_is_refused_with_its_sentence(listing: Listing, depot: UUID) -> None:
    assert depot
    plan = listing.rows(HUNDRED | {"基準日": "2026-12-01"})
    assert reasons(plan)[2].startswith(
        "The moment of observation (2026-12-01T00:00:00+09:00) lies in"
    )


def test_places_go_by_their_id_or_by_their_name_in_any_spelling(
    listing: Listing, supplying: Supplying, make_shelter: MakeShelter, owner_url: str
) -> None:
    school, hall = make_shelter("鶴嶺小学校"), make_shelter("第一体育館")
    with as_owner(owner_url) as store:
        store.execute(
            "INSERT INTO designation (shelter_id, kind, common_id)"
            " VALUES (%s, 'designated_shelter', 'E1420700001111')",
            (school,),
        )
    listing.rows(
        HUNDRED | {"場所": "", "共通ID": "Ｅ１４２０７００００１１１１"},
        HUNDRED | {"場所": "第１体育館"},
        HUNDRED | {"場所": "E1420700001111", "品目": "毛布"},
        HUNDRED | {"場所": "茅ヶ崎市立第1体育館", "品目": "毛布"},
    )
    assert [supplying.quantity(place) for place in (school, hall)] == [100, 100]
    assert [supplying.quantity(place, BLANKET) for place in (school, hall)] == [100, 100]


def test_a_place_that_nobody_knows_or_that_several_may_be_is_refused(
    listing: Listing, make_shelter: MakeShelter, ask: Ask
) -> None:
    make_shelter("体育館")
    make_shelter("体育館")
    plan = listing.rows(
        HUNDRED | {"場所": "体育館"},
        HUNDRED | {"場所": "西部倉庫"},
        HUNDRED | {"場所": "体育館", "共通ID": "E1420700009911"},
    )
    assert reasons(plan) == {2: SEVERAL_PLACES, 3: UNKNOWN_PLACE, 4: UNKNOWN_ID}
    assert plan.unknown_places == ("西部倉庫",)
    assert ask("SELECT count(*) FROM movement") == [(0,)]


def test_the_kind_tells_a_depot_from_a_shelter_of_the_same_name(
    listing: Listing, supplying: Supplying, make_shelter: MakeShelter
) -> None:
    shelter, depot = make_shelter("体育館"), supplying.depot("体育館")
    plan = listing.rows(
        HUNDRED | {"場所": "体育館", "種別": "物資拠点"},
        HUNDRED | {"場所": "体育館", "種別": "避難所", "数量": "7"},
    )
    assert reasons(plan) == {}
    assert (supplying.quantity(depot), supplying.quantity(shelter)) == (100, 7)


def test_unknown_places_become_depots_when_a_person_says_so(
    listing: Listing, workspace: Workspace, supplying: Supplying
) -> None:
    listed = (HUNDRED | {"場所": "西部倉庫"}, HUNDRED | {"場所": "西部 倉庫", "品目": "毛布"})
    assert listing.preview(*listed, adds_depots=True).new_depots == ("西部倉庫",)
    bad = HUNDRED | {"場所": "東部倉庫", "数量": "-1"}
    for new in (("西部倉庫",), ()):
        plan = listing.rows(*listed, bad, adds_depots=True)
        assert plan.new_depots == new
    with workspace.reading() as session:
        (place,) = places(session)
    assert (place.name, place.kind, place.lon) == ("西部倉庫", PlaceKind.DEPOT, None)
    assert (supplying.quantity(place.id), supplying.quantity(place.id, BLANKET)) == (100, 100)


def test_without_a_reason_nothing_is_taken_in(workspace: Workspace, depot: UUID) -> None:
    assert depot
    with workspace.transaction(HEADQUARTERS) as session, pytest.raises(errors.ReasonMissing):
        import_stock_list(session, read(stock_csv(HUNDRED)), Language.EN, reason=" ")


def test_what_is_invented_stays_marked(listing: Listing, supplying: Supplying, depot: UUID) -> None:
    listing.take_in(read("場所,品目,数量（架空）\n北部拠点,飲料水,5\n".encode()))
    line = supplying.stock(depot, WATER)
    assert line
    assert (line.quantity, line.is_fictitious, line.counted_at) == (5, True, NOON)


def test_five_thousand_rows_are_taken_in_with_a_handful_of_statements(
    listing: Listing, supplying: Supplying, ask: Ask
) -> None:
    for number in range(50):
        supplying.depot(f"第{number}倉庫")
    rows = [
        HUNDRED | {"場所": f"第{place}倉庫", "品目": item, "ロット": f"L{lot}", "期限": "2027-03"}
        for place in range(50)
        for item in ("飲料水", "食料", "毛布", "粉ミルク", "液体ミルク")
        for lot in range(20)
    ]
    begun = perf_counter()
    plan = listing.rows(*rows)
    took = perf_counter() - begun
    assert (len(plan.counts), plan.problems) == (250, ())
    assert ask("SELECT count(*), sum(quantity) FROM stock_lot") == [(5000, 500_000)]
    assert ask(DIFFERS) == []
    # A second and a half where measured; row by row it would take minutes.
    assert took < 30
