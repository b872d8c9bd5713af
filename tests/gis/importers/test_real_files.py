"""Real lists of municipalities and 国土地理院; not ours to carry, so that these tests may skip."""

import csv
import gzip
import json
from dataclasses import replace

import pytest

from gis.importers import Inventory, ShelterRow, parse_inventory
from gis.operations.inventories import Counts, SourceFile, import_inventory
from gis.queries.inventories import joinable_pairs
from gis.store import SYSTEM, Workspace
from tests.conftest import shared_file
from tests.gis.conftest import Ask

SITES = (
    "gsi/chigasaki_gsi_emergency.csv",
    "gsi/142077_emergency.geojson",
    "gsi/14207_2_kinkyu_hinanbasho_cp932.csv",
)
SHELTERS = (
    "gsi/chigasaki_gsi_evacuation.csv",
    "gsi/142077_evacuation.geojson",
    "gsi/14207_1_shitei_hinanjo_cp932.csv",
)
SAMPLE = 2000
"""Lines from the top and from the end of a nation-wide list; reading all takes too long here."""


def read(name: str) -> Inventory:
    return parse_inventory(shared_file(f"data/{name}").read_bytes())


def numbered_anew(inventory: Inventory) -> list[ShelterRow]:
    """Return the rows without what differs: the file of one city does not repeat its name."""
    return [replace(row, row=number, details={}) for number, row in enumerate(inventory.rows)]


@pytest.mark.parametrize(
    ("name", "rows", "code"),
    [
        ("municipal/382019_evacuation_space.csv", 390, "382019"),
        ("municipal/122033_103_evacuation_space.csv", 121, "122033"),
        *((name, 62, "142077") for name in SITES),
        *((name, 33, "142077") for name in SHELTERS),
    ],
)
def test_every_row_of_a_real_list_is_accounted_for(name: str, rows: int, code: str) -> None:
    found = read(name)
    assert len(found.rows) + len(found.refused_rows) == found.row_count == rows
    assert {row.municipality_code for row in found.rows} == {code}
    assert not found.refused_rows


@pytest.mark.parametrize("number", [1, 2])
def test_both_ends_of_a_nation_wide_list_are_accounted_for(number: int) -> None:
    with gzip.open(shared_file(f"data/gsi/mergeFromCity_{number}.csv.gz")) as source:
        lines = source.readlines()
    sample = b"".join(lines[: SAMPLE + 1] + lines[-SAMPLE:])
    rows = list(csv.DictReader(sample.decode("utf-8-sig").splitlines(keepends=True)))
    found = parse_inventory(sample)
    assert not found.refused_rows
    assert [row.designations[0][1] for row in found.rows] == [row["共通ID"] for row in rows]
    assert {problem.column for problem in found.problems} <= {"住所"}


@pytest.mark.parametrize("names", [SITES, SHELTERS], ids=["sites", "shelters"])
def test_a_list_says_the_same_in_each_of_its_encodings(names: tuple[str, ...]) -> None:
    first, *others = (numbered_anew(read(name)) for name in names)
    assert [first] * len(others) == others


def test_features_are_numbered_as_in_the_file() -> None:
    listed = json.loads(shared_file(f"data/{SITES[1]}").read_bytes())["features"]
    names = [feature["properties"]["施設・場所名"] for feature in listed]
    assert [(row.row, row.name) for row in read(SITES[1]).rows] == list(enumerate(names, 1))


@pytest.mark.parametrize("name", SITES)
def test_sites_outside_the_city_are_named_and_taken(name: str) -> None:
    found = read(name)
    assert [problem.found[:7] for problem in found.problems] == ["神奈川県寒川町", "神奈川県平塚市"]
    assert all(problem.taken for problem in found.problems)


def test_both_lists_become_one_register_with_each_school_once(
    workspace: Workspace, ask: Ask
) -> None:
    inventories = [read(name) for pair in zip(SITES, SHELTERS, strict=True) for name in pair]
    with workspace.transaction(SYSTEM) as session:
        first, *others = [
            import_inventory(session, each, SourceFile.of("list", b"")).counts
            for each in inventories
        ]
    assert first == Counts(added=62, changed=0, unchanged=0, retired=0)
    assert [(done.added, done.changed) for done in others] == [(1, 32), *[(0, 0)] * 4]
    assert ask("SELECT count(*) FROM shelter") == [(63,)]
    # The gymnasium has a facility number of its own in each list: for a person to join.
    twice = ask("SELECT name FROM shelter GROUP BY name HAVING count(*) > 1")
    assert twice == [("茅ヶ崎市総合体育館",)]
    assert ask("SELECT count(*) FROM designation") == [(62 + 33,)]
    with workspace.reading() as session:
        offered = [
            (pair.shelter.name, pair.other.name) for pair in joinable_pairs(session, "142077")
        ]
    assert offered[0] == ("茅ヶ崎市総合体育館", "茅ヶ崎市総合体育館")
    assert len(offered) < 5
