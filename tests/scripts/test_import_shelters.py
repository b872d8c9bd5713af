"""Importing inventories from a terminal."""

import csv
from collections.abc import Iterable
from pathlib import Path

import openpyxl
import pytest

from gis.config import DATA_FOLDER
from tests.gis.conftest import Ask
from tests.gis.importers.lists import SITE, csv_text
from tests.scripts.conftest import Run

SPACES = DATA_FOLDER / "shelters" / "142077_evacuation_space.csv"


def rows_of(file: Path) -> list[list[str]]:
    with file.open(encoding="utf-8-sig", newline="") as source:
        return list(csv.reader(source))


def write(file: Path, rows: Iterable[list[str]]) -> Path:
    with file.open("w", encoding="utf-8", newline="") as target:
        csv.writer(target).writerows(rows)
    return file


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    """The demonstration's list with a code that is none and a name that is missing."""
    rows = rows_of(SPACES)
    rows[1][rows[0].index("市区町村コード")] = "[/閉鎖]"
    rows[2][rows[0].index("名称")] = ""
    return write(tmp_path / "bad.csv", rows)


def count(ask: Ask) -> int:
    ((number,),) = ask("SELECT count(*) FROM shelter")
    return int(number)


def test_an_inventory_is_imported_and_a_second_time_writes_nothing(run: Run) -> None:
    assert "62 rows, 0 refused; shelters: 62 added" in run("import_shelters", SPACES).stdout
    again = run("import_shelters", SPACES).stdout
    assert "0 added, 0 changed, 62 unchanged" in again
    assert "nothing was written" in again


def test_a_bad_row_is_named_with_its_reason_whatever_stands_in_it(run: Run, bad: Path) -> None:
    done = run("import_shelters", bad)
    assert done.returncode == 0
    assert "[/閉鎖]" in done.stderr
    assert "61 added" in done.stdout
    assert "Traceback" not in done.stderr


def test_the_refused_rows_are_written_corrected_and_imported(run: Run, bad: Path, ask: Ask) -> None:
    done = run("import_shelters", bad)
    refused = bad.with_name("bad.csv_refused.csv")
    assert str(refused) in done.stdout.replace("\n", "")
    header, row = rows_of(refused)
    row[header.index("名称")] = "中島中学校"
    write(refused, [header, row])
    assert "1 added" in run("import_shelters", refused).stdout
    assert count(ask) == 62


def test_strict_takes_all_or_nothing(run: Run, bad: Path, ask: Ask) -> None:
    strict = run("import_shelters", "--strict", bad)
    assert strict.returncode == 1
    assert "nothing was imported" in strict.stderr
    assert count(ask) == 0
    assert run("import_shelters", "--strict", SPACES).returncode == 0


def test_a_dry_run_shows_what_would_change_and_writes_nothing(
    run: Run, tmp_path: Path, ask: Ask
) -> None:
    run("import_shelters", SPACES)
    rows = rows_of(SPACES)
    rows[1][rows[0].index("電話番号")] = "0467-00-0000"
    rows[2][rows[0].index("共通ID")] = "E1420799999201"
    changed = write(tmp_path / "changed.csv", rows[:-1])
    done = run("import_shelters", "--dry-run", changed, COLUMNS="200")
    assert "1 would be added, 1 changed, 59 stay, 2 of the register are not listed" in done.stdout
    for shown in ("0467-00-0000", "added", "not listed"):
        assert shown in done.stderr
    assert count(ask) == 62
    assert ask("SELECT count(*) FROM inventory_import") == [(1,)]


def test_rows_that_resemble_a_shelter_wait_and_are_written_down(
    run: Run, tmp_path: Path, ask: Ask
) -> None:
    run("import_shelters", SPACES)
    rows = [["名称", "住所", "災害種別_洪水", "緯度", "経度"]]
    rows.append(["円蔵小学校体育館", "茅ヶ崎市円蔵1-13-1", "1", "35.342381", "139.407668"])
    done = run("import_shelters", write(tmp_path / "own.csv", rows), COLUMNS="200")
    assert "円蔵小学校体育館 ≒ 円蔵小学校" in done.stderr
    assert "1 refused" in done.stdout
    assert len(rows_of(tmp_path / "own.csv_refused.csv")) == 2
    assert count(ask) == 62


def test_a_workbook_of_another_shape_is_read_through_a_mapping(
    run: Run, tmp_path: Path, ask: Ask
) -> None:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("一覧")
    sheet.append(["避難所の一覧"])
    sheet.append([None, "施設", "ところ", "人数"])
    sheet.append([1, "浜竹会館", "茅ヶ崎市浜竹1-1", "約120人"])
    book.save(tmp_path / "town.xlsx")
    mapping = tmp_path / "town.toml"
    mapping.write_text(
        'name = "町"\nkind = "designated_shelter"\n[columns]\n'
        '"名称" = "施設"\n"所在地_連結表記" = "ところ"\n"想定収容人数" = "人数"\n',
        encoding="utf-8",
    )
    assert "columns are not those" in run("import_shelters", tmp_path / "town.xlsx").stderr
    done = run("import_shelters", "--mapping", mapping, tmp_path / "town.xlsx")
    assert "1 added" in done.stdout
    assert ask("SELECT name, capacity FROM shelter") == [("浜竹会館", 120)]


UNSAID = {"共通ID", "都道府県名及び市町村名"}


def test_a_format_and_a_city_can_be_named(run: Run, tmp_path: Path, ask: Ask) -> None:
    nameless = {column: cell for column, cell in SITE.items() if column not in UNSAID}
    file = tmp_path / "sites.csv"
    file.write_text(csv_text(nameless), encoding="utf-8")
    wrong = run("import_shelters", "--format", "recommended_v1", file)
    assert "columns are not those" in wrong.stderr
    run("import_shelters", "--format", "gsi_emergency_site", "--city", "142051", file)
    assert ask("SELECT municipality_code FROM shelter") == [("142051",)]


def test_swapped_axes_are_named_and_turned_when_asked(run: Run, tmp_path: Path, ask: Ask) -> None:
    swapped = SITE | {"緯度": SITE["経度"], "経度": SITE["緯度"]}
    file = tmp_path / "sites.csv"
    file.write_text(csv_text(swapped), encoding="utf-8")
    assert "swapped" in run("import_shelters", file, COLUMNS="200").stderr
    assert ask("SELECT location FROM shelter") == [(None,)]
    run("import_shelters", "--swap-axes", file)
    assert ask("SELECT ST_X(location) FROM shelter") == [(float(SITE["経度"]),)]


def test_a_file_that_cannot_be_read_is_refused_in_a_sentence(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_bytes(b"\x00\x01\x02" * 20)
    done = run("import_shelters", file)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "not a text file" in done.stderr


def test_a_file_of_two_gigabytes_is_refused_before_it_is_read(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "huge.csv"
    with file.open("wb") as target:
        target.truncate(2 << 30)
    done = run("import_shelters", file)
    assert done.returncode == 1
    assert "larger than 200 MB" in done.stderr
