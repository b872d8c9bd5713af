"""Keeping the register: joining, separating, taking off, putting on the map."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from sqlalchemy.orm import Session

from gis import errors
from gis.operations.openings import open_shelters
from gis.operations.register import (
    join_shelters,
    place_shelter,
    reinstate_shelter,
    retire_shelter,
    separate_shelter,
)
from gis.queries.inventories import (
    joinable_pairs,
    joined_shelters,
    retired_shelters,
    unplaced_shelters,
)
from gis.queries.shelters import shelter_statuses
from gis.store import Workspace
from gis.vocabulary import DesignationKind
from tests.conftest import HEADQUARTERS, NOON, MakeShelter
from tests.gis.conftest import Ask
from tests.gis.operations.test_identification import take
from tests.gis.operations.test_inventories import SCHOOL, everything

CITY = "142077"
SITE = replace(
    SCHOOL,
    name="鶴嶺小学校　校庭",
    designations=((DesignationKind.EMERGENCY_SITE, "E1420700012201"),),
    local_id=None,
)
"""The school's ground under another number of the national register."""


@pytest.fixture
def pair(workspace: Workspace, ask: Ask) -> tuple[UUID, UUID]:
    """The school and its ground: two shelters of the register."""
    take(workspace, SCHOOL)
    take(workspace, SITE)
    ((school,),) = ask("SELECT id FROM shelter WHERE name = %s", SCHOOL.name)
    ((ground,),) = ask("SELECT id FROM shelter WHERE name = %s", SITE.name)
    return school, ground


def do(workspace: Workspace, verb: Callable[..., None], *arguments: object) -> None:
    with workspace.transaction(HEADQUARTERS) as session:
        verb(session, *arguments)


def shown(workspace: Workspace) -> list[str]:
    with workspace.reading() as session:
        return [shelter.name for shelter in shelter_statuses(session, None, as_of=NOON)]


def test_two_shelters_become_one_with_both_designations(
    workspace: Workspace, ask: Ask, pair: tuple[UUID, UUID]
) -> None:
    school, ground = pair
    do(workspace, join_shelters, ground, school)
    assert shown(workspace) == [SCHOOL.name]
    assert ask("SELECT kind FROM designation WHERE shelter_id = %s ORDER BY kind", school) == [
        ("designated_shelter",),
        ("emergency_site",),
    ]
    with workspace.reading() as session:
        ((joined, kept),) = joined_shelters(session, CITY)
    assert (joined.id, kept.id) == (ground, school)


def test_separating_leaves_everything_as_it_was(
    workspace: Workspace, ask: Ask, pair: tuple[UUID, UUID]
) -> None:
    school, ground = pair
    before = everything(ask)
    do(workspace, join_shelters, ground, school)
    do(workspace, separate_shelter, ground)
    assert everything(ask) == before
    assert len(shown(workspace)) == 2


def test_lists_that_name_a_joined_shelter_mean_the_one_it_became(
    workspace: Workspace, ask: Ask, pair: tuple[UUID, UUID]
) -> None:
    school, ground = pair
    do(workspace, join_shelters, ground, school)
    done = take(workspace, replace(SITE, note="門は北側"), SCHOOL)
    assert (done.counts.added, done.counts.unchanged + done.counts.changed) == (0, 1)
    assert take(workspace, replace(SITE, note="門は北側"), SCHOOL).import_id is None
    assert ask("SELECT count(*) FROM shelter") == [(2,)]


def test_two_with_a_designation_of_one_kind_stay_two(
    workspace: Workspace, ask: Ask, pair: tuple[UUID, UUID]
) -> None:
    other = replace(SITE, designations=((DesignationKind.EMERGENCY_SITE, "E1420700013201"),))
    take(workspace, replace(other, name="浜須賀小学校"))
    ((third,),) = ask("SELECT id FROM shelter WHERE name = '浜須賀小学校'")
    with pytest.raises(errors.DesignatedTwice):
        do(workspace, join_shelters, third, pair[1])


def test_an_open_shelter_is_not_taken_off_nor_joined_to_another_open_one(
    workspace: Workspace, pair: tuple[UUID, UUID], incident_id: UUID
) -> None:
    school, ground = pair
    with workspace.transaction(HEADQUARTERS) as session:
        open_shelters(session, incident_id, [ground, school])
    for verb, arguments in ((join_shelters, (ground, school)), (retire_shelter, (ground,))):
        with pytest.raises(errors.ShelterInUse):
            do(workspace, verb, *arguments)


def test_a_shelter_is_joined_once_and_never_to_itself(
    workspace: Workspace, pair: tuple[UUID, UUID]
) -> None:
    school, ground = pair
    with pytest.raises(errors.ShelterInUse):
        do(workspace, join_shelters, school, school)
    do(workspace, join_shelters, ground, school)
    for arguments in ((ground, school), (school, ground)):
        with pytest.raises(errors.ShelterInUse):
            do(workspace, join_shelters, *arguments)


def test_what_is_taken_off_the_register_is_not_shown_and_can_come_back(
    workspace: Workspace, pair: tuple[UUID, UUID]
) -> None:
    _, ground = pair
    do(workspace, retire_shelter, ground)
    assert shown(workspace) == [SCHOOL.name]
    with workspace.reading() as session:
        assert [shelter.id for shelter in retired_shelters(session, CITY)] == [ground]
    do(workspace, reinstate_shelter, ground)
    assert len(shown(workspace)) == 2


def test_a_shelter_without_a_place_is_put_on_the_map(
    workspace: Workspace, ask: Ask, make_shelter: MakeShelter
) -> None:
    shelter_id = make_shelter("浜竹会館", lon=None, lat=None)
    with workspace.reading() as session:
        (waiting,) = unplaced_shelters(session, CITY)
    assert (waiting.id, waiting.lon) == (shelter_id, None)

    def place(session: Session, version: int) -> None:
        place_shelter(session, shelter_id, 139.41, 35.33, version=version)

    do(workspace, place, waiting.version)
    assert ask("SELECT ST_X(location), ST_Y(location) FROM shelter") == [(139.41, 35.33)]
    with workspace.reading() as session:
        assert unplaced_shelters(session, CITY) == []
    with pytest.raises(errors.ChangedMeanwhile):
        do(workspace, place, waiting.version)


def test_a_place_that_cannot_be_is_refused(workspace: Workspace, make_shelter: MakeShelter) -> None:
    shelter_id = make_shelter("浜竹会館", lon=None, lat=None)
    with pytest.raises(errors.PlaceSwapped), workspace.transaction(HEADQUARTERS) as session:
        place_shelter(session, shelter_id, 35.33, 139.41, version=1)


@pytest.mark.parametrize("verb", [separate_shelter, reinstate_shelter, retire_shelter])
def test_a_shelter_that_does_not_exist_is_not_found(
    workspace: Workspace, verb: Callable[..., None]
) -> None:
    with pytest.raises(errors.NotFound):
        do(workspace, verb, uuid4())


def test_two_numbers_for_one_facility_are_offered_for_joining(
    workspace: Workspace, ask: Ask
) -> None:
    take(workspace, SCHOOL)
    take(workspace, replace(SITE, name=SCHOOL.name))
    with workspace.reading() as session:
        (pair,) = joinable_pairs(session, CITY)
    assert pair.shelter.name == pair.other.name == SCHOOL.name
    do(workspace, join_shelters, pair.other.id, pair.shelter.id)
    with workspace.reading() as session:
        assert joinable_pairs(session, CITY) == []
    assert ask("SELECT count(*) FROM shelter WHERE joined_to_id IS NULL") == [(1,)]
