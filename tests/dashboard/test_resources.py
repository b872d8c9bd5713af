"""The page of supplies: what runs out, what is asked for, reserved, sent and received."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.workspaces import Desk
from gis.clock import jst
from gis.config import city_profile
from gis.operations.city import load_city
from gis.operations.dispatches import Load
from gis.operations.incidents import close_incident
from gis.operations.occupancy import Counts, Reading, record_occupancy
from gis.operations.stock_places import PlaceSaid, add_place
from gis.queries.incidents import open_incident_or_refuse
from gis.store import SYSTEM
from gis.vocabulary import DispatchStep, PlaceKind, RequestState, Role
from tests.conftest import HEADQUARTERS
from tests.dashboard.conftest import MAIN, SignIn
from tests.gis.supplying import BLANKET, WATER, Supplying, send_out

pytestmark = pytest.mark.usefixtures("incident_id")


@pytest.fixture
def supplying(empty_desk: Desk) -> Supplying:
    with empty_desk.workspace.transaction(SYSTEM) as session:
        load_city(session, city_profile("142077"))
    return Supplying(empty_desk.workspace)


@pytest.fixture
def shelter(open_shelter: object) -> UUID:
    assert callable(open_shelter)
    made: UUID = open_shelter()
    return made


@pytest.fixture
def depot(supplying: Supplying) -> UUID:
    """A depot two kilometres from the shelter, with water and blankets."""
    depot_id = uuid4()
    with supplying.workspace.transaction(HEADQUARTERS) as session:
        said = PlaceSaid("中央拠点", location=(139.41, 35.34))
        add_place(session, depot_id, PlaceKind.DEPOT, said)
    supplying.count(depot_id, 1000)
    supplying.count(depot_id, 100, BLANKET)
    return depot_id


def see(view: str, **chosen: UUID) -> AppTest:
    """Open a view of the page, perhaps with a row of its lists chosen."""
    app = AppTest.from_file(MAIN, default_timeout=60).run()
    app.query_params["view"] = view
    for name, identity in chosen.items():
        app.session_state[f"{name}-chosen"] = [identity]
    return app.switch_page("app_pages/resources.py").run()


def people(supplying: Supplying, shelter: UUID, persons: int) -> None:
    reading = Reading(uuid4(), shelter, Counts(persons=persons))
    with supplying.workspace.transaction(HEADQUARTERS) as session:
        record_occupancy(session, reading)


def key(app: AppTest, form: str, field: str) -> str:
    """Return the key of a field of a form, which is another one after each filing."""
    filing = app.session_state[f"{form}-filing"]
    return f"{form}-{filing}-{field}"


@pytest.mark.usefixtures("empty_desk")
def test_without_a_shelter_it_says_what_to_do(sign_in: SignIn) -> None:
    sign_in(Role.OPERATOR)
    assert "No shelter is open" in see("outlook").info[0].value
    assert not see("plan").exception


def test_what_runs_out_first_heads_the_page(
    supplying: Supplying, shelter: UUID, sign_in: SignIn
) -> None:
    people(supplying, shelter, 80)
    supplying.count(shelter, 60)
    supplying.count(shelter, 50, BLANKET)
    sign_in(Role.VIEWER)
    app = see("outlook")
    assert not app.exception
    first = app.dataframe[0].value.iloc[0]
    assert (first["Shelter"], first["Item"], first["Last told"]) == (
        "鶴嶺小学校", "Drinking water", "60 L",
    )  # fmt: skip
    assert first["Lasts"].startswith("6 h 00 min (until")
    assert first["Lacking"] == "660 L"
    lacking = app.dataframe[1].value.iloc[0]
    assert (lacking["Item"], lacking["Needed"], lacking["Lacking"]) == (
        "Blankets", "80 pieces", "30 pieces",
    )  # fmt: skip


def test_a_request_is_filed_approved_sent_and_received(
    supplying: Supplying, shelter: UUID, depot: UUID, sign_in: SignIn
) -> None:
    sign_in(Role.OPERATOR)
    app = see("requests")
    app.session_state["request-new-wanted"] = True
    app.run()
    shelters = app.selectbox(key(app, "request", "shelter"))
    shelters.select_index(0).run()
    app.selectbox(key(app, "request", "item")).set_value(WATER).run()
    app.number_input(key(app, "request", "quantity")).set_value(30).run()
    app.button(key(app, "request", "file")).click().run()
    assert not app.error
    (request,) = supplying.asked()
    assert (request.shelter_id, request.quantity, request.state) == (
        shelter, 30, RequestState.ASKED,
    )  # fmt: skip

    app = see("requests", requests=request.id)
    app.button(f"request-{request.id}-0-approve").click().run()
    assert supplying.asked()[0].state is RequestState.APPROVED
    form = f"sending-{request.id}"
    app.button(key(app, form, "reserve")).click().run()
    assert not app.error
    (dispatch,) = supplying.sent()
    assert (dispatch.from_place_id, dispatch.loads[0].request_id) == (depot, request.id)

    supplying.depot("1号車", PlaceKind.VEHICLE)
    app = see("requests", dispatches=dispatch.id)
    step = f"dispatch-{dispatch.id}"
    assert app.button(f"{step}-1-leave").disabled
    app.selectbox(f"{step}-1-vehicle").set_value("1号車").run()
    app.button(f"{step}-1-leave").click().run()
    assert not app.error
    assert supplying.sent()[0].state is DispatchStep.LEFT
    app.number_input(f"{step}-2-arrived-{WATER}").set_value(25).run()
    app.button(f"{step}-2-arrive").click().run()
    assert not app.error
    assert supplying.quantity(shelter) == 25
    assert supplying.asked()[0].to_send == 5


def test_what_stayed_in_a_vehicle_is_sent_on_from_there(
    supplying: Supplying, shelter: UUID, depot: UUID, sign_in: SignIn
) -> None:
    first = supplying.reserve(depot, shelter, Load(WATER, 30))
    supplying.leave(first, vehicle="1号車")
    supplying.arrive(first, {WATER: 20})
    sign_in(Role.OPERATOR)
    app = see("requests")
    app.session_state["sending-new-wanted"] = True
    app.run()
    destinations = app.selectbox(key(app, "sending-push", "to"))
    destinations.set_value(shelter).run()
    origins = app.selectbox(key(app, "sending-push", "from"))
    place = next(number for number, said in enumerate(origins.options) if "1号車" in said)
    assert origins.options[place] == "1号車 · aboard already"
    origins.select_index(place).run()
    app.multiselect(key(app, "sending-push", "items")).set_value([WATER]).run()
    app.number_input(key(app, "sending-push", f"quantity-{WATER}")).set_value(10).run()
    app.button(key(app, "sending-push", "reserve")).click().run()
    assert not app.error
    onward = next(one for one in supplying.sent() if one.id != first)
    app = see("requests", dispatches=onward.id)
    step = f"dispatch-{onward.id}"
    assert app.selectbox(f"{step}-1-vehicle").value == "1号車"
    app.button(f"{step}-1-leave").click().run()
    app.button(f"{step}-2-arrive").click().run()
    assert not app.error
    assert supplying.quantity(shelter) == 30


def test_a_step_that_a_count_contains_says_so_before_it_is_told(
    supplying: Supplying, shelter: UUID, depot: UUID, sign_in: SignIn
) -> None:
    dispatch = supplying.reserve(depot, shelter, Load(WATER, 30))
    supplying.leave(dispatch)
    supplying.count(shelter, 32)
    sign_in(Role.OPERATOR)
    app = see("requests", dispatches=dispatch)
    step = f"dispatch-{dispatch}-2"
    assert "Counted there" not in "".join(each.value for each in app.info)
    arrived_at = jst(supplying.workspace.clock.now()).replace(tzinfo=None) - timedelta(hours=1)
    app.datetime_input(f"{step}-arrived-at").set_value(arrived_at).run()
    said = "".join(each.value for each in app.info)
    assert "Counted there after that: Drinking water." in said
    app.button(f"{step}-arrive").click().run()
    assert not app.error
    assert supplying.quantity(shelter) == 32
    assert supplying.sent()[0].loads[0].received == 30


def test_the_vehicle_stands_where_a_laptop_shows_it(
    supplying: Supplying, shelter: UUID, sign_in: SignIn
) -> None:
    send_out(supplying, shelter)
    sign_in(Role.VIEWER)
    road = see("requests").dataframe[0].value
    assert [*road.columns][:3] == ["State", "Arrival expected", "Vehicle"]
    # Who drives stands beside the list.
    assert road.iloc[0]["Vehicle"] == "1号車"


@pytest.mark.parametrize("view", ["requests", "plan"])
def test_what_a_closed_incident_left_on_the_road_is_still_received(
    empty_desk: Desk, supplying: Supplying, shelter: UUID, sign_in: SignIn, view: str
) -> None:
    dispatch = send_out(supplying, shelter)
    sign_in(Role.OPERATOR)
    heading = "Still under way from another incident"
    assert heading not in [each.value for each in see(view).subheader]
    with empty_desk.transaction(HEADQUARTERS) as session:
        close_incident(session, open_incident_or_refuse(session).id, version=1)
    app = see(view, **{"left-over": dispatch})
    assert heading in [each.value for each in app.subheader]
    app.number_input(f"dispatch-{dispatch}-2-arrived-{WATER}").set_value(25).run()
    app.button(f"dispatch-{dispatch}-2-arrive").click().run()
    assert not app.error
    assert supplying.quantity(shelter) == 25
    assert heading not in [each.value for each in app.subheader]


def test_a_suggestion_becomes_dispatches_in_one_step(
    supplying: Supplying, shelter: UUID, depot: UUID, sign_in: SignIn
) -> None:
    people(supplying, shelter, 100)
    supplying.count(shelter, 100)
    supplying.count(shelter, 0, BLANKET)
    sign_in(Role.OPERATOR)
    app = see("plan")
    assert not app.exception
    app.button("supply-plan-reserve").click().run()
    assert not app.error
    (dispatch,) = supplying.sent()
    assert dispatch.from_place_id == depot
    assert {(load.item_code, load.quantity) for load in dispatch.loads} == {
        (WATER, 800), (BLANKET, 100),
    }  # fmt: skip


def test_what_somebody_else_took_meanwhile_is_told(
    supplying: Supplying, shelter: UUID, depot: UUID, sign_in: SignIn
) -> None:
    people(supplying, shelter, 100)
    supplying.count(shelter, 100)
    sign_in(Role.OPERATOR)
    app = see("plan")
    supplying.reserve(depot, shelter, Load(WATER, 900))
    app.button("supply-plan-reserve").click().run()
    assert "others have reserved" in app.error[0].value
    assert len(supplying.sent()) == 1


def test_who_only_looks_decides_nothing(
    supplying: Supplying, shelter: UUID, depot: UUID, sign_in: SignIn
) -> None:
    request = supplying.ask(shelter, 30)
    supplying.approve(request, 30)
    dispatch = supplying.reserve(depot, shelter, Load(WATER, 30, request))
    sign_in(Role.VIEWER)
    app = see("requests", requests=request, dispatches=dispatch)
    own = ("request-", "dispatch-", "sending-")
    assert not [button for button in app.button if (button.key or "").startswith(own)]
    assert not app.exception
    assert len(app.dataframe) == 4


@pytest.mark.usefixtures("depot")
def test_a_suggestion_serves_requests_and_pushes_the_rest(
    supplying: Supplying, shelter: UUID, sign_in: SignIn
) -> None:
    people(supplying, shelter, 20)
    supplying.count(shelter, 0)
    asked = {supplying.ask(shelter, quantity): quantity for quantity in (50, 30)}
    for request, quantity in asked.items():
        supplying.approve(request, quantity)
    sign_in(Role.OPERATOR)
    app = see("plan")
    app.button("supply-plan-reserve").click().run()
    assert not app.error
    loads = [load for one in supplying.sent() for load in one.loads if load.item_code == WATER]
    # Three days of three litres for twenty people are 180, of which 80 were asked for.
    assert sorted(load.quantity for load in loads) == [30, 50, 100]
    assert {load.request_id for load in loads} == {*asked, None}
    assert [request.to_send for request in supplying.asked()] == [0, 0]
    app.run()
    assert not [load for load in app.dataframe if "Quantity" in load.value.columns]
