"""The count of one shelter on a telephone: two taps, no signal, second thoughts."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, Route, expect

from gis.operations.access import issue_sign_in_link
from gis.operations.occupancy import Counts, Reading, record_occupancy
from gis.operations.openings import close_shelter, open_shelters
from gis.queries.incidents import open_incident_or_refuse
from gis.queries.occupancy import ReadingView, readings_of
from gis.queries.photographs import PhotographView, photographs_of
from gis.queries.shelters import current_opening, shelter_statuses
from gis.store import SYSTEM
from gis.vocabulary import Role
from tests.browser.conftest import WAIT_MS
from tests.conftest import HEADQUARTERS, Server
from tests.photographs import TSURUMINE, opened, photograph, picture

READINGS = "**/api/shelters/*/readings"
CLOCKS_APART = timedelta(seconds=2)
"""By how much a device's clock may differ from the server's without being put right."""

StoredOf = Callable[[], list[ReadingView]]
Telephone = Callable[[UUID], Page]


@pytest.fixture
def shelter_id(server: Server) -> Iterator[UUID]:
    """A shelter that has just been opened, with 120 persons in 40 households."""
    with server.workspace.transaction(HEADQUARTERS) as session:
        incident = open_incident_or_refuse(session)
        at = server.workspace.clock.now()
        statuses = shelter_statuses(session, incident.id, as_of=at)
        free = [found for found in statuses if not found.takes_part and (found.capacity or 0) > 200]
        # Clocks differ by a second: whichever closed a moment ago could still be meant.
        shelter = min(free, key=lambda found: found.since_at.timestamp() if found.since_at else 0)
        open_shelters(session, incident.id, [shelter.id])
    record(server, shelter.id, persons=120, households=40, infants=3)
    yield shelter.id
    with server.workspace.transaction(HEADQUARTERS) as session:
        opening = current_opening(session, shelter.id, at=server.workspace.clock.now())
        assert opening
        close_shelter(session, opening.id, version=opening.version)


def record(server: Server, shelter_id: UUID, **figures: int) -> None:
    with server.workspace.transaction(HEADQUARTERS) as session:
        record_occupancy(session, Reading(uuid4(), shelter_id, Counts(**figures)))


@pytest.fixture
def stored(server: Server, shelter_id: UUID) -> StoredOf:
    """What the store holds of it besides the first count, the latest first."""

    def readings() -> list[ReadingView]:
        with server.workspace.reading() as session:
            at = server.workspace.clock.now()
            opening = current_opening(session, shelter_id, at=at)
            assert opening
            return readings_of(session, opening.id)[:-1]

    return readings


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    made = chromium.new_context(
        locale="en-US", viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    made.set_default_timeout(WAIT_MS)
    yield made
    made.unroute_all(behavior="ignoreErrors")
    made.close()


@pytest.fixture
def telephone(context: BrowserContext, server: Server) -> Telephone:
    """A shelter manager's telephone, signed in by a link of its own."""

    def sign_in(shelter_id: UUID) -> Page:
        with server.workspace.transaction(SYSTEM) as session:
            token = issue_sign_in_link(session, "避難所担当", Role.SHELTER, shelter_id)
        page = context.new_page()
        page.goto(f"{server.url}/sign-in?token={token}")
        return page

    return sign_in


@pytest.fixture
def page(telephone: Telephone, shelter_id: UUID) -> Page:
    page = telephone(shelter_id)
    expect(page.locator("#count-persons")).to_have_attribute("placeholder", "120")
    return page


def unsent(page: Page, number: int) -> None:
    expect(page.locator("#unsent")).to_have_text(re.compile(rf"\b{number}\b"))


def recorded(page: Page) -> None:
    """Wait until the server has confirmed what was sent."""
    expect(page.locator("#news")).not_to_be_empty()
    unsent(page, 0)


