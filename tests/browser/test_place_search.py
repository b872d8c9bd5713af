"""Finding a place on the situation map in a real browser, by keyboard and without the internet."""

import pytest
from playwright.sync_api import Frame, FrameLocator, Geolocation, Locator, Page, expect

from dashboard.maps.words import WORDS
from gis.text import Language, translate
from tests.browser.conftest import Visit

HOSTILE = "<img src=x onerror=alert(1)>"
POSITION: Geolocation = {"latitude": 35.3338, "longitude": 139.4035, "accuracy": 12}


def chart(page: Page) -> FrameLocator:
    return page.frame_locator("iframe").first


def field(page: Page) -> Locator:
    return chart(page).get_by_role("combobox")


def options(page: Page) -> Locator:
    return chart(page).locator(".hq-search [role=option]")


def said(page: Page) -> Locator:
    return chart(page).locator(".hq-search-said")


def await_centre(frame: Frame, lat: float, lon: float) -> None:
    """Wait until the map has come to rest around a place, near enough to see streets."""
    frame.wait_for_function(
        """([lat, lon]) => map.getZoom() === 16 && !map._animatingZoom
            && map.getCenter().distanceTo([lat, lon]) < 5""",
        arg=[lat, lon],
    )


@pytest.fixture
def frame(visit: Visit) -> Frame:
    """The map of a page that is at rest."""
    visit.go()
    visit.await_live()
    return visit.map()


def nothing_went_wrong(visit: Visit) -> bool:
    return (visit.outside, visit.errors, visit.dialogs) == ([], [], [])


def test_a_town_is_found_however_its_number_is_written(visit: Visit, frame: Frame) -> None:
    page = visit.page
    for written in ("茅ヶ崎一丁目", "茅ケ崎1丁目", "茅ヶ崎 １丁目", "茅ヶ崎一"):
        field(page).fill(written)
        expect(options(page).first).to_contain_text("茅ヶ崎一丁目")
    field(page).press("Enter")
    await_centre(frame, 35.333515, 139.40271)
    expect(page.locator(".hq-plain.hq-here h3")).to_contain_text("茅ヶ崎一丁目")
    expect(chart(page).locator(".leaflet-marker-icon.hq-here")).to_have_count(1)
    assert nothing_went_wrong(visit)


def test_coordinates_are_a_place_in_either_order_and_width(visit: Visit, frame: Frame) -> None:
    page = visit.page
    for written in ("35.3338, 139.4035", "139.4035 35.3338", "３５．３３３８、１３９．４０３５"):
        field(page).fill(written)
        expect(options(page)).to_have_count(1)
        expect(options(page)).to_contain_text("35.3338, 139.4035")
    options(page).click()
    await_centre(frame, 35.3338, 139.4035)
    expect(page.locator(".hq-plain.hq-here")).to_contain_text("35.33380, 139.40350")
    assert nothing_went_wrong(visit)


def test_arrow_keys_and_enter_choose_a_shelter_and_select_it(visit: Visit, frame: Frame) -> None:
    page = visit.page
    field(page).fill("小学校")
    expect(options(page).nth(1)).to_be_visible()
    second = options(page).nth(1).locator("span").inner_text()
    field(page).press("ArrowDown")
    expect(options(page).nth(1)).to_have_attribute("aria-selected", "true")
    field(page).press("Enter")
    frame.wait_for_function("map.getZoom() === 16")
    expect(page.locator(".hq-plain .hq-name")).to_have_text(second)
    expect(chart(page).locator(".hq-place.hq-selected")).to_have_count(1)
    expect(options(page)).to_have_count(0)


def test_what_is_not_there_is_said_and_what_is_typed_is_never_markup(
    visit: Visit, frame: Frame
) -> None:
    page = visit.page
    field(page).fill(HOSTILE)
    expect(said(page)).not_to_be_empty()
    expect(options(page)).to_have_count(0)
    # A shelter may be called anything.
    frame.evaluate(
        """(name) => map.fire("hq:shown", { subject: "shelters", unplaced: 0, features: [
            { id: "0", geometry: null, properties: { name } }] })""",
        HOSTILE,
    )
    field(page).fill("onerror")
    expect(options(page).locator("span")).to_have_text(HOSTILE)
    assert chart(page).locator("img").count() == 0
    assert nothing_went_wrong(visit)


def test_the_map_goes_to_the_position_that_the_browser_tells(visit: Visit, frame: Frame) -> None:
    page = visit.page
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation(POSITION)
    chart(page).locator(".hq-search button").click()
    await_centre(frame, 35.3338, 139.4035)
    expect(said(page)).to_contain_text("12")
    expect(page.locator(".hq-plain.hq-here")).to_be_visible()


@pytest.mark.usefixtures("frame")
def test_a_position_that_is_refused_is_said_in_words(visit: Visit) -> None:
    button = chart(visit.page).locator(".hq-search button")
    visit.page.context.clear_permissions()
    button.click()
    refused = translate(WORDS["position_refused"], Language.JA)
    expect(said(visit.page)).to_have_text(refused)
