"""Import of an export changes nothing: a real store, our own lists, and those of real towns."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from gis.config import DATA_FOLDER, city_profile
from gis.exporters import ENCODINGS, LISTS, Exported, export
from gis.importers import Choices, parse_inventory
from gis.operations.inventories import SourceFile, import_inventory
from gis.queries.inventories import municipality_codes
from gis.queries.register import registered_shelters
from gis.store import SYSTEM, Workspace
from tests.conftest import shared_file
from tests.gis.conftest import Ask
from tests.gis.exporters.shelters import READERS

CHIGASAKI = ("data/gsi/chigasaki_gsi_emergency.csv", "data/gsi/chigasaki_gsi_evacuation.csv")
OURS = tuple(
    DATA_FOLDER / "shelters" / f"142077_evacuation_{name}.csv" for name in ("space", "shelter")
)
every_list = pytest.mark.parametrize("code", LISTS)
every_encoding = pytest.mark.parametrize("encoding", ENCODINGS)


def take_in(workspace: Workspace, content: bytes, municipality_code: str) -> tuple[int, int]:
    """Import a list and return how many shelters it added and changed."""
    with workspace.reading() as session:
        known = municipality_codes(session, city_profile("142077"))
    inventory = parse_inventory(content, Choices(municipality_code, known))
    assert not inventory.refused_rows
    with workspace.transaction(SYSTEM) as session:
        done = import_inventory(session, inventory, SourceFile.of("list", content))
    return done.counts.added, done.counts.changed


def given_out(
    workspace: Workspace, code: str, encoding: str, municipality_code: str | None
) -> Exported:
    with workspace.reading() as session:
        shelters = registered_shelters(session, municipality_code)
    return export(LISTS[code], shelters, ENCODINGS[encoding], municipality_code=municipality_code)


def filled(workspace: Workspace, files: Iterable[Path], municipality_code: str) -> None:
    for file in files:
        take_in(workspace, file.read_bytes(), municipality_code)


def everything(ask: Ask) -> list[tuple[object, ...]]:
    return ask("SELECT to_jsonb(s) FROM shelter s ORDER BY id") + ask(
        "SELECT to_jsonb(d) FROM designation d ORDER BY id"
    )


@every_list
@every_encoding
def test_the_lists_of_the_demonstration_city_come_back_unchanged(
    workspace: Workspace, ask: Ask, code: str, encoding: str
) -> None:
    filled(workspace, OURS, "142077")
    before = everything(ask)
    file = given_out(workspace, code, encoding, "142077")
    assert take_in(workspace, file.content, "142077") == (0, 0)
    assert everything(ask) == before


@every_list
@pytest.mark.parametrize("is_of_all", [False, True], ids=["one", "all"])
@pytest.mark.parametrize(
    ("names", "town"),
    [
        (CHIGASAKI, "142077"),
        (("data/municipal/382019_evacuation_space.csv",), "382019"),
        (("data/municipal/122033_103_evacuation_space.csv",), "122033"),
    ],
    ids=["茅ヶ崎市", "松山市", "市川市"],
)
def test_the_lists_of_real_towns_come_back_unchanged(  # noqa: PLR0913 - what varies
    workspace: Workspace,
    ask: Ask,
    names: tuple[str, ...],
    town: str,
    code: str,
    *,
    is_of_all: bool,
) -> None:
    filled(workspace, map(shared_file, names), town)
    before = everything(ask)
    file = given_out(workspace, code, "csv_utf8", None if is_of_all else town)
    assert take_in(workspace, file.content, town) == (0, 0)
    assert everything(ask) == before


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("gsi_emergency_site", "gsi/chigasaki_gsi_emergency.csv"),
        ("gsi_designated_shelter", "gsi/chigasaki_gsi_evacuation.csv"),
    ],
)
def test_a_national_list_goes_out_as_it_came_in_but_for_its_running_number(
    workspace: Workspace, code: str, name: str
) -> None:
    filled(workspace, map(shared_file, CHIGASAKI), "142077")
    read, *_ = READERS["csv_utf8"]
    came = read(shared_file(f"data/{name}").read_bytes())
    went = read(given_out(workspace, code, "csv_utf8", None).content)
    assert went[0] == came[0]
    assert sorted(row[1:] for row in went) == sorted(row[1:] for row in came)
