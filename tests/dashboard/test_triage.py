"""The page of the triage: what waits, deciding on it, and two who do so at once."""

import re
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text
from streamlit.testing.v1 import AppTest

from dashboard.workspaces import Desk
from gis.operations.damage_reports import NewDamageReport, file_damage_report
from gis.operations.triage import Assessment, assess, claim_report, merge_damage_reports
from gis.queries.damage_reports import DamageReportView, damage_report
from gis.store import Actor
from gis.vocabulary import DamageCategory, LocatedBy, ReportState, Role, Severity
from tests.conftest import HEADQUARTERS
from tests.dashboard.conftest import MAIN, SignIn

OTHER_DESK = Actor("夜間の当番", Role.OPERATOR)
CITY_HALL = (139.4035, 35.3338)

pytestmark = pytest.mark.usefixtures("incident_id")


@pytest.fixture
def desk(empty_desk: Desk, sign_in: SignIn) -> Desk:
    sign_in(Role.OPERATOR)
    return empty_desk


def file(desk: Desk, **content: Any) -> UUID:  # noqa: ANN401
    category = content.pop("category", DamageCategory.DWELLING)
    new = NewDamageReport(id=uuid4(), category=category, **content)
    with desk.transaction(HEADQUARTERS) as session:
        return file_damage_report(session, new).id


def look(desk: Desk, report_id: UUID) -> DamageReportView:
    with desk.workspace.reading() as session:
        return damage_report(session, report_id)


def decide(desk: Desk, report_id: UUID, told: Assessment) -> None:
    with desk.transaction(OTHER_DESK) as session:
        assess(session, report_id, told, version=look(desk, report_id).version)


def claimed_by(desk: Desk, report_id: UUID) -> str | None:
    asked = text(
        "SELECT claimed_by FROM damage_claim WHERE report_id = :id AND claimed_until > :now"
    )
    with desk.workspace.reading() as session:
        now = desk.workspace.clock.now()
        found: str | None = session.scalar(asked, {"id": report_id, "now": now})
    return found


def visit(opened: UUID | None = None) -> AppTest:
    app = AppTest.from_file(MAIN, default_timeout=60).run()
    app.session_state["triage-open"] = opened
    return app.switch_page("app_pages/triage.py").run()


def press(app: AppTest, key: str) -> AppTest:
    app = app.button(key).click().run()
    assert not app.exception
    return app


def drawn(app: AppTest) -> str:
    return "\n".join(part.proto.body for part in app.get("html"))


def is_free(app: AppTest) -> bool:
    return not app.button("triage-rejected").disabled


def test_a_decision_is_recorded_and_the_next_report_opens(desk: Desk) -> None:
    urgent = file(desk, severity=Severity.SEVERE, people_in_danger=3)
    calm = file(desk, severity=Severity.MINOR)
    app = press(visit(), "triage-next")
    assert app.session_state["triage-open"] == urgent
    assert claimed_by(desk, urgent) == "operator"
    press(app, "triage-confirmed")
    seen = look(desk, urgent)
    assert (seen.state, seen.version) == ("confirmed", 1)
    assert app.session_state["triage-open"] == calm
    assert claimed_by(desk, urgent) is None
    assert claimed_by(desk, calm) == "operator"
    press(app, "triage-back")
    assert look(desk, urgent).state == "unconfirmed"
    assert app.session_state["triage-open"] == urgent


def test_the_second_of_two_sees_both_values_and_nothing_is_lost(desk: Desk) -> None:
    report_id = file(desk)
    app = visit(report_id)
    decide(desk, report_id, Assessment(ReportState.REJECTED, reason="誤報"))
    press(app, "triage-confirmed")
    assert "夜間の当番" in app.error[0].value
    assert "“Rejected”" in app.error[0].value
    assert "“Confirmed”" in app.error[0].value
    assert look(desk, report_id).state == "rejected"
    press(app, "triage-confirmed")
    assert look(desk, report_id).state == "confirmed"
    history = visit(report_id).dataframe[0].value
    assert list(history["Reason"]) == ["", "誤報"]
    assert list(history["By"]) == ["operator", "夜間の当番"]


def test_what_somebody_else_looks_at_is_shown_and_cannot_be_decided(desk: Desk) -> None:
    theirs, free = file(desk, severity=Severity.SEVERE), file(desk)
    with desk.transaction(OTHER_DESK) as session:
        claim_report(session, theirs)
    app = visit(theirs)
    assert "夜間の当番" in app.warning[0].value
    assert not is_free(app)
    assert claimed_by(desk, theirs) == "夜間の当番"
    app = press(visit(), "triage-next")
    assert app.session_state["triage-open"] == free


