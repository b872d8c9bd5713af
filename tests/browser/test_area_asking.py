"""Drawing on the situation map in a real browser: asking about an area, and measuring."""

import re
from uuid import uuid4

import pytest
from playwright.sync_api import Frame, Locator, Page, expect

from dashboard.maps.words import WORDS
from gis.text import Language, translate
from tests.browser.conftest import FRESH, Visit, take_in_hand

WEST, SOUTH, EAST, NORTH = 139.78, 35.325, 139.80, 35.335
"""At sea, where the demonstration has nothing."""
CORNERS = ((WEST, SOUTH), (EAST, SOUTH), (EAST, NORTH), (WEST, NORTH))


def word(name: str) -> str:
    return translate(WORDS[name], Language.JA)


def pen(frame: Frame, name: str) -> Locator:
    return frame.locator(f".hq-pen-{name}")


def look_at(frame: Frame) -> None:
    take_in_hand(frame)
    frame.evaluate("void map.setView([35.327, 139.79], 14, { animate: false })")


def tap(frame: Frame, lon: float, lat: float) -> None:
    """Tap a place on the map."""
    x, y = frame.evaluate(
        "([lon, lat]) => { const p = map.latLngToContainerPoint([lat, lon]); return [p.x, p.y]; }",
        [lon, lat],
    )
    frame.locator(".leaflet-container").click(position={"x": x, "y": y})


def drawn(frame: Frame) -> Locator:
    return frame.locator("path.hq-drawn")


def told(page: Page) -> Locator:
    return page.locator(f"[data-testid=stElementContainer]{FRESH} .hq-area-here")


@pytest.fixture
def frame(visit: Visit) -> Frame:
    """The map of a page that is at rest, over the empty sea."""
    visit.go()
    visit.await_live()
    chart = visit.map()
    look_at(chart)
    return chart


def test_an_area_is_drawn_told_and_followed_until_it_is_closed(visit: Visit, frame: Frame) -> None:
    page = visit.page
    pen(frame, "area").click()
    for lon, lat in CORNERS:
        tap(frame, lon, lat)
    # Keys are told to whoever draws by them.
    expect(frame.locator(".hq-pen-keys:visible")).to_have_count(0)
    tap(frame, *CORNERS[0])
    expect(told(page)).to_contain_text("2.0")
    expect(told(page).locator(".hq-severity")).to_have_count(0)
    with visit.server.client() as client:
        place = {"lon": (WEST + EAST) / 2, "lat": (SOUTH + NORTH) / 2}
        report = {"id": str(uuid4()), "category": "road", "location": place}
        client.post("/api/damage-reports", json=report).raise_for_status()
    expect(told(page).locator(".hq-severity")).to_have_count(1)
    # What is tapped now is asked about besides.
    tap(frame, 139.795, 35.333)
    expect(page.locator(".hq-plain.hq-here")).to_be_visible()
    expect(told(page)).to_be_visible()
    frame.locator(".hq-pen-bars").get_by_role("button", name=word("pen_close")).click()
    expect(told(page)).to_have_count(0)
    expect(drawn(frame)).to_have_count(0)
    assert (visit.outside, visit.errors, visit.dialogs) == ([], [], [])


def test_while_a_pen_draws_nothing_is_selected_and_escape_puts_it_down(
    visit: Visit, frame: Frame
) -> None:
    pen(frame, "area").click()
    tap(frame, WEST, SOUTH)
    expect(drawn(frame)).to_have_count(1)
    expect(visit.page.locator(".hq-plain.hq-here")).to_have_count(0)
    frame.locator(".leaflet-container").press("Escape")
    expect(pen(frame, "area")).to_have_attribute("aria-pressed", "false")
    expect(drawn(frame)).to_have_count(0)
    tap(frame, WEST, SOUTH)
    expect(visit.page.locator(".hq-plain.hq-here")).to_be_visible()


def test_an_area_that_crosses_itself_is_answered_with_the_reason(
    visit: Visit, frame: Frame
) -> None:
    pen(frame, "area").click()
    for number in (0, 2, 1, 3):
        tap(frame, *CORNERS[number])
    frame.locator(".hq-pen-bars").get_by_role("button", name=word("pen_finish")).click()
    expect(visit.page.get_by_test_id("stAlert")).to_contain_text("139.79")


def test_a_known_distance_is_measured_by_the_browser_alone(visit: Visit, frame: Frame) -> None:
    pen(frame, "measure").click()
    for place in CORNERS[:2]:
        tap(frame, *place)
    # A fiftieth of a degree is 1,817 m there.
    status = frame.locator(".hq-pen-bars [role=status]:visible")
    expect(status).to_contain_text(re.compile(r"1\.8[123] km"))
    tap(frame, *CORNERS[1])
    expect(pen(frame, "measure")).to_have_attribute("aria-pressed", "false")
    expect(status).to_contain_text(re.compile(r"1\.8[123] km"))
    expect(told(visit.page)).to_have_count(0)


def test_an_area_is_drawn_with_the_keyboard_alone(visit: Visit, frame: Frame) -> None:
    pen(frame, "area").focus()
    pen(frame, "area").press("Enter")
    chart = frame.locator(".leaflet-container")
    expect(chart).to_be_focused()
    expect(frame.locator(".hq-pen-cross")).to_be_visible()
    expect(frame.locator(".hq-pen-keys:visible")).to_have_text(word("pen_keys"))
    for number, arrow in enumerate(("ArrowRight", "ArrowUp", "ArrowLeft"), start=1):
        chart.press(" ")
        frame.wait_for_function(f"map.hqPen.corners.length === {number}")
        before = frame.evaluate("[map.getCenter().lat, map.getCenter().lng]")
        chart.press(arrow)
        frame.wait_for_function(
            "(before) => map.getCenter().distanceTo(before) > 300 && !map._panAnim?._inProgress",
            arg=before,
        )
    chart.press("Enter")
    expect(told(visit.page)).to_be_visible()
    expect(drawn(frame)).to_have_count(1)
