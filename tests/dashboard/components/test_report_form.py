"""The form of a damage report asks what fits what is damaged, and files it."""

import pytest

from dashboard.workspaces import Desk
from gis.vocabulary import DamageCategory, DwellingClass, FloodLevel, Role
from tests.dashboard.conftest import SignIn, visit
from tests.dashboard.test_pages import ask

pytestmark = pytest.mark.usefixtures("incident_id")


def test_a_flooded_dwelling_is_filed_with_its_details(empty_desk: Desk, sign_in: SignIn) -> None:
    sign_in(Role.OPERATOR)
    app = visit("damage_reports")
    app.session_state["report-category"] = DamageCategory.DWELLING
    app.run()
    app.session_state["report-flood_level"] = FloodLevel.OVER_FLOOR
    app.session_state["report-dwelling_class"] = DwellingClass.LARGE_HALF
    app.number_input("report-depth_cm").set_value(120)
    app.number_input("report-residents").set_value(4)
    app.button("FormSubmitter:report-File the report").click().run()
    assert [message.value for message in app.toast] == ["The report is filed."]
    report = ask(empty_desk, "SELECT to_jsonb(r) FROM damage_report r")
    assert (report["flood_level"], report["depth_cm"]) == ("over_floor", 120)
    assert (report["dwelling_class"], report["residents"]) == ("large_half", 4)
    assert app.session_state["report-depth_cm"] is None


def test_what_cannot_be_said_of_a_road_is_not_asked(empty_desk: Desk, sign_in: SignIn) -> None:
    sign_in(Role.OPERATOR)
    app = visit("damage_reports")
    app.session_state["report-category"] = DamageCategory.DWELLING
    app.run()
    app.number_input("report-residents").set_value(4)
    app.session_state["report-category"] = DamageCategory.ROAD
    app.run()
    asked = {each.key for each in app.number_input}
    assert asked == {"report-affected", "report-people_in_danger"}
    app.button("FormSubmitter:report-File the report").click().run()
    assert [message.value for message in app.toast] == ["The report is filed."]
    report = ask(empty_desk, "SELECT to_jsonb(r) FROM damage_report r")
    assert (report["category"], report["residents"]) == ("road", None)
