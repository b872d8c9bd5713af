"""How to use an item: from a city's own folder a film plays and a sheet is handed out."""

import shutil
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path

import pytest
import typst
from playwright.sync_api import Browser, expect

from gis.config import settings
from scripts.cluster import PrivateCluster
from tests.browser.conftest import Visit, press_in_list
from tests.conftest import Server, demonstration_database, serving

FILM, SHEET = "how_to_boil.webm", "how_to_store.pdf"
BESIDE_WATER = f"""
[[items.instructions]]
file = "{FILM}"
title_ja = "煮沸のしかた"
title_en = "How to boil it"

[[items.instructions]]
file = "{SHEET}"
title_ja = "保管のしかた"
title_en = "How to store it"
"""
RECORD = """async () => {
  const canvas = Object.assign(document.createElement("canvas"), { width: 64, height: 48 });
  const brush = canvas.getContext("2d");
  const stream = canvas.captureStream(25);
  const recorder = new MediaRecorder(stream, { mimeType: "video/webm;codecs=vp8" });
  const parts = [];
  const done = new Promise((end) => (recorder.onstop = end));
  recorder.ondataavailable = ({ data }) => parts.push(data);
  recorder.start();
  for (let frame = 0; frame < 30; frame++) {
    brush.fillStyle = `hsl(${frame * 12} 80% 50%)`;
    brush.fillRect(0, 0, 64, 48);
    await new Promise(requestAnimationFrame);
  }
  recorder.stop();
  await done;
  const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
  return btoa(String.fromCharCode(...bytes));
}"""
"""Films what is painted on a canvas, and returns the WebM in base64."""


@pytest.fixture(scope="module")
def own_items(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An item list of one's own, with a film and a sheet beside the drinking water."""
    folder = tmp_path_factory.mktemp("own")
    shutil.copytree(settings().items.parent / "instructions", folder / "instructions")
    page = chromium.new_page()
    (folder / "instructions" / FILM).write_bytes(b64decode(page.evaluate(RECORD)))
    page.close()
    sheet = typst.compile(b"= Keep it dark and cool")
    assert isinstance(sheet, bytes)
    (folder / "instructions" / SHEET).write_bytes(sheet)
    before, water, after = (
        settings().items.read_text(encoding="utf-8").partition('code = "drinking_water"')
    )
    its_lines, next_item, others = after.partition("\n[[items]]")
    items = folder / "items.toml"
    items.write_text(
        before + water + its_lines + BESIDE_WATER + next_item + others, encoding="utf-8"
    )
    return items


@pytest.fixture(scope="module")
def server(cluster: PrivateCluster, own_items: Path) -> Iterator[Server]:
    """A server that takes the item list from there."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("HQ_ITEMS", str(own_items))
        with demonstration_database(cluster) as name, serving(cluster, name) as running:
            yield running


@pytest.fixture
def unfolded(visit: Visit) -> Visit:
    """The stock of a place that has water, with how to use it unfolded."""
    visit.go("resources?view=stock")
    visit.await_live()
    press_in_list(visit.page.locator("[data-testid=stDataFrame]").first, 100, 50)
    visit.page.locator("summary", has_text="飲料水").click()
    return visit


def test_a_film_plays_on_the_page(unfolded: Visit) -> None:
    film = unfolded.page.locator("video")
    expect(film).to_be_visible()
    expect(unfolded.page.get_by_text("煮沸のしかた")).to_be_visible()
    film.evaluate("(film) => { film.muted = true; return film.play(); }")
    unfolded.page.wait_for_function(
        "() => { const film = document.querySelector('video');"
        " return film.readyState >= 2 && film.currentTime > 0 && film.videoWidth === 64; }"
    )
    assert film.evaluate("(film) => film.error") is None
    assert film.evaluate("(film) => film.duration") > 0
    assert (unfolded.outside, unfolded.errors) == ([], [])


def test_a_sheet_is_handed_out_byte_for_byte(unfolded: Visit, own_items: Path) -> None:
    button = unfolded.page.get_by_role("button", name="保管のしかた")
    with unfolded.page.expect_download() as handed_out:
        button.click()
    sheet = handed_out.value
    assert sheet.suggested_filename == SHEET
    content = Path(sheet.path()).read_bytes()
    assert content.startswith(b"%PDF-")
    assert content == (own_items.parent / "instructions" / SHEET).read_bytes()
    assert (unfolded.outside, unfolded.errors) == ([], [])
