import csv
from collections.abc import Callable

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
