"""Import ∘ export = identity, before any store: what a reader of ours makes of each row."""

from hypothesis import given, settings

from gis.importers import Choices, ShelterRow, parse_inventory
from gis.importers.errors import EmptyInventory
from gis.queries.register import RegisteredShelter
from gis.vocabulary import Hazard
from tests.gis.exporters.shelters import CITY, GENERAL, SITE, exported, registers


def read_back(code: str, shelters: list[RegisteredShelter]) -> tuple[ShelterRow, ...]:
    """The rows of an export, as an import takes them."""
    # Whatever they call themselves, the register knows them all.
    names = {name for each in shelters for name in each.details.values()}
    choices = Choices(CITY, dict.fromkeys(names, frozenset({CITY})))
    try:
        return parse_inventory(exported(code, *shelters, city=None).content, choices).rows
    except EmptyInventory:
        return ()


def hazards_of(shelter: RegisteredShelter) -> frozenset[Hazard] | None:
    """The hazards that a list can say: all of them, or that they are unknown."""
    if shelter.hazards is None or Hazard.FLOOD_UNSPECIFIED in shelter.hazards:
        return None
    return shelter.hazards if shelter.hazards or shelter.is_designated(SITE) else None


any_register = given(shelters=registers())
quickly = settings(max_examples=40, deadline=None)


@quickly
@any_register
def test_the_municipal_standard_says_all_again(shelters: list[RegisteredShelter]) -> None:
    held = [each for each in shelters if each.common_ids or each.is_designated(SITE)]
    rows = read_back("municipal_standard", shelters)
    for row, shelter in zip(rows, held, strict=True):
        assert row.name_kana == shelter.name_kana
        assert row.hazards == hazards_of(shelter)
        assert row.capacity == (None if shelter.capacity_is_fictitious else shelter.capacity)
        assert not row.capacity_is_fictitious
        assert row.local_id == shelter.local_id
        assert {kind for kind, _ in row.designations} == {kind for kind, _ in shelter.designations}
        assert {each for _, each in row.designations if each} == {*shelter.common_ids[:1]}
        assert row.municipality_code == shelter.municipality_code
        assert row.details == shelter.details
        assert_the_same_place(row, shelter)


@quickly
@any_register
def test_the_forerunner_says_all_but_the_ids_again(shelters: list[RegisteredShelter]) -> None:
    held = [each for each in shelters if each.is_designated(SITE)]
    for row, shelter in zip(read_back("recommended_v1", shelters), held, strict=True):
        assert row.hazards == hazards_of(shelter)
        assert row.phone == shelter.phone
        assert {kind for kind, _ in row.designations} == {kind for kind, _ in shelter.designations}
        assert_the_same_place(row, shelter)


@quickly
@any_register
def test_the_national_lists_say_each_designation_again(shelters: list[RegisteredShelter]) -> None:
    for code, kind in (("gsi_emergency_site", SITE), ("gsi_designated_shelter", GENERAL)):
        held = [each for each in shelters if each.is_designated(kind)]
        for row, shelter in zip(read_back(code, shelters), held, strict=True):
            assert row.designations == ((kind, dict(shelter.designations)[kind]),)
            assert_the_same_place(row, shelter)


def assert_the_same_place(row: ShelterRow, shelter: RegisteredShelter) -> None:
    assert (row.name, row.lon, row.lat, row.note) == (
        shelter.name,
        shelter.lon,
        shelter.lat,
        shelter.note,
    )
    # An address in parts is one, though its whole is missing.
    assert row.address == shelter.address or not shelter.address
