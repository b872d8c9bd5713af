"""The page of road closures: filed, confirmed in one click, changed, lifted, and who may."""

from uuid import UUID

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.maps.area_drawing import STRETCH as STRETCH_PEN
from dashboard.maps.area_drawing import drawn_of
from dashboard.workspaces import Desk
from gis.queries.incidents import open_incident_or_refuse
from gis.queries.road_closures import ClosureStatement, closures, statements_of
from gis.vocabulary import ClosureAction, ClosureGrade, Role
from tests.dashboard.conftest import SignIn, visit
from tests.gis.closing import STRETCH, state

NEW = "closure-new"

pytestmark = pytest.mark.usefixtures("incident_id")


def key(app: AppTest, form: str, field: str) -> str:
    """Return the key of a field of a form, which is another one after each filing."""
    filing = app.session_state[f"{form}-filing"]
    return f"{form}-{filing}-{field}"


def told(desk: Desk, closure_id: UUID) -> list[ClosureStatement]:
    with desk.workspace.reading() as session:
        return statements_of(session, closure_id)


def standing(desk: Desk) -> list[ClosureStatement]:
    with desk.workspace.reading() as session:
        incident = open_incident_or_refuse(session)
        return closures(session, incident.id, as_of=desk.workspace.clock.now())


@pytest.mark.parametrize(
    ("returned", "path"),
    [
        ({"drawn": [[139.4, 35.3]]}, {"type": "Point", "coordinates": [139.4, 35.3]}),
        ({"drawn": STRETCH["coordinates"]}, STRETCH),
        ({"drawn": []}, None),
        ({"drawn": None}, None),
        ({"drawn": [["x", 35.3]]}, None),
        (None, None),
    ],
)
def test_one_place_is_a_point_and_more_are_a_line(returned: object, path: object) -> None:
    assert drawn_of(STRETCH_PEN, returned) == path


def test_a_road_is_closed_by_its_name(empty_desk: Desk, sign_in: SignIn) -> None:
    sign_in(Role.OPERATOR)
    app = visit("road_closures")
    assert "No road closure has been filed" in app.info[0].value
    assert app.button(key(app, NEW, "file")).disabled
    app.radio(key(app, NEW, "grade")).set_value(ClosureGrade.NO_HEAVY).run()
    app.text_input(key(app, NEW, "road_name")).set_value("国道134号").run()
    app.button(key(app, NEW, "file")).click().run()
    assert not app.error
    assert [message.value for message in app.toast] == ["The road closure is filed."]
    (one,) = standing(empty_desk)
    assert (one.grade, one.road_name, one.path) == (ClosureGrade.NO_HEAVY, "国道134号", None)
    assert app.dataframe[0].value.iloc[0]["Expected until"] == "Unknown"


def test_it_is_confirmed_in_one_click_and_lifted_with_a_reason(
    empty_desk: Desk, sign_in: SignIn
) -> None:
    closure = state(empty_desk.workspace, road_name="国道1号", reason="冠水").id
    sign_in(Role.OPERATOR)
    app = visit("road_closures", closure)
    app.button(f"closure-{closure}-1-confirm").click().run()
    assert not app.error
    assert [one.action for one in told(empty_desk, closure)] == [
        ClosureAction.CONFIRMED,
        ClosureAction.STATED,
    ]
    app.text_area(f"closure-{closure}-2-reason").set_value("排水した")
    app.button(f"closure-{closure}-2-lift").click().run()
    last = told(empty_desk, closure)[0]
    assert (last.action, last.reason, last.path) == ("lifted", "排水した", STRETCH)
    app.button(f"closure-{closure}-3-take-back").click().run()
    assert standing(empty_desk)[0].is_in_force


def test_it_is_changed_from_what_it_says(empty_desk: Desk, sign_in: SignIn) -> None:
    closure = state(empty_desk.workspace, road_name="国道1号", section="本村").id
    form = f"closure-{closure}"
    sign_in(Role.OPERATOR)
    app = visit("road_closures", closure)
    assert app.text_input(key(app, form, "section")).value == "本村"
    app.radio(key(app, form, "grade")).set_value(ClosureGrade.ONE_LANE).run()
    app.button(key(app, form, "file")).click().run()
    assert not app.error
    (one,) = standing(empty_desk)
    assert (one.grade, one.section, one.path) == (ClosureGrade.ONE_LANE, "本村", STRETCH)


def test_who_only_looks_changes_nothing(empty_desk: Desk, sign_in: SignIn) -> None:
    closure = state(empty_desk.workspace).id
    sign_in(Role.VIEWER)
    app = visit("road_closures", closure)
    assert not [button for button in app.button if (button.key or "").startswith("closure-")]
    assert not app.exception
