"""Take the pictures of the documents anew, with a real browser on the real product.

make screenshots
"""

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, FilePayload, ViewportSize, sync_playwright

from gis.store import migrate
from scripts.caddy import Caddy
from scripts.cluster import OWNER, throw_away
from scripts.trust_page import write_pages
from scripts.visual_samples import draw_samples
from tests.browser.conftest import WAIT_MS, admitted
from tests.browser.test_main_job import shelter_id
from tests.conftest import CHROMIUM, PROJECT, SWITCHES, Server, free_port, serving

FOLDER = PROJECT / "docs" / "images"
DESK = ViewportSize(width=1600, height=920)
PHONE = ViewportSize(width=390, height=844)
WALL = ViewportSize(width=1920, height=1080)
TRUST = ViewportSize(width=390, height=1500)
PAPER = ViewportSize(width=800, height=1130)
BY_ITSELF = {"wall", "count", "card", "field"}
"""Pages without the line at the top."""


@dataclass(frozen=True)
class Picture:
    """A picture of a page: its file, the page's path, the size of the screen."""

    name: str
    path: str
    size: ViewportSize
    has_map: bool = False
    upload: str = ""
    """A list to drop onto the page."""
    drawn: str = ""
    """What has to be there first."""
    pressed: str = ""
    """A key to press then."""
    shelter: str = ""
    """The name of the shelter that the page is about."""


INVENTED = """共通ID,施設・場所名,住所,指定緊急避難場所との住所同一,緯度,経度,備考
E1420700001111,円蔵小学校,神奈川県茅ヶ崎市円蔵1-13-1,1,35.342381,139.407668,北側の門から
E1420799901111,（架空）芹沢集会所,神奈川県茅ヶ崎市芹沢1000,,35.3722,139.4215,
,円蔵中学校体育館,神奈川県茅ヶ崎市円蔵1-15-1,,35.343513,139.408816,
"""
"""A changed shelter, a new one, and one that resembles another."""

PICTURES = (
    Picture("situation-map", "", DESK, has_map=True),
    Picture("board", "board", DESK, drawn=".hq-row"),
    Picture("wall", "wall", WALL, drawn=".hq-row"),
    Picture("count", "count?shelter={shelter}", PHONE, drawn="#form", shelter="鶴嶺小学校"),
    Picture("field", "field", PHONE, drawn=".tile"),
    Picture("card", "card?shelter={shelter}", PAPER, drawn="h2", shelter="鶴嶺小学校"),
    Picture("supplies", "resources", DESK),
    Picture("chronology", "chronology", DESK),
    Picture("shelters", "shelters", DESK),
    Picture("triage", "triage", DESK, drawn=".hq-waiting", pressed="j"),
    Picture("damage-reports", "damage_reports", DESK),
    Picture("situation-summary", "situation_summary", DESK),
    Picture("inventories", "inventories", DESK, upload=INVENTED),
    Picture("register", "register", DESK),
    Picture("phone", "", PHONE, has_map=True),
)


def main() -> None:
    """Draw every picture of docs/images."""
    draw_samples(FOLDER)
    with throw_away() as cluster, sync_playwright() as playwright:
        migrate(cluster.url(OWNER))
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*SWITCHES])
        with serving(cluster, "hq_live") as server:
            for picture in PICTURES:
                take(browser, server, picture)
        take_trust(browser)
        browser.close()


def take_trust(browser: Browser) -> None:
    """Take the page on trusting the server, as a telephone shows it; the address is an example."""
    with TemporaryDirectory() as folder:
        ports = {"https_port": free_port(), "trust_port": free_port()}
        names, nobody = ("127.0.0.1",), "127.0.0.1:9"
        authority = "茅ヶ崎市 災害対策本部"
        caddy = Caddy(Path(folder), nobody, names, "127.0.0.1", authority=authority, **ports)
        with caddy.running(when_dead=lambda: None):
            write_pages(caddy, "http://192.0.2.7:8480/", ["https://192.0.2.7:8443"])
            page = browser.new_page(locale="ja-JP", viewport=TRUST)
            page.goto(f"http://127.0.0.1:{caddy.trust_port}/")
            page.screenshot(path=FOLDER / "trust.png")
            page.close()


def take(browser: Browser, server: Server, picture: Picture) -> None:
    """Take one picture of a page once it is drawn."""
    context = browser.new_context(locale="ja-JP", viewport=picture.size)
    context.set_default_timeout(WAIT_MS)
    visit = admitted(context.new_page(), server)
    if picture.name in BY_ITSELF:
        shelter = picture.shelter and shelter_id(server, picture.shelter)
        visit.page.goto(f"{server.url}/{picture.path.format(shelter=shelter)}")
    else:
        visit.go(picture.path)
        visit.await_live()
    if picture.drawn:
        visit.page.locator(picture.drawn).first.wait_for()
    if picture.pressed:
        visit.page.keyboard.press(picture.pressed)
        visit.page.frame_locator("iframe").locator("path.hq-shore").wait_for()
    if picture.has_map:
        visit.map()
    if picture.upload:
        file = FilePayload(name="list.csv", mimeType="text/csv", buffer=picture.upload.encode())
        visit.page.locator("input[type=file]").set_input_files(file)
        visit.page.locator(".st-key-inventory-confirm").wait_for()
        visit.page.frame_locator("iframe").get_by_text("円蔵").first.wait_for()
    visit.page.get_by_test_id("stStatusWidget").wait_for(state="detached")
    visit.page.evaluate("document.fonts.ready")
    visit.page.screenshot(path=FOLDER / f"{picture.name}.png")
    context.close()


if __name__ == "__main__":
    main()
