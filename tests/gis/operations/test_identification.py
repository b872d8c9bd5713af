"""Which shelter a row is: by its ID, by a person's word, by name, address and place."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal
from uuid import UUID

import pytest

from gis.identity import Outcome
from gis.importers import Inventory, ShelterRow
from gis.operations.facilities import facility_key
from gis.operations.identification import NEW
from gis.operations.inventories import ImportPlan, Registration, import_inventory, plan_import
from gis.operations.register import retire_shelter
from gis.store import SYSTEM, Workspace
from gis.vocabulary import DesignationKind
from tests.gis.conftest import Ask
from tests.gis.operations.test_inventories import LIST, SCHOOL, inventory

SHELTER = DesignationKind.DESIGNATED_SHELTER
NAMED = replace(SCHOOL, designations=((SHELTER, None),), local_id=None)
"""The school in a list without IDs."""
NUMBERED = replace(SCHOOL, designations=((SHELTER, None),), local_id="51")
"""The school under its own town's number."""
OTHER = replace(
    SCHOOL,
    row=3,
    name="円蔵小学校",
    address="茅ヶ崎市円蔵1-13-1",
    lon=139.4,
    lat=35.34,
    designations=((SHELTER, "E1420700001111"),),
    local_id="1",
)
ALIKE = replace(NAMED, row=3, name="鶴嶺小学校体育館")

Decisions = Mapping[str, UUID | Literal["new"]]


def take(
    workspace: Workspace, *rows: ShelterRow, decisions: Decisions | None = None
) -> Registration:
    with workspace.transaction(SYSTEM) as session:
        return import_inventory(session, inventory(*rows), LIST, decisions)


def plan(workspace: Workspace, *rows: ShelterRow) -> ImportPlan:
    with workspace.rehearsal(SYSTEM) as session:
        return plan_import(session, inventory(*rows))


def names(ask: Ask) -> list[str]:
    return [name for (name,) in ask("SELECT name FROM shelter ORDER BY name")]


@pytest.mark.parametrize(("first", "second"), [(SCHOOL, NAMED), (NAMED, SCHOOL)])
def test_the_same_name_address_and_place_are_the_same_shelter(
    workspace: Workspace, ask: Ask, first: ShelterRow, second: ShelterRow
) -> None:
    take(workspace, first)
    done = take(workspace, second)
    assert (done.counts.added, done.questions) == (0, ())
    assert ask("SELECT kind, common_id FROM designation") == [(SHELTER.value, "E1420700051111")]


def test_what_was_recognised_once_is_known_from_then_on(workspace: Workspace, ask: Ask) -> None:
    take(workspace, SCHOOL)
    take(workspace, NAMED)
    assert ask("SELECT facility_key FROM facility_link") == [(facility_key(NAMED),)]
    again = take(workspace, NAMED)
    assert again.import_id is None
    assert ask("SELECT count(*) FROM facility_link") == [(1,)]


def test_a_shelter_that_is_only_alike_waits_for_a_person(workspace: Workspace, ask: Ask) -> None:
    take(workspace, SCHOOL)
    done = take(workspace, ALIKE)
    (question,) = done.questions
    assert (question.row, question.name, question.outcome) == (3, ALIKE.name, Outcome.DOUBTFUL)
    assert [candidate.name for candidate in question.candidates] == [SCHOOL.name]
    assert done.import_id is None
    assert names(ask) == [SCHOOL.name]


def test_a_person_can_say_that_it_is_another_one(workspace: Workspace, ask: Ask) -> None:
    take(workspace, SCHOOL)
    done = take(workspace, ALIKE, decisions={facility_key(ALIKE): NEW})
    assert done.counts.added == 1
    assert names(ask) == [SCHOOL.name, ALIKE.name]
    assert plan(workspace, ALIKE).questions == ()


