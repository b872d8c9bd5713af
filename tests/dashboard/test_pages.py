"""The pages as a reader meets them, on a real store, signed in for real."""

import re
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text
from streamlit.testing.v1 import AppTest

from dashboard.main import PAGES, PAGES_FOLDER
from dashboard.workspaces import Desk
from gis.errors import (
    CategoryMissing,
    NameMissing,
    NotAllowed,
    NotSignedIn,
    StateChangedMeanwhile,
    StoreUnavailable,
)
from gis.operations.access import end_sign_in
from gis.operations.damage_reports import NewDamageReport, file_damage_report
from gis.operations.openings import close_shelter
from gis.queries.incidents import open_incident_or_refuse
from gis.reports import SituationSummary, compile_summary
from gis.reports.tables import ORDER_COLUMNS
from gis.store import SYSTEM
from gis.text import Language, translate
from gis.vocabulary import DamageCategory, IncidentKind, Role, ShelterState
from tests.conftest import HEADQUARTERS, MakeShelter, free_port
from tests.dashboard.conftest import MAIN, SignIn, visit, working_on

NAMES = [page.name for page in PAGES]
OpenShelter = Callable[..., UUID]

SEEN_BY_ALL = [page.name for page in PAGES if Role.VIEWER in page.roles]

every_page = pytest.mark.parametrize("page", NAMES)
both_languages = pytest.mark.parametrize("language", Language)


def ask(desk: Desk, question: str) -> Any:  # noqa: ANN401 - whatever SQL answers
    with desk.workspace.reading() as session:
        return session.scalar(text(question))


def markup(app: AppTest) -> str:
    """Return all markup of a page; data in it is escaped."""
    return "\n".join(element.proto.body for element in app.get("html"))


def buttons(app: AppTest) -> set[str]:
    return {button.label for button in app.button}


# --- the register of pages --------------------------------------------------------------------


def test_every_page_has_its_file_and_every_file_its_page() -> None:
    files = {file.stem for file in PAGES_FOLDER.glob("*.py")} - {"__init__"}
    assert files == set(NAMES)
    assert len(NAMES) == len(set(NAMES))


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_every_page_has_a_title_in_both_languages_and_somebody_to_see_it(page: Any) -> None:  # noqa: ANN401
    japanese = translate(page.title, Language.JA)
    assert re.search(r"[ぁ-んァ-ヶ一-龠]", japanese)
    assert page.title.isascii()
    assert page.roles


# --- looking ----------------------------------------------------------------------------------


@every_page
@both_languages
def test_a_page_shows_the_demonstration(
    page: str, language: Language, demonstration: Desk, sign_in: SignIn
) -> None:
    sign_in(Role.OPERATOR, language)
    app = visit(page)
    assert not app.exception
    assert not app.error
    city = demonstration.city
    assert (city.name_ja if language is Language.JA else city.name_en) in markup(app)
    assert "デモ" in markup(app)


@pytest.mark.parametrize("page", SEEN_BY_ALL)
@both_languages
def test_a_page_of_an_empty_store_offers_to_open_an_incident(
    page: str, language: Language, empty_desk: Desk, sign_in: SignIn
) -> None:
    assert ask(empty_desk, "SELECT count(*) FROM incident") == 0
    sign_in(Role.OPERATOR, language)
    app = visit(page)
    assert not app.exception
    assert not app.error
    label = translate("Open the incident", language)
    assert app.button(f"FormSubmitter:open-incident-page-{label}")
    said = "No incident is open. Open one to see shelters and reports of it here."
    assert translate(said, language) in {info.value for info in app.info}


@pytest.mark.parametrize(("locale", "city"), [("en-GB", "Chigasaki"), ("ja", "茅ヶ崎市")])
@pytest.mark.usefixtures("demonstration")
def test_who_chose_no_language_reads_the_browser_s(locale: str, city: str, sign_in: SignIn) -> None:
    sign_in(Role.OPERATOR, language=None)
    app = AppTest.from_file(MAIN, default_timeout=60)
    app.context = {"locale": locale}
    assert city in markup(app.run())


def summary_of(desk: Desk) -> SituationSummary:
    with desk.workspace.reading() as session:
        incident = open_incident_or_refuse(session)
        return compile_summary(
            session, incident.id, desk.city, as_of=desk.workspace.clock.now(), is_drill=False
        )