def test_looking_writes_one_claim_and_not_one_with_each_refresh(desk: Desk) -> None:
    report_id = file(desk)
    asked = text("SELECT claimed_until FROM damage_claim WHERE report_id = :id")

    def until() -> object:
        with desk.workspace.reading() as session:
            return session.scalar(asked, {"id": report_id})

    app = visit(report_id)
    first = until()
    app.run()
    assert until() == first


def test_a_team_and_a_reason_go_with_the_decision_and_stay_with_the_next(desk: Desk) -> None:
    report_id, known = file(desk), file(desk)
    decide(desk, known, Assessment(ReportState.CONFIRMED, "土木班"))
    app = visit(report_id)
    app.selectbox(f"triage-team-{report_id}-0").set_value("土木班")
    app.text_input(f"triage-reason-{report_id}-0").set_value("通れない")
    press(app, "triage-assign")
    seen = look(desk, report_id)
    assert (seen.state, seen.team, seen.version) == ("unconfirmed", "土木班", 1)
    assert app.session_state["triage-open"] == report_id
    press(app, "triage-in_progress")
    seen = look(desk, report_id)
    assert (seen.state, seen.team) == ("in_progress", "土木班")


def test_probable_duplicates_are_merged_and_separated_again(desk: Desk) -> None:
    place = {"location": CITY_HALL, "located_by": LocatedBy.MAP}
    kept = file(desk, note="塀が倒れた", residents=4, reporter="第1班", **place)
    twin = file(desk, note="塀が倒れた", residents=3, reporter="第2班", **place)
    app = press(visit(kept), f"merge-{twin}")
    assert look(desk, twin).merged_into_id == kept
    assert "contradict" in app.warning[0].value
    assert "第2班" in drawn(app)
    assert "contradictory" in drawn(app)
    line = drawn(app).partition('<tr class="hq-conflict">')[2].partition("</tr>")[0]
    assert re.findall(r">(\d+)<", line) == ["4", "3"], "both stand there, and no sum"
    press(app, f"separate-{twin}")
    assert look(desk, twin).merged_into_id is None


def test_a_merged_report_leads_to_the_one_it_stands_with(desk: Desk) -> None:
    kept, twin = file(desk), file(desk)
    with desk.transaction(OTHER_DESK) as session:
        merge_damage_reports(session, kept, [twin])
    app = visit(twin)
    assert not is_free(app)
    press(app, "triage-open-kept")
    assert app.session_state["triage-open"] == kept
    assert is_free(app)


def test_the_last_word_is_taken_back_from_the_history(desk: Desk) -> None:
    report_id = file(desk)
    decide(desk, report_id, Assessment(ReportState.CONFIRMED))
    press(visit(report_id), "triage-take-back")
    assert look(desk, report_id).state == "unconfirmed"


def test_what_a_report_says_is_text_and_never_markup(desk: Desk) -> None:
    kept, twin = (file(desk, note="<img src=x>", location=CITY_HALL) for _ in range(2))
    assert "&lt;img src=x&gt;" in drawn(visit(kept))
    with desk.transaction(OTHER_DESK) as session:
        merge_damage_reports(session, kept, [twin])
    assert "<img src=x>" not in drawn(visit(kept))


def test_the_list_of_reports_and_the_panel_say_how_far_headquarters_are(desk: Desk) -> None:
    report_id = file(desk)
    decide(desk, report_id, Assessment(ReportState.IN_PROGRESS, "土木班"))
    app = AppTest.from_file(MAIN, default_timeout=60).run()
    app.session_state["damage-chosen"] = [report_id]
    app = app.switch_page("app_pages/damage_reports.py").run()
    assert list(app.dataframe[0].value["State"]) == ["Being dealt with"]
    assert "Being dealt with · assigned to 土木班" in drawn(app)


def test_a_viewer_is_not_offered_the_page(empty_desk: Desk, sign_in: SignIn) -> None:
    file(empty_desk)
    sign_in(Role.VIEWER)
    app = AppTest.from_file(MAIN, default_timeout=60).run()
    with pytest.raises(ValueError, match="Could not find"):
        app.switch_page("app_pages/triage.py")
