"""Photographs of a damage report in its panel."""

from uuid import uuid4

import pytest
from sqlalchemy import text

from dashboard.workspaces import Desk
from gis.operations.damage_reports import NewDamageReport, file_damage_report
from gis.operations.incidents import open_incident
from gis.operations.photographs import NewReportPhotograph, add_report_photograph
from gis.photographs import prepare
from gis.vocabulary import DamageCategory, IncidentKind, Role
from tests.conftest import HEADQUARTERS
from tests.dashboard.conftest import SignIn, visit
from tests.photographs import photograph


@pytest.mark.parametrize("role", [Role.VIEWER, Role.OPERATOR])
def test_a_report_shows_its_photographs_and_who_decides_may_hide_them(
    empty_desk: Desk, sign_in: SignIn, role: Role
) -> None:
    sign_in(role)
    with empty_desk.transaction(HEADQUARTERS) as session:
        open_incident(session, "地震", IncidentKind.EARTHQUAKE)
        report = NewDamageReport(uuid4(), DamageCategory.ROAD)
        file_damage_report(session, report)
        sent = NewReportPhotograph(uuid4(), report.id, prepare(photograph()), "<b>亀裂</b>")
        add_report_photograph(session, sent)
    page = visit("damage_reports", report.id)
    assert not page.exception
    drawn = "".join(getattr(html, "body", "") for html in page.get("html"))
    assert f"/api/photographs/{sent.id}/thumbnail.jpeg" in drawn
    assert "&lt;b&gt;亀裂" in drawn
    may = role is not Role.VIEWER
    assert ("Yes, hide it" in [button.label for button in page.button]) is may
    assert ("Add photographs" in [expander.label for expander in page.expander]) is may


def test_headquarters_add_what_was_sent_to_them_otherwise(
    empty_desk: Desk, sign_in: SignIn
) -> None:
    sign_in(Role.OPERATOR)
    report = NewDamageReport(uuid4(), DamageCategory.ROAD)
    with empty_desk.transaction(HEADQUARTERS) as session:
        open_incident(session, "地震", IncidentKind.EARTHQUAKE)
        file_damage_report(session, report)
    page = visit("damage_reports", report.id)
    page.session_state[f"photographs-{report.id}-part"] = True
    page.run()
    (files,) = page.file_uploader
    files.set_value([("道路.jpg", photograph(), "image/jpeg"), ("報告.jpg", b"text", "image/jpeg")])
    (caption,) = (each for each in page.text_input if each.label == "Caption")
    caption.set_value("亀裂")
    next(button for button in page.button if button.label == "Add").click().run()
    assert not page.exception
    assert "報告" in page.warning[0].value
    drawn = "".join(getattr(html, "body", "") for html in page.get("html"))
    assert "亀裂" in drawn
    asked = "SELECT report_id, caption FROM photograph"
    with empty_desk.workspace.reading() as session:
        assert session.execute(text(asked)).all() == [(report.id, "亀裂")]
