"""Importing damage reports from a terminal."""

from pathlib import Path
from uuid import UUID

import pytest

from tests.gis.conftest import Ask
from tests.gis.importers.lists import csv_text
from tests.scripts.conftest import Run

ROAD = {"区分": "道路", "程度": "甚大", "確認日時": "2026-09-01 11:30", "内容": "[red]陥没[/閉鎖]"}
BAD = ROAD | {"区分": "[/なにか]"}


@pytest.fixture
def file(tmp_path: Path, incident_id: UUID) -> Path:
    """A list with a row that does not say what is damaged."""
    assert incident_id
    target = tmp_path / "reports.csv"
    target.write_text(csv_text(ROAD, BAD), encoding="cp932")
    return target


def count(ask: Ask) -> int:
    ((number,),) = ask("SELECT count(*) FROM damage_report")
    return int(number)


def test_reports_are_imported_and_a_second_time_change_nothing(
    run: Run, file: Path, ask: Ask
) -> None:
    done = run("import_damage_reports", file)
    assert "2 rows, 1 refused; reports: 1 filed, 0 filed before, 0 said twice." in done.stdout
    assert "[/なにか]" in done.stderr
    refused = file.with_name("reports.csv_refused.csv")
    assert "[/なにか]" in refused.read_text(encoding="utf-8-sig")
    assert "0 filed, 1 filed before" in run("import_damage_reports", file).stdout
    assert count(ask) == 1


def test_a_dry_run_and_a_strict_one_write_nothing_where_a_row_is_bad(
    run: Run, file: Path, ask: Ask
) -> None:
    assert "1 would be filed" in run("import_damage_reports", "--dry-run", file).stdout
    strict = run("import_damage_reports", "--strict", file)
    assert (strict.returncode, count(ask)) == (1, 0)
    assert "1 rows have problems; nothing was imported." in strict.stderr
    assert "Traceback" not in strict.stderr
