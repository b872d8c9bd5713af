"""Stock lists on a page: what a file would change is seen before it changes anything."""

from uuid import uuid4

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.workspaces import Desk
from gis.config import city_profile
from gis.operations.city import load_city
from gis.operations.stock_places import PlaceSaid, add_place
from gis.vocabulary import PlaceKind, Role
from tests.conftest import HEADQUARTERS
from tests.dashboard.conftest import SignIn
from tests.dashboard.test_inventories import figures, is_off, press, settled
from tests.dashboard.test_pages import ask
from tests.gis.importers.lists import csv_text

TOTAL = "SELECT coalesce(sum(quantity), 0) FROM stock"
WATER = {"場所": "北部拠点", "品目": "飲料水", "数量": "100", "期限": ""}
UNKNOWN = WATER | {"場所": "*西部*倉庫"}
EXPIRED = WATER | {"品目": "食料", "期限": "2001-01-01"}


def part() -> None:
    """What a page does that has the part."""
    from dashboard.components.stock_list_import import (  # noqa: PLC0415 - run apart from here
        stock_list_export,
        stock_list_import,
    )

    stock_list_import()
    stock_list_export()


def drop(app: AppTest, *rows: dict[str, str]) -> AppTest:
    content = csv_text(*rows).encode()
    upload = app.file_uploader("stock-list-upload").set_value(("stock.csv", content, "text/csv"))
    return settled(upload.run())


@pytest.fixture
def app(empty_desk: Desk, sign_in: SignIn) -> AppTest:
    """The part alone, in English, with a depot in the store."""
    with empty_desk.transaction(HEADQUARTERS) as session:
        load_city(session, city_profile("142077"))
        add_place(session, uuid4(), PlaceKind.DEPOT, PlaceSaid("北部拠点"))
    sign_in(Role.OPERATOR)
    return AppTest.from_function(part, default_timeout=60).run()


def test_a_file_shows_what_it_would_change_and_changes_nothing(
    app: AppTest, empty_desk: Desk
) -> None:
    drop(app, WATER)
    assert figures(app)["Other than the ledger"] == "1"
    (line,) = app.dataframe[0].value.to_dict("records")
    assert (line["Place"], line["Item"], line["By the ledger"], line["Difference"]) == (
        "北部拠点", "Drinking water", "0", "+100"
    )  # fmt: skip
    assert ask(empty_desk, TOTAL) == 0


def test_importing_takes_what_can_be_taken_and_a_second_time_nothing(
    app: AppTest, empty_desk: Desk
) -> None:
    press(drop(app, WATER, UNKNOWN), "Import")
    assert (figures(app)["Items counted in places"], figures(app)["Rows not taken"]) == ("1", "1")
    assert "Download the rows that were not taken" in [each.label for each in app.download_button]
    press(app, "Import another file")
    drop(app, WATER, UNKNOWN)
    assert "There is nothing in the file that the ledger does not have." in [
        info.value for info in app.info
    ]
    assert ask(empty_desk, TOTAL) == 100


def test_a_person_says_yes_to_what_is_past_its_date_and_to_new_depots(
    app: AppTest, empty_desk: Desk
) -> None:
    drop(app, WATER, UNKNOWN, EXPIRED)
    label = app.checkbox("stock-list-adds_depots").label
    assert label == r"Add 1 places that nobody knows as depots: \*西部\*倉庫"
    settled(app.checkbox("stock-list-is_strict").check().run())
    assert is_off(app, "Import")
    settled(app.checkbox("stock-list-adds_depots").check().run())
    settled(app.checkbox("stock-list-takes_expired").check().run())
    press(app, "Import")
    assert figures(app)["New depots"] == "1"
    assert ask(empty_desk, TOTAL) == 300


def test_what_is_no_stock_list_is_refused_with_a_sentence(app: AppTest) -> None:
    drop(app, {"名称": "学校", "住所": "茅ヶ崎"})
    (error,) = app.error
    assert error.value.startswith("The columns do not say where how much of what is.")


def test_the_stock_is_offered_in_two_kinds_of_file(app: AppTest) -> None:
    assert [each.label for each in app.download_button] == [
        "Download CSV (UTF-8)",
        "Download Excel workbook",
    ]


def test_who_only_looks_imports_nothing(app: AppTest, sign_in: SignIn) -> None:
    assert app.file_uploader
    sign_in(Role.VIEWER)
    looking = AppTest.from_function(part, default_timeout=60).run()
    assert not looking.file_uploader
    assert len(looking.download_button) == 2