def readings(context: BrowserContext) -> list[Any]:
    """Return what is sent from now on, as the browser sends it."""
    sent: list[Any] = []

    def note(request: Request) -> None:
        if request.method == "POST":
            sent.append(request.post_data_json)

    context.on("request", note)
    return sent


def report(page: Page, persons: int) -> None:
    page.locator("#count-persons").fill(str(persons))
    page.locator("#send").tap()


def figures(reading: ReadingView) -> dict[str, int]:
    names = ("persons", "households", "infants")
    return {name: count for name in names if (count := getattr(reading, name)) is not None}


def test_a_changed_number_and_one_more_tap_reach_the_store(page: Page, stored: StoredOf) -> None:
    page.locator("[data-figure=persons] [data-step='1']").tap()
    expect(page.locator("#send")).to_contain_text("121")
    began_at = datetime.now(UTC)
    page.locator("#send").tap()
    recorded(page)
    (reading,) = stored()
    assert figures(reading) == {"persons": 121}
    assert (reading.recorded_by, reading.source) == ("避難所担当", "field_app")
    assert began_at - CLOCKS_APART < reading.observed_at < datetime.now(UTC) + CLOCKS_APART


def test_what_was_counted_last_is_shown_and_not_sent(page: Page, stored: StoredOf) -> None:
    households = page.locator("#count-households")
    expect(households).to_have_attribute("placeholder", "40")
    expect(page.locator("#send")).to_be_disabled()
    households.fill("４１")
    expect(households).to_have_value("41")
    page.locator("#send").tap()
    recorded(page)
    assert [figures(reading) for reading in stored()] == [{"households": 41}]


def test_the_same_number_is_reported_on_purpose(page: Page, stored: StoredOf) -> None:
    page.locator(".same").tap()
    expect(page.locator("#send")).to_contain_text("120")
    page.locator("#send").tap()
    recorded(page)
    assert [figures(reading) for reading in stored()] == [{"persons": 120}]


def test_a_figure_that_was_emptied_again_is_not_sent(page: Page, stored: StoredOf) -> None:
    page.locator("#count-persons").fill("7")
    page.locator("#form summary").tap()
    page.locator("#count-infants").fill("0")
    page.locator("#count-persons").fill("")
    page.locator("#send").tap()
    recorded(page)
    assert [figures(reading) for reading in stored()] == [{"infants": 0}]


def test_without_a_signal_counts_wait_and_are_delivered_once(
    page: Page, context: BrowserContext, stored: StoredOf
) -> None:
    context.set_offline(True)
    report(page, 130)
    report(page, 131)
    unsent(page, 2)
    expect(page.locator("#connection")).to_have_class("down")
    expect(page.locator("#count-persons")).to_have_attribute("placeholder", "131")
    assert stored() == []
    context.set_offline(False)
    recorded(page)
    assert [reading.persons for reading in stored()] == [131, 130]


def test_what_is_unsent_survives_the_page(page: Page, stored: StoredOf) -> None:
    page.route(READINGS, lambda route: route.abort())
    report(page, 132)
    unsent(page, 1)
    page.reload()
    unsent(page, 1)
    page.unroute(READINGS)
    page.reload()
    unsent(page, 0)
    assert [reading.persons for reading in stored()] == [132]


