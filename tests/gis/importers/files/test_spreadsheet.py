import datetime as dt

import pytest

from gis.errors import Refused
from gis.importers.errors import (
    BrokenFile,
    FormulaFound,
    LinkedWorkbook,
    PasswordNeeded,
    ReadingTooCostly,
)
from gis.importers.files import sheets
from tests.gis.importers.files.making import members, ods, packed, xls, xlsx

ENCRYPTED_XLSX = (
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "EncryptedPackage".encode("utf-16-le")
)


def refusal(content: bytes) -> Refused:
    with pytest.raises(Refused) as caught:
        sheets(content)
    return caught.value


def test_every_worksheet_that_holds_anything_is_a_table() -> None:
    found = sheets(xlsx({"A1": "名称"}, {}, {"A1": "住所"}))
    assert [(sheet.name, sheet.records[0].cells) for sheet in found] == [
        ("一覧 & 1", ("名称",)),
        ("一覧 & 3", ("住所",)),
    ]


def test_rows_have_the_numbers_that_the_spreadsheet_shows() -> None:
    (table,) = sheets(xlsx({"B3": "名称", "B5": "円蔵小学校", "B6": " "}))
    assert [record.row for record in table.records] == [3, 5]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (142077, "142077"),
        (35.342381, "35.342381"),
        (True, "true"),
        ("0467-82-1111", "0467-82-1111"),
        (dt.date(2026, 9, 1), "2026-09-01"),
        (dt.datetime(2026, 9, 1, 12, 30), "2026-09-01 12:30:00"),  # noqa: DTZ001 - Excel's
        (dt.time(9, 30), "09:30:00"),
        (None, ""),
        ("#N/A", ""),
    ],
)
def test_cells_are_text_as_people_see_them(value: object, text: str) -> None:
    (table,) = sheets(xlsx({"A1": "名称", "B1": value, "C1": "備考"}))
    assert table.records[0].cells == ("名称", text, "備考")


def test_xls_is_read_as_xlsx_is() -> None:
    (table,) = sheets(xls())
    assert table.name == "一覧"
    assert [record.cells for record in table.records] == [
        ("名称", "住所", "収容"),
        ("円蔵小学校", "円蔵1-13-1", "810"),
        ("鶴嶺小学校", "茅ヶ崎463", ""),
    ]


def test_ods_is_read_as_xlsx_is() -> None:
    (table,) = sheets(ods())
    assert [(record.row, record.cells) for record in table.records] == [
        (1, ("名称",)),
        (2, ("円蔵小学校",)),
        (3, ("鶴嶺小学校",)),
    ]


def test_a_formula_is_refused_with_its_sheet_and_cell() -> None:
    refused = refusal(xlsx({"A1": "名称"}, {"C12": "=SUM(A1:A3)"}))
    assert (type(refused), refused.received) == (FormulaFound, "一覧 & 2!C12")


def test_a_formula_far_down_in_a_long_sheet_is_found() -> None:
    cells = {f"A{row}": row * 1.1 for row in range(1, 30_000)}
    assert refusal(xlsx(cells | {"B29999": "=1+1"})).received == "一覧 & 1!B29999"


def test_a_list_to_choose_from_is_no_formula() -> None:
    parts = members(xlsx())
    part = "xl/worksheets/sheet1.xml"
    choice = b"<extLst><xm:f>$A$1:$A$5</xm:f></extLst></worksheet>"
    parts[part] = parts[part].replace(b"</worksheet>", choice)
    assert sheets(packed(parts))


def test_a_formula_in_ods_is_refused_with_its_sheet() -> None:
    cell = '<table:table-cell table:formula="of:=SUM([.A1:.A3])" office:value="3"/>'
    refused = refusal(ods(f"<table:table-row>{cell}</table:table-row>"))
    assert (type(refused), refused.received) == (FormulaFound, "一覧!of:=SUM([.A1:.A3])")


def test_values_from_another_workbook_are_refused() -> None:
    link = "xl/externalLinks/externalLink1.xml"
    refused = refusal(packed(members(xlsx()) | {link: b"<externalLink/>"}))
    assert (type(refused), refused.received) == (LinkedWorkbook, link)


@pytest.mark.parametrize(
    "content", [ENCRYPTED_XLSX, ods(manifest="<manifest:encryption-data/>")], ids=["xlsx", "ods"]
)
def test_a_workbook_with_a_password_is_refused_as_such(content: bytes) -> None:
    with pytest.raises(PasswordNeeded):
        sheets(content)


def test_a_damaged_workbook_is_refused() -> None:
    parts = members(xlsx())
    with pytest.raises(BrokenFile):
        sheets(packed(parts | {"xl/workbook.xml": b"<workbook"}))


def test_a_cell_in_the_last_corner_does_not_take_all_memory() -> None:
    with pytest.raises(ReadingTooCostly):
        sheets(xlsx({"A1": "名称", "XFD1048576": "x"}))
