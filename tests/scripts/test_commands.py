"""The commands as a person types them: they end with a sentence, never with a traceback."""

import csv
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from gis.config import DATA_FOLDER
from gis.store import Workspace
from scripts.demo import load_if_empty
from tests.conftest import PROJECT

Run = Callable[..., "subprocess.CompletedProcess[str]"]
SPACES = DATA_FOLDER / "shelters" / "142077_evacuation_space.csv"


@pytest.fixture
def run(workspace: Workspace) -> Run:
    """Run a command on the test's own store, in English."""

    def command(
        name: str, *arguments: object, **settings: str
    ) -> "subprocess.CompletedProcess[str]":
        environment = os.environ | {
            "HQ_DATABASE_URL": workspace.database_url,
            "HQ_LANGUAGE": "en",
            **settings,
        }
        return subprocess.run(
            [sys.executable, "-m", f"scripts.{name}", *map(str, arguments)],
            cwd=PROJECT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    return command


def test_an_inventory_is_imported_and_a_second_time_changes_nothing(run: Run) -> None:
    assert "62 rows, 0 refused; shelters: 62 added" in run("import_shelters", SPACES).stdout
    assert "0 added, 0 changed, 62 unchanged" in run("import_shelters", SPACES).stdout


def test_a_bad_row_is_named_with_its_reason_whatever_stands_in_it(run: Run, tmp_path: Path) -> None:
    with SPACES.open(encoding="utf-8-sig", newline="") as source:
        rows = list(csv.reader(source))
    rows[1][rows[0].index("市区町村コード")] = "[/閉鎖]"
    rows[2][rows[0].index("名称")] = ""
    bad = tmp_path / "bad.csv"
    with bad.open("w", encoding="utf-8", newline="") as target:
        csv.writer(target).writerows(rows)
    done = run("import_shelters", bad)
    assert "[/閉鎖]" in done.stderr
    assert "Traceback" not in done.stderr
    strict = run("import_shelters", "--strict", bad)
    assert strict.returncode == 1
    assert "nothing was imported" in strict.stderr


def test_the_summary_is_written_in_each_form(
    run: Run, workspace: Workspace, tmp_path: Path
) -> None:
    load_if_empty(workspace)
    book, table = tmp_path / "summary.xlsx", tmp_path / "summary.csv"
    assert run("export_situation", "-o", book).returncode == 0
    assert run("export_situation", "--format", "csv", "-o", table).returncode == 0
    in_book = {row[0]: row[1] for row in openpyxl.load_workbook(book).worksheets[0].values}
    text = table.read_text(encoding="utf-8-sig")
    in_table = {row[0]: row[1] for row in csv.reader(text.splitlines()) if len(row) > 1}
    assert in_book["Damage reports (unconfirmed)"] == int(in_table["Damage reports (unconfirmed)"])
    assert str(in_book["Persons in shelters"]) == in_table["Persons in shelters"]


@pytest.mark.parametrize(
    ("name", "arguments", "settings", "said"),
    [
        ("export_situation", (), {}, "No incident is open."),
        ("export_situation", ("-o", "/no/such/folder/summary.csv"), {}, "Error:"),
        ("sign_in_link", (), {"HQ_PORT": "abc"}, "port"),
        ("sign_in_link", ("--role", "field"), {}, "--name"),
        ("demo", (), {"HQ_CITY": "011002"}, "011002"),
        (
            "migrate",
            (),
            {"HQ_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing"},
            "does not answer",
        ),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(
    run: Run, name: str, arguments: tuple[str, ...], settings: dict[str, str], said: str
) -> None:
    done = run(name, *arguments, **settings)
    assert done.returncode != 0
    assert said in done.stderr
    assert "Traceback" not in done.stderr