def test_a_retry_after_a_lost_answer_doubles_nothing(page: Page, stored: StoredOf) -> None:
    def lose_the_answer(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route(READINGS, lose_the_answer, times=1)
    report(page, 133)
    unsent(page, 1)
    expect(page.locator("#unsent")).to_have_text("Unsent: 0")
    assert [reading.persons for reading in stored()] == [133]


def test_two_tabs_deliver_what_is_kept_once(
    page: Page, context: BrowserContext, stored: StoredOf
) -> None:
    context.set_offline(True)
    for persons in range(140, 145):
        report(page, persons)
    unsent(page, 5)
    context.set_offline(False)
    other = context.new_page()
    other.goto(page.url)
    unsent(page, 0)
    unsent(other, 0)
    assert [reading.persons for reading in stored()] == [144, 143, 142, 141, 140]


@pytest.mark.parametrize("body", ["<html>Welcome</html>", '{"state": "pay first"}'])
def test_a_page_that_answers_in_our_place_takes_no_count(
    body: str, page: Page, stored: StoredOf
) -> None:
    """A hotspot that wants to be paid answers 200 to everything."""
    page.route(READINGS, lambda route: route.fulfill(body=body), times=1)
    report(page, 134)
    unsent(page, 1)
    expect(page.locator("#unsent")).to_have_text("Unsent: 0")
    assert [reading.persons for reading in stored()] == [134]


def test_what_browsers_keep_back_over_plain_http_is_not_missed(
    context: BrowserContext, telephone: Telephone, shelter_id: UUID, stored: StoredOf
) -> None:
    context.add_init_script("delete Crypto.prototype.randomUUID; delete Navigator.prototype.locks;")
    page = telephone(shelter_id)
    report(page, 135)
    recorded(page)
    assert page.evaluate("crypto.randomUUID === undefined && navigator.locks === undefined")
    assert [reading.persons for reading in stored()] == [135]


def test_a_browser_that_keeps_nothing_says_so_and_delivers_all_the_same(
    context: BrowserContext, telephone: Telephone, shelter_id: UUID, stored: StoredOf
) -> None:
    context.add_init_script("Storage.prototype.setItem = () => { throw new Error('full'); };")
    page = telephone(shelter_id)
    context.set_offline(True)
    report(page, 136)
    expect(page.locator("#news")).to_contain_text("keeps nothing")
    context.set_offline(False)
    recorded(page)
    assert [reading.persons for reading in stored()] == [136]


def test_a_doubtful_count_is_recorded_once_it_is_confirmed(page: Page, stored: StoredOf) -> None:
    report(page, 9000)
    question = page.locator("#unsent-list .doubt")
    expect(question).to_contain_text("far more than the capacity")
    assert stored() == []
    page.get_by_role("button", name="Yes").tap()
    expect(question).to_contain_text("the last time")
    page.get_by_role("button", name="Yes").tap()
    recorded(page)
    (reading,) = stored()
    assert (reading.persons, sorted(reading.confirmed)) == (
        9000,
        ["far-over-capacity", "ten-times-the-last"],
    )


def test_a_slip_is_corrected_and_never_recorded(page: Page, stored: StoredOf) -> None:
    counted_at = datetime.now(UTC)
    report(page, 1210)
    page.get_by_role("button", name="No").tap()
    expect(page.locator("#count-persons")).to_have_value("1210")
    asked_at = datetime.now(UTC)
    page.clock.set_fixed_time(asked_at + timedelta(seconds=90))
    report(page, 121)
    recorded(page)
    (reading,) = stored()
    assert reading.persons == 121
    assert counted_at - CLOCKS_APART < reading.observed_at < asked_at + CLOCKS_APART


def test_a_slip_is_kept_until_its_correction_is(page: Page, stored: StoredOf) -> None:
    report(page, 1210)
    page.get_by_role("button", name="No").tap()
    kept = page.locator("#unsent-list li")
    expect(kept).to_contain_text("Correct it below")
    page.reload()
    expect(kept).to_contain_text("Correct it below")
    expect(page.locator("#count-persons")).to_have_value("1210")
    unsent(page, 1)
    page.get_by_role("button", name="Clear").tap()
    expect(kept).to_contain_text("Is that right?")
    page.reload()
    expect(page.locator("#count-persons")).to_have_value("")
    page.get_by_role("button", name="No").tap()
    report(page, 121)
    recorded(page)
    assert [reading.persons for reading in stored()] == [121]


def test_what_is_typed_survives_the_page(page: Page, stored: StoredOf) -> None:
    page.locator("#count-persons").fill("121")
    page.locator("#form summary").tap()
    page.locator("#count-infants").fill("5")
    page.reload()
    expect(page.locator("#count-infants")).to_be_visible()
    page.locator("#send").tap()
    recorded(page)
    page.reload()
    expect(page.locator("#count-persons")).to_have_attribute("placeholder", "121")
    expect(page.locator("#count-persons")).to_have_value("")
    assert [figures(reading) for reading in stored()] == [{"persons": 121, "infants": 5}]


def test_what_is_typed_follows_the_count_that_was_shown_then(
    page: Page, server: Server, shelter_id: UUID
) -> None:
    page.locator("#count-persons").fill("121")
    record(server, shelter_id, persons=125)
    page.reload()
    expect(page.locator("#count-persons")).to_have_attribute("placeholder", "125")
    page.locator("#send").tap()
    expect(page.locator("#unsent-list .doubt")).to_contain_text("125")


def test_a_first_count_says_that_nobody_had_counted(
    telephone: Telephone, shelter_id: UUID, context: BrowserContext
) -> None:
    sent = readings(context)

    def uncounted(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, json=answer.json() | {"figures": {}, "reading_id": None})

    context.route("**/count", uncounted)
    context.route(READINGS, lambda route: route.abort())
    page = telephone(shelter_id)
    expect(page.locator("#last-persons")).to_contain_text("Not counted yet")
    with page.expect_event("requestfailed"):
        report(page, 121)
    assert [one["after_id"] for one in sent] == [None]


def test_before_the_first_answer_nobody_knows_who_has_counted(
    page: Page, context: BrowserContext
) -> None:
    sent = readings(context)
    context.route("**/api/shelters/*/count", lambda route: route.abort())
    page.reload()
    report(page, 121)
    recorded(page)
    assert [one.get("after_id", "left out") for one in sent] == ["left out"]


def test_enter_that_is_held_answers_no_question(page: Page, stored: StoredOf) -> None:
    page.locator("#count-persons").fill("1210")
    for _ in range(5):
        page.keyboard.down("Enter")
    expect(page.locator("#unsent-list .doubt")).to_be_visible()
    for _ in range(5):
        page.keyboard.down("Enter")
    unsent(page, 1)
    assert stored() == []


def test_a_shelter_that_was_joined_says_which_one_it_is_now(
    page: Page, context: BrowserContext, stored: StoredOf
) -> None:
    joined = {"id": str(uuid4()), "name": "鶴が台公民館"}

    def answer_as_the_other(route: Route) -> None:
        answer = route.fetch()
        told = answer.json()
        route.fulfill(response=answer, json=told | {"shelter": told["shelter"] | joined})

    expect(page.locator("#joined")).to_be_hidden()
    context.set_offline(True)
    report(page, 121)
    context.route("**/api/shelters/*/count", answer_as_the_other)
    context.set_offline(False)
    recorded(page)
    expect(page.locator("#shelter")).to_have_text(joined["name"])
    expect(page.locator("#joined")).to_be_visible()
    report(page, 122)
    recorded(page)
    assert [reading.persons for reading in stored()] == [122, 121]


def test_a_count_made_by_somebody_else_meanwhile_is_shown_first(
    page: Page, server: Server, shelter_id: UUID, stored: StoredOf
) -> None:
    record(server, shelter_id, persons=125)
    report(page, 121)
    expect(page.locator("#unsent-list .doubt")).to_contain_text("125")
    page.get_by_role("button", name="Yes").tap()
    recorded(page)
    assert [reading.persons for reading in stored()] == [121, 125]


def test_two_counts_of_one_s_own_in_a_row_raise_no_question(page: Page, stored: StoredOf) -> None:
    for persons in (121, 122, 123):
        report(page, persons)
    recorded(page)
    assert [reading.persons for reading in stored()] == [123, 122, 121]


def test_slow_answers_do_not_turn_the_order_of_counts(page: Page, stored: StoredOf) -> None:
    def age(route: Route) -> None:
        answer = route.fetch()
        sent_at = format_datetime(datetime.now(UTC) - timedelta(seconds=4), usegmt=True)
        route.fulfill(response=answer, headers=answer.headers | {"date": sent_at})

    report(page, 121)
    recorded(page)
    page.route("**/api/shelters/**", age)
    for persons in (122, 123):
        report(page, persons)
        expect(page.locator("#news")).to_contain_text(str(persons))
    page.unroute_all(behavior="ignoreErrors")
    assert [reading.persons for reading in stored()] == [123, 122, 121]


def test_a_device_whose_clock_is_wrong_counts_by_the_server_s(
    context: BrowserContext, telephone: Telephone, shelter_id: UUID, stored: StoredOf
) -> None:
    context.clock.set_fixed_time(datetime.now(UTC) + timedelta(minutes=20))
    page = telephone(shelter_id)
    expect(page.locator("#count-persons")).to_have_attribute("placeholder", "120")
    report(page, 137)
    recorded(page)
    (reading,) = stored()
    assert abs((reading.observed_at - datetime.now(UTC)).total_seconds()) < 60


def test_a_refused_count_stays_until_it_is_discarded_on_purpose(
    page: Page, stored: StoredOf
) -> None:
    page.locator("#form summary").tap()
    page.locator("#count-infants").fill("20")
    report(page, 10)
    kept = page.locator("#unsent-list li")
    expect(kept).to_contain_text("does not fit")
    page.reload()
    expect(kept).to_contain_text("does not fit")
    page.get_by_role("button", name="Discard").tap()
    page.get_by_role("button", name="No").tap()
    unsent(page, 1)
    page.get_by_role("button", name="Discard").tap()
    page.get_by_role("button", name="Yes").tap()
    unsent(page, 0)
    assert stored() == []


def test_a_shelter_that_is_not_open_says_so_and_what_to_do(
    telephone: Telephone, server: Server
) -> None:
    with server.workspace.reading() as session:
        incident = open_incident_or_refuse(session)
        at = server.workspace.clock.now()
        statuses = shelter_statuses(session, incident.id, as_of=at)
    closed = next(status for status in statuses if status.opening_id is None)
    page = telephone(closed.id)
    expect(page.locator("#trouble")).to_contain_text(f"{closed.name} is not open")
    expect(page.locator("#trouble p")).not_to_be_empty()
    expect(page.locator("#form")).to_be_hidden()


def test_everything_that_is_pressed_is_large_enough_for_a_thumb(page: Page) -> None:
    page.locator("#form summary").tap()
    page.locator(".same").tap()
    heights = page.locator(":is(button, input, summary):visible").evaluate_all(
        "found => found.map(one => one.getBoundingClientRect().height)"
    )
    assert min(heights) >= 56
    sizes = page.locator("body *:visible").evaluate_all(
        "found => found.map(one => parseFloat(getComputedStyle(one).fontSize))"
    )
    assert min(sizes) >= 18
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_a_manager_who_opens_headquarters_pages_is_led_to_the_count(
    page: Page, server: Server
) -> None:
    page.goto(f"{server.url}/situation_map")
    expect(page).to_have_url(f"{server.url}/count")


PHOTOGRAPHS = "**/api/shelters/*/photographs?*"
Sent = Callable[[], list[PhotographView]]


@pytest.fixture
def sent(server: Server, shelter_id: UUID) -> Sent:
    """What photographs the store holds of it, the latest first."""

    def photographs() -> list[PhotographView]:
        with server.workspace.reading() as session:
            opening = current_opening(session, shelter_id, at=server.workspace.clock.now())
            assert opening
            return photographs_of(session, opening.id)

    return photographs


def take(page: Page, file: bytes | None = None, name: str = "IMG_0001.jpg") -> None:
    """Take a photograph, as far as a browser without a camera can."""
    content = file or photograph(picture(3000, 2000), gps=TSURUMINE, orientation=6)
    page.locator("#camera").set_input_files(
        {"name": name, "mimeType": "image/jpeg", "buffer": content}
    )


def waiting(page: Page, number: int) -> None:
    strip = page.locator("#unsent-photographs")
    if number:
        expect(strip).to_have_text(re.compile(rf"\b{number}\b"))
    else:
        expect(strip).to_be_empty()


def test_a_photograph_is_made_small_on_the_telephone_and_sent(page: Page, sent: Sent) -> None:
    with page.expect_request(PHOTOGRAPHS) as request:
        take(page)
    body = request.value.post_data_buffer
    assert body is not None
    assert opened(body).size == (1067, 1600)
    assert not dict(opened(body).getexif())
    expect(page.locator("#photograph-news")).to_contain_text("is sent")
    waiting(page, 0)
    (view,) = sent()
    assert (view.recorded_by, view.source, view.lon) == ("避難所担当", "field_app", None)
    assert (view.width_px, view.height_px) == (1067, 1600)
    assert view.taken_at is not None
    assert abs((view.taken_at - datetime.now(UTC)).total_seconds()) < 60


def test_the_button_opens_the_camera(page: Page) -> None:
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="photograph").tap()
    assert chooser.value.element.get_attribute("capture") == "environment"


