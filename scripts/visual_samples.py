"""Draw the pictures of docs/visual-language.md in a real browser, with the code that draws the map.

No server is needed: the browser asks for files of ours, and gets them from their folders.
"""

import mimetypes
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, Route, sync_playwright

from dashboard.assets import MOUNTS, own
from dashboard.assets.palette import palette
from dashboard.components.figures import Figure
from dashboard.components.markup import render
from dashboard.components.page_style import style
from dashboard.maps.words import map_words
from gis.text import Language

ORIGIN = "http://samples.invalid"
WIDTH_PX = 860
FIGURES = (
    Figure("避難者数", "6,483", "+ 不明 5か所", "12分前"),
    Figure("開設中の避難所", "33", "/ 62", "満 2 ／ 混雑 4 ／ 不明 5"),
    Figure("未確認の被害報告", "17", "", "最も古いもの 26分前"),
)
"""Invented figures."""

_LINKS = "".join(
    f'<link rel="stylesheet" href="{address}">'
    for address in (
        "/assets/noto-sans-jp/index.css",
        *map(own, ("palette.css", "marks.css", "samples.css")),
    )
)


def _answer(route: Route) -> None:
    """Give the browser one of our files, an empty page at the root, and nothing else."""
    path = urlsplit(route.request.url).path
    if path == "/":
        route.fulfill(body=f"<!doctype html>{_LINKS}<body></body>", content_type="text/html")
        return
    _, _, name, rest = path.split("/", 3)
    file = MOUNTS[name] / rest
    route.fulfill(path=file, content_type=mimetypes.guess_type(file.name)[0] or "text/plain")


@contextmanager
def samples_page(browser: Browser) -> Iterator[Page]:
    """Give an empty page that has our files and our colours, and reaches nothing else."""
    page = browser.new_page(viewport={"width": WIDTH_PX, "height": 100})
    page.route("**/*", _answer)
    page.goto(ORIGIN)
    yield page
    page.close()


def _shoot(page: Page, file: Path) -> None:
    page.evaluate("document.fonts.ready")
    page.wait_for_load_state("networkidle")
    page.locator("body").screenshot(path=file)


def _draw(page: Page, function: str, value: object) -> None:
    page.goto(ORIGIN)
    page.evaluate(
        "async ([file, name, value]) => (await import(file))[name](value)",
        [own("samples.js"), function, value],
    )


def draw_samples(folder: Path) -> None:
    """Draw ``visual-marks.png``, ``-palette.png`` and ``-figures.png`` into a folder."""
    chromium = shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        with samples_page(browser) as page:
            _draw_all(page, folder)
        browser.close()


def _draw_all(page: Page, folder: Path) -> None:
    _draw(page, "showMarks", map_words(Language.JA))
    _shoot(page, folder / "visual-marks.png")
    _draw(page, "showPalette", palette())
    _shoot(page, folder / "visual-palette.png")
    page.goto(ORIGIN)
    tiles = render("figures.html", figures=FIGURES)
    page.set_content(f"{_LINKS}{style()}<main class='hq-sheet'>{tiles}</main>")
    _shoot(page, folder / "visual-figures.png")


if __name__ == "__main__":
    draw_samples(Path(__file__).parents[1] / "docs" / "images")
