"""The board of open shelters: live, sorted and filtered in the browser, counts told in its rows."""

import re
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID, uuid4

import pytest
from playwright.sync_api import Locator, Request, Route, expect

from dashboard.components.board_words import COLUMNS, WORDS
from gis.config import city_profile
from gis.operations.conditions import ConditionReportIn, ConditionSaid, report_condition
from gis.text import Language, translate
from gis.vocabulary import LifelineState, SupplyState
from tests.browser.conftest import Visit
from tests.browser.test_main_job import shelter_id
from tests.conftest import HEADQUARTERS, Server, await_that

INTERVAL = timedelta(minutes=city_profile("142077").reporting[0].interval_minutes)
NAME = "松浪小学校"
OTHER = "室田小学校"
NUMBERS = count(301)
"""Numbers that no other test leaves: seeing one is having read it."""


def record(server: Server, name: str, persons: int, **content: object) -> None:
    """Record a count from elsewhere, whatever was counted before."""
    reading = {"id": str(uuid4()), "persons": persons, "confirmed": ["ten-times-the-last"]}
    with server.client() as client:
        client.post(
            f"/api/shelters/{shelter_id(server, name)}/readings", json=reading | content
        ).raise_for_status()


def word(name: str) -> str:
    return translate(WORDS[name], Language.JA)


@pytest.fixture
def board(visit: Visit) -> Visit:
    """The page with its rows drawn."""
    visit.go("board")
    visit.page.locator(".hq-body .hq-row").first.wait_for()
    return visit


def row(visit: Visit, name: str) -> Locator:
    pressed = visit.page.locator(".hq-row-name", has_text=re.compile(f"^{name}$"))
    return visit.page.locator(".hq-body .hq-row", has=pressed)


def field(visit: Visit, name: str) -> Locator:
    return row(visit, name).locator(".hq-count-field")


def persons(visit: Visit, name: str) -> Locator:
    return row(visit, name).locator(".hq-of-persons")


def counted(visit: Visit, name: str) -> int:
    """Record a count from elsewhere, and wait until the board has read it."""
    number = next(NUMBERS)
    record(visit.server, name, number)
    expect(persons(visit, name)).to_have_text(str(number))
    return number


def readings(visit: Visit) -> list[Any]:
    """Return what is sent from now on, as the browser sends it."""
    sent: list[Any] = []
    visit.page.on(
        "request",
        lambda request: sent.append(request.post_data_json) if request.method == "POST" and
        "/readings" in request.url else None,
    )  # fmt: skip
    return sent


def test_it_stays_within_its_origin_and_throws_nothing(board: Visit) -> None:
    board.await_live()
    assert board.outside == []
    assert board.errors == []


def test_its_totals_say_what_is_unknown(board: Visit) -> None:
    with board.server.client() as client:
        told = client.get("/api/board").json()["totals"]["free_places"]
    assert told["unknown_places"] > 0
    tile = board.page.locator(".hq-figure-value").nth(2)
    expect(tile).to_contain_text(f"{told['known']:,}")
    expect(tile).to_contain_text(f"+ 不明 {told['unknown_places']}か所")


def test_a_count_entered_in_the_row_is_on_the_board(board: Visit) -> None:
    counted(board, NAME)
    field(board, NAME).fill("２９８")
    field(board, NAME).press("Enter")
    expect(persons(board, NAME)).to_have_text("298")
    expect(field(board, NAME)).to_have_value("")
    expect(field(board, NAME)).to_be_focused()


def test_a_doubtful_count_is_asked_back_and_recorded_on_yes(board: Visit) -> None:
    tenfold = counted(board, NAME) * 10
    sent = readings(board)
    field(board, NAME).fill(str(tenfold))
    field(board, NAME).press("Enter")
    answer = row(board, NAME).locator(".hq-answer")
    for _ in ("far-over-capacity", "ten-times-the-last"):
        answer.get_by_role("button", name=word("yes")).click()
    expect(persons(board, NAME)).to_have_text(f"{tenfold:,}")
    expect(answer).to_be_hidden()
    assert [len(each["confirmed"]) for each in sent] == [0, 1, 2]
    assert len({each["id"] for each in sent}) == 1


def test_a_doubtful_count_is_corrected_on_no(board: Visit) -> None:
    before = counted(board, OTHER)
    field(board, OTHER).fill("3")
    field(board, OTHER).press("Enter")
    row(board, OTHER).get_by_role("button", name=word("no")).click()
    expect(field(board, OTHER)).to_be_focused()
    expect(field(board, OTHER)).to_have_value("3")
    expect(persons(board, OTHER)).to_have_text(str(before))


