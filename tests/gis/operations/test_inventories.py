from collections.abc import Sequence
from dataclasses import replace

import pytest

from gis.config import DATA_FOLDER
from gis.importers import Inventory, ShelterRow, parse_inventory
from gis.operations.inventories import Counts, SourceFile, import_inventory
from gis.store import SYSTEM, Workspace
from gis.vocabulary import DesignationKind, Hazard
from tests.gis.conftest import Ask

SITES, SHELTERS = (
    parse_inventory((DATA_FOLDER / "shelters" / f"142077_evacuation_{name}.csv").read_bytes())
    for name in ("space", "shelter")
)
SCHOOL = ShelterRow(
    row=2,
    name="鶴嶺小学校",
    name_kana="ツルミネショウガッコウ",
    address="茅ヶ崎市浜之郷462",
    lon=139.3897,
    lat=35.3377,
    phone="0467-82-7215",
    municipality_code="142077",
    hazards=frozenset({Hazard.EARTHQUAKE, Hazard.TSUNAMI}),
    designations=((DesignationKind.DESIGNATED_SHELTER, "E1420700051111"),),
    capacity=850,
    capacity_is_fictitious=True,
    local_id="51",
    note="体育館",
)
SILENT = replace(
    SCHOOL,
    name_kana=None,
    address=None,
    lon=None,
    lat=None,
    phone=None,
    hazards=None,
    capacity=None,
    capacity_is_fictitious=False,
    note=None,
)
"""The same school in a list that says its name and no more."""


LIST = SourceFile.of("list.csv", b"")


def inventory(*rows: ShelterRow) -> Inventory:
    return Inventory(rows, (), len(rows))


def register(workspace: Workspace, *inventories: Inventory) -> list[Counts]:
    with workspace.transaction(SYSTEM) as session:
        return [import_inventory(session, each, LIST).counts for each in inventories]


def everything(ask: Ask) -> list[tuple[object, ...]]:
    return ask(
        "SELECT to_jsonb(s) - ARRAY['id', 'version'] AS shelter,"
        " (SELECT array_agg((d.kind, d.common_id)::text ORDER BY d.kind) FROM designation d"
        "  WHERE d.shelter_id = s.id)"
        " FROM shelter s ORDER BY facility_key"
    )


def changes(ask: Ask) -> int:
    ((count,),) = ask("SELECT count(*) FROM change_record")
    return int(count)


@pytest.mark.parametrize("order", [(SITES, SHELTERS), (SHELTERS, SITES)])
def test_the_demonstration_city_has_63_shelters_with_95_designations(
    workspace: Workspace, ask: Ask, order: Sequence[Inventory]
) -> None:
    first, second = register(workspace, *order)
    assert (first.added, first.changed) == (len(order[0].rows), 0)
    assert first.added + second.added == 63
    assert ask("SELECT count(*) FROM shelter") == [(63,)]
    assert ask("SELECT count(*), count(common_id) FROM designation") == [(95, 95)]


def test_both_lists_in_one_file_are_the_same_as_one_after_the_other(
    workspace: Workspace, ask: Ask
) -> None:
    (done,) = register(workspace, inventory(*SITES.rows, *SHELTERS.rows))
    assert done == Counts(added=63, changed=0, unchanged=0, retired=0)
    assert ask("SELECT count(*), count(common_id) FROM designation") == [(95, 95)]


def test_taking_the_lists_again_changes_nothing(workspace: Workspace, ask: Ask) -> None:
    register(workspace, SITES, SHELTERS)
    before, entries = everything(ask), changes(ask)
    assert register(workspace, SITES, SHELTERS) == [
        Counts(added=0, changed=0, unchanged=62, retired=0),
        Counts(added=0, changed=0, unchanged=33, retired=0),
    ]
    assert everything(ask) == before
    assert changes(ask) == entries


def test_a_row_with_another_value_changes_one_shelter(workspace: Workspace, ask: Ask) -> None:
    register(workspace, inventory(SCHOOL))
    (done,) = register(workspace, inventory(replace(SCHOOL, phone="0467-00-0000")))
    assert done == Counts(added=0, changed=1, unchanged=0, retired=0)
    assert ask("SELECT phone, version FROM shelter") == [("0467-00-0000", 2)]


def test_what_a_list_does_not_say_erases_nothing(workspace: Workspace, ask: Ask) -> None:
    register(workspace, inventory(SCHOOL))
    before = everything(ask)
    (done,) = register(workspace, inventory(SILENT))
    assert done.unchanged == 1
    assert everything(ask) == before


