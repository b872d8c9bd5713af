"""Depots and what is on the road, on the situation map of a real browser."""

import pytest
from playwright.sync_api import FrameLocator, Locator, expect

from gis.operations.dispatches import Load
from gis.queries.shelters import shelter_of_designation
from gis.queries.stocks import places
from gis.vocabulary import PlaceKind
from tests.browser.conftest import Visit, take_in_hand
from tests.gis.supplying import WATER, Supplying

NORTH, SOUTH = "【架空】北部物資拠点", "【架空】南部物資拠点"
SCHOOL = "E1420700026111"
"""梅田中学校."""


@pytest.fixture
def supplying(visit: Visit) -> Supplying:
    return Supplying(visit.server.workspace)


def chart(visit: Visit) -> FrameLocator:
    return visit.page.frame_locator("iframe").first


def marked(visit: Visit, kind: str, name: str) -> Locator:
    """Return a mark by what it says to whoever does not see it."""
    return chart(visit).locator(f".hq-{kind}[aria-label*='{name}']")


def test_a_depot_and_a_vehicle_are_there_and_say_what_is_in_them(visit: Visit) -> None:
    visit.go()
    visit.await_live()
    visit.map()
    depot = marked(visit, "depot", SOUTH)
    depot.hover()
    card = chart(visit).locator(".leaflet-tooltip")
    for said in (SOUTH, "飲料水 4,800 L", "架空の物資拠点です"):
        expect(card).to_contain_text(said)
    depot.focus()
    visit.page.keyboard.press("Enter")
    expect(visit.page.locator(".hq-plain h3", has_text=SOUTH)).to_be_visible()
    vehicle = marked(visit, "dispatch", "松浪小学校")
    vehicle.hover()
    # The card of what is focused stays beside it.
    expect(card.filter(has_text="松浪小学校")).to_contain_text("飲料水 1,200 L")
    vehicle.focus()
    visit.page.keyboard.press("Enter")
    expect(visit.page.locator(".hq-plain h3", has_text="松浪小学校")).to_be_visible()
    late = marked(visit, "dispatch", "鶴嶺中学校")
    expect(late.locator(".hq-late-badge")).to_have_count(1)
    expect(vehicle.locator(".hq-late-badge")).to_have_count(0)
    assert (visit.errors, visit.outside) == ([], [])


def test_a_new_dispatch_appears_and_the_map_stays_where_it_is(
    visit: Visit, supplying: Supplying
) -> None:
    visit.go()
    visit.await_live()
    frame = visit.map()
    expect(chart(visit).locator(".hq-dispatch")).to_have_count(2)
    take_in_hand(frame)
    frame.evaluate("map.setView([35.345, 139.4], 13.5, { animate: false })")
    view = "[map.getZoom(), map.getCenter().lat, map.getCenter().lng].join()"
    before = frame.evaluate(view)
    with supplying.workspace.reading() as session:
        (north,) = (one.id for one in places(session, PlaceKind.DEPOT) if one.name == NORTH)
        school = shelter_of_designation(session, SCHOOL)
    dispatch = supplying.reserve(north, school, Load(WATER, 7))
    supplying.leave(dispatch, vehicle="9号車")
    going = marked(visit, "dispatch", "梅田中学校")
    expect(going).to_have_count(1)
    assert "飲料水 7 L" in (going.get_attribute("aria-label") or "")
    assert frame.evaluate(view) == before
    supplying.arrive(dispatch, {WATER: 7})
    expect(going).to_have_count(0)