def test_a_person_can_say_that_it_is_the_same_and_is_not_asked_again(
    workspace: Workspace, ask: Ask
) -> None:
    take(workspace, SCHOOL)
    ((shelter_id,),) = ask("SELECT id FROM shelter")
    take(workspace, ALIKE, decisions={facility_key(ALIKE): shelter_id})
    assert names(ask) == [ALIKE.name]
    assert plan(workspace, ALIKE).questions == ()


def test_two_ids_of_the_national_register_are_two_shelters_however_alike(
    workspace: Workspace, ask: Ask
) -> None:
    site = replace(SCHOOL, designations=((DesignationKind.EMERGENCY_SITE, "E1420700012201"),))
    take(workspace, SCHOOL)
    assert take(workspace, site).questions == ()
    assert names(ask) == [SCHOOL.name, SCHOOL.name]


def test_a_publisher_that_gives_a_second_number_is_asked_about(workspace: Workspace) -> None:
    take(workspace, NUMBERED)
    (question,) = take(workspace, replace(NUMBERED, local_id="52")).questions
    assert question.outcome is Outcome.MATCHED


def test_a_site_of_the_same_name_is_no_shelter_without_a_persons_word(
    workspace: Workspace,
) -> None:
    site = replace(NAMED, designations=((DesignationKind.EMERGENCY_SITE, None),))
    take(workspace, site)
    assert len(take(workspace, SCHOOL).questions) == 1


def test_a_shelter_of_another_municipality_is_another_one(workspace: Workspace) -> None:
    take(workspace, SCHOOL)
    assert take(workspace, replace(NAMED, municipality_code="142051")).counts.added == 1


def test_two_rows_that_mean_one_shelter_are_taken_together(workspace: Workspace, ask: Ask) -> None:
    take(workspace, replace(SCHOOL, capacity=None))
    ((shelter_id,),) = ask("SELECT id FROM shelter")
    done = take(
        workspace,
        replace(SCHOOL, capacity=None),
        ALIKE,
        decisions={facility_key(ALIKE): shelter_id},
    )
    assert (done.counts.added, done.counts.changed) == (0, 1)
    assert ask("SELECT name, capacity FROM shelter") == [(ALIKE.name, ALIKE.capacity)]


def test_an_empty_inventory_asks_nothing(workspace: Workspace) -> None:
    with workspace.rehearsal(SYSTEM) as session:
        assert plan_import(session, Inventory((), (), 0)).questions == ()


HALL = replace(
    SCHOOL,
    row=4,
    name="鶴嶺町民センター",
    designations=((DesignationKind.WELFARE_SHELTER, "E1420700051121"),),
)
"""A welfare shelter at the school's address, and so under its number."""


@pytest.mark.parametrize(
    "lists", [[(SCHOOL, HALL)], [(SCHOOL,), (HALL,)], [(SCHOOL, HALL), (HALL,), (HALL, SCHOOL)]]
)
def test_two_shelters_that_share_a_number_are_told_apart_by_their_names(
    workspace: Workspace, ask: Ask, lists: list[tuple[ShelterRow, ...]]
) -> None:
    for rows in lists:
        done = take(workspace, *rows)
    assert names(ask) == [SCHOOL.name, HALL.name]
    assert ask("SELECT count(*), count(DISTINCT shelter_id) FROM designation") == [(2, 2)]
    assert take(workspace, *lists[-1]).import_id is None
    assert done.questions == ()


def test_a_school_that_is_both_a_shelter_and_a_welfare_shelter_is_one(
    workspace: Workspace, ask: Ask
) -> None:
    take(workspace, SCHOOL, replace(HALL, name=SCHOOL.name))
    assert ask("SELECT count(*), count(DISTINCT shelter_id) FROM designation") == [(2, 1)]


def test_a_welfare_shelter_is_one_with_the_site_of_its_number(
    workspace: Workspace, ask: Ask
) -> None:
    site = replace(SCHOOL, designations=((DesignationKind.EMERGENCY_SITE, "E1420700051201"),))
    take(workspace, site)
    take(workspace, HALL)
    assert ask("SELECT count(*), count(DISTINCT shelter_id) FROM designation") == [(2, 1)]