@pytest.mark.parametrize("page", ["situation_summary", "situation_map"])
def test_the_figures_are_those_of_the_summary(
    page: str, demonstration: Desk, sign_in: SignIn
) -> None:
    sign_in(Role.VIEWER)
    app = visit(page)
    shown = re.findall(r'class="hq-figure-value">([\d,]+)', markup(app))
    summary = summary_of(demonstration)
    figures = [
        summary.persons.known,
        len(summary.open_shelters),
        summary.free_places.known,
        len(summary.stale_shelters),
        summary.damage_total,
    ]
    assert shown == [f"{figure:,}" for figure in figures]


def test_the_summary_page_lists_every_shelter_with_its_figures(
    demonstration: Desk, sign_in: SignIn
) -> None:
    sign_in(Role.VIEWER)
    shelters, orders, damage = visit("situation_summary").dataframe
    summary = summary_of(demonstration)
    figures = [line.persons for line in summary.shelters]
    assert list(shelters.value["Shelter"]) == [line.name for line in summary.shelters]
    assert list(shelters.value["Persons"]) == [
        "Unknown" if figure is None else f"{figure:,}" for figure in figures
    ]
    assert sum(map(int, damage.value["Total"])) == summary.damage_total
    assert sum(map(int, damage.value["Unconfirmed"])) == summary.damage_unconfirmed
    assert list(orders.value) == [*ORDER_COLUMNS]
    (order,) = orders.value.to_dict("records")
    assert (order["Kind of disaster"], order["Warning level"]) == ("Tsunami", "")
    assert order["Persons concerned"] == f"{summary.orders[0].persons.known:,}"


def test_the_register_lists_every_shelter_and_is_searched_by_name(
    demonstration: Desk, sign_in: SignIn
) -> None:
    sign_in(Role.VIEWER)
    app = visit("shelters")
    assert len(app.dataframe[0].value) == ask(demonstration, "SELECT count(*) FROM shelter")
    app.text_input("shelters-search").set_value("小学校").run()
    named = "SELECT count(*) FROM shelter WHERE name LIKE '%小学校%'"
    assert len(app.dataframe[0].value) >= ask(demonstration, named) > 0
    app.text_input("shelters-search").set_value("どこにもない").run()
    assert not app.dataframe
    assert not app.exception


# --- deciding ---------------------------------------------------------------------------------


def test_an_incident_is_opened_by_the_form(empty_desk: Desk, sign_in: SignIn) -> None:
    sign_in(Role.OPERATOR)
    app = visit("situation_map")
    app.text_input("incident-name-page").set_value("台風19号")
    app.selectbox("incident-kind-page").set_value(IncidentKind.STORM)
    app.button("FormSubmitter:open-incident-page-Open the incident").click().run()
    assert [message.value for message in app.toast] == ["The incident is open."]
    opened = "SELECT name || ' ' || kind || ' ' || recorded_by FROM incident"
    assert ask(empty_desk, opened) == "台風19号 storm operator"
    assert "台風19号" in markup(app)


@both_languages
def test_a_refused_action_says_why_and_what_to_do(
    language: Language, empty_desk: Desk, sign_in: SignIn
) -> None:
    sign_in(Role.OPERATOR, language)
    app = visit("shelters")
    app.text_input("incident-name-page").set_value("   ")
    app.selectbox("incident-kind-page").set_value(IncidentKind.STORM)
    label = translate("Open the incident", language)
    app.button(f"FormSubmitter:open-incident-page-{label}").click().run()
    assert [message.value for message in app.error] == [NameMissing().explain(language)]
    assert not app.toast
    assert not app.exception
    assert ask(empty_desk, "SELECT count(*) FROM incident") == 0


@pytest.mark.usefixtures("incident_id")
def test_a_shelter_is_opened_by_a_button(
    empty_desk: Desk, sign_in: SignIn, make_shelter: MakeShelter
) -> None:
    shelter_id = make_shelter()
    sign_in(Role.OPERATOR)
    app = visit("shelters", shelter_id)
    app.button(f"open-{shelter_id}").click().run()
    assert [message.value for message in app.toast] == ["The shelter is open."]
    assert ask(empty_desk, "SELECT count(*) FROM opening WHERE ended_at IS NULL") == 1
    assert app.number_input(f"reading-{shelter_id}-persons")


