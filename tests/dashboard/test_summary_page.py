"""The page of the summary: declaring figures, saying words, making issues."""

from typing import Any
from uuid import uuid4

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.workspaces import Desk
from gis.operations.damage_reports import NewDamageReport, file_damage_report
from gis.operations.incidents import open_incident
from gis.operations.triage import Assessment, assess
from gis.vocabulary import (
    DamageCategory,
    FigureState,
    FormText,
    IncidentKind,
    IssueState,
    ReportState,
    Role,
)
from tests.conftest import HEADQUARTERS
from tests.dashboard.conftest import SignIn, visit
from tests.gis.declaring import DEAD, ROADS, declare, figure_told, listed, say, sign, standing


@pytest.fixture
def desk(empty_desk: Desk) -> Desk:
    """A store with an incident in it and nothing else."""
    with empty_desk.workspace.transaction(HEADQUARTERS) as session:
        open_incident(session, "地震", IncidentKind.EARTHQUAKE)
    return empty_desk


def look(view: str, **session: Any) -> AppTest:  # noqa: ANN401 - whatever the session holds
    """Open a view of the page, perhaps with something chosen."""
    app = visit("situation_summary")
    app.session_state["summary-view"] = view
    for name, value in session.items():
        app.session_state[name.replace("_", "-")] = value
    return app.switch_page("app_pages/situation_summary.py").run()


def words(app: AppTest) -> str:
    return " ".join(one.value for one in [*app.warning, *app.error, *app.info, *app.caption])


def choose(key: str) -> AppTest:
    return look("figures", figures_chosen=[key])


def file_and_confirm(desk: Desk, affected: float | None) -> None:
    """File a damaged road, and confirm it."""
    new = NewDamageReport(uuid4(), DamageCategory.ROAD, affected=affected)
    with desk.workspace.transaction(HEADQUARTERS) as session:
        file_damage_report(session, new)
        assess(session, new.id, Assessment(ReportState.CONFIRMED), version=0)


@pytest.mark.parametrize("view", ["situation", "figures", "issues"])
@pytest.mark.usefixtures("empty_desk")
def test_without_an_incident_every_view_says_what_to_do(sign_in: SignIn, view: str) -> None:
    sign_in(Role.OPERATOR)
    app = look(view)
    assert not app.exception
    assert "No incident is open" in words(app)


def test_a_figure_is_declared_with_its_certainty(desk: Desk, sign_in: SignIn) -> None:
    sign_in(Role.OPERATOR)
    app = choose(DEAD)
    assert app.dataframe[0].value["Declared"][0] == "Unconfirmed"
    app.number_input(f"figure-{DEAD}-value").set_value(3)
    app.button(f"FormSubmitter:figure-{DEAD}-Declare").click().run()
    assert not app.exception
    assert standing(desk.workspace) == (FigureState.CONFIRMED, 3)
    assert choose(DEAD).dataframe[0].value["Declared"][0] == "3"


def test_who_declares_second_is_told_and_then_decides(desk: Desk, sign_in: SignIn) -> None:
    sign_in(Role.OPERATOR)
    app = choose(DEAD)
    declare(desk.workspace, figure_told(value=2))
    app.number_input(f"figure-{DEAD}-value").set_value(3)
    app.button(f"FormSubmitter:figure-{DEAD}-Declare").click().run()
    assert "2, Confirmed" in words(app)
    assert standing(desk.workspace) == (FigureState.CONFIRMED, 2)
    app.button(f"FormSubmitter:figure-{DEAD}-Declare").click().run()
    assert standing(desk.workspace) == (FigureState.CONFIRMED, 3)


def test_a_figure_that_differs_from_the_reports_asks_for_a_reason(
    desk: Desk, sign_in: SignIn
) -> None:
    file_and_confirm(desk, 2)
    sign_in(Role.OPERATOR)
    app = choose(ROADS)
    assert "The confirmed reports say: 2 (1 reports)" in words(app)
    app.number_input(f"figure-{ROADS}-value").set_value(5)
    app.button(f"FormSubmitter:figure-{ROADS}-Declare").click().run()
    assert "the confirmed reports say 2; you sent 5" in words(app)
    app.text_input(f"figure-{ROADS}-reason").set_value("県道を含む")
    app.button(f"FormSubmitter:figure-{ROADS}-Declare").click().run()
    assert standing(desk.workspace, ROADS) == (FigureState.CONFIRMED, 5)


