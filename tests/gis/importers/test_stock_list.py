"""Stock lists as offices and depots write them, read without a store."""

import csv
import io
from datetime import UTC, date, datetime

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis.config import DATA_FOLDER
from gis.errors import Refused
from gis.importers import stock_list
from gis.importers.errors import EmptyStockList, TooManyRows, UnrecognisedStockList
from gis.importers.refused import refused_csv
from gis.importers.stock_list import StockList, parse_stock_list
from gis.importers.stock_rows import (
    EXPIRED,
    EXPIRED_TAKEN,
    NEGATIVE,
    NOT_COUNTED,
    StockKey,
    StockRow,
)
from gis.importers.stock_words import HEADINGS, ITEM_NAMES, item_word, items_by_word
from gis.items import item_list
from gis.text import Language
from gis.vocabulary import PlaceKind
from tests.gis.importers.lists import csv_text, widened
from tests.gis.stock_listing import TODAY, read, reasons, stock_csv

WATER = {"場所": "北部拠点", "品目": "飲料水", "数量": "100"}


def parsed(*rows: dict[str, str]) -> StockList:
    return read(csv_text(*rows).encode())


def only(**cells: str) -> StockRow:
    (row,) = read(stock_csv(WATER | cells)).rows
    return row


def refusal(**cells: str) -> str:
    """Return why a row is not taken."""
    found = read(stock_csv(WATER | cells))
    assert found.rows == ()
    return reasons(found)[2]


def test_a_row_says_how_much_of_which_lot_lies_where() -> None:
    row = only(
        種別="物資拠点", 数量="1,200", 単位="Ｌ", ロット="A-1", 期限="2027/3/31",
        基準日="2026-08-31", 備考="北の棚",
    )  # fmt: skip
    assert row.key == StockKey(2, "北部拠点", None, PlaceKind.DEPOT, "drinking_water")
    assert (row.quantity, row.lot, row.expires_on) == (1200, "A-1", date(2027, 3, 31))
    assert row.observed_at == datetime(2026, 8, 30, 15, tzinfo=UTC)
    assert row.note == "北の棚"


def test_the_list_of_the_demonstration_city_is_read_as_it_is() -> None:
    content = (DATA_FOLDER / "stocks" / "142077_stock.csv").read_bytes()
    found = read(content)
    assert (found.row_count, len(found.rows), found.refused_rows) == (149, 149, frozenset())
    assert all(row.is_fictitious and row.key.common_id for row in found.rows)


@pytest.mark.parametrize("place", HEADINGS["place"])
def test_each_heading_of_a_place_is_known(place: str) -> None:
    assert parsed({place: "北部拠点", "品目": "飲料水", "数量": "1"}).rows[0].key.place


@pytest.mark.parametrize("heading", ["数量", "在庫数", "備蓄数", "個数", "数 量", "数量（L）"])
@pytest.mark.parametrize("item", ["品目", "品名", "物資名", "item_code", "ＩＴＥＭ＿ＣＯＤＥ"])
def test_each_heading_of_items_and_quantities_is_known(item: str, heading: str) -> None:
    (row,) = parsed({"共通ID": "E1420700001111", item: "drinking_water", heading: "7"}).rows
    assert (row.item_code, row.quantity) == ("drinking_water", 7)


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ("drinking_water", "drinking_water"),
        ("DRINKING_WATER", "drinking_water"),
        ("Drinking water", "drinking_water"),
        ("保存水", "drinking_water"),
        ("アルファ米", "food"),
        ("ﾄｲﾚｯﾄﾍﾟｰﾊﾟｰ", "toilet_paper"),
        ("おむつ（大人）", "diaper_adult"),
        ("おむつ(乳児・小児)", "diaper_child"),
        ("ＡＥＤ", "aed"),
        ("パーテーション", "partition"),
    ],
)
def test_items_go_by_code_or_name_in_any_width(told: str, code: str) -> None:
    assert only(品目=told).item_code == code


def test_what_people_call_an_item_means_one_item() -> None:
    items = item_list().items
    assert set(ITEM_NAMES) <= set(items)
    names = [item_word(name) for names in ITEM_NAMES.values() for name in names]
    assert len(set(names)) == len(names)
    meant = items_by_word(items)
    assert all(
        meant[item_word(name)].code == code for code, names in ITEM_NAMES.items() for name in names
    )


@pytest.mark.parametrize(
    ("cells", "quantity"),
    [
        ({"数量": "1,200"}, 1200),
        ({"数量": "１，２００Ｌ"}, 1200),
        ({"数量": "24箱"}, 288),
        ({"数量": "24", "単位": "箱"}, 288),
        ({"数量": "24 ハコ", "単位": ""}, None),
        ({"数量": "1.0"}, 1),
        ({"数量": "0.5箱"}, 6),
        ({"数量": "0"}, 0),
        ({"品目": "液体ミルク", "数量": "1,200本"}, 1200),
        ({"品目": "毛布", "数量": "3枚", "単位": "枚"}, 3),
    ],
)
def test_quantities_come_with_commas_and_units(cells: dict[str, str], quantity: int | None) -> None:
    rows = read(stock_csv(WATER | cells)).rows
    assert [row.quantity for row in rows] == ([] if quantity is None else [quantity])


def test_the_unit_of_a_heading_holds_for_its_column() -> None:
    boxes = {"場所": "北部拠点", "品目": "飲料水", "数量（単位：箱）": "2"}
    assert parsed(boxes).rows[0].quantity == 24
    dated = {"場所": "北部拠点", "品目": "飲料水", "数量（4月1日現在）": "2"}
    assert parsed(dated).rows[0].quantity == 2


