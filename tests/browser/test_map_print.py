"""Printing the map: a PDF of exactly what is seen, by mouse and by keyboard, on a phone, too."""

import re
from pathlib import Path

from playwright.sync_api import Browser, Download, expect
from pypdf import PdfReader

from gis.vocabulary import Role
from tests.browser.conftest import WAIT_MS, Visit, admitted


def words(download: Download) -> str:
    (page,) = PdfReader(Path(download.path())).pages
    return re.sub(r"\s+", " ", page.extract_text())


def test_the_map_is_printed_as_it_is_seen(visit: Visit) -> None:
    visit.go("?layers=-towns&reports=severe")
    chart = visit.map()
    chart.locator(".hq-print > summary").click()
    with visit.page.expect_download() as saved:
        chart.locator(".hq-papers button").nth(1).click()
    assert saved.value.suggested_filename.endswith("_a3.pdf")
    (page,) = PdfReader(Path(saved.value.path())).pages
    assert float(page.mediabox.width) > float(page.mediabox.height)
    said = words(saved.value)
    assert "町名" in said
    assert "甚大" in said
    expect(chart.locator(".hq-print-said")).to_contain_text("_a3.pdf")
    assert (visit.outside, visit.errors) == ([], [])


def test_a_keyboard_prints_and_comes_back(visit: Visit) -> None:
    visit.go()
    chart = visit.map()
    summary = chart.locator(".hq-print > summary")
    summary.focus()
    summary.press("Enter")
    chart.locator(".hq-papers button").first.focus()
    with visit.page.expect_download() as saved:
        chart.locator(".hq-papers button").first.press("Enter")
    assert saved.value.suggested_filename.endswith("_a4.pdf")
    chart.locator(".hq-papers button").first.press("Escape")
    expect(summary).to_be_focused()
    expect(chart.locator(".hq-print-body")).to_be_hidden()


def test_nothing_overlaps_on_a_phone_and_the_sheet_stands(visit: Visit, chromium: Browser) -> None:
    context = chromium.new_context(
        locale="ja-JP", viewport={"width": 390, "height": 844}, accept_downloads=True
    )
    context.set_default_timeout(WAIT_MS)
    phone = admitted(context.new_page(), visit.server, Role.VIEWER, "電話")
    phone.go()
    chart = phone.map()
    chart.locator(".hq-print > summary").click()
    boxes = [
        chart.locator(control).bounding_box()
        for control in (".leaflet-control-zoom", ".hq-print > summary", ".hq-search", ".hq-layers")
    ]
    for number, one in enumerate(boxes):
        for other in boxes[number + 1 :]:
            assert one
            assert other
            assert (
                one["x"] + one["width"] <= other["x"]
                or other["x"] + other["width"] <= one["x"]
                or one["y"] + one["height"] <= other["y"]
                or other["y"] + other["height"] <= one["y"]
            )
    body, frame = (
        chart.locator(place).bounding_box() for place in (".hq-print-body", ".leaflet-container")
    )
    assert body
    assert frame
    assert body["x"] + body["width"] <= frame["x"] + frame["width"]
    with phone.page.expect_download() as saved:
        chart.locator(".hq-papers button").first.click()
    (page,) = PdfReader(Path(saved.value.path())).pages
    assert float(page.mediabox.width) < float(page.mediabox.height)
    context.close()
