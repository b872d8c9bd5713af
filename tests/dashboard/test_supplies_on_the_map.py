"""The depot or the dispatch that is selected on the map, beside it."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from streamlit.testing.v1 import AppTest

from gis.config import city_profile
from gis.operations.city import load_city
from gis.past import PastMoment
from gis.store import SYSTEM, Workspace
from gis.vocabulary import Knowledge, Role
from tests.conftest import FixedClock
from tests.dashboard.conftest import SignIn
from tests.gis.supplying import BLANKET, Supplying, send_out

pytestmark = pytest.mark.usefixtures("empty_desk")

OpenShelter = Callable[..., UUID]
HOUR = timedelta(hours=1)


def beside_the_map() -> None:
    import streamlit as st  # noqa: PLC0415 - runs by itself

    from dashboard.components.depot_panel import depot_panel  # noqa: PLC0415
    from dashboard.components.dispatch_panel import dispatch_panel  # noqa: PLC0415

    panels = {"depots": depot_panel, "dispatches": dispatch_panel}
    panels[st.session_state["layer"]](st.session_state["chosen"], st.session_state["past"])


def open_panel(layer: str, chosen: UUID, past: PastMoment | None = None) -> AppTest:
    app = AppTest.from_function(beside_the_map, default_timeout=60)
    for name, value in (("layer", layer), ("chosen", chosen), ("past", past)):
        app.session_state[name] = value
    app.run()
    assert not app.exception
    return app


@pytest.fixture
def supplying(workspace: Workspace, sign_in: SignIn) -> Supplying:
    sign_in(Role.VIEWER)
    with workspace.transaction(SYSTEM) as session:
        load_city(session, city_profile("142077"))
    return Supplying(workspace)


def markup(app: AppTest) -> str:
    return " ".join(str(each.proto.body) for each in app.get("html"))


def test_a_depot_says_what_lies_there_and_interprets_no_markup(supplying: Supplying) -> None:
    depot = supplying.depot("<b>中央</b>", address="円蔵1-1", phone="0467", note="裏門から")
    supplying.count(depot, 1200)
    supplying.tell("receive", depot, 100, BLANKET)
    app = open_panel("depots", depot)
    for said in ("&lt;b&gt;中央", "円蔵1-1", "0467", "裏門から", "In use", "Not on the map"):
        assert said in markup(app)
    (stock,) = app.dataframe
    assert stock.value["Quantity"].tolist() == ["1,200", "100 or more"]
    assert "may be more" in app.caption[0].value


def test_a_depot_that_is_closed_and_empty_says_so(supplying: Supplying) -> None:
    depot = supplying.depot()
    supplying.close(depot)
    app = open_panel("depots", depot)
    assert "Not in use since" in markup(app)
    assert "Nothing is known to lie here" in app.caption[0].value
    assert not app.dataframe


@pytest.mark.usefixtures("incident_id")
def test_a_dispatch_says_what_goes_where_and_each_of_its_steps(
    supplying: Supplying, open_shelter: OpenShelter
) -> None:
    now = supplying.workspace.clock.now()
    dispatch = send_out(supplying, open_shelter(), expected_at=now + HOUR)
    supplying.delay(dispatch, now - timedelta(minutes=25))
    shown = markup(open_panel("dispatches", dispatch))
    for said in ("中央拠点 → 鶴嶺小学校", "Drinking water 30 L", "1号車", "輸送班", "late", "本部"):
        assert said in shown
    for step in ("Reserved", "On the road", "On the road, another arrival expected"):
        assert f"<td>{step}</td>" in shown


@pytest.mark.usefixtures("incident_id")
def test_looking_back_tells_of_then(
    supplying: Supplying, open_shelter: OpenShelter, clock: FixedClock
) -> None:
    shelter = open_shelter()
    clock.moment -= 2 * HOUR
    then = clock.moment + HOUR
    depot = supplying.depot("北")
    supplying.count(depot, 100)
    clock.moment += 2 * HOUR
    supplying.tell("use", depot, 40)
    dispatch = send_out(supplying, shelter)
    past = PastMoment(then, Knowledge.THEN)
    (stock,) = open_panel("depots", depot, past).dataframe
    assert stock.value["Quantity"].tolist() == ["100"]
    assert stock.value["Reserved"].tolist() == ["Unknown"]
    assert "not known" in open_panel("dispatches", dispatch, past).info[0].value


def test_what_is_gone_says_so(supplying: Supplying) -> None:
    assert supplying
    assert "no longer there" in open_panel("depots", uuid4()).info[0].value
