"""The map beneath: chosen, drawn, named, and another one in its place while it is not to be had."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Frame, expect

from dashboard.assets import own
from gis.config import DATA_FOLDER
from scripts.cluster import PrivateCluster
from tests.base_maps import TileServer, raster_file, vector_file
from tests.browser.conftest import WAIT_MS, Visit, admitted, take_in_hand
from tests.conftest import Server, await_that, free_port, fresh_database, serving

PANE = ".leaflet-hq-base-map-pane"
ONLINE, FILE = f"{PANE} img[src^=http]", f"{PANE} img[src^=blob]"
DRAWN = "node => node.complete && node.naturalWidth === 256"
VIEW = "[map.getZoom(), map.getCenter().lat, map.getCenter().lng]"
RULE = f"import('{own('base-map-rule.js')}')"


@pytest.fixture(scope="module")
def others() -> Iterator[TileServer]:
    """The tiles of somebody else."""
    tiles = TileServer(free_port())
    yield tiles
    tiles.speaks.set()
    tiles.stop()


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("base-map") / "city.pmtiles"


@pytest.fixture(scope="module")
def server(
    cluster: PrivateCluster,
    file: Path,
    others: TileServer,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Server]:
    """A server whose city profile names the tiles of somebody else."""
    cities = tmp_path_factory.mktemp("profiles") / "cities"
    shutil.copytree(DATA_FOLDER / "cities", cities)
    with (cities / "142077.toml").open("a") as profile:
        profile.write(
            '[[base_maps]]\nname = "trial"\ntitle_ja = "試験タイル"\ntitle_en = "Trial"\n'
            f'url = "{others.url}"\ncredit_ja = "<b>試験課</b>"\ncredit_en = "Trial"\n'
            'credit_url = "https://example.org/credit"\nmax_zoom = 18\n'
        )
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("HQ_CITIES", str(cities))
        environment.setenv("HQ_BASE_MAP", str(file))
        with fresh_database(cluster) as name, serving(cluster, name) as running:
            yield running


@pytest.fixture(autouse=True)
def as_it_was(others: TileServer, file: Path) -> None:
    """Before each test the tiles are there, and the file is not."""
    others.speaks.set()
    others.stop()
    others.only = None
    others.asked.clear()
    others.start()
    file.unlink(missing_ok=True)


def opened(visit: Visit, path: str = "") -> Frame:
    visit.go(path)
    chart = visit.map()
    take_in_hand(chart)
    chart.locator(".hq-layers > summary").click()
    return chart


def choose(chart: Frame, name: str) -> None:
    chart.locator(f".hq-base-maps input[value={name}]").check()


def await_drawn(chart: Frame, tiles: str) -> None:
    """Wait until images of tiles are there, and have something in them."""
    chart.locator(tiles).first.wait_for()
    chart.wait_for_function(f"[...document.querySelectorAll('{tiles}')].every({DRAWN})")


def credits_of(chart: Frame) -> str:
    return chart.locator(".leaflet-control-attribution").inner_text()


def test_until_somebody_chooses_nobody_else_is_asked(visit: Visit, others: TileServer) -> None:
    chart = opened(visit)
    expect(chart.locator(".hq-base-maps input[value=none]")).to_be_checked()
    expect(chart.locator(".hq-base-maps input")).to_have_count(7)
    assert others.asked == []
    assert (visit.outside, visit.errors) == ([], [])


def test_tiles_are_drawn_under_everything_and_named_as_long_as_they_are_shown(
    visit: Visit, others: TileServer
) -> None:
    chart = opened(visit)
    before = chart.evaluate(VIEW)
    choose(chart, "trial")
    await_drawn(chart, ONLINE)
    # Data stays text, and who is named is linked.
    link = chart.get_by_role("link", name="<b>試験課</b>")
    expect(link).to_have_attribute("href", "https://example.org/credit")
    expect(chart.locator(".hq-shore")).to_have_css("fill", "none")
    below = chart.evaluate(
        "[...document.querySelectorAll('.leaflet-pane[class*=hq-]')]"
        ".every((pane) => Number(pane.style.zIndex || 600) >= 150)"
    )
    assert below
    assert chart.evaluate("map.getPane('hq-base-map').style.zIndex") == "150"
    assert chart.evaluate(VIEW) == before
    # They learn from where, and not which page.
    assert {*others.referrers} == {f"{visit.server.url}/"}
    choose(chart, "none")
    expect(chart.locator(f"{PANE} img")).to_have_count(0)
    expect(link).to_have_count(0)
    expect(chart.locator(".hq-shore")).not_to_have_css("fill", "none")
    assert visit.errors == []


def test_the_choice_stays_with_the_person_and_a_link_shows_the_same(
    visit: Visit, chromium: Browser
) -> None:
    chart = opened(visit)
    choose(chart, "trial")
    await_drawn(chart, ONLINE)
    assert parse_qs(urlsplit(visit.page.url).query)["base"] == ["trial"]
    linked = visit.page.url
    visit.page.goto(visit.server.url)
    await_drawn(visit.map(), ONLINE)
    context = chromium.new_context(locale="ja-JP")
    context.set_default_timeout(WAIT_MS)
    other = admitted(context.new_page(), visit.server)
    other.page.goto(linked)
    await_drawn(other.map(), ONLINE)
    context.close()


def test_an_unknown_choice_shows_the_city_s_own(visit: Visit, others: TileServer) -> None:
    chart = opened(visit, "?base=%3Cimg%20src=x%3E")
    expect(chart.locator(".hq-base-maps input[value=none]")).to_be_checked()
    assert (others.asked, visit.errors, visit.dialogs) == ([], [], [])


def test_while_tiles_are_not_to_be_had_the_city_s_own_is_shown_and_they_return_by_themselves(
    visit: Visit, others: TileServer
) -> None:
    chart = opened(visit)
    choose(chart, "trial")
    await_drawn(chart, ONLINE)
    others.stop()
    # Tiles that nobody has looked at yet.
    chart.evaluate("void map.setView(map.getCenter(), map.getZoom() + 2, { animate: false })")
    view = chart.evaluate(VIEW)
    notice = chart.locator(".hq-notice")
    expect(notice).to_contain_text("試験タイル")
    expect(chart.locator(f"{PANE} img")).to_have_count(0)
    expect(chart.locator(".hq-shore")).not_to_have_css("fill", "none")
    assert "試験課" not in credits_of(chart)
    assert chart.evaluate(VIEW) == view
    # What was chosen stays chosen.
    expect(chart.locator(".hq-base-maps input[value=trial]")).to_be_checked()
    others.start()
    chart.evaluate("window.dispatchEvent(new Event('online'))")
    await_drawn(chart, ONLINE)
    expect(notice).to_contain_text("試験タイル")
    assert "試験課" in credits_of(chart)
    assert chart.evaluate(VIEW) == view
    assert visit.errors == []


def test_who_says_nothing_counts_as_away_too(visit: Visit, others: TileServer) -> None:
    others.speaks.clear()
    chart = opened(visit)
    choose(chart, "trial")
    expect(chart.locator(".hq-notice")).to_contain_text("試験タイル")
    expect(chart.locator(f"{PANE} img")).to_have_count(0)
    assert visit.errors == []


def test_they_are_asked_for_again_without_anybody_s_doing(visit: Visit, others: TileServer) -> None:
    others.stop()
    visit.page.clock.install()
    chart = opened(visit)
    choose(chart, "trial")
    expect(chart.locator(".hq-notice")).to_contain_text("試験タイル")
    others.start()
    visit.page.clock.run_for(61_000)
    await_drawn(chart, ONLINE)


def test_whom_nobody_chooses_any_more_nobody_asks_any_more(
    visit: Visit, others: TileServer
) -> None:
    others.stop()
    visit.page.clock.install()
    chart = opened(visit)
    choose(chart, "trial")
    expect(chart.locator(".hq-notice")).to_contain_text("試験タイル")
    choose(chart, "none")
    others.asked.clear()
    others.start()
    visit.page.clock.run_for(600_000)
    assert chart.evaluate("fetch('/api/base-maps').then(({ ok }) => ok)")
    assert others.asked == []


def test_the_operator_s_file_stands_in_for_what_is_online(
    visit: Visit, others: TileServer, file: Path
) -> None:
    raster_file(file)
    chart = opened(visit)
    # Who put it there wants to see it.
    expect(chart.locator(".hq-base-maps input[value=file]")).to_be_checked()
    await_drawn(chart, FILE)
    assert "防災課 & 測量班" in credits_of(chart)
    choose(chart, "trial")
    await_drawn(chart, ONLINE)
    expect(chart.locator(FILE)).to_have_count(0)
    others.stop()
    chart.evaluate("window.dispatchEvent(new Event('offline'))")
    await_drawn(chart, FILE)
    expect(chart.locator(".hq-notice")).to_contain_text("試験タイル")
    assert "防災課 & 測量班" in credits_of(chart)
    assert visit.errors == []


def test_the_real_ones_without_the_internet_lead_to_the_city_s_own_and_nothing_throws(
    visit: Visit,
) -> None:
    chart = opened(visit)
    for name, title in {
        "gsi_pale": "地理院タイル（淡色地図）",
        "openstreetmap": "OpenStreetMap",
    }.items():
        choose(chart, name)
        expect(chart.locator(".hq-notice")).to_contain_text(title)
        expect(chart.locator(f"{PANE} img")).to_have_count(0)
        expect(chart.locator(f".hq-base-maps input[value={name}]")).to_be_checked()
    expect(chart.locator(".hq-place").first).to_be_visible()
    assert {urlsplit(one).netloc for one in visit.outside} == {
        "cyberjapandata.gsi.go.jp",
        "tile.openstreetmap.org",
    }
    assert visit.errors == []


def test_where_there_are_no_tiles_the_map_stays(visit: Visit, others: TileServer) -> None:
    """Photographs of the sea, say: many fail, and the one that must be there comes."""
    others.only = "/12/"
    chart = opened(visit)
    choose(chart, "trial")
    nearer = "void map.setView(map.getCenter(), map.getZoom() + 1, { animate: false })"
    await_that(lambda: sum(not one.startswith("/12/") for one in others.asked) >= 4)
    await_that(lambda: sum(one.startswith("/12/") for one in others.asked) >= 1)
    chart.evaluate(nearer)
    # The doubt is looked into with one tile, which comes.
    await_that(lambda: sum(one.startswith("/12/") for one in others.asked) >= 2)
    others.only = None
    chart.evaluate(nearer)
    chart.locator(f"{PANE} img.leaflet-tile-loaded").first.wait_for()
    expect(chart.locator(".hq-notice")).to_be_empty()
    assert visit.errors == []


def test_a_file_of_shapes_is_drawn_with_japanese_names(visit: Visit, file: Path) -> None:
    with visit.server.workspace.reading() as session:
        vector_file(file, session)
    chart = opened(visit)
    canvas = chart.locator(f"{PANE} canvas[lang=ja]")
    canvas.first.wait_for()
    shades = (
        f"new Set([...document.querySelectorAll('{PANE} canvas')].filter((one) => one.width)"
        ".flatMap((one) => [...new Uint32Array("
        "one.getContext('2d').getImageData(0, 0, one.width, one.height).data.buffer)])).size"
    )
    # Land, sea, roads, and the many shades of the edges of letters.
    chart.wait_for_function(f"{shades} > 20")
    assert "防災課 & 測量班" in credits_of(chart)
    assert (visit.outside, visit.errors) == ([], [])


def test_a_file_that_is_none_is_named_in_the_choice_and_the_map_goes_on(
    visit: Visit, file: Path
) -> None:
    file.write_text("nothing")
    chart = opened(visit, "?base=file")
    expect(chart.locator(".hq-base-maps input[value=file]")).to_be_disabled()
    expect(chart.locator(".hq-base-maps p")).to_contain_text("PMTiles")
    expect(chart.locator(".hq-base-maps input[value=none]")).to_be_checked()
    expect(chart.locator(".hq-place").first).to_be_visible()
    assert (visit.outside, visit.errors) == ([], [])


def test_it_is_made_fainter_like_a_layer(visit: Visit) -> None:
    chart = opened(visit)
    choose(chart, "trial")
    await_drawn(chart, ONLINE)
    chart.locator(".hq-layers legend input[type=range]").fill("40")
    chart.wait_for_function("map.getPane('hq-base-map').style.opacity === '0.4'")
    assert parse_qs(urlsplit(visit.page.url).query)["layers"] == ["base-map:40"]


def test_the_rule_of_switching(visit: Visit) -> None:
    visit.go()
    shown = (
        f"async ([chosen, hasFile, down]) => (await {RULE}).shownOf(chosen,"
        " { hasFile, isDown: (name) => down.includes(name) })"
    )
    for case, expected in {
        ("trial", True, ()): "trial",
        ("trial", True, ("trial",)): "file",
        ("trial", False, ("trial",)): "none",
        ("trial", True, ("trial", "file")): "none",
        ("file", True, ("file",)): "none",
        ("none", True, ("trial",)): "none",
    }.items():
        chosen, has_file, down = case
        assert visit.page.evaluate(shown, [chosen, has_file, [*down]]) == expected
    doubts = (
        "async (came) => { const rule = await " + RULE + "; let failures = 0; return came.map("
        "(one) => rule.isDoubtful(failures = rule.failuresAfter(failures, one))); }"
    )
    tiles = [False, False, False, True, False, False, False, False, True, False]
    assert visit.page.evaluate(doubts, tiles) == [*[False] * 7, True, False, False]
    waits = f"async () => [1, 2, 3, 9].map((await {RULE}).waitAfter)"
    assert visit.page.evaluate(waits) == [60_000, 120_000, 240_000, 900_000]
