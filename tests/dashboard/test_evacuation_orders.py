"""The page of the evacuation orders: issued, changed, lifted, taken back, and who may."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text
from streamlit.testing.v1 import AppTest

from dashboard.workspaces import Desk
from gis.config import city_profile
from gis.operations.city import load_city
from gis.operations.evacuation_orders import Told, change_order, issue_order
from gis.operations.evacuation_targets import Target
from gis.vocabulary import Hazard, OrderKind, Role
from tests.conftest import HEADQUARTERS
from tests.dashboard.conftest import SignIn, visit

NEW = "order-new"
SHIOMIDAI = "142070019000"
NANKO = {f"14207001600{number}" for number in range(1, 8)}

pytestmark = pytest.mark.usefixtures("incident_id")


@pytest.fixture
def desk(empty_desk: Desk) -> Desk:
    """A desk in a city with towns."""
    with empty_desk.transaction(HEADQUARTERS) as session:
        load_city(session, city_profile("142077"))
    return empty_desk


def issue(desk: Desk, *towns: str, hazard: Hazard = Hazard.FLOOD) -> UUID:
    told = Told(uuid4(), OrderKind.ELDERLY, Target(frozenset(towns)), reason="大雨")
    with desk.transaction(HEADQUARTERS) as session:
        return issue_order(session, desk.city.code, hazard, told).id


def ask(desk: Desk, question: str) -> Any:  # noqa: ANN401 - whatever SQL answers
    with desk.workspace.reading() as session:
        return session.scalar(text(question))


def last(desk: Desk, column: str) -> Any:  # noqa: ANN401
    told = f"SELECT {column} FROM evacuation_announcement ORDER BY number DESC"  # noqa: S608
    return ask(desk, told)


def key(app: AppTest, form: str, field: str) -> str:
    """Return the key of a field of a form, which is another one after each filing."""
    filing = app.session_state[f"{form}-filing"]
    return f"{form}-{filing}-{field}"


def choose_places(app: AppTest, form: str, *labels: str) -> None:
    """Choose places by the names that the list shows."""
    places = app.multiselect(key(app, form, "towns"))
    places.set_value(list(labels)).run()


def written(app: AppTest) -> str:
    return "\n".join(part.value for part in (*app.markdown, *app.warning, *app.caption))


def test_an_order_is_issued_after_a_last_look(desk: Desk, sign_in: SignIn) -> None:
    sign_in(Role.OPERATOR)
    app = visit("evacuation_orders")
    assert "No evacuation order has been issued" in app.info[0].value
    app.selectbox(key(app, NEW, "hazard")).set_value(Hazard.FLOOD).run()
    app.radio(key(app, NEW, "kind-3")).set_value(OrderKind.EVACUATE).run()
    app.text_area(key(app, NEW, "reason")).set_value("氾濫危険水位 <b>")
    app.text_area(key(app, NEW, "guidance")).set_value("高い所へ")
    assert app.button(key(app, NEW, "go-on")).disabled
    choose_places(app, NEW, "All of 南湖", "汐見台")
    people = ask(desk, "SELECT sum(population) FROM town WHERE name ~ '^(南湖|汐見台)'")
    assert "8 towns" in written(app)
    assert f"Persons: {people:,}; households: Unknown" in written(app)
    app.button(key(app, NEW, "go-on")).click().run()
    assert ask(desk, "SELECT count(*) FROM evacuation_order") == 0
    assert "This will be issued: Level 4: Evacuation instruction (Flood)" in written(app)
    app.button(key(app, NEW, "file")).click().run()
    assert [message.value for message in app.toast] == ["The order is issued."]
    assert set(last(desk, "town_codes")) == NANKO | {SHIOMIDAI}
    assert last(desk, "reason || recorded_by") == "氾濫危険水位 <b>operator"
    assert app.dataframe[0].value.iloc[0]["State"] == "In force"
    assert not app.text_area(key(app, NEW, "reason")).value


def test_a_tsunami_offers_the_evacuation_instruction_alone(desk: Desk, sign_in: SignIn) -> None:
    sign_in(Role.OPERATOR)
    app = visit("evacuation_orders")
    app.selectbox(key(app, NEW, "hazard")).set_value(Hazard.TSUNAMI).run()
    assert app.radio(key(app, NEW, "kind-1")).options == ["Evacuation instruction"]
    assert ask(desk, "SELECT count(*) FROM evacuation_order") == 0


def test_the_citys_own_figures_can_be_typed_over_the_count(desk: Desk, sign_in: SignIn) -> None:
    sign_in(Role.OPERATOR)
    app = visit("evacuation_orders")
    app.selectbox(key(app, NEW, "hazard")).set_value(Hazard.TSUNAMI).run()
    app.radio(key(app, NEW, "kind-1")).set_value(OrderKind.EVACUATE).run()
    choose_places(app, NEW, "The whole municipality")
    app.button(key(app, NEW, "go-on")).click().run()
    app.number_input(key(app, NEW, "households")).set_value(104_000)
    app.button(key(app, NEW, "file")).click().run()
    assert (last(desk, "persons"), last(desk, "households")) == (242_899, 104_000)


def test_an_order_is_changed_from_what_it_says(desk: Desk, sign_in: SignIn) -> None:
    order_id = issue(desk, *NANKO)
    form = f"order-{order_id}"
    sign_in(Role.OPERATOR)
    app = visit("evacuation_orders", order_id)
    assert app.text_area(key(app, form, "reason")).value == "大雨"
    app.radio(key(app, form, "kind-3")).set_value(OrderKind.EMERGENCY).run()
    app.button(key(app, form, "go-on")).click().run()
    app.button(key(app, form, "file")).click().run()
    assert not app.error
    assert (last(desk, "kind"), set(last(desk, "town_codes"))) == ("emergency", NANKO)


def test_who_changes_what_somebody_else_changed_sees_both_and_decides_again(
    desk: Desk, sign_in: SignIn
) -> None:
    order_id = issue(desk, *NANKO)
    form = f"order-{order_id}"
    sign_in(Role.OPERATOR)
    app = visit("evacuation_orders", order_id)
    app.radio(key(app, form, "kind-3")).set_value(OrderKind.EMERGENCY).run()
    theirs = Told(uuid4(), OrderKind.EVACUATE, Target(frozenset({SHIOMIDAI})))
    with desk.transaction(HEADQUARTERS) as session:
        change_order(session, order_id, theirs, version=1)
    app.button(key(app, form, "go-on")).click().run()
    app.button(key(app, form, "file")).click().run()
    assert "汐見台" in app.error[0].value
    assert "Emergency safety measures" in app.error[0].value
    assert last(desk, "kind") == "evacuate"
    app.button(key(app, form, "go-on")).click().run()
    app.button(key(app, form, "file")).click().run()
    assert not app.error
    assert last(desk, "kind") == "emergency"


def test_an_order_is_lifted_and_the_lifting_taken_back(desk: Desk, sign_in: SignIn) -> None:
    order_id = issue(desk, SHIOMIDAI)
    sign_in(Role.OPERATOR)
    app = visit("evacuation_orders", order_id)
    app.text_area(f"lift-{order_id}-1-reason").set_value("水位低下")
    app.button(f"lift-{order_id}-1-lift").click().run()
    assert last(desk, "action || reason") == "lifted水位低下"
    assert app.dataframe[0].value.iloc[0]["State"] == "Lifted"
    app.button(f"lift-{order_id}-2-take-back").click().run()
    assert app.dataframe[0].value.iloc[0]["State"] == "In force"


def test_what_was_announced_stands_below_the_latest_first(desk: Desk, sign_in: SignIn) -> None:
    issue(desk, *NANKO)
    issue(desk, SHIOMIDAI, hazard=Hazard.LANDSLIDE)
    sign_in(Role.VIEWER)
    told = visit("evacuation_orders").dataframe[1].value
    assert sorted(told["Area"]) == ["南湖", "汐見台"]
    assert set(told["Reason"]) == {"大雨"}


def test_what_an_order_says_is_text_and_never_markup(desk: Desk, sign_in: SignIn) -> None:
    told = Told(uuid4(), OrderKind.EVACUATE, Target(frozenset({SHIOMIDAI})), reason="<img src=x>")
    with desk.transaction(HEADQUARTERS) as session:
        issue_order(session, desk.city.code, Hazard.FLOOD, told)
    sign_in(Role.VIEWER)
    app = visit("evacuation_orders", told.id)
    drawn = "\n".join(part.proto.body for part in app.get("html"))
    assert "&lt;img src=x&gt;" in drawn
    assert "<img src=x>" not in drawn


def test_a_viewer_reads_and_is_offered_nothing_to_decide(desk: Desk, sign_in: SignIn) -> None:
    order_id = issue(desk, SHIOMIDAI)
    sign_in(Role.VIEWER)
    app = visit("evacuation_orders", order_id)
    assert not app.text_area
    assert not [button for button in app.button if (button.key or "").startswith(("order", "lift"))]
