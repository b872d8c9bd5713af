"""Triage in a real browser: by keyboard, by two people at once, a place put right by dragging."""

from typing import Any
from uuid import uuid4

from playwright.sync_api import Browser, Locator, Page, expect

from gis.vocabulary import Role
from tests.browser.conftest import FRESH, LAPTOP, WAIT_MS, Visit, admitted, take_in_hand

REPORTS = "/api/damage-reports"
CITY_HALL = {"lon": 139.4035, "lat": 35.3338}


def file(visit: Visit, **content: object) -> str:
    said = {"id": str(uuid4()), "category": "dwelling"} | content
    with visit.server.client() as client:
        client.post(REPORTS, json=said).raise_for_status()
    return str(said["id"])


def look(visit: Visit, report_id: str) -> dict[str, Any]:
    with visit.server.client() as client:
        seen: dict[str, Any] = client.get(f"{REPORTS}/{report_id}").raise_for_status().json()
    return seen


def row(page: Page, report_id: str) -> Locator:
    return page.locator(f'.hq-waiting[data-id="{report_id}"]')


def reason(page: Page, report_id: str) -> Locator:
    """Return the field for the reason of a decision, which stands beneath the buttons."""
    return page.locator(f'[class*="st-key-triage-reason-{report_id}"]{FRESH} input')


def await_open(page: Page, report_id: str) -> None:
    """Wait until a report is open, in the list and beside it: from then on a key means it."""
    expect(row(page, report_id)).to_have_attribute("aria-current", "true")
    expect(reason(page, report_id)).to_be_enabled()


def open_row(page: Page, report_id: str) -> None:
    row(page, report_id).click()
    expect(row(page, report_id)).to_have_attribute("aria-current", "true")


def button(page: Page, name: str) -> Locator:
    """Return a button as it is now: what is left of the page before is no longer pressed."""
    return page.locator(f".st-key-triage-{name}{FRESH} button")


def test_reports_are_triaged_by_keyboard_and_typing_is_no_command(visit: Visit) -> None:
    first = file(visit, people_in_danger=99_999, note="<img src=x onerror=alert(1)>")
    second = file(visit, people_in_danger=99_998)
    page = visit.page
    visit.go("triage")
    visit.await_live()
    row(page, first).wait_for()
    page.keyboard.press("j")
    await_open(page, first)
    reason(page, first).fill("")
    reason(page, first).press_sequentially("crd")
    assert look(visit, first)["version"] == 0, "what is typed decides nothing"
    reason(page, first).blur()
    page.keyboard.press("c")
    await_open(page, second)
    expect(row(page, first)).to_have_count(0)
    page.keyboard.press("r")
    expect(row(page, second)).to_have_count(0)
    assert (look(visit, first)["state"], look(visit, second)["state"]) == ("confirmed", "rejected")
    expect(button(page, "back")).to_be_enabled()
    page.keyboard.press("u")
    await_open(page, second)
    assert look(visit, second)["state"] == "unconfirmed"
    page.keyboard.press("r")
    expect(row(page, second)).to_have_count(0)
    assert (visit.outside, visit.errors, visit.dialogs) == ([], [], [])


def test_of_two_at_one_report_the_second_sees_who_has_it_and_what_was_decided(
    visit: Visit, chromium: Browser
) -> None:
    report_id = file(visit, people_in_danger=99_997)
    ours = visit.page
    visit.go("triage")
    visit.await_live()
    open_row(ours, report_id)
    await_open(ours, report_id)
    context = chromium.new_context(**LAPTOP)
    context.set_default_timeout(WAIT_MS)
    other = admitted(context.new_page(), visit.server, Role.OPERATOR, "夜間の当番")
    theirs = other.page
    other.go("triage")
    other.await_live()
    expect(row(theirs, report_id)).to_contain_text("本部")
    open_row(theirs, report_id)
    expect(theirs.get_by_test_id("stAlert")).to_contain_text("本部")
    expect(button(theirs, "rejected")).to_be_disabled()
    ours.keyboard.press("c")
    # It is free again once the first has gone on; the second finds it decided, and may decide anew.
    await_open(theirs, report_id)
    expect(button(theirs, "rejected")).to_be_enabled()
    expect(button(theirs, "confirmed")).to_be_disabled()
    theirs.keyboard.press("r")
    expect(button(theirs, "back")).to_be_enabled()
    with visit.server.client() as client:
        told = client.get(f"{REPORTS}/{report_id}/assessments").json()
    assert [(one["state"], one["recorded_by"]) for one in told] == [
        ("rejected", "夜間の当番"), ("confirmed", "本部"),
    ]  # fmt: skip
    context.close()
    assert (visit.errors, other.errors) == ([], [])


def test_a_place_is_put_right_by_dragging_its_mark(visit: Visit) -> None:
    report_id = file(visit, people_in_danger=99_996, location=CITY_HALL)
    page = visit.page
    visit.go("triage")
    visit.await_live()
    open_row(page, report_id)
    await_open(page, report_id)
    frame = page.frame_locator("iframe")
    pin = frame.locator(".hq-picked")
    pin.wait_for()
    frame.locator("path.hq-shore").wait_for()
    take_in_hand(frame)
    pin.hover()
    box = pin.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 40, y, steps=5)
    page.mouse.move(x + 80, y, steps=5)
    page.mouse.up()
    expect(button(page, "place")).to_be_enabled()
    button(page, "place").click()
    expect(button(page, "place-filed")).to_be_visible()
    seen = look(visit, report_id)
    assert seen["filed_lon"] == CITY_HALL["lon"]
    assert 0.0005 < seen["lon"] - CITY_HALL["lon"] < 0.01
    assert abs(seen["lat"] - CITY_HALL["lat"]) < 0.0005
    await_open(page, report_id)
    page.keyboard.press("r")
    expect(row(page, report_id)).to_have_count(0)
    assert (visit.outside, visit.errors) == ([], [])