def test_without_a_signal_photographs_wait_through_a_reload_and_are_sent_once(
    page: Page, context: BrowserContext, sent: Sent
) -> None:
    context.set_offline(True)
    take(page)
    waiting(page, 1)
    take(page, photograph(picture(900, 600)))
    waiting(page, 2)
    expect(page.locator("#news")).to_contain_text("Kept")
    assert sent() == []
    page.route(PHOTOGRAPHS, lambda route: route.abort())
    context.set_offline(False)
    page.reload()
    waiting(page, 2)
    page.unroute(PHOTOGRAPHS)
    waiting(page, 0)
    assert sorted(view.width_px for view in sent()) == [900, 1067]


def test_a_photograph_whose_answer_was_lost_is_there_once(page: Page, sent: Sent) -> None:
    def lose_the_answer(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route(PHOTOGRAPHS, lose_the_answer, times=1)
    take(page)
    waiting(page, 1)
    waiting(page, 0)
    assert len(sent()) == 1


def test_counts_go_before_photographs(page: Page, context: BrowserContext, sent: Sent) -> None:
    order: list[str] = []
    page.on(
        "request",
        lambda request: (
            order.append(request.url.partition("?")[0].rpartition("/")[2])
            if request.method == "POST"
            else None
        ),
    )
    context.set_offline(True)
    take(page)
    waiting(page, 1)
    report(page, 131)
    unsent(page, 1)
    context.set_offline(False)
    unsent(page, 0)
    waiting(page, 0)
    assert order[-2:] == ["readings", "photographs"]
    assert len(sent()) == 1


def test_what_is_no_picture_says_so_and_is_discarded_after_a_question(
    page: Page, sent: Sent
) -> None:
    take(page, "受付の様子".encode() * 20, "受付.jpg")
    refused = page.locator("#photograph-list li")
    expect(refused).to_contain_text("no JPEG, PNG or WebP")
    waiting(page, 1)
    refused.get_by_role("button", name="Discard").tap()
    expect(refused).to_contain_text("has not reached headquarters")
    refused.get_by_role("button", name="Yes, discard it").tap()
    waiting(page, 0)
    expect(refused).to_have_count(0)
    assert sent() == []


def test_a_browser_that_keeps_no_photographs_says_so_and_sends_them_all_the_same(
    context: BrowserContext, telephone: Telephone, shelter_id: UUID, sent: Sent
) -> None:
    context.add_init_script("IDBFactory.prototype.open = () => { throw new Error('no'); };")
    page = telephone(shelter_id)
    expect(page.locator("#count-persons")).to_have_attribute("placeholder", "120")
    context.set_offline(True)
    take(page)
    waiting(page, 1)
    expect(page.locator("#news")).to_contain_text("keeps nothing")
    context.set_offline(False)
    waiting(page, 0)
    assert len(sent()) == 1
