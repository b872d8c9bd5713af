"""Importing hazard zones from a terminal."""

from pathlib import Path

import pytest

from tests.gis.conftest import Ask
from tests.gis.importers.hazards.making import BOW_TIE, geojson, square
from tests.scripts.conftest import Run


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A zone, one that has to be mended, and a row without any area."""
    target = tmp_path / "zones.geojson"
    rows = ((square(), {"rank": 2}), (BOW_TIE, {"rank": 2}), (None, {"rank": 1}))
    target.write_bytes(geojson(*rows))
    return target


def test_zones_are_imported_and_a_second_time_change_nothing(
    run: Run, file: Path, ask: Ask
) -> None:
    told = ("--hazard", "flood", "--title", "洪水", "--class-column", "rank", "--class", "2=0.5-3")
    rehearsed = run("import_hazard_zones", "--dry-run", *told, file)
    assert "Nothing was written." in rehearsed.stdout
    assert ask("SELECT count(*) FROM hazard_layer") == [(0,)]
    done = run("import_hazard_zones", *told, file)
    assert "3 rows read as 浸水深の列を指定, 1 refused; zones: 2." in done.stdout
    assert "“洪水” is now edition 1." in done.stdout
    assert "Self-intersection" in done.stderr
    assert "says all of this already" in run("import_hazard_zones", *told, file).stdout
    assert ask("SELECT DISTINCT depth_class FROM hazard_zone") == [("to_3",)]


def test_what_cannot_be_taken_ends_with_a_sentence(run: Run, file: Path) -> None:
    done = run("import_hazard_zones", file)
    assert done.returncode == 1
    assert "do not tell of which hazard these zones are. Found: rank" in done.stderr
    assert "Traceback" not in done.stderr
