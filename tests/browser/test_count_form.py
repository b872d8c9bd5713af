"""The form for a count beside the map, in a browser: Enter, second thoughts, corrections."""

from uuid import UUID

import pytest
from playwright.sync_api import Locator, expect

from gis.queries.occupancy import readings_of
from gis.queries.shelters import current_opening
from gis.text import Language, translate
from tests.browser.conftest import Visit
from tests.browser.test_main_job import record, shelter_id

NAME = "緑が浜小学校"


def said(message: str) -> str:
    return translate(message, Language.JA)


class Form:
    """The form as it stands beside the map."""

    def __init__(self, visit: Visit) -> None:
        self.visit, self.page = visit, visit.page
        self.field = self.page.get_by_label(said("Persons in shelters"))
        self.question = self.page.locator('[data-testid="stForm"] [data-testid="stAlert"]')

    def button(self, message: str) -> Locator:
        return self.page.get_by_role("button", name=said(message).split("{")[0])

    def last(self) -> tuple[int | None, list[str]]:
        """Return the persons that were recorded last, and what was said yes to."""
        workspace = self.visit.server.workspace
        with workspace.reading() as session:
            at = workspace.clock.now()
            opening = current_opening(session, UUID(shelter_id(self.visit.server, NAME)), at=at)
            assert opening
            last = max(readings_of(session, opening.id), key=lambda one: one.recorded_at)
        return last.persons, last.confirmed


@pytest.fixture
def form(visit: Visit) -> Form:
    record(visit.server, NAME, 50)
    visit.go()
    visit.map().locator(f'.hq-place[aria-label^="{NAME}"]').click()
    expect(visit.page.locator(".hq-name")).to_have_text(NAME)
    form = Form(visit)
    expect(form.button("Record")).to_be_visible()
    visit.settle()
    return form


def test_enter_never_says_yes(form: Form) -> None:
    for persons in ("6000", "7000"):
        form.field.fill(persons)
        form.field.press("Enter")
        expect(form.question).to_contain_text(persons)
    record(form.visit.server, "松浪小学校", 702)  # and the page draws itself anew
    form.field.fill("8000")
    form.field.press("Enter")
    expect(form.question).to_contain_text("8000")
    assert form.last()[0] == 50


def test_a_yes_records_no_number_that_is_not_on_the_screen(form: Form) -> None:
    form.field.fill("6000")
    form.field.press("Enter")
    expect(form.question).to_contain_text("6000")
    form.field.fill("60")
    form.button("Yes, the count is right: record it").click()
    expect(form.page.get_by_text(said("The count is recorded."))).to_be_visible()
    assert form.last() == (60, [])


def test_a_correction_takes_up_what_was_typed_and_stays_with_its_count(form: Form) -> None:
    form.field.fill("52")
    form.button("Correct the last count ({persons}, {moment})").click()
    expect(form.button("Not a correction: a new count")).to_be_visible()
    expect(form.field).to_have_value("52")
    record(form.visit.server, NAME, 70)
    expect(form.page.locator(".hq-count")).to_contain_text("70")
    form.field.press("Enter")
    expect(form.question).to_contain_text("70")
    form.button("Yes, the count is right: record it").click()
    expect(form.page.get_by_text(said("The count is recorded."))).to_be_visible()
    expect(form.page.locator(".hq-count")).to_contain_text("70")
