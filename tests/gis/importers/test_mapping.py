"""Lists of other shapes, through a mapping instead of code."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from gis.importers import FORMATS, Choices, Inventory, likely_header, parse_inventory
from gis.importers.errors import MappingInvalid, UnrecognisedInventory
from gis.importers.mapping import read_mapping, read_mappings, write_mapping
from gis.vocabulary import DesignationKind, Hazard
from tests.gis.importers.lists import csv_text

ROW = {
    "No": "1",
    "施設名": "鶴嶺小学校",
    "住所（所在地）": "茅ヶ崎市浜之郷462",
    "Ｙ座標": "139.3897",
    "X座標": "35.3377",
    "収容人数\n（人）": "850",
    "洪水": "○",
    "津波": "×",
}
TOML = """
name = "町の一覧"
kind = "designated_shelter"
unknown = ["不明"]

[columns]
"名称" = "施設名"
"所在地_連結表記" = "住所(所在地)"
"緯度" = "X座標"
"経度" = "Y座標"
"想定収容人数" = "収容人数（人）"
"災害種別_洪水" = "洪水"
"災害種別_津波" = "津波"
"""
TOWN = read_mapping("town", TOML)
CITY = Choices("142077")


def read(row: Mapping[str, str], text: str = TOML) -> Inventory:
    return parse_inventory(csv_text(row).encode(), CITY, (*FORMATS, read_mapping("town", text)))


def test_a_list_is_read_through_its_mapping() -> None:
    found = read(ROW)
    (row,) = found.rows
    assert (found.format, found.problems) == ("町の一覧", ())
    assert (row.name, row.address) == ("鶴嶺小学校", "茅ヶ崎市浜之郷462")
    assert (row.lon, row.lat, row.capacity) == (139.3897, 35.3377, 850)
    assert row.hazards == frozenset({Hazard.FLOOD})
    assert row.designations == ((DesignationKind.DESIGNATED_SHELTER, None),)


def test_a_column_that_is_not_mapped_is_not_read() -> None:
    (row,) = read(ROW | {"備考": "2階", "ID": "7"}).rows
    assert (row.note, row.local_id) == (None, None)


def test_a_problem_names_the_column_as_the_file_has_it() -> None:
    found = read(ROW | {"収容人数\n（人）": "多数", "洪水": "△"})
    assert [(p.column, p.found) for p in found.problems] == [
        ("収容人数 （人）", "多数"),
        ("洪水", "△"),
    ]
    assert found.rows[0].hazards is None


def test_what_the_mapping_calls_unknown_is_blank() -> None:
    found = read(ROW | {"収容人数\n（人）": "不明"})
    assert (found.rows[0].capacity, found.problems) == (None, ())


def test_a_file_without_one_of_its_columns_is_another_format() -> None:
    short = {column: cell for column, cell in ROW.items() if column != "津波"}
    with pytest.raises(UnrecognisedInventory):
        read(short)


def test_a_mapping_that_was_chosen_reads_what_columns_there_are() -> None:
    short = {column: cell for column, cell in ROW.items() if column != "津波"}
    chosen = replace(TOWN, signs=())
    found = parse_inventory(csv_text(short).encode(), CITY, [chosen])
    assert found.rows[0].hazards == frozenset({Hazard.FLOOD})
    assert [(p.row, p.column) for p in found.problems] == [(None, "津波")]


def test_plane_coordinates_become_degrees() -> None:
    plane = 'crs = "EPSG:6677"\n' + TOML
    (row,) = read(ROW | {"X座標": "-73618.1", "Ｙ座標": "-40238.5m"}, plane).rows
    assert row.lon == pytest.approx(139.3897, abs=0.01)
    assert row.lat == pytest.approx(35.3377, abs=0.01)


def test_degrees_where_metres_are_expected_are_no_place() -> None:
    plane = 'crs = "EPSG:6677"\n' + TOML
    found = read(ROW, plane)
    assert found.rows[0].lon is None
    assert [(p.row, p.found) for p in found.problems] == [(2, "35.3377, 139.3897")]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "name = 1",
        'name = "a"\n[columns]\n"所在地_連結表記" = "住所"',
        'name = "a"\n[columns]\n"名称" = "施設"\n"そんな列" = "b"',
        'name = "a"\nkind = "cave"\n[columns]\n"名称" = "施設"',
        'name = "a"\ncrs = "EPSG:0"\n[columns]\n"名称" = "施設"',
        'name = "a"\npath = "/etc"\n[columns]\n"名称" = "施設"',
        "[columns",
    ],
)
def test_what_is_no_mapping_is_refused(text: str) -> None:
    with pytest.raises(MappingInvalid):
        read_mapping("town", text)


def test_what_is_written_reads_back() -> None:
    columns = {"名称": '施設"名"', "備考": "注\n記𠮷"}
    written = write_mapping("町 'A'", columns, DesignationKind.WELFARE_SHELTER)
    found = read_mapping("town", written)
    assert (found.name, found.columns, found.kind) == (
        "町 'A'",
        columns,
        DesignationKind.WELFARE_SHELTER,
    )


def test_the_mappings_of_a_folder_are_read_by_name(tmp_path: Path) -> None:
    for name in ("b", "a"):
        (tmp_path / f"{name}.toml").write_text(TOML, encoding="utf-8")
    (tmp_path / "README.md").write_text("", encoding="utf-8")
    assert [known.code for known in read_mappings(tmp_path)] == ["a", "b"]


def test_the_columns_to_choose_from_are_those_of_the_fullest_of_the_first_rows() -> None:
    text = "令和8年度 避難所一覧,,,\n,,,\n" + csv_text(ROW)
    assert likely_header(text.encode()) == tuple(ROW)
