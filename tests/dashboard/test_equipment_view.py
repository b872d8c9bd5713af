"""The view of equipment: what is due, what is broken, telling of a check; without an incident."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.components.equipment_form import Looked
from dashboard.workspaces import Desk
from gis.config import city_profile
from gis.operations.city import load_city
from gis.operations.equipment import Seen, check_equipment
from gis.operations.ledger import Filing
from gis.queries.equipment import CheckView, checks_of
from gis.store import SYSTEM
from gis.vocabulary import Role, Source
from tests.conftest import HEADQUARTERS
from tests.dashboard.conftest import SignIn, visit
from tests.gis.supplying import Supplying

FORM, GENERATOR = "equipment-check", "generator"


@pytest.fixture
def supplying(empty_desk: Desk) -> Supplying:
    """The ledger of a city of which nothing but its places and items is known yet."""
    with empty_desk.workspace.transaction(SYSTEM) as session:
        load_city(session, city_profile("142077"))
    return Supplying(empty_desk.workspace)


def look(*chosen: Looked, unfolded: str | None = None) -> AppTest:
    """Open the view, perhaps with a row chosen and a part unfolded."""
    app = visit("resources")
    app.session_state["resources-view"] = "equipment"
    app.session_state["equipment-chosen"] = list(chosen)
    if unfolded:
        app.session_state[f"{unfolded}-wanted"] = True
    return app.switch_page("app_pages/resources.py").run()


def key(app: AppTest, field: str) -> str:
    filing = app.session_state[f"{FORM}-filing"]
    return f"{FORM}-{filing}-{field}"


def press(app: AppTest) -> None:
    app.button(key(app, "file")).click().run()
    assert not app.exception


def check(desk: Desk, place_id: UUID, seen: Seen) -> None:
    with desk.workspace.transaction(HEADQUARTERS) as session:
        check_equipment(session, Filing(uuid4(), source=Source.VISIT), place_id, seen)


def told(desk: Desk, place_id: UUID) -> list[CheckView]:
    with desk.workspace.reading() as session:
        return checks_of(session, place_id, GENERATOR)


def words(app: AppTest) -> str:
    return " ".join(one.value for one in [*app.warning, *app.error, *app.info])


@pytest.mark.usefixtures("supplying")
def test_without_any_equipment_it_says_what_to_do_first(sign_in: SignIn) -> None:
    sign_in(Role.OPERATOR)
    app = look()
    assert "No equipment is known yet" in words(app)
    assert any("Tell of a first check" in one.value for one in app.caption)
    assert not app.exception


def test_what_is_overdue_stands_first_and_says_so(
    empty_desk: Desk, supplying: Supplying, sign_in: SignIn
) -> None:
    depot, today = supplying.depot("北の拠点"), empty_desk.workspace.clock.now().date()
    check(empty_desk, depot, Seen("aed", 1, 0, next_check_on=today + timedelta(days=90)))
    check(empty_desk, depot, Seen(GENERATOR, 2, 1, next_check_on=today - timedelta(days=9)))
    supplying.count(depot, 4, "radio")
    sign_in(Role.VIEWER)
    listed = look().dataframe[0].value
    assert list(listed["Item"]) == ["Generators", "AEDs", "Radios"]
    assert listed["Next check"][0].startswith("Overdue by")
    assert list(listed["Next check"])[2] == "No date set"
    assert list(listed["Present"]) == ["3", "1", "4"]
    assert list(listed["Last checked"]) == ["Just now", "Just now", "Never"]
    assert list(listed["Broken"]) == ["1", "0", ""]


def test_it_is_narrowed_to_what_is_overdue_or_broken(
    empty_desk: Desk, supplying: Supplying, sign_in: SignIn
) -> None:
    depot = supplying.depot()
    check(empty_desk, depot, Seen("aed", 1, 0, next_check_on=date(2026, 1, 1)))
    check(empty_desk, depot, Seen(GENERATOR, 2, 1))
    sign_in(Role.VIEWER)
    app = look()
    app.segmented_control("equipment-filter").set_value("overdue").run()
    assert list(app.dataframe[0].value["Item"]) == ["AEDs"]
    app.segmented_control("equipment-filter").set_value("broken").run()
    assert list(app.dataframe[0].value["Item"]) == ["Generators"]
    app.segmented_control("equipment-filter").set_value("unchecked").run()
    assert "There is none of this kind" in words(app)


def test_who_only_looks_sees_the_history_and_no_form(
    empty_desk: Desk, supplying: Supplying, sign_in: SignIn
) -> None:
    depot = supplying.depot("北の拠点")
    check(empty_desk, depot, Seen(GENERATOR, 2, 1, 1, note="異音"))
    sign_in(Role.VIEWER)
    app = look(Looked(depot, GENERATOR), unfolded=FORM)
    history = app.dataframe[1].value
    assert (history["Working"][0], history["Remarks"][0]) == ("2", "異音")
    assert not [one for one in app.button if (one.key or "").startswith(FORM)]
    assert app.get("download_button")


def test_a_first_check_is_told_without_an_incident(
    empty_desk: Desk, supplying: Supplying, sign_in: SignIn
) -> None:
    depot = supplying.depot()
    sign_in(Role.OPERATOR)
    app = look(unfolded=FORM)
    assert app.button(key(app, "file")).disabled
    app.selectbox(key(app, "place")).set_value(depot).run()
    app.selectbox(key(app, "item")).set_value(GENERATOR).run()
    for field, number in (("working", 2), ("broken", 1), ("in_use", 1)):
        app.number_input(key(app, field)).set_value(number).run()
    app.date_input(key(app, "next_check_on")).set_value(date(2099, 4, 1)).run()
    press(app)
    assert [message.value for message in app.toast] == ["The check is recorded."]
    (one,) = told(empty_desk, depot)
    assert (one.working, one.broken, one.in_use) == (2, 1, 1)
    assert one.next_check_on == date(2099, 4, 1)
    assert supplying.quantity(depot, GENERATOR) == 3


def test_a_refusal_is_shown_in_words_and_keeps_what_was_typed(
    empty_desk: Desk, supplying: Supplying, sign_in: SignIn
) -> None:
    depot = supplying.depot()
    supplying.count(depot, 1, GENERATOR)
    sign_in(Role.OPERATOR)
    app = look(Looked(depot, GENERATOR), unfolded=FORM)
    app.number_input(key(app, "working")).set_value(1).run()
    app.number_input(key(app, "in_use")).set_value(2).run()
    press(app)
    assert app.error
    assert app.number_input(key(app, "in_use")).value == 2
    assert not told(empty_desk, depot)


def test_a_check_that_counts_something_else_is_asked_for_the_reason(
    empty_desk: Desk, supplying: Supplying, sign_in: SignIn
) -> None:
    depot = supplying.depot()
    supplying.count(depot, 5, GENERATOR)
    sign_in(Role.OPERATOR)
    app = look(Looked(depot, GENERATOR), unfolded=FORM)
    app.number_input(key(app, "working")).set_value(3).run()
    app.number_input(key(app, "broken")).set_value(1).run()
    press(app)
    assert "Give the reason of the difference" in words(app)
    assert not told(empty_desk, depot)
    app.text_area(key(app, "reason")).set_value("1台は貸し出した").run()
    press(app)
    assert not app.error
    assert supplying.quantity(depot, GENERATOR) == 4
    assert len(told(empty_desk, depot)) == 1


def test_the_same_check_filed_again_is_there_once(
    empty_desk: Desk, supplying: Supplying, sign_in: SignIn
) -> None:
    depot, filing = supplying.depot(), uuid4()
    sign_in(Role.OPERATOR)
    for _attempt in range(2):
        app = look(unfolded=FORM)
        app.session_state[f"{FORM}-filing"] = filing
        app.run()
        app.selectbox(key(app, "place")).set_value(depot).run()
        app.selectbox(key(app, "item")).set_value(GENERATOR).run()
        app.number_input(key(app, "working")).set_value(2).run()
        press(app)
        assert not app.error
    assert len(told(empty_desk, depot)) == 1
