from pathlib import Path

import pytest

from gis.importers.files import sheets
from tests.gis.importers.files.making import column, packed, shapefile


@pytest.mark.parametrize("encoding", ["cp932", "utf-8"])
@pytest.mark.parametrize("drop", [(), (".cpg",)], ids=["told", "not told"])
def test_text_is_read_in_the_encoding_it_was_written_in(
    tmp_path: Path, encoding: str, drop: tuple[str, ...]
) -> None:
    (table,) = sheets(packed(shapefile(tmp_path, encoding=encoding, drop=drop)))
    assert table.name == "list"
    assert column(table, "名称") == ["円蔵小学校", "鶴嶺小学校"]
    assert column(table, "収容") == ["810", ""]


def test_windows_writes_its_code_page_as_a_number(tmp_path: Path) -> None:
    parts = shapefile(tmp_path) | {"list.cpg": b"ANSI 932"}
    assert column(sheets(packed(parts))[0], "名称")[0] == "円蔵小学校"


def test_a_letter_cut_in_two_costs_its_cell_and_not_the_file(tmp_path: Path) -> None:
    parts = shapefile(tmp_path, encoding="utf-8", drop=())
    whole = "鶴嶺小学校".encode()
    parts["list.dbf"] = parts["list.dbf"].replace(whole, whole[:-1] + b"\xe6")
    assert column(sheets(packed(parts))[0], "名称") == ["円蔵小学校", "鶴嶺小学\ufffd\ufffd"]


@pytest.mark.parametrize("crs", ["EPSG:6677", "EPSG:6669", "EPSG:6668", "EPSG:3857"])
def test_every_declared_system_becomes_degrees(tmp_path: Path, crs: str) -> None:
    (table,) = sheets(packed(shapefile(tmp_path, crs=crs)))
    assert list(map(float, column(table, "経度"))) == pytest.approx([139.407668, 139.3897])
    assert list(map(float, column(table, "緯度"))) == pytest.approx([35.342381, 35.3377])
    assert table.notes == ()


def test_without_a_system_the_places_are_taken_as_degrees_and_a_note_says_so(
    tmp_path: Path,
) -> None:
    (table,) = sheets(packed(shapefile(tmp_path, crs=None, drop=(".prj", ".cpg"))))
    assert column(table, "経度") == ["139.407668", "139.3897"]
    assert "the places were taken as longitude and latitude" in table.notes[0]


def test_capital_endings_folders_and_a_missing_index_do_no_harm(tmp_path: Path) -> None:
    parts = shapefile(tmp_path, drop=(".shx", ".cpg"))
    upper = {f"避難所/{name.upper()}": part for name, part in parts.items()}
    (table,) = sheets(packed(upper | {"避難所/readme.txt": b"x"}))
    assert (table.name, len(table.records)) == ("LIST", 3)


def test_each_of_several_shapefiles_is_a_table(tmp_path: Path) -> None:
    parts = shapefile(tmp_path)
    twice = {name.replace("list", other): part for other in "ab" for name, part in parts.items()}
    assert [table.name for table in sheets(packed(twice))] == ["a", "b"]
