"""An inventory with the mouse: dropped, decided, imported, refused rows taken home, taken back."""

import csv
import io
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload, Locator, expect

from gis.queries.register import registered_shelters
from tests.browser.conftest import WAIT_MS, Visit, admitted, press_in_list, take_in_hand
from tests.conftest import Server, await_that
from tests.dashboard.lists import BAD, NEW, SCHOOL, workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CITY = "142077"
KNOWN = SCHOOL | {
    "名称": "茅ヶ崎市役所",
    "名称_カナ": "",
    "住所": "神奈川県茅ヶ崎市茅ヶ崎1-1-1",
    "緯度": "35.333827",
    "経度": "139.403497",
    "電話番号": "0467-00-0000",
}
"""In the register of the demonstration under the same name, with another telephone."""
DOUBTFUL = SCHOOL | {"名称": "円蔵小学校 体育館", "名称_カナ": ""}


def drop(visit: Visit, content: bytes, name: str = "一覧.xlsx") -> None:
    visit.await_live()
    visit.page.locator('input[type="file"]').set_input_files(
        FilePayload(name=name, mimeType=XLSX, buffer=content)
    )


def part(visit: Visit, name: str) -> Locator:
    return visit.page.get_by_role("radio", name=name)


def figure(visit: Visit, label: str) -> Locator:
    labelled = visit.page.locator(".hq-figure").filter(has_text=label)
    return labelled.locator(".hq-figure-value")


def register(server: Server) -> dict[str, str | None]:
    with server.workspace.reading() as session:
        return {one.name: one.phone for one in registered_shelters(session, CITY)}


def test_a_list_is_looked_at_decided_imported_and_taken_back(visit: Visit) -> None:
    page = visit.page
    before = register(visit.server)
    visit.go("inventories")
    drop(visit, workbook([NEW, KNOWN, BAD, DOUBTFUL]))

    expect(figure(visit, "ファイルの行数")).to_have_text("4")
    expect(figure(visit, "追加される")).to_have_text("1")
    expect(part(visit, "判断を待つ行 1")).to_be_checked()
    assert register(visit.server) == before

    page.get_by_text("新しい避難所として追加する").click()
    expect(figure(visit, "追加される")).to_have_text("2")
    page.get_by_role("button", name="取り込む", exact=True).click()

    expect(page.get_by_text("一覧.xlsxを取り込みました。")).to_be_visible()
    after = register(visit.server)
    assert {*after} - {*before} == {NEW["名称"], DOUBTFUL["名称"]}
    assert after[KNOWN["名称"]] == KNOWN["電話番号"] != before[KNOWN["名称"]]

    with page.expect_download() as download:
        page.get_by_role("button", name="取り込まなかった行をダウンロード").click()
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    header, *refused = csv.reader(io.StringIO(text))
    assert header[:-1] == [*SCHOOL]
    assert [row[header.index("住所")] for row in refused] == [BAD["住所"]]

    page.get_by_role("button", name="最後の取り込みを取り消す").click()
    page.get_by_role("button", name="はい、取り消します").click()
    expect(page.get_by_text("取り込みを取り消しました。")).to_be_visible()
    assert register(visit.server) == before
    assert visit.outside == []
    assert visit.errors == []


def test_the_map_shows_what_would_change_and_a_name_is_text(visit: Visit) -> None:
    trap = NEW | {"名称": "<img src=x onerror=alert(1)>公園"}
    visit.go("inventories")
    drop(visit, workbook([trap, KNOWN]))
    chart = visit.page.frame_locator("iframe[title*='folium']")
    expect(chart.locator(".hq-change .hq-change-added")).to_have_count(1)
    expect(chart.locator(".hq-change .hq-change-changed")).to_have_count(1)
    take_in_hand(chart)
    chart.locator(".hq-change:has(.hq-change-added)").hover()
    expect(chart.locator(".hq-card strong")).to_have_text(trap["名称"])
    assert visit.dialogs == []
    assert visit.outside == []
    assert visit.errors == []


def test_a_shelter_without_a_place_is_put_on_the_map_by_a_tap(visit: Visit) -> None:
    page = visit.page
    nowhere = NEW | {"名称": "芹沢の集会所", "緯度": "", "経度": ""}
    visit.go("inventories")
    drop(visit, workbook([nowhere]))
    page.get_by_role("button", name="取り込む", exact=True).click()
    expect(page.get_by_text("を取り込みました。")).to_be_visible()

    visit.go("register")
    # The list is drawn on a canvas: its rows are there once it tells how many they are.
    page.locator('[role="grid"][aria-rowcount="2"]').wait_for(state="attached")
    press_in_list(page.get_by_test_id("stDataFrame"), 60, 55)
    chart = page.frame_locator("iframe[title*='folium']")
    chart.locator(".hq-shore").wait_for(state="attached")
    take_in_hand(chart)
    chart.locator(".leaflet-container").click(position={"x": 300, "y": 200})
    page.get_by_role("button", name="この場所で保存").click()
    expect(page.get_by_text("地図に載せました。")).to_be_visible()
    with visit.server.workspace.reading() as session:
        found = {one.name: one for one in registered_shelters(session, CITY)}[nowhere["名称"]]
    assert found.lon == pytest.approx(139.42, abs=0.1)
    assert found.lat == pytest.approx(35.37, abs=0.1)


@pytest.mark.parametrize("path", ["inventories", "register"])
def test_the_pages_of_the_register_fit_a_telephone(
    chromium: Browser, server: Server, path: str
) -> None:
    context = chromium.new_context(locale="ja-JP", viewport={"width": 390, "height": 844})
    context.set_default_timeout(WAIT_MS)
    visit = admitted(context.new_page(), server)
    visit.go(path)
    visit.await_live()
    main = visit.page.get_by_test_id("stMain")
    await_that(lambda: main.evaluate("element => element.scrollWidth") == 390)
    buttons = main.locator("button:visible")
    buttons.first.wait_for()
    low = "all => all.filter((one) => one.getBoundingClientRect().height < 44).length"
    await_that(lambda: buttons.evaluate_all(low) == 0)
    context.close()
