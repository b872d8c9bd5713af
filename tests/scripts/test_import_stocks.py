"""Importing stock lists from a terminal."""

from pathlib import Path
from uuid import UUID

import pytest

from gis.config import DATA_FOLDER
from gis.store import Workspace
from tests.gis.conftest import Ask
from tests.gis.conftest import city as city  # noqa: PLC0414 - a fixture to share
from tests.gis.importers.lists import csv_text
from tests.gis.supplying import Supplying
from tests.scripts.conftest import Run

pytestmark = pytest.mark.usefixtures("city")

WATER = {"場所": "北部拠点", "品目": "飲料水", "数量": "2箱", "期限": ""}
UNKNOWN = WATER | {"場所": "[/西部]倉庫"}
EXPIRED = WATER | {"品目": "食料", "数量": "1,200", "期限": "令和3年3月"}
TOTAL = "SELECT coalesce(sum(quantity), 0) FROM stock"


@pytest.fixture
def depot(workspace: Workspace) -> UUID:
    return Supplying(workspace).depot("北部拠点")


@pytest.fixture
def file(tmp_path: Path, depot: UUID) -> Path:
    """A list with a place that nobody knows, and a lot that is past its date."""
    assert depot
    target = tmp_path / "stock.csv"
    target.write_text(csv_text(WATER, UNKNOWN, EXPIRED), encoding="cp932")
    return target


def test_a_list_is_imported_and_a_second_time_changes_nothing(
    run: Run, file: Path, ask: Ask
) -> None:
    done = run("import_stocks", file)
    assert "3 rows, 2 refused; items counted in places: 1 new, 1 of them other" in done.stdout
    assert "[/西部]倉庫" in done.stderr
    refused = file.with_name("stock.csv_refused.csv")
    assert "[/西部]倉庫" in refused.read_text(encoding="utf-8-sig")
    assert "0 new, 0 of them other than the ledger, 1 known" in run("import_stocks", file).stdout
    assert ask(TOTAL) == [(24,)]


def test_the_rows_that_were_not_taken_can_be_imported_as_they_were_written(
    run: Run, file: Path, ask: Ask
) -> None:
    run("import_stocks", file)
    refused = file.with_name("stock.csv_refused.csv")
    done = run("import_stocks", "--add-depots", "--take-expired", refused)
    assert "2 rows, 0 refused" in done.stdout
    assert "1 added" in done.stdout
    assert ask(TOTAL) == [(24 + 24 + 1200,)]


def test_a_dry_run_and_a_strict_one_write_nothing_where_a_row_is_bad(
    run: Run, file: Path, ask: Ask
) -> None:
    rehearsed = run("import_stocks", "--dry-run", file)
    assert "1 would be new" in rehearsed.stdout
    assert "Nothing was written." in rehearsed.stdout
    assert "+24" in rehearsed.stderr
    strict = run("import_stocks", "--strict", file)
    assert (strict.returncode, ask(TOTAL)) == (1, [(0,)])
    assert "2 rows have problems; nothing was imported." in strict.stderr
    assert "Traceback" not in strict.stderr


def test_the_list_of_the_demonstration_city_is_read_as_it_is(run: Run, ask: Ask) -> None:
    done = run("import_stocks", "--dry-run", DATA_FOLDER / "stocks" / "142077_stock.csv")
    assert done.returncode == 0
    assert "149 rows" in done.stdout
    assert ask(TOTAL) == [(0,)]


def test_what_is_no_stock_list_is_refused_with_a_sentence(run: Run, tmp_path: Path) -> None:
    other = tmp_path / "other.csv"
    other.write_text("名称,住所\n学校,茅ヶ崎\n", encoding="utf-8")
    done = run("import_stocks", other)
    assert done.returncode == 1
    assert "The columns do not say where how much of what is. Found: 名称,住所" in done.stderr
    assert "Traceback" not in done.stderr
