"""What the pages say of hazard zones."""

from uuid import UUID, uuid4

from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Toggle

from dashboard.components.plain import plain
from dashboard.workspaces import Desk
from gis.operations.damage_reports import NewDamageReport, file_damage_report
from gis.operations.incidents import open_incident
from gis.queries.hazard_zones import hazard_layers
from gis.queries.incidents import current_incident
from gis.vocabulary import DamageCategory, IncidentKind, Role
from tests.conftest import HEADQUARTERS, await_that
from tests.dashboard.conftest import SignIn, visit
from tests.dashboard.test_pages import markup
from tests.gis.importers.hazards.making import square
from tests.gis.zoning import choose, take_in


def shelter_named(desk: Desk, name: str) -> UUID:
    with desk.workspace.reading() as session:
        connection = session.connection()
        found: UUID = connection.exec_driver_sql(
            "SELECT id FROM shelter WHERE name LIKE %s AND joined_to_id IS NULL", (f"%{name}%",)
        ).scalar_one()
        return found


def test_what_needs_attention_names_open_shelters_in_a_zone(
    demonstration: Desk, sign_in: SignIn
) -> None:
    assert demonstration
    sign_in(Role.OPERATOR)
    page = markup(visit("situation_map"))
    assert "Open shelters to look at" in page
    assert "Inside: Tsunami 0.5 to 3 m (【架空】津波浸水想定（デモ）)." in page
    assert "It is designated for this hazard: upper floors may be meant." in page
    # It is an earthquake: what a flood could reach does not count.
    assert "相模川洪水" not in page


def test_a_shelter_says_in_which_zones_it_lies(demonstration: Desk, sign_in: SignIn) -> None:
    sign_in(Role.OPERATOR)
    at_sea = markup(visit("shelters", shelter_named(demonstration, "西浜小学校")))
    assert "Hazard zones: Tsunami 0.5 to 3 m (【架空】津波浸水想定（デモ）)" in at_sea
    assert "Inside: Tsunami 0.5 to 3 m" in at_sea
    inland = markup(visit("shelters", shelter_named(demonstration, "小出小学校")))
    assert "Hazard zones: None of those registered" in inland
    assert "Inside:" not in inland


def test_a_report_says_in_which_zones_it_was(empty_desk: Desk, sign_in: SignIn) -> None:
    workspace = empty_desk.workspace
    take_in(workspace, (square(), "3m以上5m未満"))
    with workspace.transaction(HEADQUARTERS) as session:
        open_incident(session, "地震", IncidentKind.EARTHQUAKE)
        place = (139.405, 35.315)
        new = NewDamageReport(uuid4(), DamageCategory.ROAD, location=place)
        report_id = file_damage_report(session, new).id
    sign_in(Role.OPERATOR)
    page = markup(visit("damage_reports", report_id))
    assert "<th>Hazard zones</th><td>Tsunami 3 to 5 m (津波浸水想定)</td>" in page


def open_choice() -> AppTest:
    """Open the situation map with the switches unfolded."""
    app = visit("situation_map")
    app.session_state["zone-choice-wanted"] = True
    return app.run()


def switches(app: AppTest) -> list[Toggle]:
    return [one for one in app.toggle if str(one.key).startswith("zone-choice-")]


def test_zones_are_switched_off_and_on_beside_the_map(empty_desk: Desk, sign_in: SignIn) -> None:
    workspace = empty_desk.workspace
    title = "[津波](http://x.invalid)"  # what others named is no markup
    edition = take_in(workspace, (square(), "3m以上5m未満"), title=title)
    with workspace.transaction(HEADQUARTERS) as session:
        open_incident(session, "地震", IncidentKind.EARTHQUAKE)
    sign_in(Role.OPERATOR)
    app = open_choice()
    (switch,) = switches(app)
    assert switch.value
    assert switch.label == f"Tsunami · {plain(title)}"
    switch.set_value(False).run()
    assert [message.value for message in app.toast] == [f"{plain(title)}: counts no more."]
    assert not is_active(empty_desk)
    assert not switches(app)[0].value
    choose(workspace, edition.layer_id, is_active=True)  # somebody else
    await_that(lambda: switches(app.run())[0].value)


def is_active(desk: Desk) -> bool:
    with desk.workspace.reading() as session:
        (layer,) = hazard_layers(session, current_incident(session))
        return layer.is_active


def test_who_does_not_decide_has_no_switches(demonstration: Desk, sign_in: SignIn) -> None:
    assert demonstration
    sign_in(Role.OPERATOR)
    assert switches(open_choice())
    sign_in(Role.VIEWER)
    assert not switches(open_choice())
