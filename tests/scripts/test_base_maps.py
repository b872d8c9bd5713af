"""What a start says of maps that cannot be had."""

import shutil
from pathlib import Path

import pytest

from gis.config import DATA_FOLDER, Settings
from scripts.run import check_maps
from tests.base_maps import raster_file
from tests.conftest import free_port
from tests.scripts.conftest import Run


def test_a_start_names_a_base_map_that_cannot_be_drawn_and_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "city.pmtiles"
    check_maps(Settings(base_map=file))
    assert str(file) in capsys.readouterr().out
    raster_file(file)
    check_maps(Settings(base_map=file))
    assert capsys.readouterr().out == ""


def test_a_profile_with_an_address_that_is_none_is_one_sentence(tmp_path: Path, run: Run) -> None:
    shutil.copytree(DATA_FOLDER / "cities", tmp_path / "cities")
    profile = tmp_path / "cities" / "142077.toml"
    profile.write_text(profile.read_text().replace("/pale/{z}/{x}/{y}.png", "/pale.png"))
    done = run("run", HQ_CITIES=str(tmp_path / "cities"), HQ_PORT=str(free_port()))
    assert done.returncode == 1
    assert "base_maps.1.url" in done.stderr
    assert "{z}, {x}, {y}" in done.stderr
    assert "Traceback" not in done.stderr
