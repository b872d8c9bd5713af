import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from gis.config import DATA_FOLDER, CityProfile, city_profile
from gis.operations.city import load_city
from gis.store import SYSTEM, Workspace
from tests.gis.conftest import Ask


@pytest.fixture
def profile() -> CityProfile:
    return city_profile("142077")


@pytest.fixture
def load(workspace: Workspace, profile: CityProfile) -> Callable[[], None]:
    def once() -> None:
        with workspace.transaction(SYSTEM) as session:
            load_city(session, profile)

    return once


def test_a_city_is_its_boundary_its_towns_and_the_items(
    load: Callable[[], None], profile: CityProfile, ask: Ask
) -> None:
    load()
    with (DATA_FOLDER / "cities" / profile.towns).open(encoding="utf-8", newline="") as source:
        towns = list(csv.DictReader(source))
    assert ask("SELECT code, name_ja FROM municipality") == [(profile.code, profile.name_ja)]
    assert ask("SELECT count(*), sum(population) FROM town") == [
        (len(towns), sum(int(town["population"]) for town in towns))
    ]
    assert ask("SELECT count(*) > 0 FROM resource_item") == [(True,)]
    assert ask("SELECT bool_and(ST_Contains(area, location)) FROM town, municipality") == [(True,)]


def test_loading_a_city_again_changes_nothing(load: Callable[[], None], ask: Ask) -> None:
    load()
    before = ask("SELECT max(id) FROM change_record")
    load()
    assert ask("SELECT max(id) FROM change_record") == before


def test_loading_brings_back_what_the_files_say(
    load: Callable[[], None], workspace: Workspace, profile: CityProfile, ask: Ask
) -> None:
    load()
    renamed = profile.model_copy(update={"name_en": "Somewhere"})
    with workspace.transaction(SYSTEM) as session:
        load_city(session, renamed)
    assert ask("SELECT name_en FROM municipality") == [("Somewhere",)]
    load()
    assert ask("SELECT name_en FROM municipality") == [(profile.name_en,)]


def test_households_are_read_where_the_city_publishes_them_and_unknown_elsewhere(
    load: Callable[[], None],
    workspace: Workspace,
    profile: CityProfile,
    ask: Ask,
    tmp_path: Path,
) -> None:
    load()
    assert ask("SELECT DISTINCT households FROM town") == [(None,)]
    file = tmp_path / "towns.csv"
    file.write_text(
        "town_code,town_name,lon,lat,population,households\n"
        "142070001000,中島,139.375121,35.328485,2830,1203\n"
        "142070019000,汐見台,139.436893,35.321917,1103,\n",
        encoding="utf-8",
    )
    with workspace.transaction(SYSTEM) as session:
        load_city(session, profile.model_copy(update={"towns": str(file)}))
    counted = (
        "SELECT households FROM town WHERE code IN ('142070001000', '142070019000') ORDER BY 1"
    )
    assert ask(counted) == [(1203,), (None,)]