@pytest.mark.usefixtures("incident_id")
def test_several_shelters_are_opened_together(
    empty_desk: Desk, sign_in: SignIn, make_shelter: MakeShelter
) -> None:
    sign_in(Role.OPERATOR)
    app = visit("shelters", *(make_shelter(name) for name in ("一", "二", "三")))
    (button,) = (button for button in app.button if button.label == "Open 3 shelters")
    button.click().run()
    assert not app.error
    assert ask(empty_desk, "SELECT count(*) FROM opening WHERE ended_at IS NULL") == 3


def test_a_count_is_recorded_by_the_form(
    empty_desk: Desk, sign_in: SignIn, open_shelter: OpenShelter
) -> None:
    shelter_id = open_shelter()
    sign_in(Role.OPERATOR)
    app = visit("shelters", shelter_id)
    app.number_input(f"reading-{shelter_id}-persons").set_value(42)
    app.button(f"FormSubmitter:reading-{shelter_id}-Record").click().run()
    assert [message.value for message in app.toast] == ["The count is recorded."]
    recorded = "SELECT to_jsonb(r) FROM occupancy_reading r"
    reading = ask(empty_desk, recorded)
    assert (reading["persons"], reading["households"]) == (42, None)
    assert (reading["source"], reading["recorded_by"]) == ("phone", "operator")
    assert "<b>42</b>" in markup(app)


@pytest.mark.parametrize(("minutes_ago", "delay_s"), [(0, 0), (2, 120)])
def test_a_count_may_have_been_made_some_minutes_ago(
    minutes_ago: int, delay_s: int, empty_desk: Desk, sign_in: SignIn, open_shelter: OpenShelter
) -> None:
    shelter_id = open_shelter()
    sign_in(Role.OPERATOR)
    app = visit("shelters", shelter_id)
    app.number_input(f"reading-{shelter_id}-persons").set_value(42)
    app.number_input(f"reading-{shelter_id}-ago").set_value(minutes_ago)
    app.button(f"FormSubmitter:reading-{shelter_id}-Record").click().run()
    assert not app.exception
    delay = "SELECT extract(epoch FROM recorded_at - observed_at)::int FROM occupancy_reading"
    assert abs(ask(empty_desk, delay) - delay_s) <= 1


def test_a_count_that_is_asked_back_is_recorded_by_a_yes(
    empty_desk: Desk, sign_in: SignIn, open_shelter: OpenShelter
) -> None:
    shelter_id = open_shelter()  # for 120 persons
    sign_in(Role.OPERATOR)
    app = visit("shelters", shelter_id)
    app.number_input(f"reading-{shelter_id}-persons").set_value(200)
    app.button(f"FormSubmitter:reading-{shelter_id}-Record").click().run()
    assert "far more than the capacity (120)" in app.warning[0].value
    assert not app.error
    assert ask(empty_desk, "SELECT count(*) FROM occupancy_reading") == 0
    app.button(f"reading-{shelter_id}-yes-far-over-capacity").click().run()
    assert not app.error
    assert ask(empty_desk, "SELECT confirmed[1] FROM occupancy_reading") == "far-over-capacity"
    assert app.number_input(f"reading-{shelter_id}-persons").value is None


def test_a_correction_takes_the_place_of_the_last_count(
    empty_desk: Desk, sign_in: SignIn, open_shelter: OpenShelter
) -> None:
    shelter_id = open_shelter()
    sign_in(Role.OPERATOR)
    app = visit("shelters", shelter_id)
    for persons, corrects in ((80, False), (18, True)):
        if corrects:
            app.button(f"reading-{shelter_id}-correct").click().run()
        app.number_input(f"reading-{shelter_id}-persons").set_value(persons)
        app.button(f"FormSubmitter:reading-{shelter_id}-Record").click().run()
    assert ask(empty_desk, "SELECT count(DISTINCT observed_at) FROM occupancy_reading") == 1
    assert ask(empty_desk, "SELECT count(supersedes_id) FROM occupancy_reading") == 1
    assert "<b>18</b>" in markup(app)
    assert app.button(f"reading-{shelter_id}-correct").label.startswith(
        "Correct the last count (18"
    )


