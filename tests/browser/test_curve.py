"""The curve on the board's page, and the counts of a shelter in its panel."""

import pytest
from playwright.sync_api import Locator, expect

from dashboard.components.wording import count_text
from gis.text import Language
from tests.browser.conftest import Visit
from tests.browser.test_board import row

NAME = "鶴嶺小学校"


@pytest.fixture
def opened(visit: Visit) -> Visit:
    """The page with the curve opened."""
    visit.go("board")
    visit.page.locator(".hq-body .hq-row").first.wait_for()
    visit.page.get_by_text("人数の推移").or_(visit.page.get_by_text("How the number")).click()
    charts(visit).first.wait_for()
    return visit


def charts(visit: Visit) -> Locator:
    return visit.page.get_by_test_id("stVegaLiteChart")


def test_it_shows_persons_and_beneath_them_what_was_unknown(opened: Visit) -> None:
    expect(charts(opened)).to_have_count(2)
    with opened.server.client() as client:
        total = client.get("/api/board").json()["totals"]["persons"]
    summary = opened.page.locator(".st-key-curve-summary")
    expect(summary).to_contain_text(
        count_text(total["known"], total["unknown_places"], Language.JA)
    )


def test_it_loads_nothing_from_elsewhere_and_throws_nothing(opened: Visit) -> None:
    charts(opened).locator("canvas, svg").first.wait_for()
    assert opened.outside == []
    assert opened.errors == []


def test_a_shelter_can_be_chosen(opened: Visit) -> None:
    opened.page.locator(".st-key-curve-of input").fill(NAME)
    opened.page.get_by_role("option", name=NAME).click()
    with opened.server.client() as client:
        shelters = client.get("/api/board").json()["shelters"]
    (persons,) = [one["persons"] for one in shelters if one["name"] == NAME]
    expect(opened.page.locator(".st-key-curve-summary")).to_contain_text(f"{persons:,}")


def test_the_panel_draws_the_counts_over_their_table(visit: Visit) -> None:
    visit.go("board")
    row(visit, NAME).locator(".hq-row-name").click()
    visit.page.locator(".hq-plain .hq-name", has_text=NAME).wait_for()
    expect(charts(visit)).to_have_count(1)
    charts(visit).locator("canvas, svg").first.wait_for()
    assert visit.errors == []
    assert visit.outside == []