def test_what_two_rows_of_one_file_say_of_one_shelter_adds_up(
    workspace: Workspace, ask: Ask
) -> None:
    (done,) = register(workspace, inventory(SCHOOL, replace(SILENT, row=3)))
    assert done == Counts(added=1, changed=0, unchanged=0, retired=0)
    assert ask("SELECT capacity, phone FROM shelter") == [(850, "0467-82-7215")]


def test_a_row_without_its_common_id_erases_none(workspace: Workspace, ask: Ask) -> None:
    site = replace(
        SCHOOL,
        designations=(
            (DesignationKind.EMERGENCY_SITE, "E1420700051201"),
            (DesignationKind.DESIGNATED_SHELTER, None),
        ),
    )
    register(workspace, inventory(SCHOOL), inventory(site))
    assert ask("SELECT kind, common_id FROM designation ORDER BY kind") == [
        ("designated_shelter", "E1420700051111"),
        ("emergency_site", "E1420700051201"),
    ]


def test_the_municipality_written_otherwise_changes_no_shelter(workspace: Workspace) -> None:
    named = [
        replace(SCHOOL, details={"地方公共団体名": name})
        for name in ("茅ヶ崎市", "神奈川県茅ヶ崎市")
    ]
    register(workspace, inventory(named[0]))
    assert register(workspace, inventory(named[1])) == [Counts(0, 0, 1, 0)]


def test_a_site_that_is_a_welfare_shelter_is_no_other_shelter_besides(
    workspace: Workspace, ask: Ask
) -> None:
    welfare = replace(SCHOOL, designations=((DesignationKind.WELFARE_SHELTER, "E1420700051121"),))
    site = replace(
        SCHOOL,
        designations=(
            (DesignationKind.EMERGENCY_SITE, "E1420700051201"),
            (DesignationKind.DESIGNATED_SHELTER, None),
        ),
    )
    register(workspace, inventory(welfare), inventory(site))
    assert ask("SELECT kind FROM designation ORDER BY kind") == [
        ("emergency_site",),
        ("welfare_shelter",),
    ]


@pytest.mark.parametrize("capacity", [0, 850])
def test_an_invented_capacity_is_kept_as_invented(
    workspace: Workspace, ask: Ask, capacity: int
) -> None:
    register(workspace, inventory(replace(SCHOOL, capacity=capacity)), inventory(SILENT))
    assert ask("SELECT capacity, capacity_is_fictitious FROM shelter") == [(capacity, True)]


def test_a_genuine_capacity_takes_the_place_of_an_invented_one(
    workspace: Workspace, ask: Ask
) -> None:
    genuine = replace(SCHOOL, capacity=900, capacity_is_fictitious=False)
    register(workspace, inventory(SCHOOL), inventory(genuine))
    assert ask("SELECT capacity, capacity_is_fictitious FROM shelter") == [(900, False)]


def test_an_invented_capacity_takes_the_place_of_no_published_one(
    workspace: Workspace, ask: Ask
) -> None:
    published = replace(SCHOOL, capacity=500, capacity_is_fictitious=False)
    register(workspace, inventory(published), inventory(SCHOOL))
    assert ask("SELECT capacity, capacity_is_fictitious FROM shelter") == [(500, False)]


def test_served_for_no_hazard_is_not_the_same_as_not_said(workspace: Workspace, ask: Ask) -> None:
    register(workspace, inventory(replace(SCHOOL, hazards=frozenset())))
    assert ask("SELECT hazards FROM shelter") == [([],)]


def test_a_shelter_without_common_id_is_known_by_its_publishers_number(
    workspace: Workspace, ask: Ask
) -> None:
    plain = replace(SCHOOL, designations=((DesignationKind.DESIGNATED_SHELTER, None),))
    register(workspace, inventory(plain), inventory(replace(plain, name="鶴嶺小学校体育館")))
    assert ask("SELECT name FROM shelter") == [("鶴嶺小学校体育館",)]


def test_an_empty_list_does_nothing(workspace: Workspace) -> None:
    assert register(workspace, inventory()) == [Counts(0, 0, 0, 0)]


def test_two_lists_that_differ_settle_whichever_comes_last(workspace: Workspace, ask: Ask) -> None:
    site = replace(
        SCHOOL,
        name="鶴嶺小学校　校庭",
        lon=139.39,
        designations=((DesignationKind.EMERGENCY_SITE, "E1420700051201"),),
    )
    sites, shelters = inventory(site), inventory(SCHOOL)
    register(workspace, sites, shelters, sites, shelters)
    assert register(workspace, sites, shelters) == [Counts(0, 0, 1, 0)] * 2
    assert ask("SELECT name, ST_X(location) FROM shelter") == [(SCHOOL.name, SCHOOL.lon)]
