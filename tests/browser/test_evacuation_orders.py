"""Evacuation orders in a real browser: drawn, issued, seen on the map, lifted."""

from typing import Any
from uuid import uuid4

from playwright.sync_api import FrameLocator, expect

from tests.browser.conftest import FRESH, Visit, press_in_list, take_in_hand

ORDERS = "/api/evacuation-orders"
SHIOMIDAI = "142070019000"


def tap_around(frame: FrameLocator, reach: int) -> None:
    """Tap four corners around the middle of the map."""
    chart = frame.locator(".leaflet-container")
    x, y = chart.evaluate("map => [map.clientWidth / 2, map.clientHeight / 2]")
    for number, (right, down) in enumerate(((-1, -1), (1, -1), (1, 1), (-1, 1)), start=1):
        chart.click(position={"x": x + right * reach, "y": y + down * reach})
        expect(frame.locator(".hq-corner")).to_have_count(number)


def in_force(visit: Visit) -> list[dict[str, Any]]:
    with visit.server.client() as client:
        told: list[dict[str, Any]] = client.get(ORDERS, params={"in_force": True}).json()
    return told


def issue(visit: Visit, **content: object) -> str:
    said = {"id": str(uuid4()), "hazard": "landslide", "kind": "emergency"}
    with visit.server.client() as client:
        client.post(ORDERS, json=said | content).raise_for_status()
    return said["id"]


def lift(visit: Visit, order_id: str) -> None:
    lifting = {"id": str(uuid4()), "version": 1}
    with visit.server.client() as client:
        client.post(f"{ORDERS}/{order_id}/lifting", json=lifting).raise_for_status()


def test_an_order_is_drawn_issued_and_lifted(visit: Visit) -> None:
    visit.go("evacuation_orders")
    visit.await_live()
    page, said = visit.page, f"氾濫危険水位{uuid4().hex[:6]} <img src=x onerror=alert(1)>"
    page.locator("summary", has_text="campaign").click()
    form = page.locator("[data-testid=stExpander]", has=page.locator("[class*=st-key-order-new-]"))
    form.locator("[class*=-hazard] input").click()
    page.locator("[role=option]").first.click()
    form.locator("[class*=-kind-3] label", has_text="5").click()
    form.locator("[class*=-reason] textarea").fill(said)
    form.locator("[class*=-way] button").nth(1).click()
    frame = page.frame_locator("iframe")
    frame.locator(".hq-draw").wait_for()
    frame.locator("path.hq-shore").wait_for()
    take_in_hand(frame)
    tap_around(frame, 60)
    frame.locator(".hq-draw button").first.click()
    expect(frame.locator(".hq-corner")).to_have_count(3)
    frame.locator(".hq-draw-main").click()
    expect(frame.locator("path.hq-used")).to_have_count(1)
    form.locator("[class*=-go-on] button:enabled").click()
    form.locator("[class*=-file] button").click()
    # The fields are new ones once it is issued.
    expect(form.locator(f"[class*=-reason]{FRESH} textarea")).to_have_value("")
    (order,) = (one for one in in_force(visit) if one["reason"] == said)
    assert (order["level"], order["is_drawn"]) == (5, True)
    assert order["persons"]["known"] > 0
    lift(visit, order["order_id"])
    assert (visit.outside, visit.errors, visit.dialogs) == ([], [], [])


def test_an_order_appears_on_the_map_is_selected_and_goes_when_it_is_lifted(visit: Visit) -> None:
    visit.go()
    visit.await_live()
    visit.map()
    frame = visit.page.frame_locator("iframe")
    washes = frame.locator("path.hq-wash")
    before = len(in_force(visit))
    expect(washes).to_have_count(before)
    # A figure by which this order is known among all others on the map.
    order_id = issue(visit, town_codes=[SHIOMIDAI], persons=87_654, guidance="<b>高い所へ</b>")
    label = frame.locator('.hq-order[aria-label*="87,654"]')
    expect(label).to_have_count(1)
    expect(label).to_contain_text("5")
    assert "汐見台" in (label.get_attribute("aria-label") or "")
    expect(washes).to_have_count(before + 1)
    catches = "element => getComputedStyle(element).pointerEvents"
    assert washes.first.evaluate(catches) == "none", "a tap goes through to the map"
    label.press("Enter")
    panel = visit.page.locator(".hq-plain", has_text="<b>高い所へ</b>")
    expect(panel).to_contain_text("87,654")
    lift(visit, order_id)
    expect(label).to_have_count(0)
    expect(washes).to_have_count(before)
    assert (visit.outside, visit.errors) == ([], [])


def test_what_is_being_drawn_outlasts_the_choice_of_another_order(visit: Visit) -> None:
    order_id = issue(visit, town_codes=[SHIOMIDAI])
    visit.go("evacuation_orders")
    visit.await_live()
    page = visit.page
    page.locator("summary", has_text="campaign").click()
    page.locator("[class*=st-key-order-new-][class*=-way] button").nth(1).click()
    frame = page.frame_locator("iframe")
    frame.locator(".hq-shore").wait_for(state="attached")
    take_in_hand(frame)
    frame.locator(".leaflet-container").click(position={"x": 150, "y": 150})
    expect(frame.locator(".hq-corner")).to_have_count(1)
    press_in_list(page.get_by_test_id("stDataFrame").first, 60, 55)
    expect(page.locator("summary", has_text="edit")).to_be_visible()
    expect(frame.locator(".hq-corner")).to_have_count(1)
    lift(visit, order_id)
