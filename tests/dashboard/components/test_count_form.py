"""The form for a count: what a yes is said to, what a correction takes the place of."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text
from streamlit.testing.v1 import AppTest

from dashboard.workspaces import Desk, current_desk
from gis.operations.occupancy import Counts, Reading, record_occupancy
from gis.vocabulary import Role
from tests.conftest import HEADQUARTERS, FixedClock
from tests.dashboard.conftest import SignIn

OpenShelter = Callable[..., UUID]
Record = Callable[..., UUID]


def drawn() -> None:
    import streamlit as st  # noqa: PLC0415 - Streamlit runs this as a script of its own

    from dashboard import cached  # noqa: PLC0415
    from dashboard.actions import show_notice  # noqa: PLC0415
    from dashboard.components.count_form import count_form  # noqa: PLC0415

    show_notice()
    if not st.session_state.get("elsewhere"):
        count_form(cached.shelters()[0])


@pytest.fixture
def form(empty_desk: Desk, sign_in: SignIn, open_shelter: OpenShelter, clock: FixedClock) -> "Form":
    """The form of the only shelter, which is open, for 120 persons, and was counted once."""
    sign_in(Role.OPERATOR)
    shelter_id = open_shelter()
    count(empty_desk, clock, shelter_id, persons=50, households=20, infants=3)
    return Form(empty_desk, clock, shelter_id)


def count(desk: Desk, clock: FixedClock, shelter_id: UUID, **figures: int) -> UUID:
    """Record a count from elsewhere, a minute later."""
    clock.moment += timedelta(minutes=1)
    reading = Reading(uuid4(), shelter_id, Counts(**figures))
    with desk.transaction(HEADQUARTERS) as session:
        record_occupancy(session, reading)
    return reading.id


class Form:
    """The form as a person meets it."""

    def __init__(self, desk: Desk, clock: FixedClock, shelter_id: UUID) -> None:
        self.desk, self.clock, self.shelter_id = desk, clock, shelter_id
        self.name = f"reading-{shelter_id}"
        self.app = AppTest.from_function(drawn, default_timeout=60).run()

    def count_elsewhere(self, **figures: int) -> UUID:
        """Record a count from elsewhere; the page draws itself anew, as it does live."""
        reading_id = count(self.desk, self.clock, self.shelter_id, **figures)
        self.app.run()
        return reading_id

    def type(self, **figures: int | None) -> None:
        for figure, typed in figures.items():
            self.app.number_input(f"{self.name}-{figure}").set_value(typed)

    def press(self, label: str) -> None:
        (button,) = (button for button in self.app.button if button.label.startswith(label))
        button.click().run()
        assert not self.app.exception
        assert not self.app.error

    @property
    def typed(self) -> dict[str, int]:
        fields = ((field.key or "", field.value) for field in self.app.number_input)
        return {key.rpartition("-")[2]: int(value) for key, value in fields if value is not None}

    @property
    def question(self) -> str:
        """What is asked back; nothing where nothing is."""
        return "".join(warning.value for warning in self.app.warning)


def stored() -> list[Any]:
    """Return persons, households, infants and what was confirmed, the first recorded first."""
    question = (
        "SELECT persons, households, infants, confirmed FROM occupancy_reading ORDER BY recorded_at"
    )
    with current_desk().workspace.reading() as session:
        return [tuple(row) for row in session.execute(text(question))][1:]


YES = "Yes, the count is right"
CORRECT = "Correct the last count"
NOT_A_CORRECTION = "Not a correction"


def test_a_yes_is_said_to_the_figures_that_were_asked_about(form: Form) -> None:
    form.type(persons=600)
    form.press("Record")
    assert "600" in form.question
    form.type(persons=60)
    form.press(YES)
    assert form.question == ""
    assert stored() == [(60, None, None, [])]


def test_other_figures_are_asked_about_anew(form: Form) -> None:
    form.type(persons=600)
    form.press("Record")
    form.press(YES)
    assert "the last time" in form.question  # a second doubt about the same figures
    form.type(persons=450)
    form.press(YES)
    assert "450" in form.question
    assert stored() == []
    form.press(YES)
    assert stored() == [(450, None, None, ["far-over-capacity"])]


def test_a_question_is_over_with_the_form_it_was_asked_in(form: Form) -> None:
    form.type(persons=600)
    form.press("Record")
    for elsewhere in (True, False):
        form.app.session_state["elsewhere"] = elsewhere
        form.app.run()
    assert form.question == ""


def test_a_count_made_after_the_form_was_begun_is_asked_about(form: Form) -> None:
    form.count_elsewhere(persons=70)
    form.type(persons=52)
    form.press("Record")
    assert "recorded 70" in form.question
    form.press(YES)
    assert stored()[-1] == (52, None, None, ["counted-meanwhile"])


def test_one_s_own_last_count_is_no_news(form: Form) -> None:
    for persons in (52, 53):
        form.type(persons=persons)
        form.press("Record")
        assert form.question == ""
    assert [persons for persons, *_ in stored()] == [52, 53]


def test_a_correction_begins_with_all_that_the_reading_counted(form: Form) -> None:
    form.type(persons=55)
    form.press(CORRECT)
    assert form.typed == {"persons": 55, "households": 20, "infants": 3}
    form.type(infants=None)
    form.press("Record")
    assert stored() == [(55, 20, None, [])]
    assert form.typed == {}


def test_who_does_not_correct_after_all_keeps_what_was_typed(form: Form) -> None:
    form.type(persons=55)
    form.press(CORRECT)
    form.press(NOT_A_CORRECTION)
    assert form.typed == {"persons": 55}
    form.press("Record")
    with current_desk().workspace.reading() as session:
        assert session.scalar(text("SELECT count(supersedes_id) FROM occupancy_reading")) == 0


def test_a_correction_does_not_move_to_a_newer_count(form: Form) -> None:
    form.press(CORRECT)
    form.count_elsewhere(persons=70)
    form.type(persons=52)
    form.press("Record")
    assert "recorded 70" in form.question
    form.press(YES)
    corrected = (
        "SELECT corrected.persons FROM occupancy_reading r"
        " JOIN occupancy_reading corrected ON corrected.id = r.supersedes_id"
    )
    with current_desk().workspace.reading() as session:
        assert session.scalars(text(corrected)).all() == [50]
