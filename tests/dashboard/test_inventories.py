"""The page “Inventories” below the browser, on a real store: from the file to the register."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event
from typing import Any

import pytest
from sqlalchemy import text
from streamlit.testing.v1 import AppTest

from dashboard.background import AT_ONCE, Stopped, Task
from dashboard.workspaces import Desk
from gis.errors import ImportChangedSince, NotAllowed
from gis.importers.errors import BrokenFile, EmptyInventory
from gis.text import Language
from gis.vocabulary import Role
from tests.conftest import HEADQUARTERS
from tests.dashboard.conftest import SignIn, visit
from tests.dashboard.lists import (
    BAD,
    CHANGED,
    DOUBTFUL,
    NEW,
    OTHER_SCHOOL,
    SCHOOL,
    SWAPPED,
    Row,
    workbook,
)
from tests.dashboard.test_pages import ask, markup

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NAMES = "SELECT coalesce(string_agg(name, ' ' ORDER BY name), '') FROM shelter"
UNKNOWN = {
    "名称": "施設の名前",
    "住所": "ところ",
    "緯度": "北緯",
    "経度": "東経",
    "想定収容人数": "収容人数",
}
"""Our columns as nobody spells them."""


def drop(app: AppTest, content: bytes, name: str = "list.xlsx") -> AppTest:
    """Drop a file on the page and wait until it is read."""
    return settled(app.file_uploader("inventory-upload").set_value((name, content, XLSX)).run())


def settled(app: AppTest) -> AppTest:
    """Look again until no work is under way."""
    while any(button.label == "Stop" for button in app.button):
        app.run()
    assert not app.exception
    return app


def press(app: AppTest, label: str) -> AppTest:
    (button,) = (button for button in app.button if button.label == label)
    return settled(button.click().run())


def import_rows(app: AppTest, *rows: Row) -> AppTest:
    press(drop(app, workbook(rows)), "Import")
    return press(app, "Import another file")


def figures(app: AppTest) -> dict[str, str]:
    parts = markup(app).split('class="hq-figure-label">')[1:]
    return {
        part.partition("<")[0]: part.partition('class="hq-figure-value">')[2].partition("<")[0]
        for part in parts
    }


def is_off(app: AppTest, label: str) -> bool:
    return any(button.disabled for button in app.button if button.label == label)


def show(app: AppTest, part: str) -> list[dict[Any, Any]]:
    """Look at one part of the preview and return its rows."""
    app.segmented_control[0].set_value(part).run()
    assert not app.exception
    # The last list is that of the imports so far, where there are any.
    return [dict(row) for row in app.dataframe[0].value.to_dict("records")]


@pytest.fixture
def app(empty_desk: Desk, sign_in: SignIn) -> AppTest:
    """The page of headquarters, in English, with two schools in the register."""
    assert empty_desk
    sign_in(Role.OPERATOR)
    return import_rows(visit("inventories"), SCHOOL, OTHER_SCHOOL)


def test_the_page_of_an_empty_register_says_what_to_do_first(
    empty_desk: Desk, sign_in: SignIn
) -> None:
    assert ask(empty_desk, NAMES) == ""
    sign_in(Role.OPERATOR)
    page = visit("inventories")
    assert page.file_uploader("inventory-upload")
    said = "Nothing has been imported yet. What changes the register is listed here."
    assert [info.value for info in page.info] == [said]


def test_a_file_shows_what_it_would_do_and_writes_nothing(app: AppTest, empty_desk: Desk) -> None:
    drop(app, workbook([CHANGED, NEW, BAD, DOUBTFUL]))
    assert figures(app) == {
        "Rows in the file": "4",
        "Would be added": "1",
        "Would be changed": "1",
        "Stay as they are": "0",
        # The row in question may mean the one that no other row lists.
        "Not in the file": "0",
    }
    assert show(app, "added")[0]["Shelter"] == NEW["名称"]
    (line,) = show(app, "changed")
    assert (line["In the register"], line["In the file"]) == ("0467-81-7127", "0467-00-0000")
    (problem,) = show(app, "problems")
    assert (problem["Row"], problem["Column"], problem["Taken"]) == ("4", "名称", "No")
    assert ask(empty_desk, NAMES) == "円蔵小学校 室田小学校"


def test_a_row_in_question_is_left_out_until_somebody_decides(
    app: AppTest, empty_desk: Desk
) -> None:
    press(drop(app, workbook([CHANGED, NEW, DOUBTFUL])), "Import")
    assert figures(app)["Rows not taken"] == "1"
    assert [button.label for button in app.download_button] == [
        "Download the rows that were not taken"
    ]
    assert ask(empty_desk, NAMES) == "円蔵小学校 室田小学校 芹沢の新しい公園"


def test_a_row_that_is_the_same_shelter_changes_it(app: AppTest, empty_desk: Desk) -> None:
    drop(app, workbook([DOUBTFUL]))
    (question,) = app.radio
    settled(question.set_value(question.options[1]).run())
    assert figures(app)["Would be changed"] == "1"
    press(app, "Import")
    assert ask(empty_desk, NAMES) == "円蔵小学校 室田小学校 体育館"


def test_a_row_that_is_a_new_shelter_becomes_one(app: AppTest, empty_desk: Desk) -> None:
    drop(app, workbook([DOUBTFUL]))
    (question,) = app.radio
    settled(question.set_value(question.options[-1]).run())
    # A decision can be taken back as long as nothing is imported.
    (question,) = app.radio
    settled(question.set_value(question.options[0]).run())
    assert figures(app)["Would be added"] == "0"
    settled(app.radio[0].set_value(app.radio[0].options[-1]).run())
    press(app, "Import")
    assert ask(empty_desk, NAMES) == "円蔵小学校 室田小学校 室田小学校 体育館"


def test_a_file_that_the_register_holds_already_leaves_nothing_to_confirm(app: AppTest) -> None:
    drop(app, workbook([SCHOOL, OTHER_SCHOOL]))
    said = "The register says all of this already. There is nothing to import."
    assert said in {info.value for info in app.info}
    assert "Import" not in {button.label for button in app.button}


def test_all_or_nothing_bars_a_file_with_a_row_that_cannot_be_taken(app: AppTest) -> None:
    drop(app, workbook([NEW, BAD]))
    assert not is_off(app, "Import")
    app.checkbox("inventory-is_strict").check().run()
    assert is_off(app, "Import")


def test_swapped_axes_are_turned_when_a_person_says_so(app: AppTest, empty_desk: Desk) -> None:
    drop(app, workbook([SWAPPED]))
    assert show(app, "added")[0]["Place"] == "Unknown"
    settled(app.checkbox("inventory-swap_axes").check().run())
    assert show(app, "added")[0]["Place"] == "35.379012, 139.415123"
    press(app, "Import")
    assert ask(empty_desk, "SELECT count(location) FROM shelter") == 3


def test_an_unknown_list_is_read_by_the_columns_that_a_person_chooses(
    app: AppTest, empty_desk: Desk
) -> None:
    content = workbook([NEW], headings=UNKNOWN)
    drop(app, content)
    assert app.selectbox("mapping-緯度").value == "北緯"
    app.selectbox("mapping-名称").set_value("施設の名前")
    app.selectbox("mapping-所在地_連結表記").set_value("ところ")
    app.text_input("mapping-name").set_value("芹沢の一覧")
    press(app, "Read the file with these columns")
    assert figures(app)["Would be added"] == "1"
    assert ask(empty_desk, "SELECT code FROM column_mapping") == "芹沢の一覧"
    press(app, "Another file")
    drop(app, content)
    assert "Read as: 芹沢の一覧" in {line.value for line in app.markdown}


def test_a_list_without_a_column_of_names_is_no_list(app: AppTest, empty_desk: Desk) -> None:
    drop(app, workbook([NEW], headings=UNKNOWN))
    app.selectbox("mapping-名称").set_value("")
    press(app, "Read the file with these columns")
    assert app.error[0].value.startswith("No heading is chosen for 名称.")
    assert ask(empty_desk, "SELECT count(*) FROM column_mapping") == 0


@pytest.mark.parametrize(
    ("content", "refused"), [(b"", EmptyInventory), (b"PK\x03\x04 broken", BrokenFile)]
)
def test_a_file_that_cannot_be_read_says_why(
    app: AppTest, content: bytes, refused: type[EmptyInventory]
) -> None:
    drop(app, content)
    assert [error.value for error in app.error] == [refused().explain(Language.EN)]
    press(app, "Another file")
    assert app.file_uploader("inventory-upload")


def test_the_last_import_is_taken_back(app: AppTest, empty_desk: Desk) -> None:
    press(drop(app, workbook([CHANGED, NEW])), "Import")
    assert "芹沢の新しい公園" in ask(empty_desk, NAMES)
    settled(app.button("undo-yes-result").click().run())
    assert ask(empty_desk, NAMES) == "円蔵小学校 室田小学校"
    assert ask(empty_desk, "SELECT count(*) FROM shelter WHERE phone = '0467-00-0000'") == 0
    first, second = app.dataframe[-1].value.to_dict("records")
    assert first["Undone"]
    assert not second["Undone"]


def test_an_import_that_somebody_built_upon_says_why_it_stays(
    app: AppTest, empty_desk: Desk
) -> None:
    with empty_desk.transaction(HEADQUARTERS) as store:
        store.execute(text("UPDATE shelter SET note = 'x'"))
    settled(app.button("undo-yes-history").click().run())
    assert [error.value for error in app.error] == [ImportChangedSince().explain(Language.EN)]
    assert ask(empty_desk, NAMES) == "円蔵小学校 室田小学校"


def test_a_shelter_that_is_in_no_row_is_taken_off_the_register(
    app: AppTest, empty_desk: Desk
) -> None:
    drop(app, workbook([CHANGED]))
    # A list that is not on the screen yet takes up what was chosen in it.
    draft = app.session_state["inventory-draft"]
    other = ask(empty_desk, "SELECT id FROM shelter WHERE name = '室田小学校'")
    app.session_state[f"inventory-missing-{draft.key}-chosen"] = [other]
    (gone,) = show(app, "missing")
    assert gone["Shelter"] == "室田小学校"
    press(app, "Take 1 off the register")
    assert ask(empty_desk, "SELECT count(retired_at) FROM shelter") == 1
    assert figures(app)["Not in the file"] == "0"


def test_who_may_not_decide_any_more_imports_nothing(
    app: AppTest, empty_desk: Desk, sign_in: SignIn
) -> None:
    drop(app, workbook([NEW]))
    sign_in(Role.VIEWER)
    (button,) = (button for button in app.button if button.label == "Import")
    button.click().run()
    assert ask(empty_desk, NAMES) == "円蔵小学校 室田小学校"
    assert app.session_state["notice"] == NotAllowed().explain(Language.EN)


def test_what_stands_in_a_file_is_text_and_never_markup(app: AppTest) -> None:
    trap = DOUBTFUL | {"名称": "室田小学校 <img src=x onerror=alert(1)>"}
    drop(app, workbook([trap]), "![x](//elsewhere/x.png).xlsx")
    assert "&lt;img src=x" in markup(app)
    assert "<img" not in markup(app)
    assert not any("![x](" in line.value for line in app.markdown)


def test_a_reading_that_is_stopped_is_begun_again(app: AppTest) -> None:
    draft = drop(app, workbook([NEW])).session_state["inventory-draft"]
    draft.rounds += 1
    with all_turns_taken():
        app.run()
        app.button("stop-reading").click().run()
    settled(app)
    assert [error.value for error in app.error] == [Stopped().explain(Language.EN)]
    press(app, "Read again")
    assert figures(app)["Would be added"] == "1"
    assert not app.error


@contextmanager
def all_turns_taken() -> Iterator[None]:
    """Keep work of others waiting, as long lists of colleagues would."""
    end = Event()
    busy = [Task(lambda _task: end.wait(60), ()) for _ in range(AT_ONCE)]
    try:
        yield
    finally:
        end.set()
        assert all(task.wait(60) for task in busy)