def test_what_the_confirmed_reports_say_is_declared_at_once(desk: Desk, sign_in: SignIn) -> None:
    file_and_confirm(desk, 2)
    sign_in(Role.OPERATOR)
    app = look("figures")
    button = app.button("figures-take-over")
    assert "(1)" in button.label
    button.click().run()
    assert standing(desk.workspace, ROADS) == (FigureState.CONFIRMED, 2)
    assert look("figures").button("figures-take-over").disabled


def test_reports_that_do_not_say_how_much_are_no_figure(desk: Desk, sign_in: SignIn) -> None:
    file_and_confirm(desk, 2)
    file_and_confirm(desk, None)
    sign_in(Role.OPERATOR)
    assert look("figures").button("figures-take-over").disabled


@pytest.mark.usefixtures("desk")
def test_what_adds_up_has_no_form(sign_in: SignIn) -> None:
    sign_in(Role.OPERATOR)
    app = choose("stricken.households")
    assert not app.number_input
    assert "Adds up from: Dwellings: totally destroyed" in words(app)


def test_texts_are_written_and_written_anew(desk: Desk, sign_in: SignIn) -> None:
    say(desk.workspace, FormText.PLACE, "市内全域")
    sign_in(Role.OPERATOR)
    app = look("figures", form_texts_wanted=True)
    assert app.text_input("form-texts-place").value == "市内全域"
    app.text_input("form-texts-place").set_value("市内南部")
    app.text_area("form-texts-overview").set_value("震度6強")
    app.button("FormSubmitter:form-texts-Save the texts").click().run()
    assert not app.exception
    again = look("figures", form_texts_wanted=True)
    assert again.text_input("form-texts-place").value == "市内南部"
    assert again.text_area("form-texts-overview").value == "震度6強"


def test_the_first_issue_is_one_button(desk: Desk, sign_in: SignIn) -> None:
    sign_in(Role.OPERATOR)
    app = look("issues")
    assert "within 30 minutes" in words(app)
    app.button("issue-compile").click().run()
    assert not app.exception
    assert listed(desk.workspace) == [(1, IssueState.COMPILED)]
    app.button("issue-signed_off").click().run()
    assert listed(desk.workspace) == [(1, IssueState.SIGNED_OFF)]
    assert "there is nothing to compare it with" in words(app)


def test_an_issue_shows_what_changed_and_is_withdrawn_with_a_reason(
    desk: Desk, sign_in: SignIn
) -> None:
    declare(desk.workspace, figure_told(value=12))
    sign(desk.workspace)
    declare(desk.workspace, figure_told(value=11, version=1))
    sign(desk.workspace)
    sign_in(Role.OPERATOR)
    app = look("issues")
    (change,) = app.dataframe[-1].value.to_dict("records")
    assert (change["Before"], change["Now"], change["Change"]) == ("12", "11", "-1 (correction)")
    app.button("issue-withdrawn").click().run()
    assert "No reason is given" in words(app)
    note = next(one for one in app.text_input if str(one.key).startswith("issue-note"))
    note.set_value("誤り").run()
    app.button("issue-withdrawn").click().run()
    assert listed(desk.workspace)[0] == (2, IssueState.WITHDRAWN)
    assert any("誤り" in one.value for one in app.warning)


def test_who_only_looks_declares_and_compiles_nothing(desk: Desk, sign_in: SignIn) -> None:
    sign(desk.workspace)
    sign_in(Role.VIEWER)
    figures, issues = choose(DEAD), look("issues")
    assert not [one.key for one in [*figures.button, *issues.button] if "issue" in str(one.key)]
    assert not figures.number_input