def test_enter_that_is_doubled_or_held_answers_no_question(board: Visit) -> None:
    before = counted(board, NAME)
    sent = readings(board)
    answer = row(board, NAME).locator(".hq-answer")
    field(board, NAME).fill(str(before * 10))
    field(board, NAME).press("Enter")
    expect(answer).to_be_visible()
    with board.page.expect_response("**/readings"):
        board.page.keyboard.press("Enter")
    expect(answer).to_be_visible()
    for _ in range(5):
        board.page.keyboard.down("Enter")  # what is down already is repeated
    answer.get_by_role("button", name=word("yes")).focus()
    for _ in range(5):
        board.page.keyboard.down("Enter")
    board.page.keyboard.up("Enter")
    expect(answer).to_be_visible()
    assert not any(each["confirmed"] for each in sent)
    expect(persons(board, NAME)).to_have_text(str(before))


def test_a_draft_and_its_focus_survive_a_change_made_by_somebody_else(board: Visit) -> None:
    field(board, OTHER).press_sequentially("21")
    handle = field(board, OTHER).element_handle()
    newer = counted(board, OTHER)
    expect(field(board, OTHER)).to_be_focused()
    field(board, OTHER).press_sequentially("0")
    expect(field(board, OTHER)).to_have_value("210")
    assert handle.evaluate("field => field.isConnected")
    field(board, OTHER).press("Enter")
    # Somebody recorded a count after the one that was shown when typing began.
    expect(row(board, OTHER).locator(".hq-answer")).to_contain_text(str(newer))


def test_a_draft_survives_a_failure_and_a_reload_and_is_sent_under_its_id(board: Visit) -> None:
    counted(board, NAME)
    sent = readings(board)
    board.page.route("**/readings", lambda route: route.abort())
    field(board, NAME).fill("233")
    field(board, NAME).press("Enter")
    expect(row(board, NAME).locator(".hq-answer")).to_have_text(re.compile(word("not_sent")))
    board.page.unroute("**/readings")
    board.page.reload()
    expect(field(board, NAME)).to_have_value("233")
    field(board, NAME).press("Enter")
    expect(persons(board, NAME)).to_have_text("233")
    assert len(sent) == 2
    assert sent[0]["id"] == sent[1]["id"]


def test_a_first_count_says_that_nobody_had_counted(board: Visit) -> None:
    def uncounted(route: Route) -> None:
        answer = route.fetch()
        told = answer.json()
        shelters = [one | {"reading_id": None, "persons": None} for one in told["shelters"]]
        route.fulfill(response=answer, json=told | {"shelters": shelters})

    sent = readings(board)
    board.page.route("**/readings", lambda route: route.abort())
    board.page.route("**/api/board", uncounted)
    board.page.reload()
    expect(persons(board, NAME)).to_have_text("不明")
    field(board, NAME).fill("12")
    field(board, NAME).press("Enter")
    expect(row(board, NAME).locator(".hq-answer")).to_be_visible()
    board.page.unroute_all(behavior="ignoreErrors")
    assert [each["after_id"] for each in sent] == [None]


def test_what_is_no_number_is_not_sent(board: Visit) -> None:
    sent = readings(board)
    field(board, NAME).fill("約百")
    field(board, NAME).press("Enter")
    expect(row(board, NAME).locator(".hq-answer")).to_contain_text(word("no_number"))
    assert sent == []


def test_a_row_greys_by_the_clock_alone(board: Visit) -> None:
    reads: list[Request] = []
    board.page.on(
        "request", lambda asked: reads.append(asked) if asked.url.endswith("/api/board") else None
    )
    almost = board.server.workspace.clock.now() - INTERVAL + timedelta(minutes=2)
    name = "梅田中学校"
    corrected = _last_reading(board, name)
    record(board.server, name, 201, observed_at=almost.isoformat(), supersedes_id=corrected)
    expect(persons(board, name)).to_have_text("201")
    expect(row(board, name)).not_to_have_class(re.compile("hq-stale"))
    # From here on nothing is read any more; what was asked for tells what time it is.
    board.page.route("**/api/board", lambda route: route.abort())
    for asked in reads:
        asked.response()
    board.page.clock.set_fixed_time(almost + INTERVAL)
    expect(row(board, name)).to_have_class(re.compile("hq-stale"))
    expect(row(board, name).locator(".hq-duty")).to_have_text(word("to_ask"))


