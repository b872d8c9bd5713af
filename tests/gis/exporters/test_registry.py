import pkgutil
from importlib import import_module
from types import ModuleType

import pytest

import gis.exporters
from gis.exporters import ENCODINGS, LISTS, Encoding, ShelterList
from gis.exporters.cells import HAZARDS
from gis.vocabulary import Hazard

MODULES: dict[str, ModuleType] = {
    module.name: import_module(f"gis.exporters.{module.name}")
    for module in pkgutil.iter_modules(gis.exporters.__path__)
}


def test_every_list_is_registered_under_the_name_of_its_module() -> None:
    written = {name: module.LIST for name, module in MODULES.items() if hasattr(module, "LIST")}
    assert written == LISTS


def test_every_kind_of_file_is_registered_under_the_name_of_its_module() -> None:
    written = {
        name: module.ENCODING for name, module in MODULES.items() if hasattr(module, "ENCODING")
    }
    assert written == ENCODINGS


@pytest.mark.parametrize("each", [*LISTS.values(), *ENCODINGS.values()])
def test_each_has_a_title(each: ShelterList | Encoding) -> None:
    assert each.title


def test_every_hazard_of_the_decree_has_its_column() -> None:
    assert {*HAZARDS} == {*Hazard} - {Hazard.FLOOD_UNSPECIFIED}


@pytest.mark.parametrize("code", LISTS)
def test_a_list_has_no_column_twice(code: str) -> None:
    columns = LISTS[code].columns
    assert len({*columns}) == len(columns)
