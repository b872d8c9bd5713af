"""The commands as a person types them: they end with a sentence, never with a traceback."""

import csv
from pathlib import Path

import openpyxl
import pytest

from gis.store import Workspace
from scripts.demo import load_if_empty
from tests.scripts.conftest import Run


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
