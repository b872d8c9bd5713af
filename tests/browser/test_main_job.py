"""The main job with the mouse: what headquarters do, from the incident to the summary."""

import csv
import io
import re
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from gis.models.occupancy import DOUBTS
from gis.operations.incidents import close_incident, open_incident
from gis.queries.incidents import open_incident_or_refuse
from gis.queries.shelters import shelter_statuses
from gis.vocabulary import IncidentKind
from tests.browser.conftest import REPORTS_SHOWN, Visit, press_in_list, take_in_hand
from tests.conftest import HEADQUARTERS, Server

DRESSED = "rgb(26, 26, 26)"
"""The dark bar of our own style; what a message does to the page must not undress it."""
PAGES = ("", "shelters", "damage_reports", "situation_summary")


def shelter_id(server: Server, name: str) -> str:
    with server.workspace.reading() as session:
        incident = open_incident_or_refuse(session)
        statuses = shelter_statuses(session, incident.id, as_of=server.workspace.clock.now())
    return next(str(status.id) for status in statuses if status.name == name)


def record(server: Server, name: str, persons: int) -> None:
    with server.client() as client:
        answer = client.post(
            f"/api/shelters/{shelter_id(server, name)}/readings",
            # Whatever was counted before.
            json={"id": str(uuid4()), "persons": persons, "confirmed": DOUBTS},
        )
    assert answer.status_code == 201, answer.text


@pytest.mark.parametrize("path", PAGES)
def test_no_request_leaves_the_origin(visit: Visit, path: str) -> None:
    visit.go(path)
    visit.await_live()
    assert visit.outside == []
    assert visit.errors == []


def test_a_reading_through_the_api_changes_marker_and_figures_without_a_reload(
    visit: Visit,
) -> None:
    record(visit.server, "今宿小学校", 40)
    visit.go()
    chart = visit.map()
    take_in_hand(chart)
    chart.evaluate("map.setView([35.336, 139.386], 15, {animate: false})")
    chart.evaluate("window.stillTheSame = true")
    view = "[map.getZoom(), map.getCenter().lat, map.getCenter().lng]"
    before = chart.evaluate(view)
    marker = chart.locator('.hq-place[aria-label^="今宿小学校"]')
    expect(marker).to_have_attribute("aria-label", _says("避難者数 40"))

    record(visit.server, "今宿小学校", 321)

    expect(marker).to_have_attribute("aria-label", _says("避難者数 321"))
    expect(marker).to_have_attribute("aria-label", _says("満"))
    expect(visit.page.locator(".hq-table", has_text="%")).to_contain_text("321")
    assert chart.evaluate(view) == before
    assert chart.evaluate("window.stillTheSame")


def test_a_damage_report_through_the_api_appears_on_the_map_and_in_the_list(visit: Visit) -> None:
    visit.go()
    chart = visit.map()
    reports = REPORTS_SHOWN
    with visit.server.client() as client:
        known = client.get("/api/layers/damage-reports.geojson").json()["features"]
        before = sum(one["geometry"] is not None for one in known)
        chart.wait_for_function(f"{reports} === {before}")
        client.post(
            "/api/damage-reports",
            json={
                "id": str(uuid4()),
                "category": "bridge",
                "severity": "severe",
                "location": {"lon": 139.39, "lat": 35.34},
                "note": "橋げたが落ちた",
            },
        ).raise_for_status()
    expect(visit.page.get_by_text("橋げたが落ちた")).to_be_visible()
    chart.wait_for_function(f"{reports} === {before + 1}")


def test_a_click_on_a_shelter_shows_it_beside_the_map_and_its_count_can_be_recorded(
    visit: Visit,
) -> None:
    visit.go()
    visit.map().locator('.hq-place[aria-label^="緑が浜小学校"]').click()
    expect(visit.page.locator(".hq-name")).to_have_text("緑が浜小学校")

    visit.page.get_by_label("避難者数").fill("77")
    visit.page.get_by_role("button", name="記録する").click()

    expect(visit.page.get_by_text("人数を記録しました。")).to_be_visible()
    expect(visit.page.get_by_test_id("stHeader")).to_have_css("background-color", DRESSED)
    expect(visit.page.locator(".hq-count")).to_contain_text("77")
    expect(visit.map().locator('.hq-place[aria-label^="緑が浜小学校"]')).to_have_attribute(
        "aria-label", _says("避難者数 77")
    )


def test_a_count_being_typed_survives_a_change_made_by_somebody_else(visit: Visit) -> None:
    visit.go()
    visit.map().locator('.hq-place[aria-label^="室田小学校"]').click()
    field = visit.page.get_by_label("避難者数")
    field.press_sequentially("12")
    record(visit.server, "松浪小学校", 701)
    expect(visit.map().locator('.hq-place[aria-label^="松浪小学校"]')).to_have_attribute(
        "aria-label", _says("避難者数 701")
    )
    field.press_sequentially("3")
    expect(field).to_have_value("123")


