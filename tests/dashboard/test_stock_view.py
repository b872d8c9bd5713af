"""The view of stock: what lies where, telling of it, taking back, and the places themselves."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from pandas import DataFrame
from streamlit.testing.v1 import AppTest

from dashboard.components.stock_where import Group
from dashboard.workspaces import Desk
from gis.config import city_profile
from gis.operations.city import load_city
from gis.operations.ledger import Lot
from gis.queries.stocks import MovementView, PlaceView, movements, places
from gis.store import SYSTEM
from gis.vocabulary import MovementKind, PlaceKind, Role
from tests.conftest import MakeShelter
from tests.dashboard.conftest import SignIn, visit
from tests.gis.supplying import BLANKET, WATER, Supplying

TELLING, NEW_PLACE = "stock-telling", "stock-place-new"
PAST = date(2026, 1, 31)


@pytest.fixture
def supplying(empty_desk: Desk) -> Supplying:
    """The ledger of a city of which nothing but its places and items is known yet."""
    with empty_desk.workspace.transaction(SYSTEM) as session:
        load_city(session, city_profile("142077"))
    return Supplying(empty_desk.workspace)


def look(*chosen: UUID, unfolded: str | None = None) -> AppTest:
    """Open the view, perhaps with a row chosen and a part unfolded."""
    app = visit("resources")
    app.session_state["resources-view"] = "stock"
    app.session_state["stock-chosen"] = list(chosen)
    if unfolded:
        app.session_state[f"{unfolded}-wanted"] = True
    return app.switch_page("app_pages/resources.py").run()


def key(app: AppTest, field: str, form: str = TELLING) -> str:
    filing = app.session_state[f"{form}-filing"]
    return f"{form}-{filing}-{field}"


def fill(app: AppTest, kind: MovementKind, item: str, quantity: int) -> None:
    app.segmented_control(f"{TELLING}-kind").set_value(kind).run()
    app.selectbox(key(app, "item")).set_value(item).run()
    app.number_input(key(app, "quantity")).set_value(quantity).run()


def press(app: AppTest, field: str = "file", form: str = TELLING) -> None:
    app.button(key(app, field, form)).click().run()
    assert not app.exception


def history(app: AppTest) -> DataFrame:
    return next(one.value for one in app.dataframe if "What happened" in one.value)


def ledger(desk: Desk) -> list[MovementView]:
    with desk.workspace.reading() as session:
        return movements(session)


def words(app: AppTest) -> str:
    return " ".join(one.value for one in [*app.warning, *app.error, *app.info])


@pytest.mark.usefixtures("supplying")
def test_an_empty_store_says_what_to_do_first(sign_in: SignIn) -> None:
    sign_in(Role.OPERATOR)
    app = look()
    assert "No stock is known yet" in words(app)
    assert any("Add the depots" in one.value for one in app.caption)
    assert not app.exception


def test_unknown_is_empty_counted_nothing_is_0_and_uncounted_may_be_more(
    supplying: Supplying, make_shelter: MakeShelter, sign_in: SignIn
) -> None:
    depot, shelter = supplying.depot("北の拠点"), make_shelter("鶴嶺小学校")
    supplying.tell("receive", depot, 1200)
    supplying.count(shelter, 0, BLANKET)
    sign_in(Role.VIEWER)
    listed = look().dataframe[0].value.set_index("Place")
    assert list(listed.index) == ["北の拠点", "鶴嶺小学校"]
    assert listed.loc["北の拠点", "Drinking water (L)"] == "1,200 or more"
    assert listed.loc["北の拠点", "Blankets (pieces)"] == ""
    assert listed.loc["鶴嶺小学校", "Blankets (pieces)"] == "0"


def test_what_was_used_up_of_an_uncounted_rest_is_unknown(
    supplying: Supplying, sign_in: SignIn
) -> None:
    depot = supplying.depot("北の拠点")
    supplying.tell("receive", depot, 5)
    supplying.tell("use", depot, 5)
    sign_in(Role.VIEWER)
    assert look().dataframe[0].value.iloc[0]["Drinking water (L)"] == ""


def test_sums_say_at_how_many_places_nobody_knows(
    supplying: Supplying, open_shelter: Callable[..., UUID], sign_in: SignIn
) -> None:
    known, _unknown = open_shelter("鶴嶺小学校"), open_shelter("円蔵小学校")
    supplying.count(known, 30)
    supplying.depot("空の拠点")
    sign_in(Role.VIEWER)
    app = look()
    sums = app.dataframe[1].value.set_index("Item")
    assert sums.loc["Drinking water (L)", "Open shelters"] == "30 + unknown at 1"
    assert sums.loc["Drinking water (L)", "Depots"] == "Unknown at 1"


def test_an_empty_vehicle_is_not_listed(supplying: Supplying, sign_in: SignIn) -> None:
    depot = supplying.depot("北の拠点")
    loaded = supplying.depot("1号車", PlaceKind.VEHICLE)
    supplying.depot("2号車", PlaceKind.VEHICLE)
    supplying.tell("receive", depot, 10)
    supplying.move(depot, loaded, 4)
    sign_in(Role.VIEWER)
    assert list(look().dataframe[0].value["Place"]) == ["北の拠点", "1号車"]


def test_kinds_of_places_and_items_can_be_chosen(supplying: Supplying, sign_in: SignIn) -> None:
    depot, vehicle = supplying.depot("北の拠点"), supplying.depot("1号車", PlaceKind.VEHICLE)
    supplying.tell("receive", depot, 10)
    supplying.tell("receive", vehicle, 10, BLANKET)
    sign_in(Role.VIEWER)
    app = look()
    app.multiselect("stock-items").set_value([BLANKET]).run()
    listed = app.dataframe[0].value
    assert list(listed.columns) == ["Place", "Kind", "Blankets (pieces)"]
    app.button_group("stock-groups").set_value([Group.VEHICLE]).run()
    assert list(app.dataframe[0].value["Place"]) == ["1号車"]


def test_who_only_looks_is_offered_no_form(supplying: Supplying, sign_in: SignIn) -> None:
    depot = supplying.depot()
    supplying.tell("receive", depot, 10)
    sign_in(Role.VIEWER)
    app = look(depot, unfolded=TELLING)
    assert not [one for one in app.button if (one.key or "").startswith("stock-")]
    assert not app.exception


def test_what_came_in_is_told_in_packs_with_lot_and_date(
    empty_desk: Desk, supplying: Supplying, sign_in: SignIn
) -> None:
    depot = supplying.depot()
    sign_in(Role.OPERATOR)
    app = look(depot, unfolded=TELLING)
    assert app.button(key(app, "file")).disabled
    fill(app, MovementKind.RECEIVED, "portable_toilet", 3)
    app.selectbox(key(app, "unit-portable_toilet")).set_value("box").run()
    app.text_input(key(app, "lot")).set_value("A-7").run()
    app.date_input(key(app, "expires_on")).set_value(date(2099, 4, 1)).run()
    press(app)
    assert [message.value for message in app.toast] == ["It is recorded."]
    (line,) = ledger(empty_desk)
    assert (line.kind, line.quantity, line.to_place_id) == (MovementKind.RECEIVED, 300, depot)
    assert (line.lot, line.expires_on) == ("A-7", date(2099, 4, 1))
    assert app.selectbox(key(app, "item")).value is None
    assert app.selectbox(f"{TELLING}-place").value == depot


def test_only_units_that_fit_the_item_are_offered(supplying: Supplying, sign_in: SignIn) -> None:
    depot = supplying.depot()
    sign_in(Role.OPERATOR)
    app = look(depot, unfolded=TELLING)
    app.selectbox(key(app, "item")).set_value("generator").run()
    assert app.selectbox(key(app, "unit-generator")).options == ["units"]


def test_goods_are_moved_from_one_place_to_another(
    supplying: Supplying, make_shelter: MakeShelter, sign_in: SignIn
) -> None:
    depot, shelter = supplying.depot(), make_shelter()
    supplying.tell("receive", depot, 100)
    sign_in(Role.OPERATOR)
    app = look(depot, unfolded=TELLING)
    fill(app, MovementKind.MOVED, WATER, 40)
    app.selectbox(key(app, "to_place")).set_value(shelter).run()
    press(app)
    assert (supplying.quantity(depot), supplying.quantity(shelter)) == (60, 40)


@pytest.mark.parametrize("kind", [MovementKind.USED, MovementKind.EXPIRED])
def test_goods_go_from_the_lot_that_is_said(
    empty_desk: Desk, supplying: Supplying, sign_in: SignIn, kind: MovementKind
) -> None:
    depot = supplying.depot()
    soon, later = Lot("A", date(2098, 1, 1)), Lot("B", date(2099, 1, 1))
    for lot in (soon, later):
        supplying.tell("receive", depot, 10, lot=lot)
    sign_in(Role.OPERATOR)
    app = look(depot, unfolded=TELLING)
    fill(app, kind, WATER, 10)
    app.selectbox(key(app, f"lot-{depot}-{WATER}")).set_value(later).run()
    press(app)
    assert [line.lot for line in supplying.lots(depot)] == ["A"]
    assert ledger(empty_desk)[0].kind is kind


def test_a_first_count_needs_no_reason(supplying: Supplying, sign_in: SignIn) -> None:
    depot = supplying.depot()
    sign_in(Role.OPERATOR)
    app = look(depot, unfolded=TELLING)
    fill(app, MovementKind.COUNTED, WATER, 0)
    press(app)
    line = supplying.stock(depot)
    assert line
    assert (line.quantity, line.counted_at is None) == (0, False)


def test_a_count_that_differs_is_asked_for_its_reason_and_keeps_what_was_typed(
    empty_desk: Desk, supplying: Supplying, sign_in: SignIn
) -> None:
    depot = supplying.depot()
    supplying.count(depot, 100)
    sign_in(Role.OPERATOR)
    app = look(depot, unfolded=TELLING)
    fill(app, MovementKind.COUNTED, WATER, 90)
    press(app)
    assert "Give the reason of the difference" in words(app)
    assert app.number_input(key(app, "quantity")).value == 90
    assert supplying.quantity(depot) == 100
    app.text_area(key(app, "reason")).set_value("破損").run()
    press(app)
    assert supplying.quantity(depot) == 90
    assert ledger(empty_desk)[0].reason == "破損"


def test_what_is_past_its_date_is_asked_back(
    empty_desk: Desk, supplying: Supplying, sign_in: SignIn
) -> None:
    depot = supplying.depot()
    sign_in(Role.OPERATOR)
    app = look(depot, unfolded=TELLING)
    fill(app, MovementKind.RECEIVED, WATER, 5)
    app.date_input(key(app, "expires_on")).set_value(PAST).run()
    press(app)
    assert "The last day of use, 2026-01-31, is past" in words(app).replace("\\", "")
    assert not ledger(empty_desk)
    press(app, "yes-expired-already")
    assert supplying.quantity(depot) == 5


def test_an_answer_holds_for_nothing_else_than_what_was_asked(
    empty_desk: Desk, supplying: Supplying, sign_in: SignIn
) -> None:
    depot = supplying.depot()
    sign_in(Role.OPERATOR)
    app = look(depot, unfolded=TELLING)
    fill(app, MovementKind.RECEIVED, WATER, 5)
    app.date_input(key(app, "expires_on")).set_value(PAST).run()
    press(app)
    app.date_input(key(app, "expires_on")).set_value(PAST - timedelta(days=365)).run()
    assert not [one for one in app.button if "yes-" in (one.key or "")]
    press(app)
    assert not ledger(empty_desk)


def test_a_refusal_is_shown_in_words_and_keeps_what_was_typed(
    supplying: Supplying, sign_in: SignIn
) -> None:
    depot = supplying.depot("北の拠点")
    supplying.tell("receive", depot, 5)
    sign_in(Role.OPERATOR)
    app = look(depot, unfolded=TELLING)
    fill(app, MovementKind.USED, WATER, 6)
    press(app)
    assert "only 5 are known to be there" in words(app)
    assert app.number_input(key(app, "quantity")).value == 6
    assert supplying.quantity(depot) == 5


def test_the_same_thing_filed_again_is_there_once(
    empty_desk: Desk, supplying: Supplying, sign_in: SignIn
) -> None:
    depot, filing = supplying.depot(), uuid4()
    sign_in(Role.OPERATOR)
    for _attempt in range(2):
        app = look(unfolded=TELLING)
        app.session_state[f"{TELLING}-filing"] = filing
        app.run()
        app.selectbox(f"{TELLING}-place").set_value(depot).run()
        fill(app, MovementKind.RECEIVED, WATER, 7)
        press(app)
        assert not app.error
    assert supplying.quantity(depot) == 7
    assert len(ledger(empty_desk)) == 1


def test_the_form_is_about_the_row_that_is_chosen_until_another_place_is(
    supplying: Supplying, sign_in: SignIn
) -> None:
    one, other = supplying.depot("北の拠点"), supplying.depot("南の拠点")
    sign_in(Role.OPERATOR)
    app = look(one, unfolded=TELLING)
    assert app.selectbox(f"{TELLING}-place").value == one
    app.selectbox(f"{TELLING}-place").set_value(other).run().run()
    assert app.selectbox(f"{TELLING}-place").value == other


def test_the_last_entry_is_taken_back_with_a_reason(supplying: Supplying, sign_in: SignIn) -> None:
    depot = supplying.depot()
    supplying.tell("receive", depot, 10)
    wrong = supplying.tell("receive", depot, 700).id
    sign_in(Role.OPERATOR)
    app = look(depot)
    button = f"stock-back-{depot}-{wrong}"
    app.button(button).click().run()
    assert supplying.quantity(depot) == 710
    assert app.error
    app.text_area(f"{button}-reason").set_value("二重に入力した").run()
    app.button(button).click().run()
    assert not app.error
    assert supplying.quantity(depot) == 10
    assert list(history(app)["Standing"]) == ["Takes another one back", "Taken back", ""]


def test_a_place_shows_its_lots_what_is_past_its_date_first(
    supplying: Supplying, sign_in: SignIn, empty_desk: Desk
) -> None:
    depot = supplying.depot()
    today = empty_desk.workspace.clock.now().date()
    supplying.tell("receive", depot, 10, lot=Lot("A", date(2099, 1, 1)))
    supplying.tell("receive", depot, 10, lot=Lot("C", today + timedelta(days=20)))
    supplying.tell(
        "receive", depot, 10, BLANKET, Lot("B", PAST), confirmed=frozenset({"expired-already"})
    )
    sign_in(Role.VIEWER)
    app = look(depot)
    lots = next(one.value for one in app.dataframe if "Attention" in one.value)
    assert list(lots["Lot"]) == ["B", "C", "A"]
    said = list(lots["Attention"])
    assert said[0].startswith("Past its date by")
    assert said[1].endswith("d left")
    assert said[2] == ""


def test_movements_are_leafed_through(supplying: Supplying, sign_in: SignIn) -> None:
    depot = supplying.depot()
    for quantity in range(1, 23):
        supplying.tell("receive", depot, quantity)
    sign_in(Role.VIEWER)
    app = look(depot)
    assert len(history(app)) == 20
    app.button(f"stock-movements-{depot}-earlier").click().run()
    assert list(history(app)["Quantity"]) == ["+2", "+1"]
    assert app.button(f"stock-movements-{depot}-earlier").disabled


def test_how_an_item_is_used_is_shown_where_it_lies(supplying: Supplying, sign_in: SignIn) -> None:
    depot = supplying.depot()
    supplying.tell("receive", depot, 10, "portable_toilet")
    sign_in(Role.VIEWER)
    app = look(depot, unfolded=f"instructions-{depot}-portable_toilet")
    assert len(app.image) == 2
    assert not app.exception


@pytest.mark.usefixtures("supplying")
def test_a_depot_is_added_changed_and_closed(empty_desk: Desk, sign_in: SignIn) -> None:
    sign_in(Role.OPERATOR)
    app = look(unfolded="stock-places")
    app.text_input(key(app, "name", NEW_PLACE)).set_value("南の拠点").run()
    app.text_input(key(app, "phone", NEW_PLACE)).set_value("0467-00-0000").run()
    press(app, form=NEW_PLACE)
    (place,) = stored(empty_desk)
    assert (place.kind, place.name, place.phone) == (PlaceKind.DEPOT, "南の拠点", "0467-00-0000")
    form = f"stock-place-{place.id}"
    app.selectbox("stock-place-chosen").set_value(place.id).run()
    app.text_area(key(app, "note", form)).set_value("鍵は守衛室").run()
    press(app, form=form)
    assert stored(empty_desk)[0].note == "鍵は守衛室"
    press(app, "close", form)
    assert stored(empty_desk)[0].closed_at
    press(app, "close", form)
    assert stored(empty_desk)[0].closed_at is None


def test_a_second_depot_of_one_name_is_refused_and_what_was_typed_stays(
    empty_desk: Desk, supplying: Supplying, sign_in: SignIn
) -> None:
    supplying.depot("北の拠点")
    sign_in(Role.OPERATOR)
    app = look(unfolded="stock-places")
    app.text_input(key(app, "name", NEW_PLACE)).set_value("北の拠点").run()
    press(app, form=NEW_PLACE)
    assert "There is one of that name already" in words(app)
    assert app.text_input(key(app, "name", NEW_PLACE)).value == "北の拠点"
    assert len(stored(empty_desk)) == 1


def stored(desk: Desk) -> list[PlaceView]:
    with desk.workspace.reading() as session:
        return places(session)
