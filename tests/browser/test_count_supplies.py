"""Supplies on a shelter's telephone: asking for them, seeing them come, telling what arrived."""

from uuid import UUID

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from gis.operations.dispatches import Load
from gis.queries.dispatches import RequestView
from gis.vocabulary import Urgency
from tests.browser.test_count import context, page, shelter_id, telephone
from tests.conftest import Server, await_that
from tests.gis.supplying import WATER, Supplying

__all__ = ["context", "page", "shelter_id", "telephone"]


@pytest.fixture
def supplying(server: Server) -> Supplying:
    """What headquarters do."""
    return Supplying(server.workspace)


def asked(supplying: Supplying, shelter_id: UUID) -> list[RequestView]:
    return [one for one in supplying.asked() if one.shelter_id == shelter_id]


def look(page: Page) -> None:
    """Have the page ask the server, as it does by itself every half a minute."""
    page.evaluate("window.dispatchEvent(new Event('online'))")


def ask_for_water(page: Page, quantity: str) -> None:
    page.locator("#ask-item").select_option(WATER)
    page.locator("#ask-quantity").fill(quantity)
    page.locator("#ask fieldset label", has_text="At once").tap()
    page.locator("#ask [type=submit]").tap()


def test_what_a_shelter_asks_for_is_approved_comes_and_is_received_in_part(
    page: Page, shelter_id: UUID, supplying: Supplying
) -> None:
    supplies, coming = page.locator("#supplies"), page.locator("#supplies .coming")
    supplies.locator("summary").tap()
    page.locator("#ask [data-step='10']").tap()
    expect(page.locator("#ask-quantity")).to_have_value("10")
    page.locator("#ask-note").fill("<b>乳児</b>")
    ask_for_water(page, "２４")
    wanted = supplies.locator(".asked")
    expect(wanted).to_contain_text("24")
    expect(wanted).to_contain_text("Not decided yet")
    expect(page.locator("#ask-quantity")).to_have_value("")
    (request,) = asked(supplying, shelter_id)
    assert (request.quantity, request.urgency, request.note) == (24, Urgency.NOW, "<b>乳児</b>")
    assert request.recorded_by == "避難所担当"

    depot, before = supplying.depot(), supplying.quantity(shelter_id)
    supplying.tell("receive", depot, 100)
    supplying.approve(request.id, 20)
    dispatch_id = supplying.reserve(depot, shelter_id, Load(WATER, 20, request.id))
    supplying.leave(dispatch_id)
    look(page)
    expect(wanted).to_contain_text("Approved: 20")
    expect(supplies.locator("summary")).to_contain_text("On the way: 1")

    received = coming.locator("input")
    expect(received).to_have_value("20")
    received.fill("18")
    coming.get_by_role("button").tap()
    expect(coming).to_contain_text("Nothing is on its way")
    expect(wanted).to_contain_text("Received: 18")
    assert supplying.quantity(shelter_id) == before + 18


def test_without_a_signal_what_is_asked_for_waits_and_what_is_typed_stays(
    page: Page, context: BrowserContext, shelter_id: UUID, supplying: Supplying
) -> None:
    summary = page.locator("#supplies summary")
    summary.tap()
    context.set_offline(True)
    ask_for_water(page, "6")
    expect(page.locator("#supplies .unsent")).to_contain_text("Waiting to be sent")
    expect(summary).to_contain_text("Unsent: 1")
    page.locator("#ask-note").fill("毛布も")
    assert asked(supplying, shelter_id) == []
    context.set_offline(False)
    expect(page.locator("#supplies .asked")).to_contain_text("6")
    page.reload()
    expect(page.locator("#ask-note")).to_have_value("毛布も")
    await_that(lambda: [one.quantity for one in asked(supplying, shelter_id)] == [6])


def test_what_headquarters_refuse_to_take_is_shown_and_kept(
    page: Page, shelter_id: UUID, supplying: Supplying
) -> None:
    depot, before = supplying.depot(), supplying.quantity(shelter_id)
    supplying.tell("receive", depot, 10)
    dispatch_id = supplying.reserve(depot, shelter_id, Load(WATER, 10))
    supplying.leave(dispatch_id)
    page.locator("#supplies summary").tap()
    look(page)
    page.locator("#supplies .coming input").fill("11")
    page.locator("#supplies .coming").get_by_role("button").tap()
    refused = page.locator("#supplies .unsent [role=alert]")
    expect(refused).to_contain_text("11")
    refused.get_by_role("button", name="Discard").tap()
    page.locator("#supplies .coming input").fill("10")
    page.locator("#supplies .coming").get_by_role("button").tap()
    await_that(lambda: supplying.quantity(shelter_id) == before + 10)


def test_every_target_of_it_suits_a_thumb(page: Page) -> None:
    page.locator("#supplies summary").tap()
    targets = page.locator(
        "#supplies :is(summary, button, select, textarea, label:has([type=radio]))"
    )
    for target in targets.all():
        box = target.bounding_box()
        assert box
        assert box["height"] >= 56
    sizes = page.evaluate(
        "[...document.querySelectorAll('#supplies *')].map((e) => getComputedStyle(e).fontSize)"
    )
    assert min(float(size.removesuffix("px")) for size in sizes) >= 18