def test_a_shelter_is_known_by_its_id_whatever_key_it_had(workspace: Workspace, ask: Ask) -> None:
    take(workspace, NAMED)
    take(workspace, SCHOOL)
    moved = replace(SCHOOL, name="鶴嶺東小学校", address="茅ヶ崎市浜之郷1", lon=139.5)
    assert take(workspace, moved).counts.changed == 1
    assert names(ask) == ["鶴嶺東小学校"]


ELSEWHERE = replace(
    NUMBERED,
    name="中央公園",
    address="茅ヶ崎市南湖6-1",
    lon=139.3957,
    lat=35.3186,
    designations=((DesignationKind.EMERGENCY_SITE, None),),
)
"""Another facility that another list of the town gives the same number."""


def test_a_publishers_number_alone_does_not_make_a_park_a_school(
    workspace: Workspace, ask: Ask
) -> None:
    take(workspace, ELSEWHERE)
    (question,) = take(workspace, NUMBERED).questions
    assert [candidate.name for candidate in question.candidates] == [ELSEWHERE.name]
    take(workspace, NUMBERED, decisions={question.facility_key: NEW})
    assert names(ask) == [ELSEWHERE.name, NUMBERED.name]
    for row in (ELSEWHERE, NUMBERED):
        assert take(workspace, row).import_id is None


def test_a_welfare_shelter_that_came_first_takes_no_other_shelter_in(
    workspace: Workspace, ask: Ask
) -> None:
    take(workspace, HALL)
    take(workspace, SCHOOL)
    assert names(ask) == [SCHOOL.name, HALL.name]
    assert take(workspace, HALL, SCHOOL).counts.changed == 0


def test_an_id_that_a_shelter_has_is_given_to_no_other(workspace: Workspace, ask: Ask) -> None:
    take(workspace, SCHOOL, HALL)
    renamed = replace(HALL, name=SCHOOL.name)
    take(workspace, SCHOOL, renamed)
    assert take(workspace, SCHOOL, renamed).import_id is None
    assert ask("SELECT count(*), count(DISTINCT shelter_id) FROM designation") == [(2, 2)]


def test_a_decision_for_a_shelter_that_was_taken_off_the_register_decides_nothing(
    workspace: Workspace, ask: Ask
) -> None:
    take(workspace, SCHOOL, OTHER)
    ids: dict[str, UUID] = dict(ask("SELECT name, id FROM shelter"))
    ground = replace(
        ALIKE, designations=((DesignationKind.EMERGENCY_SITE, "E1420700077201"),), row=7
    )
    with workspace.transaction(SYSTEM) as session:
        retire_shelter(session, ids[OTHER.name])
    decided = {facility_key(ground): ids[OTHER.name]}
    take(workspace, ground, decisions=decided)
    assert ask("SELECT shelter_id FROM facility_link") == []


def test_what_is_off_the_register_stays_off_however_it_is_written(
    workspace: Workspace, ask: Ask
) -> None:
    take(workspace, NAMED)
    ((shelter_id,),) = ask("SELECT id FROM shelter")
    with workspace.transaction(SYSTEM) as session:
        retire_shelter(session, shelter_id)
    done = take(workspace, replace(NAMED, address="茅ヶ崎市浜之郷462番地"))
    assert (done.counts.added, done.counts.retired) == (0, 1)


def test_a_shelter_named_by_two_lists_without_ids_settles(workspace: Workspace, ask: Ask) -> None:
    site = replace(
        NAMED, name="鶴嶺小学校　校庭", designations=((DesignationKind.EMERGENCY_SITE, None),)
    )
    take(workspace, NAMED)
    ((shelter_id,),) = ask("SELECT id FROM shelter")
    take(workspace, site, decisions={facility_key(site): shelter_id})
    for row in (NAMED, site, NAMED, site):
        assert take(workspace, row).import_id is None
    assert names(ask) == [NAMED.name]
