"""Looking back: any past moment on map and board, by what was known then or is known now."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode
from uuid import uuid4

import httpx
import pytest
from playwright.sync_api import Locator, expect

from dashboard.components.board_words import WORDS as BOARD_WORDS
from dashboard.components.look_back import WORDS
from gis.clock import jst
from gis.models.occupancy import DOUBTS
from gis.queries.incidents import open_incident_or_refuse
from gis.text import Language, translate
from tests.browser.conftest import Visit, take_in_hand
from tests.browser.test_board import persons, row
from tests.browser.test_main_job import shelter_id
from tests.conftest import Server

NAME = "円蔵中学校"
MOVE = """(slider, ms) => {
  slider.value = ms;
  slider.dispatchEvent(new Event("input", { bubbles: true }));
}"""
STEP = timedelta(minutes=10)


def word(name: str) -> str:
    return translate(WORDS[name], Language.JA)


@dataclass(frozen=True)
class Past:
    """A moment of the demonstration, and what was counted by then in one shelter."""

    moment: datetime
    then: int
    now: int

    @property
    def banner(self) -> str:
        return word("banner").format(moment=jst(self.moment).strftime("%Y-%m-%d %H:%M"))

    def path(self, page: str = "", known: str = "then") -> str:
        return f"{page}?{urlencode({'at': jst(self.moment).isoformat(), 'known': known})}"


@pytest.fixture
def past(server: Server) -> Past:
    """A moment about which a correction came late: what is known of it now is something else."""
    with server.workspace.reading() as session:
        began_at = open_incident_or_refuse(session).started_at
    hour = began_at.replace(minute=0, second=0, microsecond=0)
    moment = hour + timedelta(hours=2)
    with server.client() as client:
        then = _line(client, moment)
        now = int(str(then["persons"])) + 11
        corrected = {
            "id": str(uuid4()),
            "persons": now,
            "observed_at": str(then["observed_at"]),
            "supersedes_id": _line(client, moment, known="now")["reading_id"],
            "confirmed": DOUBTS,
        }
        path = f"/api/shelters/{shelter_id(server, NAME)}/readings"
        client.post(path, json=corrected).raise_for_status()
        # A number that no other test leaves: seeing it is having read what is now.
        live = {"id": str(uuid4()), "persons": now + 1000, "confirmed": DOUBTS}
        client.post(path, json=live).raise_for_status()
    return Past(moment, int(str(then["persons"])), now)


def _line(client: httpx.Client, at: datetime, known: str = "then") -> dict[str, object]:
    shelters = client.get("/api/board", params={"at": at.isoformat(), "known": known}).json()
    found: dict[str, object] = next(one for one in shelters["shelters"] if one["name"] == NAME)
    return found


def look_back(visit: Visit) -> None:
    visit.page.get_by_role("button", name=word("look_back")).click()
    banner(visit).wait_for()


def banner(visit: Visit) -> Locator:
    return visit.page.locator(".hq-past-text")


def move(visit: Visit, moment: datetime) -> None:
    slider = visit.page.get_by_label(word("moment"))
    slider.evaluate(MOVE, int(moment.timestamp() * 1000))


def known(visit: Visit, name: str) -> Locator:
    return visit.page.get_by_role("button", name=word(name), exact=True)


def marker(visit: Visit) -> Locator:
    return visit.map().locator(f'.hq-place[aria-label^="{NAME}"]')


def says(persons: int) -> "re.Pattern[str]":
    return re.compile(f"避難者数 {persons:,}／")


def test_the_slider_moves_the_board_and_nothing_is_built_anew(visit: Visit, past: Past) -> None:
    visit.go("board")
    expect(persons(visit, NAME)).to_have_text(f"{past.now + 1000:,}")
    handle = row(visit, NAME).element_handle()
    look_back(visit)
    move(visit, past.moment)
    expect(banner(visit)).to_have_text(past.banner)
    expect(persons(visit, NAME)).to_have_text(f"{past.then:,}")
    known(visit, "now").click()
    expect(persons(visit, NAME)).to_have_text(f"{past.now:,}")
    assert handle.evaluate("row => row.isConnected")
    assert visit.errors == []
    assert visit.outside == []


def test_the_slider_moves_map_and_figures_and_the_map_stays(visit: Visit, past: Past) -> None:
    visit.go()
    chart = visit.map()
    take_in_hand(chart)
    chart.evaluate("map.setView([35.336, 139.386], 15, {animate: false})")
    chart.evaluate("window.stillTheSame = true")
    expect(marker(visit)).to_have_attribute("aria-label", says(past.now + 1000))
    look_back(visit)
    move(visit, past.moment)
    expect(marker(visit)).to_have_attribute("aria-label", says(past.then))
    known(visit, "now").click()
    expect(marker(visit)).to_have_attribute("aria-label", says(past.now))
    with visit.server.client() as client:
        asked = {"at": past.moment.isoformat(), "known": "now"}
        total = client.get("/api/board", params=asked).json()["totals"]["persons"]["known"]
    expect(visit.page.locator(".hq-figure-value").first).to_contain_text(f"{total:,}")
    assert chart.evaluate("window.stillTheSame")
    assert chart.evaluate("map.getZoom()") == 15
    assert visit.errors == []


def test_ages_count_from_the_moment_that_is_shown(visit: Visit, past: Past) -> None:
    visit.go(past.path("board"))
    with visit.server.client() as client:
        observed_at = datetime.fromisoformat(str(_line(client, past.moment)["observed_at"]))
    hours, minutes = divmod(int((past.moment - observed_at).total_seconds() // 60), 60)
    told = f"{hours}時間{minutes:02}分前" if hours else f"{minutes}分前"
    expect(row(visit, NAME).locator(".hq-of-age")).to_contain_text(told)


@pytest.mark.parametrize("page", ["", "board"])
def test_nothing_can_be_changed_while_somebody_looks_back(
    visit: Visit, past: Past, page: str
) -> None:
    visit.go(past.path(page))
    expect(banner(visit)).to_have_text(past.banner)
    if page:
        row(visit, NAME).locator(".hq-row-name").click()
    else:
        marker(visit).press("Enter")
    visit.page.locator(".hq-plain .hq-name", has_text=NAME).wait_for()
    expect(visit.page.locator(".hq-count").first).to_contain_text(f"{past.then:,}")
    expect(visit.page.get_by_test_id("stForm")).to_have_count(0)
    expect(visit.page.locator(".hq-count-field:visible")).to_have_count(0)
    expect(visit.page.locator(".st-key-incident-menu")).to_be_hidden()
    for words in ("状態を変える", "閉鎖する", "取り消す"):
        expect(visit.page.get_by_role("button", name=words)).to_have_count(0)


def test_a_link_shows_the_same_moment_and_so_does_a_reload(visit: Visit, past: Past) -> None:
    visit.go("board")
    look_back(visit)
    known(visit, "now").click()
    move(visit, past.moment)
    expect(persons(visit, NAME)).to_have_text(f"{past.now:,}")
    address = visit.page.url
    visit.page.reload()
    expect(persons(visit, NAME)).to_have_text(f"{past.now:,}")
    expect(known(visit, "now")).to_have_attribute("aria-pressed", "true")
    other = visit.page.context.new_page()
    other.goto(address)
    expect(other.locator(".hq-past-text")).to_have_text(past.banner)
    assert visit.page.url == address


def test_back_to_now_it_is_live_again(visit: Visit, past: Past) -> None:
    visit.go(past.path("board"))
    expect(persons(visit, NAME)).to_have_text(f"{past.then:,}")
    visit.page.get_by_role("button", name=word("to_now")).click()
    expect(persons(visit, NAME)).to_have_text(f"{past.now + 1000:,}")
    expect(row(visit, NAME).locator(".hq-count-field")).to_be_visible()
    expect(banner(visit)).to_be_hidden()
    expect(visit.page).not_to_have_url(re.compile("at="))
    live = {"id": str(uuid4()), "persons": past.now + 1001, "confirmed": DOUBTS}
    with visit.server.client() as client:
        path = f"/api/shelters/{shelter_id(visit.server, NAME)}/readings"
        client.post(path, json=live).raise_for_status()
    expect(persons(visit, NAME)).to_have_text(f"{past.now + 1001:,}")


def test_a_change_does_not_pull_the_past_to_now(visit: Visit, past: Past) -> None:
    visit.go(past.path())
    expect(marker(visit)).to_have_attribute("aria-label", says(past.then))
    visit.await_live()
    with visit.page.expect_response(lambda answer: "shelters.geojson?at=" in answer.url):
        live = {"id": str(uuid4()), "persons": past.now + 1002, "confirmed": DOUBTS}
        with visit.server.client() as client:
            path = f"/api/shelters/{shelter_id(visit.server, NAME)}/readings"
            client.post(path, json=live).raise_for_status()
    expect(marker(visit)).to_have_attribute("aria-label", says(past.then))
    expect(banner(visit)).to_have_text(past.banner)


def test_a_moment_that_makes_no_sense_is_told_and_now_is_shown(visit: Visit, past: Past) -> None:
    visit.go("board?at=2999-01-01T00:00:00%2B09:00")
    expect(persons(visit, NAME)).to_have_text(f"{past.now + 1000:,}")
    expect(visit.page.get_by_test_id("stAlert")).to_contain_text("2999")
    expect(banner(visit)).to_be_hidden()


def test_before_the_incident_the_board_is_empty_and_says_so(visit: Visit, past: Past) -> None:
    before = Past(past.moment - timedelta(days=2), 0, 0)
    visit.go(before.path("board"))
    expect(visit.page.locator(".hq-empty")).to_have_text(
        translate(BOARD_WORDS["not_begun"], Language.JA)
    )


def test_another_page_is_live(visit: Visit, past: Past) -> None:
    visit.go(past.path())
    expect(banner(visit)).to_have_text(past.banner)
    visit.page.get_by_role("link", name="開設中の避難所").click()
    visit.page.wait_for_url("**/board")
    visit.page.reload()
    expect(persons(visit, NAME)).to_have_text(f"{past.now + 1000:,}")
    expect(banner(visit)).to_be_hidden()


def test_moments_pass_by_themselves_until_they_reach_now(visit: Visit, past: Past) -> None:
    visit.go(past.path())
    slider, text = visit.page.locator(".hq-slider"), visit.page.locator(".hq-past-text")
    expect(text).to_have_text(past.banner)
    before_last = int(slider.get_attribute("max") or 0) - 2 * _ms(STEP)
    slider.evaluate(MOVE, before_last)
    visit.page.get_by_role("button", name=word("play")).click()
    expect(slider).to_have_attribute("aria-valuetext", _written(before_last + _ms(STEP)))
    expect(visit.page.get_by_role("button", name=word("pause"))).to_be_visible()
    expect(slider).to_have_value(slider.get_attribute("max") or "")
    expect(visit.page.get_by_role("button", name=word("play"))).to_be_visible()
    assert not visit.errors


def test_playing_goes_on_from_the_beginning_and_can_be_stopped(visit: Visit, past: Past) -> None:
    visit.go(past.path())
    slider = visit.page.locator(".hq-slider")
    slider.evaluate(MOVE, int(slider.get_attribute("max") or 0))
    visit.page.get_by_role("button", name=word("play")).click()
    expect(slider).to_have_value(slider.get_attribute("min") or "")
    visit.page.get_by_role("button", name=word("pause")).click()
    expect(visit.page.get_by_role("button", name=word("play"))).to_be_visible()


def _ms(length: timedelta) -> int:
    return length // timedelta(milliseconds=1)


def _written(ms: int) -> str:
    return jst(datetime.fromtimestamp(ms / 1000, UTC)).strftime("%Y-%m-%d %H:%M")
