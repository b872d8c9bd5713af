"""The page “Report intake” below the browser, on a real store: from the file to the reports."""

import base64
import json
from uuid import uuid4

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.workspaces import Desk
from gis.operations.incidents import open_incident
from gis.vocabulary import IncidentKind, Role
from tests.conftest import HEADQUARTERS
from tests.dashboard.conftest import SignIn, visit
from tests.dashboard.test_inventories import figures, is_off, press, settled, show
from tests.dashboard.test_pages import ask
from tests.gis.importers.lists import csv_text
from tests.photographs import photograph

COUNT = "SELECT count(*) FROM damage_report"
HOUSE = {"区分": "住家", "程度": "甚大", "場所": "鳥井戸橋", "内容": "<img src=x onerror=alert(1)>"}
BAD = HOUSE | {"区分": "なにか"}
ODD = HOUSE | {"程度": "やばい"}


def drop(app: AppTest, content: str | bytes, name: str = "reports.csv") -> AppTest:
    """Drop a file on the page and wait until it is read."""
    content = content.encode() if isinstance(content, str) else content
    return settled(app.file_uploader("intake-upload").set_value((name, content, "text/csv")).run())


@pytest.fixture
def app(empty_desk: Desk, sign_in: SignIn) -> AppTest:
    """The page of headquarters, in English, during an incident."""
    with empty_desk.transaction(HEADQUARTERS) as session:
        open_incident(session, "地震", IncidentKind.EARTHQUAKE)
    sign_in(Role.OPERATOR)
    return visit("report_intake")


def test_a_file_shows_what_it_would_file_and_files_nothing(app: AppTest, empty_desk: Desk) -> None:
    drop(app, csv_text(HOUSE, BAD, ODD, HOUSE))
    assert figures(app) == {
        "Rows in the file": "4",
        "Would be filed": "2",
        "Filed before": "0",
        "Said twice in the file": "1",
    }
    first = show(app, "problems")[0]
    assert (first["Row"], first["Column"], first["Found"], first["Taken"]) == (
        "3", "区分", "なにか", "No"
    )  # fmt: skip
    (line, _) = show(app, "reports")
    assert (line["Category"], line["Note"]) == ("Dwelling", HOUSE["内容"])
    assert ask(empty_desk, COUNT) == 0


def test_importing_files_what_can_be_taken_and_a_second_time_nothing(
    app: AppTest, empty_desk: Desk
) -> None:
    press(drop(app, csv_text(HOUSE, BAD)), "Import")
    assert (figures(app)["Filed"], figures(app)["Rows not taken"]) == ("1", "1")
    assert [button.label for button in app.download_button] == [
        "Download the rows that were not taken"
    ]
    press(app, "Import another file")
    drop(app, csv_text(HOUSE, BAD))
    assert [info.value for info in app.info] == ["There is nothing new in the file to file."]
    assert ask(empty_desk, COUNT) == 1


def test_all_rows_or_none_when_the_person_says_so(app: AppTest) -> None:
    drop(app, csv_text(HOUSE, BAD))
    settled(app.checkbox("intake-is_strict").check().run())
    assert is_off(app, "Import")


def test_what_the_field_app_saved_goes_in_with_its_photographs(
    app: AppTest, empty_desk: Desk
) -> None:
    report = {"id": str(uuid4()), "category": "road", "source": "field_app", "reporter": "第3班"}
    picture = {
        "id": str(uuid4()),
        "report_id": report["id"],
        "jpeg_base64": base64.b64encode(photograph()).decode(),
    }
    saved = {"format": "disaster-hq-field-queue", "version": 1, "reports": [report]}
    content = json.dumps(saved | {"photographs": [picture]})
    for expected in ("1", "0"):
        press(drop(app, content, "hq-field.json"), "Import")
        assert figures(app)["Filed"] == expected
        press(app, "Import another file")
    assert ask(empty_desk, "SELECT count(*) FROM photograph") == 1


def test_what_is_no_list_of_reports_is_refused_with_a_sentence(app: AppTest) -> None:
    drop(app, "名称,住所\n学校,茅ヶ崎\n")
    (error,) = app.error
    assert error.value.startswith("No column says what is damaged. Found: 名称,住所 Name one")


def test_without_an_incident_the_page_says_what_to_do_first(
    empty_desk: Desk, sign_in: SignIn
) -> None:
    assert empty_desk
    sign_in(Role.OPERATOR)
    assert "No incident is open." in visit("report_intake").info[0].value
