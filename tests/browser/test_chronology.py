"""The chronology in a real browser: written down, found, followed up, handed out."""

from pathlib import Path
from uuid import uuid4

from playwright.sync_api import expect

from tests.browser.conftest import Visit


def test_an_entry_is_written_found_done_and_handed_out(visit: Visit) -> None:
    said = f"毛布{uuid4().hex[:6]} <img src=x onerror=alert(1)>"
    visit.go("chronology")
    visit.await_live()
    page = visit.page
    page.locator(".st-key-chronology-entry-content textarea").fill(said)
    page.locator(".st-key-chronology-entry-assignee input").fill("物資班")
    page.locator("[data-testid=stForm] button[kind=primaryFormSubmit]").first.click()
    line = page.locator(".hq-row", has_text=said)
    expect(line).to_be_visible()
    expect(line.locator(".hq-is-todo")).to_be_visible()

    line.click()
    page.locator(".st-key-chronology-follow-done label").click()
    page.locator(".st-key-chronology-panel button[kind=primaryFormSubmit]").click()
    expect(line.locator(".hq-is-done")).to_be_visible()

    search = page.locator(".st-key-chronology-search input")
    search.fill(said[:8])
    search.press("Enter")
    expect(page.locator(".hq-row")).to_have_count(1)
    with page.expect_download() as download:
        page.locator(".hq-files a", has_text="CSV").click()
    handed_out = Path(download.value.path()).read_text(encoding="utf-8-sig")
    assert download.value.suggested_filename.startswith("chronology_142077_")
    assert said in handed_out
    assert (visit.outside, visit.errors, visit.dialogs) == ([], [], [])


def test_pages_are_turned_and_a_line_leads_to_its_shelter(visit: Visit) -> None:
    visit.go("chronology")
    visit.await_live()
    page = visit.page
    first = page.locator(".hq-row").first.get_attribute("data-line")
    page.locator(".hq-foot .hq-press").first.click()
    expect(page.locator(".hq-row").first).not_to_have_attribute("data-line", first or "")
    page.locator(".hq-foot .hq-press").first.click()
    expect(page.locator(".hq-row").first).to_have_attribute("data-line", first or "")
    line = page.locator('[data-opens^="shelter:"]').last
    name = line.locator(".hq-subject").inner_text()
    line.click()
    expect(page.locator(".hq-plain .hq-name")).to_have_text(name)
    expect(page.locator(".hq-plain .hq-name")).to_be_in_viewport()
    assert visit.errors == []


def test_what_is_being_typed_outlasts_a_live_change(visit: Visit) -> None:
    with visit.server.client() as client:
        task = {"id": str(uuid4()), "content": "断水の連絡", "assignee": "水道班"}
        client.post("/api/chronology", json=task).raise_for_status()
        visit.go("chronology")
        visit.await_live()
        page = visit.page
        page.locator(f'[data-opens="entry:{task["id"]}"]').click()
        follow = page.locator(".st-key-chronology-follow-action textarea")
        follow.fill("給水車を手配中")
        new = page.locator(".st-key-chronology-entry-content textarea")
        new.fill("書きかけ")
        heard = {"id": str(uuid4()), "content": f"別の席から{uuid4().hex[:6]}"}
        client.post("/api/chronology", json=heard).raise_for_status()
    expect(page.locator(".hq-row", has_text=heard["content"])).to_be_visible()
    expect(new).to_have_value("書きかけ")
    expect(follow).to_have_value("給水車を手配中")
