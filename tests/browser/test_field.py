"""The field app on a phone: two taps and a photograph, no signal, a dead battery, a second tab."""

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from PIL import Image
from playwright.sync_api import (
    Browser,
    BrowserContext,
    FilePayload,
    Locator,
    Page,
    Request,
    Route,
    expect,
)
from sqlalchemy import text

from dashboard.assets import own
from gis.importers.damage_reports import parse_reports
from gis.operations.access import end_sign_in
from gis.operations.damage_report_files import take_in_photographs, take_in_reports
from gis.operations.damage_reports import NewDamageReport, file_damage_report
from gis.queries.damage_reports import (
    DamageReportView,
    damage_report,
    newest_damage_reports,
)
from gis.queries.incidents import open_incident_or_refuse
from gis.queries.photographs import photographs_of_report
from gis.text import Language
from gis.vocabulary import DamageCategory, Role
from tests.browser.conftest import WAIT_MS
from tests.conftest import CHROMIUM, HEADQUARTERS, SWITCHES, Server
from tests.photographs import TSURUMINE, photograph, picture

PHONE: dict[str, Any] = {
    "locale": "ja-JP",
    "viewport": {"width": 390, "height": 844},
    "has_touch": True,
    "is_mobile": True,
    "permissions": ["geolocation"],
    "geolocation": {"longitude": 139.3801, "latitude": 35.3202, "accuracy": 8},
}
FIRST_VISIT_MOST_BYTES = 300_000
PARTS = "**/api/photographs/*/parts"
REPORTS = "**/api/damage-reports"

Sent = Callable[[], list[DamageReportView]]


@pytest.fixture
def team() -> str:
    """A name that nobody else reports under."""
    return f"第{uuid4().hex[:6]}班"


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    made = chromium.new_context(**PHONE)
    made.set_default_timeout(WAIT_MS)
    yield made
    made.unroute_all(behavior="ignoreErrors")
    made.close()


@pytest.fixture
def page(context: BrowserContext, server: Server, team: str) -> Page:
    """A phone that has opened the app once, signed in."""
    return opened(context, server.link(Role.FIELD, team))


@pytest.fixture
def sent(server: Server, team: str) -> Sent:
    """What the store holds of the team, in the order in which it was seen."""

    def reports() -> list[DamageReportView]:
        with server.workspace.reading() as session:
            incident = open_incident_or_refuse(session)
            all_of_it = newest_damage_reports(session, incident.id, limit=None)
        own = [each for each in all_of_it if each.recorded_by == team]
        return sorted(own, key=lambda each: each.observed_at)

    return reports


