"""Photographs in a shelter's panel: added, looked at, hidden."""

from pathlib import Path
from uuid import UUID, uuid4

import pytest
from playwright.sync_api import Locator, expect

from gis.text import Language, translate
from tests.browser.conftest import Visit
from tests.browser.test_board import NAME, row
from tests.browser.test_main_job import shelter_id
from tests.conftest import Server, await_that
from tests.photographs import photograph, picture


def word(message: str) -> str:
    return translate(message, Language.JA)


def send(server: Server, caption: str) -> UUID:
    """Send a photograph from elsewhere."""
    identity = uuid4()
    with server.client() as client:
        client.post(
            f"/api/shelters/{shelter_id(server, NAME)}/photographs",
            content=photograph(picture(800, 600)),
            headers={"Content-Type": "image/jpeg"},
            params={"id": str(identity), "caption": caption},
        ).raise_for_status()
    return identity


@pytest.fixture
def panel(visit: Visit) -> Visit:
    """A laptop with a shelter chosen in the list."""
    visit.go("board")
    visit.await_live()
    row(visit, NAME).locator(".hq-row-name").click()
    visit.page.locator(".st-key-photographs").wait_for()
    return visit


def add(panel: Visit, caption: str, *files: Path) -> None:
    page = panel.page
    page.get_by_text(word("Add photographs"), exact=True).click()
    page.locator(".st-key-photographs-drop input[type=file]").set_input_files(files)
    expect(page.locator("[data-testid=stFileChip]")).to_have_count(len(files))
    page.get_by_label(word("Caption"), exact=True).fill(caption)
    page.get_by_role("button", name=word("Add"), exact=True).click()


def shown(panel: Visit, caption: str) -> Locator:
    return panel.page.locator(".hq-photograph", has_text=caption)


def test_several_are_added_at_once_and_each_opens_large(panel: Visit, tmp_path: Path) -> None:
    files = [tmp_path / f"{number}.jpg" for number in range(2)]
    for number, file in enumerate(files):
        file.write_bytes(photograph(picture(2000 + number, 1500)))
    caption = f"受付 {uuid4()}"
    add(panel, caption, *files)
    expect(shown(panel, caption)).to_have_count(2)
    expect(panel.page.locator("[data-testid=stFileChip]")).to_have_count(0)
    expect(panel.page.get_by_label(word("Caption"), exact=True)).to_have_value("")
    link = shown(panel, caption).first.locator("a")
    assert (
        link.evaluate("(a) => a.firstChild.decode().then(() => a.firstChild.naturalWidth)") == 320
    )
    with panel.page.expect_popup() as opened:
        link.click()
    opened.value.wait_for_function("document.images[0]?.naturalWidth === 1600")
    assert panel.errors == []
    assert panel.outside == []


def test_a_file_that_is_no_picture_is_named_and_the_others_are_added(
    panel: Visit, tmp_path: Path
) -> None:
    good, text = tmp_path / "good.jpg", tmp_path / "報告書.jpg"
    good.write_bytes(photograph())
    text.write_text("受付の様子", encoding="utf-8")
    caption = f"体育館 {uuid4()}"
    add(panel, caption, good, text)
    expect(shown(panel, caption)).to_have_count(1)
    expect(panel.page.get_by_test_id("stAlert")).to_contain_text("報告書.jpg")
    expect(panel.page.locator("[data-testid=stFileChip]")).to_have_count(0)


def test_one_that_comes_from_a_telephone_appears_by_itself(panel: Visit) -> None:
    caption = f"<b>廊下</b> {uuid4()}"
    send(panel.server, caption)
    expect(shown(panel, caption)).to_be_visible()
    expect(shown(panel, caption).locator("b")).to_have_count(0)


def test_one_shown_by_mistake_is_hidden_after_a_question(panel: Visit) -> None:
    caption = f"名簿 {uuid4()}"
    identity = send(panel.server, caption)
    expect(shown(panel, caption)).to_be_visible()
    panel.page.locator(f".st-key-hiding-{identity}").get_by_role("button").click()
    panel.page.get_by_role("button", name=word("Yes, hide it")).click()
    expect(shown(panel, caption)).to_have_count(0)
    with panel.server.client() as client:
        assert client.get(f"/api/photographs/{identity}.jpeg").status_code == 404


def test_on_a_telephone_the_words_stay_inside_the_box(panel: Visit) -> None:
    panel.page.set_viewport_size({"width": 390, "height": 844})
    panel.page.get_by_text(word("Add photographs"), exact=True).click()
    box = panel.page.locator(".st-key-photographs-drop [data-testid=stFileUploaderDropzone]")
    expect(box.locator("button").first).to_be_visible()
    inside = (
        "(box) => box.querySelector('button').getBoundingClientRect().right"
        " <= box.getBoundingClientRect().right"
    )
    await_that(lambda: box.evaluate(inside))
