"""Choosing what the map shows: it stays with the person, and a link shows the same."""

from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Frame, expect

from gis.vocabulary import Role
from tests.browser.conftest import LAPTOP, REPORTS_SHOWN, WAIT_MS, Visit, admitted, take_in_hand

PLACE = {"lon": 139.85, "lat": 35.33}
CLOSE = 14


def pane(name: str, style: str) -> str:
    return f"map.getPane('{name}').style.{style}"


def opened(visit: Visit) -> Frame:
    chart = visit.map()
    chart.locator(".hq-layers > summary").click()
    chart.locator(".hq-layers li").first.wait_for()  # drawn once it has opened
    return chart


def asked(visit: Visit) -> dict[str, list[str]]:
    return parse_qs(urlsplit(visit.page.url).query)


def view_of(link: str) -> tuple[float, float, float]:
    """Zoom, latitude and longitude that a link names."""
    zoom, lat, lon = map(float, parse_qs(urlsplit(link).query)["view"][0].split("/"))
    return zoom, lat, lon


@pytest.mark.parametrize("size", [(1600, 900), (1366, 768), (390, 844)])
def test_the_legend_leaves_the_map_three_fifths_of_the_window(
    visit: Visit, size: tuple[int, int]
) -> None:
    visit.page.set_viewport_size({"width": size[0], "height": size[1]})
    visit.go()
    chart = visit.map()
    # The last of what is explained once there is something to explain.
    expect(chart.locator(".hq-legend")).to_contain_text("想定区域")
    assert chart.evaluate("map.getContainer().offsetHeight / parent.innerHeight") >= 0.6


def test_a_layer_is_hidden_and_made_faint_and_both_are_kept(visit: Visit) -> None:
    visit.go()
    chart = opened(visit)
    chart.get_by_label("避難所", exact=True).uncheck()
    chart.get_by_label("濃さ: 想定区域").fill("40")
    expect(chart.locator(".hq-place").first).to_be_hidden()
    expect(chart.locator(".hq-layers > summary")).to_have_text("表示（一部だけ表示中）")
    assert asked(visit)["layers"] == ["-shelters,hazard-zones:40"]
    visit.page.goto(visit.server.url)  # without what the address said
    # Hidden, but there.
    visit.page.frame_locator("iframe").locator(".hq-place").first.wait_for(state="attached")
    again = next(frame for frame in visit.page.frames if "st_folium" in frame.url)
    again.wait_for_function(f"{pane('hq-shelters', 'display')} === 'none'")
    again.wait_for_function(f"{pane('hq-hazard-zones', 'opacity')} === '0.4'")
    again.locator(".hq-layers > summary").click()
    again.get_by_role("button", name="すべて表示").click()
    expect(again.locator(".hq-place").first).to_be_visible()
    assert "layers" not in asked(visit)
    assert (visit.outside, visit.errors) == ([], [])


def test_only_some_reports_are_shown_and_a_link_shows_the_same_to_others(
    visit: Visit, chromium: Browser
) -> None:
    with visit.server.client() as client:
        for category in ("road", "fire", "fire"):
            said = {"id": str(uuid4()), "category": category, "location": PLACE}
            client.post("/api/damage-reports", json=said).raise_for_status()
    visit.go()
    chart = opened(visit)
    take_in_hand(chart)
    chart.evaluate(
        f"void map.setView([{PLACE['lat']}, {PLACE['lon']}], {CLOSE}, {{ animate: false }})"
    )
    chart.wait_for_function(f"{REPORTS_SHOWN} === 3")
    chart.get_by_label("道路", exact=True).check()
    chart.wait_for_function(f"{REPORTS_SHOWN} === 1")
    # A map that was moved by hand names its view.
    chart.locator(".leaflet-container").hover()
    visit.page.mouse.wheel(0, -200)
    visit.page.wait_for_url(lambda link: view_of(link)[0] > CLOSE)
    link = visit.page.url
    assert asked(visit)["reports"] == ["road"]
    context = chromium.new_context(**LAPTOP)
    context.set_default_timeout(WAIT_MS)
    other = admitted(context.new_page(), visit.server, Role.VIEWER, "別の席")
    other.page.goto(link)
    other.page.locator(".hq-shell").wait_for()
    frame = other.map()
    frame.wait_for_function(f"{REPORTS_SHOWN} === 1")
    zoom, lat, lon = view_of(link)
    seen = frame.evaluate("[map.getZoom(), map.getCenter().lat, map.getCenter().lng]")
    assert abs(seen[0] - zoom) < 0.01
    assert abs(seen[1] - lat) + abs(seen[2] - lon) < 0.001
    context.close()
    assert (visit.errors, other.errors) == ([], [])


def test_people_are_shown_to_whoever_asks_for_them(visit: Visit) -> None:
    visit.go()
    chart = opened(visit)
    shown = "getComputedStyle(map.getPane('hq-population')).display !== 'none'"
    assert not chart.evaluate(shown)
    expect(chart.locator(".hq-layers > summary")).to_have_text("表示")
    chart.get_by_label("人口", exact=True).check()
    assert chart.evaluate(shown)
    expect(chart.locator(".hq-people").first).to_be_visible()
    assert asked(visit)["layers"] == ["population"]
    visit.page.reload()
    again = opened(visit)
    expect(again.locator(".hq-people").first).to_be_visible()
    again.get_by_label("人口", exact=True).uncheck()
    assert "layers" not in asked(visit)
    assert (visit.outside, visit.errors) == ([], [])


def levels(chart: Frame, *panes: str) -> list[int]:
    return [int(chart.evaluate(pane(name, "zIndex"))) for name in panes]


def names(chart: Frame) -> list[str]:
    return chart.locator(".hq-layers li .hq-tick").all_inner_texts()


def test_a_layer_is_put_below_another_and_a_link_has_the_same_order(visit: Visit) -> None:
    visit.go()
    chart = opened(visit)
    assert names(chart)[1:3] == ["避難所", "物資拠点"]
    chart.get_by_role("button", name="下へ: 避難所").click()
    assert names(chart)[1:3] == ["物資拠点", "避難所"]
    depots, shelters = levels(chart, "hq-depots", "hq-shelters")
    assert depots > shelters
    expect(chart.get_by_role("button", name="下へ: 避難所")).to_be_focused()
    assert asked(visit)["order"][0].startswith("shortages,depots,shelters,")
    visit.page.reload()
    again = opened(visit)
    assert names(again)[1:3] == ["物資拠点", "避難所"]
    again.get_by_role("button", name="すべて表示").click()
    assert names(again)[1:3] == ["避難所", "物資拠点"]
    depots, shelters = levels(again, "hq-depots", "hq-shelters")
    assert depots < shelters
    assert "order" not in asked(visit)
    assert (visit.outside, visit.errors) == ([], [])


def test_an_address_that_makes_no_sense_shows_everything(visit: Visit) -> None:
    visit.go(
        "?layers=-%3Cimg%20src=x%3E,shelters:abc&order=dragons,%3Cb%3E&reports=%22%3E%3Cb%3E,dragons&view=1/2"
    )
    chart = visit.map()
    expect(chart.locator(".hq-place").first).to_be_visible()
    chart.wait_for_function(f"{REPORTS_SHOWN} > 0")
    assert (visit.outside, visit.errors, visit.dialogs) == ([], [], [])
