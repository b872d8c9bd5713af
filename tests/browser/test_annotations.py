"""Writing on the situation map in a real browser: what one writes another sees, and undone."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, FrameLocator, Locator, Page, expect

from gis.vocabulary import Role
from tests.browser.conftest import WAIT_MS, Visit, admitted
from tests.conftest import Server

SEA = [35.3118, 139.4225]
"""Off the shore, where nothing is drawn that a tap could meet."""


@pytest.fixture
def colleague(chromium: Browser, server: Server) -> Iterator[Visit]:
    """Somebody who looks at the same map on another machine."""
    context = chromium.new_context(locale="ja-JP", viewport={"width": 1400, "height": 900})
    context.set_default_timeout(WAIT_MS)
    yield admitted(context.new_page(), server, Role.VIEWER, "情報班")
    context.close()


def large_map(page: Page) -> FrameLocator:
    return page.frame_locator("iframe").first


def written(page: Page, text: str) -> Locator:
    return large_map(page).locator(".hq-annotation-text").get_by_text(text, exact=True)


def tap(visit: Visit, place: list[float]) -> None:
    """Tap the large map with the mouse."""
    chart = visit.map()
    point = chart.evaluate("place => map.latLngToContainerPoint(place)", place)
    large_map(visit.page).locator(".leaflet-container").click(
        position={"x": point["x"], "y": point["y"]}
    )


def pen(visit: Visit) -> Locator:
    """Return what the form for writing stands in, unfolded."""
    part = visit.page.locator(".st-key-annotating")
    part.locator("summary").click()
    part.locator("[class*=-text] input").wait_for()
    return part


def hides_its_point(chart: FrameLocator, said: str) -> bool:
    """Tell whether a text lies over the very place that it tells of."""
    label = chart.locator(".hq-annotation", has_text=said)
    place, text = label.bounding_box(), label.locator("span").bounding_box()
    assert place
    assert text
    return (
        text["x"] <= place["x"] <= text["x"] + text["width"]
        and text["y"] <= place["y"] <= text["y"] + text["height"]
    )


def come_in(visit: Visit) -> None:
    visit.go()
    visit.await_live()
    visit.map()


def test_what_one_writes_another_sees_until_it_is_undone(visit: Visit, colleague: Visit) -> None:
    said = f"<img src=x onerror=alert(1)> 津波 {uuid4().hex[:6]}"
    come_in(colleague)
    come_in(visit)
    form = pen(visit)
    tap(visit, SEA)
    form.locator("[data-testid=stCaptionContainer]", has_text="35.31").wait_for()
    form.locator("[class*=-text] input").fill(said)
    form.locator("[class*=-file] button:enabled").click()
    for each in (visit, colleague):
        expect(written(each.page, said)).to_have_count(1)
        assert each.page.locator("img[src=x]").count() == 0
        assert large_map(each.page).locator("img[src=x]").count() == 0
    assert not hides_its_point(large_map(colleague.page), said)
    label = large_map(colleague.page).locator(".hq-annotation", has_text=said)
    written(colleague.page, said).hover()
    expect(large_map(colleague.page).locator(".leaflet-tooltip")).to_contain_text("本部")
    label.focus()
    colleague.page.keyboard.press("Enter")
    panel = colleague.page.locator(".hq-plain", has_text=said)
    expect(panel).to_contain_text("本部")
    expect(colleague.page.locator("[class*=-take-back]")).to_have_count(0)

    mine = large_map(visit.page).locator(".hq-annotation", has_text=said)
    mine.focus()
    visit.page.keyboard.press("Enter")
    visit.page.locator(".hq-plain", has_text=said).wait_for()
    undo(visit.page)
    for each in (visit, colleague):
        expect(written(each.page, said)).to_have_count(0)
        assert (each.outside, each.errors, each.dialogs) == ([], [], [])


def undo(page: Page) -> None:
    """Take back what was done last with the annotation that is chosen."""
    panel = page.locator("[data-testid=stPopover]").last
    panel.locator("button").click()
    page.locator("[data-testid=stPopoverBody] [class*=-take-back] button").click()


def test_a_line_is_drawn_on_the_small_map_where_the_large_one_was_tapped(visit: Visit) -> None:
    said = f"迂回路 {uuid4().hex[:6]}"
    come_in(visit)
    form = pen(visit)
    tap(visit, SEA)
    form.locator("[class*=-kind] button").nth(1).click()
    # Beside the large one there is a small one now.
    small = form.frame_locator("iframe")
    small.locator("path.hq-filed").wait_for()
    small.locator(".leaflet-container").scroll_into_view_if_needed()
    for number, x in enumerate((80, 160), start=1):
        small.locator(".leaflet-container").click(position={"x": x, "y": 200})
        expect(small.locator(".hq-corner")).to_have_count(number)
    small.locator(".hq-draw-main").click()
    lines = large_map(visit.page).locator("path.hq-annotation-shape.hq-line")
    before = lines.count()
    form.locator("[class*=-text] input").fill(said)
    form.locator("[class*=-file] button:enabled").click()
    expect(written(visit.page, said)).to_have_count(1)
    expect(lines).to_have_count(before + 1)
    with visit.server.client() as client:
        told = client.get("/api/annotations", params={"shown": True}).json()
    (one,) = (each for each in told if each["text"] == said)
    assert one["shape"]["type"] == "LineString"
    (lon, lat), _ = one["shape"]["coordinates"]
    assert (abs(lon - SEA[1]) < 0.05, abs(lat - SEA[0]) < 0.05) == (True, True)
    assert (visit.outside, visit.errors, visit.dialogs) == ([], [], [])
