"""The command as a person types it."""

import csv
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from gis.store import Workspace
from scripts.demo import load_if_empty
from tests.conftest import PROJECT

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def run(workspace: Workspace, tmp_path: Path) -> Run:
    """Run the command on the test's own store, in English, in a folder of its own."""
    load_if_empty(workspace)
    environment = os.environ | {
        "HQ_DATABASE_URL": workspace.database_url,
        "HQ_LANGUAGE": "en",
        "PYTHONPATH": str(PROJECT),
    }

    def command(*arguments: object) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "scripts.export_shelters", *map(str, arguments)],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    return command


def test_without_options_the_city_served_goes_out_under_the_name_of_such_a_list(
    run: Run, tmp_path: Path
) -> None:
    said = run().stdout.splitlines()
    with (tmp_path / "142077_evacuation_space.csv").open(encoding="utf-8-sig") as source:
        assert len([*csv.DictReader(source)]) == 63
    assert said[0] == "Written: 142077_evacuation_space.csv"
    assert any(line.startswith("Invented capacities left out:") for line in said)


def test_a_list_is_written_as_asked_for(run: Run, tmp_path: Path) -> None:
    run("--format", "gsi_designated_shelter", "--encoding", "xlsx", "--all")
    run("--format", "gsi_emergency_site", "--encoding", "csv_cp932", "-o", "sites.csv")
    (sheet,) = openpyxl.load_workbook(tmp_path / "mergeFromCity_1.xlsx")
    assert (sheet.max_row, sheet.max_column) == (1 + 33, 11)
    with (tmp_path / "sites.csv").open(encoding="cp932") as source:
        assert len([*csv.reader(source)]) == 1 + 62


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--city", "011002"), "The register holds no shelter of 011002."),
        (("--city", "142077", "--all"), "Give --city or --all, not both."),
        (("-o", "/no/such/folder/list.csv"), "Error:"),
        (("--format", "p20"), "gsi_emergency_site"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(
    run: Run, arguments: tuple[str, ...], said: str
) -> None:
    done = run(*arguments)
    assert done.returncode != 0
    assert said in done.stderr
    assert "Traceback" not in done.stderr