def test_a_shelter_is_prepared_opened_closed_and_the_closing_taken_back(
    empty_desk: Desk, sign_in: SignIn, make_shelter: MakeShelter, incident_id: UUID
) -> None:
    del incident_id
    shelter_id = make_shelter()
    sign_in(Role.OPERATOR)

    def press(button: str, version: int = 0, state: ShelterState | None = None) -> AppTest:
        app = visit("shelters", shelter_id)
        if state:
            app.radio(f"state-{shelter_id}-{version}").set_value(state)
            app.text_input(f"reason-{shelter_id}-{version}").set_value("避難指示")
        app.button(f"{button}-{shelter_id}").click().run()
        assert not app.error
        return visit("shelters", shelter_id)

    begun = markup(press("begin", 0, ShelterState.PREPARING))
    assert "Preparing since" in begun
    assert "避難指示" in begun
    press("change", 1, ShelterState.OPEN)
    press("close")
    assert "Open since" in markup(press("take-back"))
    told = "SELECT string_agg(state, ' ' ORDER BY number) FROM opening_state"
    assert ask(empty_desk, told) == "preparing open closed open"


def test_a_self_organised_shelter_is_joined_with_the_one_of_the_register(
    empty_desk: Desk, sign_in: SignIn, open_shelter: OpenShelter, make_shelter: MakeShelter
) -> None:
    gathered, listed = open_shelter("公民館"), make_shelter("南湖会館")
    with empty_desk.transaction(HEADQUARTERS) as session:
        session.execute(
            text("INSERT INTO designation (shelter_id, kind) VALUES (:id, 'designated_shelter')"),
            {"id": listed},
        )
    sign_in(Role.OPERATOR)
    app = visit("shelters", gathered)
    app.selectbox(f"registering-{gathered}").set_value(listed).run()
    app.button(f"registering-join-{gathered}").click().run()
    assert not app.error
    joined = ask(empty_desk, "SELECT joined_to_id FROM shelter WHERE joined_to_id IS NOT NULL")
    assert joined == listed


def test_a_count_without_a_figure_is_refused(
    empty_desk: Desk, sign_in: SignIn, open_shelter: OpenShelter
) -> None:
    shelter_id = open_shelter()
    sign_in(Role.OPERATOR)
    app = visit("shelters", shelter_id)
    app.button(f"FormSubmitter:reading-{shelter_id}-Record").click().run()
    assert "The reading holds no figure." in app.error[0].value
    assert ask(empty_desk, "SELECT count(*) FROM occupancy_reading") == 0


def test_a_shelter_that_somebody_else_closed_meanwhile_says_so(
    empty_desk: Desk, sign_in: SignIn, open_shelter: OpenShelter
) -> None:
    shelter_id = open_shelter()
    sign_in(Role.OPERATOR)
    app = visit("shelters", shelter_id)
    with empty_desk.transaction(HEADQUARTERS) as session:
        close_shelter(session, session.scalar(text("SELECT id FROM opening")), version=1)
    app.button(f"close-{shelter_id}").click().run()
    begins = StateChangedMeanwhile.what.partition("“")[0]
    assert app.error[0].value.startswith(begins)
    assert not app.toast


@pytest.mark.usefixtures("incident_id")
def test_a_damage_report_is_filed_by_the_form(empty_desk: Desk, sign_in: SignIn) -> None:
    sign_in(Role.OPERATOR)
    app = visit("damage_reports")
    app.session_state["report-category"] = DamageCategory.DWELLING
    app.text_area("report-note").set_value("屋根瓦が落下")
    app.button("FormSubmitter:report-File the report").click().run()
    assert [message.value for message in app.toast] == ["The report is filed."]
    report = ask(empty_desk, "SELECT to_jsonb(r) FROM damage_report r")
    assert (report["note"], report["category"]) == ("屋根瓦が落下", "dwelling")
    assert (report["severity"], report["location"]) == (None, None)
    assert list(app.dataframe[0].value["Note"]) == ["屋根瓦が落下"]


@pytest.mark.usefixtures("incident_id")
def test_an_empty_form_is_no_damage_report(empty_desk: Desk, sign_in: SignIn) -> None:
    sign_in(Role.OPERATOR)
    app = visit("damage_reports")
    app.button("FormSubmitter:report-File the report").click().run()
    assert [message.value for message in app.error] == [CategoryMissing().explain(Language.EN)]
    assert ask(empty_desk, "SELECT count(*) FROM damage_report") == 0


def test_a_refused_count_stays_in_its_field_and_the_refusal_on_the_screen(
    empty_desk: Desk, sign_in: SignIn, open_shelter: OpenShelter
) -> None:
    shelter_id = open_shelter()
    sign_in(Role.OPERATOR)
    app = visit("shelters", shelter_id)
    app.number_input(f"reading-{shelter_id}-persons").set_value(-3)
    app.button(f"FormSubmitter:reading-{shelter_id}-Record").click().run()
    app.run()
    assert "-3 cannot be a number of people" in app.error[0].value
    assert app.number_input(f"reading-{shelter_id}-persons").value == -3
    assert ask(empty_desk, "SELECT count(*) FROM occupancy_reading") == 0