def test_several_shelters_are_opened_together(visit: Visit) -> None:
    visit.go("shelters")
    visit.page.get_by_label("検索").fill("浜須賀")
    visit.page.get_by_label("検索").press("Enter")
    visit.page.locator('[role="grid"][aria-rowcount="3"]').wait_for(state="attached")
    # The list is drawn on a canvas: the box that chooses all rows stands left of the header.
    press_in_list(visit.page.get_by_test_id("stDataFrame"), 18, 18)
    visit.page.get_by_role("button", name="2か所を開設する").click()
    expect(visit.page.get_by_text("2か所を開設しました。")).to_be_visible()


def test_the_summary_on_the_screen_in_the_store_and_in_the_file_agree(visit: Visit) -> None:
    visit.go("situation_summary")
    shown = visit.page.locator(".hq-figure-value").first.inner_text()
    text = downloaded(visit, "CSV").read_text(encoding="utf-8-sig")
    rows = {row[0]: row[1] for row in csv.reader(io.StringIO(text)) if len(row) > 1}
    with visit.server.workspace.reading() as session:
        incident = open_incident_or_refuse(session)
        statuses = shelter_statuses(session, incident.id, as_of=visit.server.workspace.clock.now())
    stored = sum(status.persons or 0 for status in statuses if status.is_open)
    assert shown.split()[0].replace(",", "") == rows["避難者数"] == str(stored)
    first = PdfReader(downloaded(visit, "PDF")).pages[0].extract_text()
    assert f"避難者数{stored:,}" in re.sub(r"\s+", "", first)


def downloaded(visit: Visit, form: str) -> Path:
    """Choose a form of the summary by mouse, and return the file."""
    visit.page.get_by_label("ファイルの形式").click()
    visit.page.get_by_role("option", name=form, exact=True).click()
    visit.settle()
    with visit.page.expect_download() as download:
        visit.page.get_by_role("button", name="ダウンロード").click()
    return Path(download.value.path())


def test_markup_in_a_report_is_shown_as_text(visit: Visit) -> None:
    note = "<img src=x onerror=alert(1)><b>太字</b>"
    with visit.server.client() as client:
        client.post(
            "/api/damage-reports",
            json={"id": str(uuid4()), "category": "other", "note": note, "place_text": note},
        ).raise_for_status()
    for path in ("", "damage_reports"):
        visit.go(path)
        if not path:
            expect(visit.page.get_by_text(note).first).to_be_visible()
        visit.await_live()
    assert visit.dialogs == []
    assert visit.errors == []


def test_the_page_follows_the_language_of_the_browser_and_can_be_switched(visit: Visit) -> None:
    visit.go()
    expect(visit.page.locator(".hq-shell-city")).to_contain_text("災害対策本部")
    visit.page.get_by_role("button", name="本部").click()
    visit.page.get_by_role("link", name="English").click()
    expect(visit.page.locator(".hq-shell-city")).to_contain_text("Disaster headquarters")


def test_an_incident_that_somebody_else_opens_and_closes_is_followed(visit: Visit) -> None:
    visit.go()
    with visit.server.workspace.transaction(HEADQUARTERS) as session:
        flood = open_incident(session, "相模川の洪水", IncidentKind.FLOOD)
    expect(visit.page.locator(".hq-shell-incident")).to_have_text("相模川の洪水")
    expect(visit.page.locator(".hq-figure-value").first).to_have_text("0")
    with visit.server.workspace.transaction(HEADQUARTERS) as session:
        close_incident(session, flood, version=1)
    expect(visit.page.locator(".hq-shell-incident")).to_contain_text("相模トラフ地震")


def test_an_unsigned_browser_sees_how_to_sign_in_and_nothing_else(visit: Visit) -> None:
    visit.page.context.clear_cookies()
    visit.page.goto(visit.server.url)
    expect(visit.page.locator("h1")).to_have_text("サインインしていません。")


def _says(text: str) -> "re.Pattern[str]":
    return re.compile(re.escape(text))


def test_on_a_small_laptop_all_pages_are_named_in_the_bar(visit: Visit) -> None:
    visit.page.set_viewport_size({"width": 1280, "height": 720})
    visit.go("situation_summary")
    links = visit.page.get_by_test_id("stTopNavLink")
    expect(links.last).to_be_in_viewport(ratio=1)
    names = [name for name in links.all_inner_texts() if name.strip()]
    # What the bar has no room for stands behind a button, in English.
    expect(visit.page.get_by_test_id("stHeader").get_by_role("button")).to_have_count(0)
    assert len(names) == len(set(names)) == links.count()
