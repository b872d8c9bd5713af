"""Photographs of a damage report in its panel."""

from uuid import uuid4

import pytest

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
    assert "Add photographs" not in [expander.label for expander in page.expander]
