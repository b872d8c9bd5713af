"""What lies around a place, on a real store."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import event

from gis.config import city_profile
from gis.geometry.distance import distances_m
from gis.geometry.place import Place
from gis.occupancy import Tally
from gis.operations.openings import open_shelters
from gis.queries.neighbourhood import SHELTERS_MOST, Neighbourhood, neighbourhood
from gis.store import Workspace
from tests.conftest import HEADQUARTERS, FixedClock, MakeShelter
from tests.gis.conftest import Ask, Count, as_owner

CITY = city_profile("142077")
STATION = Place(139.4070, 35.3302)
SEA = Place(139.4225, 35.28)
HOUR = timedelta(hours=1)
OpenAt = Callable[..., UUID]


@pytest.fixture
def open_at(workspace: Workspace, incident_id: UUID, make_shelter: MakeShelter) -> OpenAt:
    """Open a shelter so many thousandths of a degree north of the station."""

    def make(name: str, north: int | None = 1, capacity: int | None = 100) -> UUID:
        lat = None if north is None else STATION.lat + north / 1000
        lon = None if north is None else STATION.lon
        shelter_id = make_shelter(name, capacity=capacity, lon=lon, lat=lat)
        with workspace.transaction(HEADQUARTERS) as session:
            open_shelters(session, incident_id, [shelter_id])
        return shelter_id

    return make


def around(workspace: Workspace, incident_id: UUID | None, place: Place = STATION) -> Neighbourhood:
    with workspace.reading() as session:
        now = workspace.clock.now()
        return neighbourhood(session, place, CITY, incident_id, as_of=now)


def names(found: Neighbourhood) -> list[str]:
    return [near.shelter.name for near in found.shelters.listed]


@pytest.mark.usefixtures("city")
def test_the_nearest_town_point_is_the_one_that_the_store_measures_as_nearest(
    workspace: Workspace, ask: Ask
) -> None:
    ((name, metres),) = ask(
        "SELECT name, ST_Distance(geography(location), geography(ST_MakePoint(%s, %s))) AS away"
        " FROM town ORDER BY away LIMIT 1",
        STATION.lon,
        STATION.lat,
    )
    near = around(workspace, None).town
    assert near
    assert near.town.name == name
    assert near.distance_m == pytest.approx(metres, abs=0.01)


@pytest.mark.usefixtures("city")
def test_the_population_is_that_of_the_towns_with_their_point_within_500_m(
    workspace: Workspace, ask: Ask
) -> None:
    ((people, towns),) = ask(
        "SELECT sum(population), count(*) FROM town"
        " WHERE ST_DWithin(geography(location), geography(ST_MakePoint(%s, %s)), 500)",
        STATION.lon,
        STATION.lat,
    )
    found = around(workspace, None)
    assert towns > 1
    assert (found.population, found.towns_counted) == (Tally(people, 0), towns)


@pytest.mark.usefixtures("city")
def test_an_unknown_population_of_a_town_is_told_beside_the_sum(
    workspace: Workspace, owner_url: str
) -> None:
    before = around(workspace, None)
    assert before.town
    town = before.town.town
    with as_owner(owner_url) as connection:
        connection.execute("UPDATE town SET population = NULL WHERE code = %s", (town.code,))
    assert before.population.known
    assert town.population
    assert around(workspace, None).population == Tally(before.population.known - town.population, 1)


@pytest.mark.usefixtures("city")
def test_where_no_town_has_its_point_the_population_is_unknown_and_not_0(
    workspace: Workspace,
) -> None:
    found = around(workspace, None, SEA)
    assert (found.population, found.towns_counted) == (Tally(None, 0), 0)
    assert found.town
    assert found.town.distance_m > 1000


def test_a_store_without_towns_knows_of_none(workspace: Workspace) -> None:
    found = around(workspace, None)
    assert (found.town, found.population) == (None, Tally(None, 0))


def test_the_nearest_open_shelters_come_first_five_at_most(
    workspace: Workspace, incident_id: UUID, open_at: OpenAt, count: Count
) -> None:
    for north in (6, 3, 1, 5, 2, 4):
        count(open_at(f"避難所{north}", north), 30)
    found = around(workspace, incident_id)
    assert names(found) == [f"避難所{north}" for north in (1, 2, 3, 4, 5)]
    assert len(found.shelters.listed) == SHELTERS_MOST
    nearest = found.shelters.listed[0]
    assert nearest.free_places == 70
    (metres,) = distances_m(STATION, [(STATION.lon, STATION.lat + 0.001)])
    assert nearest.distance_m == pytest.approx(metres)


def test_a_full_shelter_is_left_out_and_counted(
    workspace: Workspace, incident_id: UUID, open_at: OpenAt, count: Count
) -> None:
    count(open_at("満", 1), 80)
    count(open_at("超過", 2), 130)
    count(open_at("混雑", 3), 79)
    open_at("定員0", 4, capacity=0)
    count(open_at("誰も入れない", 5, capacity=0), 0)
    found = around(workspace, incident_id).shelters
    assert [near.shelter.name for near in found.listed] == ["混雑", "定員0"]
    assert (found.listed[0].free_places, found.passed_over) == (21, 3)


def test_all_are_full_only_where_nothing_else_is_open(
    workspace: Workspace, incident_id: UUID, open_at: OpenAt, count: Count
) -> None:
    count(open_at("満", 1), 100)
    assert around(workspace, incident_id).shelters.is_all_full
    open_at("場所不明", None)
    assert not around(workspace, incident_id).shelters.is_all_full


def test_one_farther_away_than_those_listed_is_not_counted_as_left_out(
    workspace: Workspace, incident_id: UUID, open_at: OpenAt, count: Count
) -> None:
    for north in range(1, 6):
        count(open_at(f"避難所{north}", north), 0)
    count(open_at("満員", 9), 100)
    assert around(workspace, incident_id).shelters.passed_over == 0


def test_unknown_capacity_or_an_unknown_count_leaves_the_free_places_unknown(
    workspace: Workspace, incident_id: UUID, open_at: OpenAt, count: Count
) -> None:
    count(open_at("定員不明", 1, capacity=None), 40)
    open_at("人数不明", 2)
    found = around(workspace, incident_id)
    assert names(found) == ["定員不明", "人数不明"]
    assert [near.free_places for near in found.shelters.listed] == [None, None]


def test_a_shelter_that_is_not_open_is_not_listed(
    workspace: Workspace, incident_id: UUID, make_shelter: MakeShelter
) -> None:
    make_shelter()
    assert around(workspace, incident_id).shelters.is_none_open


def test_an_open_shelter_without_a_place_on_the_map_is_told(
    workspace: Workspace, incident_id: UUID, open_at: OpenAt
) -> None:
    open_at("場所不明", None)
    found = around(workspace, incident_id).shelters
    assert (found.listed, found.unplaced, found.is_none_open) == ([], 1, False)


def test_looking_back_tells_the_shelters_as_they_stood(
    workspace: Workspace, incident_id: UUID, open_at: OpenAt, count: Count, clock: FixedClock
) -> None:
    shelter_id, then = open_at("鶴嶺小学校"), clock.moment
    count(shelter_id, 20)
    clock.moment += HOUR
    count(shelter_id, 100, observed_at=clock.moment)
    assert around(workspace, incident_id).shelters.passed_over == 1
    with workspace.reading() as session:
        before = neighbourhood(session, STATION, CITY, incident_id, as_of=then)
    assert [near.free_places for near in before.shelters.listed] == [80]


def test_two_statements_answer_however_many_shelters_there_are(
    workspace: Workspace, incident_id: UUID, open_at: OpenAt
) -> None:
    for north in range(1, 4):
        open_at(f"避難所{north}", north)
    sent: list[str] = []
    with workspace.reading() as session:
        event.listen(
            session.connection(), "before_cursor_execute", lambda *facts: sent.append(facts[2])
        )
        neighbourhood(session, STATION, CITY, incident_id, as_of=workspace.clock.now())
    assert len(sent) == 2