def _last_reading(visit: Visit, name: str) -> str:
    with visit.server.client() as client:
        shelters = client.get("/api/board").json()["shelters"]
    return next(str(one["reading_id"]) for one in shelters if one["name"] == name)


def shown(visit: Visit, column: str) -> list[str]:
    return visit.page.locator(f".hq-body .hq-of-{column}").all_inner_texts()


def test_a_press_on_a_header_sorts_and_what_is_unknown_comes_last(board: Visit) -> None:
    heading = board.page.locator('.hq-head [data-column="persons"]')
    press = heading.get_by_role("button", name=translate(COLUMNS["persons"], Language.JA))
    for way, descending in (("descending", True), ("ascending", False)):
        press.click()
        expect(heading).to_have_attribute("aria-sort", way)
        texts = shown(board, "persons")
        known = [int(text.replace(",", "")) for text in texts if text not in {"不明", "—"}]
        assert known == sorted(known, reverse=descending)
        assert texts[: len(known)] == [f"{count:,}" for count in known]
    press.click()
    expect(heading).to_have_attribute("aria-sort", "none")


def test_filters_narrow_the_list_and_stay_over_a_reload(board: Visit) -> None:
    rows = board.page.locator(".hq-body .hq-row")
    board.page.locator(".hq-search").fill("緑が浜")
    expect(board.page.locator(".hq-row-name")).to_have_text(["緑が浜小学校"])
    board.page.reload()
    expect(board.page.locator(".hq-row-name")).to_have_text(["緑が浜小学校"])
    board.page.locator(".hq-search").fill("")
    board.page.get_by_role("button", name=word("only_to_ask")).click()
    # Both sides grow old by the minute.
    await_that(lambda: rows.count() == to_ask(board.server))
    board.page.locator(".hq-search").fill("そのような所はない")
    expect(board.page.locator(".hq-empty")).to_be_visible()


def to_ask(server: Server) -> int:
    """Return how many shelters have an old figure at this moment."""
    with server.client() as client:
        shelters = client.get("/api/board").json()["shelters"]
    ends = [datetime.fromisoformat(one["stale_at"]) for one in shelters if one["stale_at"]]
    return sum(end <= datetime.now(UTC) for end in ends)


def test_a_press_on_a_name_shows_the_shelter_beside(board: Visit) -> None:
    row(board, NAME).locator(".hq-row-name").click()
    expect(board.page.locator(".hq-name")).to_have_text(NAME)
    expect(row(board, NAME)).to_have_class(re.compile("hq-selected"))


def test_on_a_telephone_nothing_is_cut_off(board: Visit) -> None:
    board.page.set_viewport_size({"width": 390, "height": 844})
    expect(field(board, NAME)).to_be_visible()

    def is_whole() -> bool:
        width = board.page.evaluate("document.documentElement.scrollWidth")
        box = row(board, NAME).bounding_box()
        return box is not None and max(width, box["x"] + box["width"]) <= 390

    await_that(is_whole)


def test_the_wall_turns_its_pages_and_follows_a_reading(visit: Visit) -> None:
    page = visit.page
    page.set_viewport_size({"width": 1280, "height": 720})
    page.goto(f"{visit.server.url}/wall")
    page.locator(".hq-body .hq-row:visible").first.wait_for()
    expect(page.locator(".hq-wall-page")).to_contain_text(" / ")
    # Each look is taken at one moment: the pages turn by themselves.
    first = page.evaluate(f"({LOOK})()")
    assert 0 < len(first["names"]) < page.locator(".hq-body .hq-row").count()
    assert first["names"] == first["fitting"]

    turned = f"before => {{ const now = ({LOOK})(); return now.page !== before && now; }}"
    then = page.wait_for_function(turned, arg=first["page"]).json_value()
    assert then["names"] == then["fitting"]
    assert set(first["names"]).isdisjoint(then["names"])

    page.keyboard.press(" ")
    expect(page.locator(".hq-wall-page")).to_contain_text(word("held"))
    number = next(NUMBERS)
    record(visit.server, NAME, number)
    it = page.locator(".hq-body .hq-row", has_text=NAME).locator(".hq-of-persons")
    expect(it).to_have_text(str(number))
    assert visit.errors == []
    assert visit.outside == []