@pytest.mark.usefixtures("incident_id")
def test_what_a_report_says_is_text_and_never_markup(empty_desk: Desk, sign_in: SignIn) -> None:
    report = NewDamageReport(uuid4(), DamageCategory.OTHER, note="<img src=x onerror=alert(1)>")
    with empty_desk.transaction(HEADQUARTERS) as session:
        file_damage_report(session, report)
    sign_in(Role.OPERATOR)
    for app in (visit("damage_reports", report.id), visit("situation_map")):
        assert "&lt;img src=x" in markup(app)
        assert "<img" not in markup(app)


# --- who may ----------------------------------------------------------------------------------


@pytest.mark.parametrize("page", [name for name in NAMES if name not in SEEN_BY_ALL])
@pytest.mark.usefixtures("demonstration")
def test_a_page_of_those_who_decide_is_not_there_for_a_viewer(page: str, sign_in: SignIn) -> None:
    sign_in(Role.VIEWER)
    with pytest.raises(ValueError, match="Could not find a navigation page"):
        visit(page)


@pytest.mark.parametrize("page", SEEN_BY_ALL)
def test_a_viewer_decides_nothing(page: str, demonstration: Desk, sign_in: SignIn) -> None:
    sign_in(Role.VIEWER)
    open_one = ask(demonstration, "SELECT shelter_id FROM opening WHERE ended_at IS NULL LIMIT 1")
    app = visit(page, open_one)
    assert not app.exception
    assert buttons(app) == {"Sign out"}


def test_a_viewer_is_refused_even_where_a_button_was_left_to_press(
    empty_desk: Desk, sign_in: SignIn, open_shelter: OpenShelter
) -> None:
    shelter_id = open_shelter()
    sign_in(Role.OPERATOR)
    app = visit("shelters", shelter_id)
    sign_in(Role.VIEWER)
    app.button(f"close-{shelter_id}").click().run()
    assert [message.value for message in app.error] == [NotAllowed().explain(Language.EN)]
    assert not app.exception
    assert ask(empty_desk, "SELECT count(*) FROM opening WHERE ended_at IS NULL") == 1


@pytest.mark.parametrize("role", [Role.FIELD, Role.SHELTER, Role.ORGANISER])
@pytest.mark.usefixtures("demonstration")
def test_a_role_without_pages_is_told_so(role: Role, sign_in: SignIn) -> None:
    sign_in(role)
    app = visit("shelters")
    assert [message.value for message in app.error] == [NotAllowed().explain(Language.EN)]
    assert "hq-shell-city" not in markup(app).partition("</style>")[2]
    assert not app.dataframe


def test_an_ended_sign_in_is_noticed_on_the_open_page(empty_desk: Desk, sign_in: SignIn) -> None:
    token = sign_in(Role.ADMIN)
    app = visit("situation_map")
    app.text_input("incident-name-page").set_value("地震")
    with empty_desk.transaction(SYSTEM) as session:
        end_sign_in(session, token)
    app.button("FormSubmitter:open-incident-page-Open the incident").click().run()
    assert [message.value for message in app.error] == [NotSignedIn().explain(Language.EN)]
    assert not app.exception
    assert ask(empty_desk, "SELECT count(*) FROM incident") == 0


def test_signing_out_ends_the_sign_in(empty_desk: Desk, sign_in: SignIn) -> None:
    sign_in(Role.ADMIN)
    app = visit("shelters")
    (button,) = (button for button in app.button if button.label == "Sign out")
    button.click().run()
    assert [message.value for message in app.error] == [NotSignedIn().explain(Language.EN)]
    assert ask(empty_desk, "SELECT count(*) FROM sign_in WHERE ended_at IS NULL") == 0


@pytest.mark.usefixtures("empty_desk")
def test_a_store_that_is_away_is_said_in_words(sign_in: SignIn) -> None:
    sign_in(Role.ADMIN)
    app = visit("shelters")
    with working_on(f"postgresql://hq_server:secret@127.0.0.1:{free_port()}/hq_live"):
        app.run()
    assert [message.value for message in app.error] == [StoreUnavailable().explain(Language.EN)]
    assert not app.exception