def opened(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.goto(address)
    expect(page.locator("#team")).not_to_have_text("\u200b")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    return page


def a_photograph(image: Image.Image | None = None, **said: Any) -> FilePayload:  # noqa: ANN401
    content = photograph(image or picture(), **said)
    return FilePayload(name="a.jpg", mimeType="image/jpeg", buffer=content)


def noise() -> Image.Image:
    """A picture of which several parts are needed, however it is packed."""
    return Image.effect_noise((1600, 1200), 120).convert("RGB")


def begin(page: Page, group: str = "road") -> None:
    page.locator(f"[data-group={group}]").tap()
    # A file can be given to what nobody sees yet.
    expect(page.locator("#form")).to_be_visible()


def add(page: Page, file: FilePayload) -> None:
    page.locator("#camera").set_input_files(file)
    expect(page.locator("#thumbnails img")).to_have_count(1, timeout=WAIT_MS)


def report(page: Page, file: FilePayload | None = None, group: str = "road") -> None:
    """File a report and wait until the phone has it."""
    begin(page, group)
    if file:
        add(page, file)
    page.locator("#send").tap()
    expect(page.locator("#tiles")).to_be_visible()


def unsent(page: Page, number: int) -> None:
    expect(page.locator("#unsent")).to_have_text(re.compile(rf"\D{number}\D"))


def all_sent(page: Page) -> None:
    """Wait until the phone says what it sent last, which it does once nothing is left."""
    expect(page.locator("#news")).to_contain_text("報告しました", timeout=WAIT_MS)
    expect(page.locator("#strip")).not_to_have_class("some")


def test_filing_takes_two_taps_and_a_photograph(page: Page, sent: Sent, team: str) -> None:
    taps: list[str] = []
    page.expose_function("tapped", lambda target: taps.append(target))  # noqa: PLW0108 - a list's method cannot be marked
    page.evaluate("addEventListener('click', ({target}) => tapped(target.tagName), true)")
    begin(page)
    expect(page.locator("#how")).to_contain_text("8")
    add(page, a_photograph())
    page.locator("#send").tap()
    all_sent(page)
    assert len(taps) == 2
    (filed,) = sent()
    assert (filed.category, filed.reporter, filed.source) == ("road", team, "field_app")
    assert (filed.lon, filed.lat, filed.accuracy_m) == (139.3801, 35.3202, 8)
    assert filed.located_by == "gps"


def test_the_first_visit_transfers_less_than_300_kb_apart_from_the_map(
    context: BrowserContext, server: Server, team: str
) -> None:
    carried: list[int] = []

    def weigh(request: Request) -> None:
        response = request.response()
        if response is None or response.from_service_worker or "/api/field/map" in request.url:
            return
        sizes = request.sizes()
        carried.append(sizes["responseBodySize"] + sizes["responseHeadersSize"])

    context.on("requestfinished", weigh)
    page = opened(context, server.link(Role.FIELD, team))
    page.wait_for_load_state("networkidle")
    assert len(carried) > 30
    assert sum(carried) < FIRST_VISIT_MOST_BYTES


def test_without_a_signal_it_opens_files_and_shows_the_map(page: Page, sent: Sent) -> None:
    page.context.set_offline(True)
    page.reload()
    begin(page, "slope_and_water")
    page.locator("#kind-list button").nth(1).tap()
    page.locator("#on-map").tap()
    expect(page.locator("#map .hq-shore")).to_have_count(1)
    page.locator("#map").tap(position={"x": 120, "y": 200})
    page.locator("#use-place").tap()
    page.locator("#more summary").tap()
    page.locator("[data-choice=severity] button").last.tap()
    page.locator("#note").fill("堤防に亀裂 <b>")
    page.locator("#send").tap()
    unsent(page, 1)
    assert sent() == []
    page.context.set_offline(False)
    all_sent(page)
    (filed,) = sent()
    assert (filed.category, filed.severity, filed.note) == ("river", "severe", "堤防に亀裂 <b>")
    assert filed.located_by == "map"
    assert filed.lon is not None


def test_twenty_reports_with_photographs_survive_a_dead_battery_and_a_broken_line(
    chromium: Browser, server: Server, team: str, sent: Sent, tmp_path: Path
) -> None:
    phone = taken_up(chromium, tmp_path)
    page = opened(phone, server.link(Role.FIELD, team))
    phone.set_offline(True)
    for number in range(20):
        report(page, a_photograph(noise() if number in {3, 11} else picture(400 + number, 300)))
    unsent(page, 20)
    hashes = page.evaluate(HASHES)
    phone.close()

    phone = taken_up(chromium, tmp_path)
    phone.set_offline(True)
    page = phone.new_page()
    page.goto(f"{server.url}/field")
    unsent(page, 20)
    broken: list[int] = []

    def break_the_line(route: Route) -> None:
        broken.append(int(route.request.headers["upload-offset"]))
        if len(broken) == 5:
            phone.set_offline(True)
        route.abort() if len(broken) in {5, 6} else route.continue_()

    page.route(PARTS, break_the_line)
    with page.expect_event("requestfailed", lambda request: request.url.endswith("/parts")):
        phone.set_offline(False)
    expect(page.locator("#connection")).to_have_class("down")
    phone.set_offline(False)
    all_sent(page)
    phone.close()
    assert any(broken), "no photograph needed a second part"
    filed = sent()
    assert len(filed) == len(hashes) == 20
    with server.workspace.reading() as session:
        photographs = [photographs_of_report(session, each.id) for each in filed]
        kept = session.scalars(KEPT_HASHES, {"taken_by": team}).all()
    assert {len(each) for each in photographs} == {1}
    assert sorted(kept) == sorted(hashes)


KEPT_HASHES = text("SELECT sha256 FROM photograph WHERE recorded_by = :taken_by")
HASHES = """() => new Promise((done) => {
  indexedDB.open("hq-field").onsuccess = ({target: {result}}) => {
    result.transaction("photographs").objectStore("photographs").getAll().onsuccess =
      ({target: {result: all}}) => { result.close(); done(all.map(({sha256}) => sha256)); };
  };
})"""


def taken_up(chromium: Browser, folder: Path) -> BrowserContext:
    """Return a phone that keeps what it kept in a folder."""
    phone = chromium.browser_type.launch_persistent_context(
        folder, executable_path=CHROMIUM, args=[*SWITCHES], **PHONE
    )
    phone.set_default_timeout(WAIT_MS)
    return phone


def test_a_draft_survives_a_closed_page_with_its_photograph(page: Page, sent: Sent) -> None:
    begin(page, "fire")
    page.locator("#place-text").fill("駅の北側")
    # The photograph shows once all before it is on the disk.
    add(page, a_photograph())
    page.reload()
    expect(page.locator("#thumbnails img")).to_have_count(1)
    expect(page.locator("#place-text")).to_have_value("駅の北側")
    unsent(page, 0)
    page.locator("#send").tap()
    all_sent(page)
    assert [(each.category, each.place_text) for each in sent()] == [("fire", "駅の北側")]


def test_a_draft_that_stands_in_two_tabs_is_filed_once(page: Page, sent: Sent) -> None:
    begin(page)
    other = page.context.new_page()
    other.goto(page.url)
    expect(other.locator("#form")).to_be_visible()
    for tab in (other, page):
        tab.locator("#send").tap()
        expect(tab.locator("#tiles")).to_be_visible()
    page.reload()
    unsent(page, 0)
    assert len(sent()) == 1


def test_who_is_signed_in_no_more_files_all_the_same_and_loses_nothing(
    page: Page, server: Server, sent: Sent, team: str
) -> None:
    (cookie,) = (each for each in page.context.cookies() if "session" in each["name"])
    with server.workspace.transaction(HEADQUARTERS) as session:
        end_sign_in(session, cookie["value"])
    page.context.clear_cookies()
    page.reload()
    expect(page.locator("#trouble")).to_contain_text("サインイン")
    report(page)
    unsent(page, 1)
    page.goto(server.link(Role.FIELD, team))
    all_sent(page)
    assert len(sent()) == 1


def test_the_photograph_s_place_serves_where_the_phone_has_none(
    context: BrowserContext, page: Page, sent: Sent
) -> None:
    context.clear_permissions()
    begin(page)
    add(page, a_photograph(gps=TSURUMINE))
    expect(page.locator("#how")).to_contain_text("写真")
    page.locator("#send").tap()
    all_sent(page)
    (filed,) = sent()
    assert (filed.lon, filed.lat) == pytest.approx((139.3897, 35.3377))
    assert filed.accuracy_m is None


def test_what_is_reported_already_is_asked_about_and_dropped_only_after_a_yes(
    page: Page, server: Server, sent: Sent
) -> None:
    with server.workspace.transaction(HEADQUARTERS) as session:
        place = (PHONE["geolocation"]["longitude"], PHONE["geolocation"]["latitude"])
        category = DamageCategory.RAILWAY
        file_damage_report(session, NewDamageReport(id=uuid4(), category=category, location=place))
    begin(page)
    page.locator("#kind-list button").nth(2).tap()
    choice = page.locator("#alike .choice button")
    choice.nth(0).tap()
    answers(page).nth(1).tap()
    choice.nth(1).tap()
    expect(page.locator("#alike")).to_be_hidden()
    page.locator("#cancel").tap()
    answers(page).nth(0).tap()
    expect(page.locator("#tiles")).to_be_visible()
    unsent(page, 0)
    assert sent() == []


def answers(page: Page) -> Locator:
    return page.locator("#question button")


def test_what_the_server_refuses_is_kept_and_can_be_put_right(
    context: BrowserContext, server: Server, team: str, sent: Sent
) -> None:
    context.set_geolocation({"longitude": 0, "latitude": 0, "accuracy": 8})
    page = opened(context, server.link(Role.FIELD, team))
    begin(page)
    expect(page.locator("#where")).to_contain_text("±8")
    page.locator("#send").tap()
    page.locator("#strip").tap()
    row = page.locator("#queue-list li[role=alert]")
    row.locator("button").nth(1).tap()
    page.locator("#unknown-place").tap()
    page.locator("#send").tap()
    all_sent(page)
    (filed,) = sent()
    assert filed.lon is None


def test_the_queue_is_saved_to_a_file(page: Page, tmp_path: Path) -> None:
    page.context.set_offline(True)
    report(page, a_photograph())
    page.locator("#strip").tap()
    with page.expect_download() as download:
        page.locator("#save").tap()
    download.value.save_as(tmp_path / "queue.json")
    queue = json.loads((tmp_path / "queue.json").read_text(encoding="utf-8"))
    assert (queue["format"], queue["version"]) == ("disaster-hq-field-queue", 1)
    (filed,), (taken,) = queue["reports"], queue["photographs"]
    assert (filed["category"], filed["source"]) == ("road", "field_app")
    assert set(taken) == {"id", "report_id", "taken_at", "jpeg_base64"}
    assert taken["report_id"] == filed["id"]
    assert taken["jpeg_base64"].startswith("/9j/")


def test_what_headquarters_took_in_from_the_file_the_phone_sends_without_making_it_twice(
    page: Page, server: Server, team: str
) -> None:
    page.context.set_offline(True)
    report(page, a_photograph())
    page.locator("#strip").tap()
    with page.expect_download() as download:
        page.locator("#save").tap()
    file = parse_reports(download.value.path().read_bytes(), date(2026, 9, 1))
    assert file.problems == ()
    with server.workspace.transaction(HEADQUARTERS) as session:
        (report_id,) = take_in_reports(session, file, Language.JA).new_ids
        (photograph_id,) = take_in_photographs(session, file.photographs, Language.JA).new_ids
    page.context.set_offline(False)
    all_sent(page)
    with server.workspace.reading() as session:
        assert damage_report(session, report_id).reporter == team
        (kept,) = photographs_of_report(session, report_id)
    assert kept.id == photograph_id


def test_the_language_changes_without_a_signal(page: Page) -> None:
    expect(page.locator("#send")).to_have_text("報告する")
    page.context.set_offline(True)
    page.locator("#language").tap()
    expect(page.locator("#send")).to_have_text("Report")


def test_every_target_is_large_enough_for_a_wet_thumb(page: Page) -> None:
    begin(page, "building")
    page.locator("#more summary").tap()
    small = page.evaluate(
        """() => [...document.querySelectorAll("button, summary, .button, input:not([type=file])")]
        .filter((each) => each.offsetParent && (each.offsetHeight < 56 || each.offsetWidth < 56))
        .map((each) => each.id || each.textContent)"""
    )
    assert small == []
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_a_photograph_s_place_is_read_and_nonsense_is_none(page: Page) -> None:
    whole = photograph(gps=TSURUMINE)
    files = [whole, photograph(), whole[:60], b"", b"\xff\xd8", photograph(form="PNG")]
    module = f"import('{own('exif-place.js')}')"
    places = page.evaluate(
        f"files => {module}.then(({{placeOfPhotograph}}) =>"
        " files.map((each) => placeOfPhotograph(new Uint8Array(each).buffer)))",
        [list(each) for each in files],
    )
    assert (places[0]["lon"], places[0]["lat"]) == pytest.approx((139.3897, 35.3377))
    assert places[1:] == [None] * 5


def test_our_own_sha_256_is_that_of_everybody(page: Page) -> None:
    contents = [bytes(n * 7 % 256 for n in range(length)) for length in (0, 3, 55, 56, 64, 1000)]
    ours = page.evaluate(
        f"files => import('{own('sha256.js')}').then(({{sha256}}) =>"
        " files.map((each) => sha256(new Uint8Array(each).buffer)))",
        [list(each) for each in contents],
    )
    assert ours == [hashlib.sha256(each).hexdigest() for each in contents]