LOOK = """() => {
  const shown = [...document.querySelectorAll('.hq-body .hq-row')].filter((row) => !row.hidden);
  const end = document.querySelector('.hq-body').getBoundingClientRect().bottom + 1;
  const fitting = shown.filter((row) => row.getBoundingClientRect().bottom <= end);
  const names = (rows) => rows.map((row) => row.querySelector('.hq-row-name').textContent);
  const page = document.querySelector('.hq-wall-page').textContent;
  return { page, names: names(shown), fitting: names(fitting) };
}"""
"""Which page of the wall is shown, the names on it, and those that stand wholly on it."""

LONG = "茅ヶ崎市立鶴が台小学校体育館および隣接する多目的ホール別館二階"


@pytest.mark.parametrize("size", [(1920, 1080), (1366, 768), (1280, 720)])
def test_no_shelter_is_missing_from_the_wall_s_pages_however_long_its_name(
    size: tuple[int, int], visit: Visit
) -> None:
    names = [f"{number:02}{LONG}" for number in range(14)]

    def lengthen(route: Route) -> None:
        answer = route.fetch()
        board = answer.json()
        is_open = next(one for one in board["shelters"] if one["state"] == "open")
        shelters = [is_open | {"id": str(uuid4()), "name": name} for name in names]
        # The first row's name is short, and so it may not tell how high the others are.
        shelters[0]["name"] = names[0] = "南"
        route.fulfill(response=answer, json=board | {"shelters": shelters})

    page = visit.page
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.route("**/api/board", lengthen)
    page.goto(f"{visit.server.url}/wall")
    rows = page.locator(".hq-body .hq-row:visible")
    rows.first.wait_for()
    page.evaluate("document.fonts.ready")
    page.keyboard.press(" ")
    pages = page.locator(".hq-wall-page")
    expect(pages).to_contain_text(word("held"))
    count = int(pages.inner_text().split("/")[1].split()[0])
    seen: list[str] = []
    for number in range(1, count + 1):
        expect(pages).to_contain_text(f"{number} / ")
        seen += page.evaluate(f"({LOOK})()")["fitting"]
        page.keyboard.press("ArrowRight")
    page.unroute_all(behavior="ignoreErrors")
    assert seen == names


def test_the_wall_can_be_read_from_afar(visit: Visit) -> None:
    visit.page.goto(f"{visit.server.url}/wall")
    visit.page.locator(".hq-body .hq-row:visible").first.wait_for()
    sizes = visit.page.evaluate(
        "[...document.querySelectorAll('body *')].filter((one) => one.offsetParent)"
        ".filter((one) => [...one.childNodes].some((node) => node.data?.trim()))"
        ".map((one) => parseFloat(getComputedStyle(one).fontSize))"
    )
    assert min(sizes) >= 28


def tell(server: Server, name: str, **said: Any) -> None:  # noqa: ANN401 - whatever is told
    """Report from elsewhere how a shelter is off."""
    report = ConditionReportIn(uuid4(), UUID(shelter_id(server, name)), ConditionSaid(**said))
    with server.workspace.transaction(HEADQUARTERS) as session:
        report_condition(session, report)


def test_what_is_wanting_stands_under_its_row_and_can_be_asked_for(board: Visit) -> None:
    tell(board.server, NAME, needs=f"<b>毛布</b>{'、簡易トイレ' * 60}", gas=LifelineState.PARTLY)
    wants = row(board, NAME).locator(".hq-of-wants")
    expect(wants).to_contain_text("<b>毛布</b>")
    assert "ガス" in (wants.get_attribute("title") or "")
    lines = wants.evaluate(
        "(wants) => wants.offsetHeight / parseFloat(getComputedStyle(wants).lineHeight)"
    )
    assert lines < 2
    tell(board.server, NAME, fuel=SupplyState.NOT_TODAY)
    expect(wants.locator(".hq-want").first).to_contain_text("×")

    board.page.get_by_role("button", name=word("only_wanting")).click()
    expect(row(board, NAME)).to_be_visible()
    rows = board.page.locator(".hq-body .hq-row")
    expect(rows.filter(has=board.page.locator(".hq-of-wants[hidden]"))).to_have_count(0)


def test_what_is_typed_survives_folding_and_a_change_elsewhere(board: Visit) -> None:
    row(board, NAME).locator(".hq-row-name").click()
    part = board.page.get_by_text("ライフライン・物資・トイレを報告する")
    part.click()
    board.page.get_by_label("備考").fill("二階にいる")
    part.click()
    expect(board.page.get_by_label("備考")).to_be_hidden()
    counted(board, OTHER)
    part.click()
    expect(board.page.get_by_label("備考")).to_have_value("二階にいる")
