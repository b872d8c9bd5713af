"""Damage reports on the map of a real browser: counted where they are many, live, none lost."""

from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Frame, expect

from tests.browser.conftest import REPORTS_SHOWN, Visit, take_in_hand

HERE = (139.4035, 35.3338)


def file(visit: Visit, lon: float = HERE[0], lat: float = HERE[1], **content: Any) -> str:  # noqa: ANN401
    said = {"id": str(uuid4()), "category": "road", "location": {"lon": lon, "lat": lat}} | content
    with visit.server.client() as client:
        client.post("/api/damage-reports", json=said).raise_for_status()
    return str(said["id"])


def look(chart: Frame, zoom: int, lon: float = HERE[0], lat: float = HERE[1]) -> None:
    take_in_hand(chart)
    chart.evaluate(f"void map.setView([{lat}, {lon}], {zoom}, {{ animate: false }})")


def shown(report_id: str) -> str:
    """Return the question whether a report has a mark of its own."""
    return f"Object.values(map._layers).some((layer) => layer.feature?.id === '{report_id}')"


def press_at(visit: Visit, chart: Frame, lon: float = HERE[0], lat: float = HERE[1]) -> None:
    x, y = chart.evaluate(f"(({{ x, y }}) => [x, y])(map.latLngToContainerPoint([{lat}, {lon}]))")
    box = visit.page.locator("iframe").first.bounding_box()
    assert box
    visit.page.mouse.click(box["x"] + x, box["y"] + y)


def test_every_report_is_on_the_map_at_every_zoom(visit: Visit) -> None:
    for step in range(6):
        file(visit, HERE[0] + 0.0004 * step)
    visit.go()
    chart = visit.map()
    chart.wait_for_function(f"{REPORTS_SHOWN} >= 6")
    look(chart, 10)
    with visit.server.client() as client:
        features = client.get("/api/layers/damage-reports.geojson").json()["features"]
    placed = sum(feature["geometry"] is not None for feature in features)
    for zoom in (9, 10, 11):
        look(chart, zoom)
        chart.wait_for_function(f"{REPORTS_SHOWN} === {placed}")
    assert (visit.outside, visit.errors) == ([], [])


@pytest.mark.parametrize(("zoom", "lon"), [(13, 139.8), (17, 139.9)])
def test_reports_at_one_place_open_as_a_list_from_which_one_is_chosen(
    visit: Visit, zoom: int, lon: float
) -> None:
    place = (lon, HERE[1])
    file(visit, *place, category="road", severity="minor")
    grave = file(visit, *place, category="bridge", severity="severe", note=f"<b>橋げた{zoom}</b>")
    visit.go()
    chart = visit.map()
    look(chart, zoom, *place)
    chart.wait_for_function(f"{REPORTS_SHOWN} === 2")
    press_at(visit, chart, *place)
    entries = chart.locator(".hq-report-entry")
    expect(entries).to_have_count(2)
    expect(entries.first).to_contain_text("橋りょう")
    file(visit, *place, category="fire")
    chart.wait_for_function(f"{REPORTS_SHOWN} === 3")
    expect(entries).to_have_count(2)  # what is open stays open, as it was
    entries.first.click()
    expect(visit.page.get_by_text(f"<b>橋げた{zoom}</b>")).to_be_visible()
    chart.wait_for_function(shown(grave))
    assert (visit.outside, visit.errors, visit.dialogs) == ([], [], [])


def test_what_is_selected_keeps_its_mark_when_others_come_to_lie_beside_it(visit: Visit) -> None:
    place = (HERE[0] - 0.01, HERE[1] + 0.012)
    first = file(visit, *place, note="ここだけの報告")
    visit.go()
    chart = visit.map()
    look(chart, 13, *place)
    chart.wait_for_function(shown(first))
    press_at(visit, chart, *place)
    expect(visit.page.get_by_text("ここだけの報告")).to_be_visible()
    chart.evaluate("window.stillTheSame = map.getCenter()")
    others = [file(visit, place[0] + 0.0005 * step, place[1]) for step in (1, 2)]
    chart.wait_for_function(
        "Object.values(map._layers).some((layer) => layer.feature?.properties?.n === 3)"
    )
    assert chart.evaluate(shown(first))
    assert not chart.evaluate(shown(others[0]))
    expect(visit.page.get_by_text("ここだけの報告")).to_be_visible()
    assert chart.evaluate("map.getCenter().equals(window.stillTheSame)")


def test_a_write_reads_just_the_tiles_that_it_touches(visit: Visit) -> None:
    visit.go()
    visit.await_live()
    chart = visit.map()
    look(chart, 15)
    filed = file(visit)
    chart.wait_for_function(shown(filed))
    asked: list[str] = []
    visit.page.on("request", lambda request: asked.append(request.url))
    # Beside the view: nothing is read. In the view: one tile.
    file(visit, HERE[0] + 0.3)
    again = file(visit)
    chart.wait_for_function(shown(again))
    tiles = [url for url in asked if "/api/tiles/" in url]
    assert len(set(tiles)) == 1
    assert tiles[0].endswith("/15/29072/12942.mvt")
