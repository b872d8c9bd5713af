"""The board's page: what it says first, and who may say who asks."""

from uuid import uuid4

import pytest
from sqlalchemy import text

from dashboard.workspaces import Desk
from gis.operations.incidents import open_incident
from gis.operations.openings import open_shelters
from gis.operations.photographs import NewPhotograph, add_photograph
from gis.photographs import prepare
from gis.vocabulary import IncidentKind, Role
from tests.conftest import HEADQUARTERS, MakeShelter
from tests.dashboard.conftest import SignIn, visit
from tests.photographs import photograph as a_photograph


def test_without_an_incident_it_offers_to_open_one(empty_desk: Desk, sign_in: SignIn) -> None:
    assert empty_desk.city
    sign_in(Role.OPERATOR)
    page = visit("board")
    assert "No incident is open." in page.info[0].value
    assert not page.exception


def test_without_an_opening_it_leads_to_the_shelters(empty_desk: Desk, sign_in: SignIn) -> None:
    sign_in(Role.OPERATOR)
    with empty_desk.transaction(HEADQUARTERS) as session:
        open_incident(session, "地震", IncidentKind.EARTHQUAKE)
    page = visit("board")
    assert "No shelter has been opened" in page.info[0].value
    assert not page.exception


def test_headquarters_say_who_asks(
    empty_desk: Desk, sign_in: SignIn, make_shelter: MakeShelter
) -> None:
    sign_in(Role.OPERATOR)
    shelter_id = make_shelter()
    with empty_desk.transaction(HEADQUARTERS) as session:
        incident_id = open_incident(session, "地震", IncidentKind.EARTHQUAKE)
        open_shelters(session, incident_id, [shelter_id])
    page = visit("board")
    page.text_input(key="assigning-name").input("第2班")
    next(button for button in page.button if button.label == "Assign").click().run()
    assert not page.exception
    with empty_desk.workspace.reading() as session:
        told = session.execute(text("SELECT shelter_id, assignee FROM assignment")).one()
    assert tuple(told) == (shelter_id, "第2班")


@pytest.mark.parametrize("role", [Role.VIEWER])
def test_who_only_looks_says_nothing(
    empty_desk: Desk, sign_in: SignIn, make_shelter: MakeShelter, role: Role
) -> None:
    sign_in(role)
    shelter_id = make_shelter()
    with empty_desk.transaction(HEADQUARTERS) as session:
        incident_id = open_incident(session, "地震", IncidentKind.EARTHQUAKE)
        open_shelters(session, incident_id, [shelter_id])
    page = visit("board")
    assert not page.exception
    assert "Assign" not in [button.label for button in page.button]


@pytest.mark.parametrize("role", [Role.VIEWER, Role.OPERATOR])
def test_photographs_are_added_by_whoever_counts_people(
    empty_desk: Desk, sign_in: SignIn, make_shelter: MakeShelter, role: Role
) -> None:
    sign_in(role)
    shelter_id = make_shelter()
    with empty_desk.transaction(HEADQUARTERS) as session:
        incident_id = open_incident(session, "地震", IncidentKind.EARTHQUAKE)
        open_shelters(session, incident_id, [shelter_id])
        photograph = NewPhotograph(uuid4(), shelter_id, prepare(a_photograph()), "受付")
        add_photograph(session, photograph)
    page = visit("shelters", shelter_id)
    assert not page.exception
    drawn = "".join(getattr(html, "body", "") for html in page.get("html"))
    assert f"/api/photographs/{photograph.id}.jpeg" in drawn
    may = role is not Role.VIEWER
    assert ("Add photographs" in [expander.label for expander in page.expander]) is may
    assert ("Yes, hide it" in [button.label for button in page.button]) is may


def test_adding_nothing_says_what_to_do_first(
    empty_desk: Desk, sign_in: SignIn, make_shelter: MakeShelter
) -> None:
    sign_in(Role.OPERATOR)
    shelter_id = make_shelter()
    with empty_desk.transaction(HEADQUARTERS) as session:
        incident_id = open_incident(session, "地震", IncidentKind.EARTHQUAKE)
        open_shelters(session, incident_id, [shelter_id])
    page = visit("shelters", shelter_id)
    page.session_state[f"photographs-{shelter_id}-part"] = True
    page.run()
    next(button for button in page.button if button.label == "Add").click().run()
    assert "Choose a photograph first." in [warning.value for warning in page.warning]
    assert not page.exception
