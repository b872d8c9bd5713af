"""What the pages say of hazard zones."""

from uuid import UUID, uuid4

from dashboard.workspaces import Desk
from gis.operations.damage_reports import NewDamageReport, file_damage_report
from gis.operations.incidents import open_incident
from gis.vocabulary import DamageCategory, IncidentKind, Role
from tests.conftest import HEADQUARTERS
from tests.dashboard.conftest import SignIn, visit
from tests.dashboard.test_pages import markup
from tests.gis.importers.hazards.making import square
from tests.gis.zoning import take_in


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