@pytest.mark.parametrize("told", ["-3", "△3", "▲3", "−3箱"])
def test_less_than_nothing_is_refused(told: str) -> None:
    assert refusal(数量=told) == NEGATIVE


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"品目": "発電機", "数量": "2箱"}, "The unit “箱” does not fit Generators"),
        ({"数量": "2パレット"}, "The unit “パレット” does not fit Drinking water"),
        ({"数量": "2", "単位": "缶"}, "The unit “缶” does not fit"),
        ({"数量": "2箱", "単位": "L"}, "the unit that stands beside the number"),
        ({"数量": "0.5"}, "a whole number of L"),
        ({"数量": "999999999"}, "a whole number of L up to 99,999,999"),
        ({"数量": "たくさん"}, "a number, with its unit"),
        ({"数量": "3～5"}, "a number, with its unit"),
        ({"場所": ""}, "a place: its name or its 共通ID"),
        ({"品目": "みかん"}, "an item of the item list"),
        ({"品目": ""}, "an item of the item list"),
        ({"期限": "来年"}, "a day or a month with its year"),
        ({"期限": "9月1日"}, "a day or a month with its year"),
        ({"基準日": "きのう"}, "a day or a moment"),
        ({"ロット": "x" * 101}, "a lot's mark"),
    ],
)
def test_what_nobody_can_be_sure_of_is_refused_with_its_reason(
    cells: dict[str, str], said: str
) -> None:
    assert refusal(**cells).startswith(said)


def test_an_empty_quantity_is_not_counted_and_never_nothing() -> None:
    found = read(stock_csv(WATER | {"数量": ""}))
    assert (found.rows, found.refused_rows) == ((), frozenset())
    assert [each.expected for each in found.problems if each.row] == [NOT_COUNTED]
    assert [key.row for key in found.left_out] == [2]


def test_what_is_past_its_date_is_asked_about() -> None:
    content = stock_csv(
        WATER | {"期限": "令和8年8月"}, WATER | {"ロット": "B", "期限": "2026-09-01"}
    )
    asked, confirmed = read(content), read(content, takes_expired=True)
    assert reasons(asked) == {2: EXPIRED}
    assert [row.expires_on for row in asked.rows] == [TODAY]
    assert [row.expires_on for row in confirmed.rows] == [date(2026, 8, 31), TODAY]
    assert [each.expected for each in confirmed.problems if each.row] == [EXPIRED_TAKEN]
    assert asked.expired_rows == confirmed.expired_rows == {2}


@pytest.mark.parametrize("told", ["", "-", "なし", "無期限", "－"])
def test_what_never_expires_says_so_in_many_ways(told: str) -> None:
    assert only(期限=told).expires_on is None


def test_any_width_says_the_same() -> None:
    said = WATER | {"単位": "L", "ロット": "", "期限": "2027-03"}
    assert read(stock_csv({key: widened(cell) for key, cell in said.items()})).rows == (
        read(stock_csv(said)).rows
    )


def test_titles_blank_rows_and_other_encodings_are_read_as_elsewhere() -> None:
    text = "備蓄品一覧（令和8年9月1日現在）\r\n\r\n場所\t品名\t在庫数\r\n\r\n北部拠点\t水\t１２\r\n"
    for encoding in ("utf-8-sig", "cp932", "utf-16"):
        (row,) = read(text.encode(encoding)).rows
        assert (row.key.row, row.quantity) == (5, 12)


def test_a_workbook_is_read_with_its_dates_and_numbers() -> None:
    book = openpyxl.Workbook()
    assert book.active
    book.active.append(["場所", "品目", "数量", "期限"])
    book.active.append(["北部拠点", "飲料水", 1200, date(2027, 3, 31)])
    content = io.BytesIO()
    book.save(content)
    (row,) = read(content.getvalue()).rows
    assert (row.quantity, row.expires_on) == (1200, date(2027, 3, 31))


def test_a_column_that_nobody_reads_is_named() -> None:
    found = read(stock_csv(WATER | {"担当": "防災課", "うち確保済み": "3"}))
    assert [each.found for each in found.problems if each.row is None] == ["担当"]


def test_refused_rows_are_a_file_that_reads_as_it_was_written() -> None:
    found = read(stock_csv(WATER, WATER | {"数量": "-3"}))
    again = refused_csv(found, Language.JA)
    (line,) = csv.DictReader(io.StringIO(again.decode("utf-8-sig")))
    assert line["数量"] == "-3"
    assert reasons(read(again)) == {2: NEGATIVE}


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", EmptyStockList),
        ("場所,品目,数量\n".encode(), EmptyStockList),
        ("名称,住所\n学校,茅ヶ崎\n".encode(), UnrecognisedStockList),
        ("場所,品目\n学校,水\n".encode(), UnrecognisedStockList),
    ],
)
def test_what_is_no_stock_list_is_refused(content: bytes, kind: type[Refused]) -> None:
    with pytest.raises(kind):
        read(content)


def test_more_rows_than_a_city_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stock_list, "ROWS_MOST", 1)
    with pytest.raises(TooManyRows):
        read(stock_csv(WATER, WATER))


@given(
    quantity=st.integers(0, 99_999_999),
    lot=st.text("ABC-123", max_size=10),
    expires_on=st.none() | st.dates(TODAY, date(2099, 12, 31)),
)
def test_what_is_written_is_what_is_read(quantity: int, lot: str, expires_on: date | None) -> None:
    row = only(数量=f"{quantity:,}", ロット=lot, 期限=str(expires_on or ""))
    assert row.quantity == quantity
    assert row.expires_on == expires_on
    assert row.lot == ("" if lot == "-" else lot)


def test_the_reasons_are_in_the_language_of_the_reader() -> None:
    found = parse_stock_list(stock_csv(WATER | {"数量": "2パレット"}), TODAY, Language.JA)
    assert "飲料水" in reasons(found)[2]
