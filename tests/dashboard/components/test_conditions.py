"""How a shelter is off, on the page: what is shown, what is sent, who may."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text
from streamlit.testing.v1 import AppTest

from dashboard.workspaces import Desk, current_desk
from gis.errors import AmountImpossible, NothingSaid
from gis.models.condition import ITEMS, LIFELINES, SUPPLIES
from gis.operations.conditions import ConditionReportIn, ConditionSaid, report_condition
from gis.operations.occupancy import Counts, Reading, record_occupancy
from gis.operations.openings import close_shelter
from gis.text import Language
from gis.vocabulary import LifelineState, Role, Source, SupplyState
from tests.conftest import HEADQUARTERS
from tests.dashboard.conftest import SignIn

OpenShelter = Callable[..., UUID]
Shown = dict[str, str]


def drawn() -> None:
    from dashboard import cached  # noqa: PLC0415 - Streamlit runs this as a script of its own
    from dashboard.actions import show_notice  # noqa: PLC0415
    from dashboard.components.conditions import conditions  # noqa: PLC0415

    show_notice()
    conditions(cached.shelters()[0])


def page() -> AppTest:
    app = AppTest.from_function(drawn, default_timeout=60).run()
    assert not app.exception
    return app


def markup(app: AppTest) -> str:
    return "\n".join(element.proto.body for element in app.get("html"))


def rows(app: AppTest) -> Shown:
    """Return what is told of each item, without the markup around it."""
    cells = re.findall(r"<th>(.*?)</th>\s*<td>(.*?)</td>", markup(app), re.DOTALL)
    return {label: " ".join(re.sub(r"<.*?>", "", value).split()) for label, value in cells}


def ask(question: str) -> list[Any]:
    with current_desk().workspace.reading() as session:
        return [tuple(row) for row in session.execute(text(question))]


@pytest.fixture
def shelter_id(empty_desk: Desk, open_shelter: OpenShelter) -> UUID:
    """The only shelter, open, and nothing is known of it."""
    assert empty_desk
    return open_shelter()


def say(shelter_id: UUID, source: Source = Source.PHONE, **said: Any) -> None:  # noqa: ANN401
    desk = current_desk()
    at = desk.workspace.clock.now()
    report = ConditionReportIn(uuid4(), shelter_id, ConditionSaid(**said), at, source)
    with desk.transaction(HEADQUARTERS) as session:
        report_condition(session, report)


def count(shelter_id: UUID, persons: int) -> None:
    with current_desk().transaction(HEADQUARTERS) as session:
        confirmed = frozenset({"far-over-capacity"})
        reading = Reading(uuid4(), shelter_id, Counts(persons=persons), confirmed=confirmed)
        record_occupancy(session, reading)


@pytest.mark.usefixtures("shelter_id")
def test_what_nobody_looked_at_is_unknown_and_never_none(sign_in: SignIn) -> None:
    sign_in(Role.VIEWER)
    shown = rows(page())
    unknown = {value for label, value in shown.items() if label != "Last visit"}
    assert unknown == {"？ Unknown", "Unknown"}
    assert shown["Last visit"] == "No visit on record"


def test_states_are_told_by_sign_and_word_and_toilets_against_the_standards(
    shelter_id: UUID, sign_in: SignIn
) -> None:
    count(shelter_id, 400)
    say(shelter_id, electricity=LifelineState.UNUSABLE, water=LifelineState.PARTLY)
    say(shelter_id, food=SupplyState.ENOUGH, fuel=SupplyState.NOT_TODAY, floor_area_m2=1399)
    say(shelter_id, Source.VISIT, toilets_women=3, toilets_men=1, toilets_portable=500)
    sign_in(Role.VIEWER)
    shown = rows(page())
    assert shown["Electricity"] == "× Not usable"
    assert shown["Tap water"] == "△ Partly usable"
    assert shown["Food"] == "○ Enough, or refilled regularly"
    assert shown["Fuel"] == "× Not even enough for today"
    assert shown["Toilets without bags"] == "4 or more"
    assert shown["Persons per toilet"] == "100.0 at most"
    assert shown["Toilets needed"] == "8"
    assert shown["Toilets lacking"] == "× 4 at most (of which for women: 3)"
    assert shown["Floor area per person"] == "× 3.49 m² (at least 3.5 m²)"
    assert shown["Last visit"] != "No visit on record"


def test_an_empty_shelter_lacks_nothing(shelter_id: UUID, sign_in: SignIn) -> None:
    count(shelter_id, 0)
    say(shelter_id, toilets_women=0, floor_area_m2=100)
    sign_in(Role.VIEWER)
    shown = rows(page())
    assert (shown["Persons per toilet"], shown["Toilets lacking"]) == ("0", "○ 0")
    assert shown["Floor area per person"] == "○ Nobody is there"


def test_many_people_without_a_toilet_are_no_division_by_zero(
    shelter_id: UUID, sign_in: SignIn
) -> None:
    count(shelter_id, 40)
    say(shelter_id, toilets_women=0)
    sign_in(Role.VIEWER)
    assert rows(page())["Persons per toilet"] == "no toilet"


def test_a_closed_shelter_is_measured_by_nobody_and_takes_no_report(
    shelter_id: UUID, sign_in: SignIn
) -> None:
    count(shelter_id, 40)
    say(shelter_id, toilets_women=2)
    ((opening, version),) = ask("SELECT id, version FROM opening")
    with current_desk().transaction(HEADQUARTERS) as session:
        close_shelter(session, opening, version=version)
    sign_in(Role.OPERATOR)
    app = page()
    assert rows(app)["Toilets without bags"] == "2 or more"
    assert "Persons per toilet" not in rows(app)
    assert not app.button


@pytest.mark.parametrize("role", [Role.VIEWER, Role.FIELD])
def test_who_does_not_count_people_sees_no_form(
    role: Role, shelter_id: UUID, sign_in: SignIn
) -> None:
    assert shelter_id
    sign_in(role)
    app = page()
    assert not app.button
    assert f"/card?shelter={shelter_id}" in app.get("link_button")[0].proto.url


def form(app: AppTest, shelter_id: UUID, **told: Any) -> AppTest:  # noqa: ANN401
    """Fill some fields of the form, and send it."""
    key = f"condition-{shelter_id}"
    app.session_state[f"{key}-part"] = True
    app.run()
    for item, value in told.items():
        if item in {*LIFELINES, *SUPPLIES, "source"}:
            app.button_group(f"{key}-{item}").set_value(value)
        elif item in {"needs", "note"}:
            app.text_area(f"{key}-{item}").set_value(value)
        else:
            app.number_input(f"{key}-{item}").set_value(value)
    return app.button(f"FormSubmitter:{key}-Report").click().run()


def test_only_what_was_touched_is_sent(shelter_id: UUID, sign_in: SignIn) -> None:
    say(shelter_id, gas=LifelineState.USABLE, needs="水")
    sign_in(Role.OPERATOR)
    told = {"electricity": LifelineState.PARTLY, "toilets_men": 0, "source": Source.VISIT}
    app = form(page(), shelter_id, **told)
    assert [message.value for message in app.toast] == ["The report is recorded."]
    columns = ", ".join(ITEMS)
    (sent,) = ask(f"SELECT {columns} FROM condition_report WHERE source = 'visit'")  # noqa: S608
    assert {item: value for item, value in zip(ITEMS, sent, strict=True) if value is not None} == {
        "electricity": "partly",
        "toilets_men": 0,
    }
    shown = rows(app)
    assert (shown["Gas"], shown["Electricity"]) == ("○ Usable", "△ Partly usable")
    assert shown["Support and goods needed"] == "水"
    assert app.number_input(f"condition-{shelter_id}-toilets_men").value is None


def test_a_form_is_drawn_once_it_was_unfolded(shelter_id: UUID, sign_in: SignIn) -> None:
    sign_in(Role.OPERATOR)
    app, key = page(), f"condition-{shelter_id}"
    assert not app.text_area
    app.session_state[f"{key}-part"] = True
    app.run()
    assert app.text_area(f"{key}-note")
    app.session_state[f"{key}-part"] = False
    app.run()
    assert app.text_area(f"{key}-note")


def test_what_was_seen_earlier_keeps_its_moment(shelter_id: UUID, sign_in: SignIn) -> None:
    sign_in(Role.OPERATOR)
    app = form(page(), shelter_id, toilets_men=2, ago=3)
    assert not app.error
    ((seen_before,),) = ask("SELECT recorded_at - observed_at FROM condition_report")
    assert abs(seen_before - timedelta(minutes=3)) < timedelta(seconds=30)


def test_a_refused_report_says_why_and_keeps_what_was_typed(
    shelter_id: UUID, sign_in: SignIn
) -> None:
    sign_in(Role.OPERATOR)
    app = form(page(), shelter_id)
    assert [each.value for each in app.error] == [NothingSaid().explain(Language.EN)]
    app = form(app, shelter_id, floor_area_m2=0, note="二階")
    facts: dict[str, Any] = {
        "item": "Floor area open to people (m²)",
        "least": 1,
        "most": 1_000_000,
    }
    refused = AmountImpossible(received=0, **facts)
    assert [each.value for each in app.error] == [refused.explain(Language.EN)]
    assert app.text_area(f"condition-{shelter_id}-note").value == "二階"
    assert ask("SELECT count(*) FROM condition_report") == [(0,)]


def test_what_people_write_is_text_and_no_markup(shelter_id: UUID, sign_in: SignIn) -> None:
    say(shelter_id, needs="<img src=x onerror=alert(1)>")
    sign_in(Role.OPERATOR)
    assert "<img" not in markup(page())
    assert "&lt;img src=x" in markup(page())
