from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from gis.operations.incidents import open_incident
from gis.operations.occupancy import Counts, Reading, record_occupancy
from gis.operations.openings import close_shelter, open_shelters
from gis.queries.occupancy import readings_of
from gis.queries.shelters import ShelterStatus, shelter_statuses
from gis.store import Workspace
from gis.vocabulary import IncidentKind, ShelterState
from tests.conftest import HEADQUARTERS, NOON, FixedClock, MakeShelter
from tests.gis.conftest import Ask, Count
from tests.gis.queries.conftest import PlanOf

OpenShelter = Callable[..., UUID]
MINUTE = timedelta(minutes=1)


def status(
    workspace: Workspace, incident_id: UUID | None, as_of: datetime | None = None
) -> ShelterStatus:
    """The only shelter as it stands."""
    with workspace.reading() as session:
        as_of = as_of or workspace.clock.now()
        (only,) = shelter_statuses(session, incident_id, as_of=as_of)
        return only


def test_without_an_incident_no_shelter_is_opened(
    workspace: Workspace, open_shelter: OpenShelter
) -> None:
    open_shelter()
    assert status(workspace, None).state is ShelterState.NOT_OPENED


def test_a_shelter_that_was_not_opened_holds_an_unknown_number(
    workspace: Workspace, incident_id: UUID, make_shelter: MakeShelter
) -> None:
    make_shelter()
    found = status(workspace, incident_id)
    assert found.state is ShelterState.NOT_OPENED
    assert (found.persons, found.households, found.share) == (None, None, None)


def test_an_open_shelter_that_nobody_counted_is_unknown_and_not_empty(
    workspace: Workspace, incident_id: UUID, open_shelter: OpenShelter
) -> None:
    open_shelter()
    found = status(workspace, incident_id)
    assert found.state is ShelterState.OPEN
    assert (found.persons, found.share) == (None, None)


def test_an_empty_shelter_holds_0(
    workspace: Workspace, incident_id: UUID, open_shelter: OpenShelter, count: Count
) -> None:
    count(open_shelter(capacity=120), 0)
    found = status(workspace, incident_id)
    assert (found.persons, found.households, found.share) == (0, None, 0)


def test_an_unknown_capacity_gives_no_share(
    workspace: Workspace, incident_id: UUID, open_shelter: OpenShelter, count: Count
) -> None:
    count(open_shelter(capacity=None), 40)
    found = status(workspace, incident_id)
    assert (found.persons, found.capacity, found.share) == (40, None, None)


def test_the_latest_observation_counts_not_the_latest_message(
    workspace: Workspace,
    incident_id: UUID,
    open_shelter: OpenShelter,
    count: Count,
    clock: FixedClock,
) -> None:
    shelter = open_shelter()
    clock.moment += 30 * MINUTE
    count(shelter, 80, observed_at=NOON + 20 * MINUTE)
    clock.moment += MINUTE
    count(shelter, 50, observed_at=NOON + 10 * MINUTE)
    assert status(workspace, incident_id).persons == 80


def test_of_two_observations_of_one_moment_the_larger_count_holds_whichever_came_first(
    workspace: Workspace,
    incident_id: UUID,
    open_shelter: OpenShelter,
    count: Count,
    clock: FixedClock,
) -> None:
    shelter = open_shelter()
    count(shelter, 85, observed_at=NOON)
    clock.moment += MINUTE
    count(shelter, 80, observed_at=NOON)
    assert status(workspace, incident_id).persons == 85


def test_a_past_moment_is_shown_as_it_was_known_then(
    workspace: Workspace,
    incident_id: UUID,
    open_shelter: OpenShelter,
    count: Count,
    clock: FixedClock,
) -> None:
    shelter = open_shelter()
    wrong = count(shelter, 800)
    clock.moment = NOON + 10 * MINUTE
    count(shelter, 80, observed_at=NOON, supersedes_id=wrong.id)
    clock.moment = NOON + 20 * MINUTE
    count(shelter, 90, observed_at=NOON + 5 * MINUTE)
    known = [status(workspace, incident_id, NOON + minutes * MINUTE) for minutes in (0, 10, 20)]
    assert [each.persons for each in known] == [800, 80, 90]


def test_an_opening_that_was_told_of_later_was_not_known_before(
    workspace: Workspace, incident_id: UUID, make_shelter: MakeShelter, clock: FixedClock
) -> None:
    clock.moment = NOON + 30 * MINUTE
    with workspace.transaction(HEADQUARTERS) as session:
        open_shelters(session, incident_id, [make_shelter()], since_at=NOON)
    assert status(workspace, incident_id, NOON + 29 * MINUTE).state is ShelterState.NOT_OPENED
    assert status(workspace, incident_id, NOON + 30 * MINUTE).state is ShelterState.OPEN


def test_a_closed_shelter_is_closed_and_was_open_before(
    workspace: Workspace, incident_id: UUID, open_shelter: OpenShelter, count: Count, ask: Ask
) -> None:
    count(open_shelter(), 80)
    ((opening,),) = ask("SELECT id FROM opening")
    with workspace.transaction(HEADQUARTERS) as session:
        close_shelter(session, opening, version=1, closed_at=NOON + 60 * MINUTE)
    before = status(workspace, incident_id, NOON + 59 * MINUTE)
    after = status(workspace, incident_id, NOON + 60 * MINUTE)
    assert (before.state, before.closed_at) == (ShelterState.OPEN, None)
    assert (after.state, after.share) == (ShelterState.CLOSED, None)


def test_a_shelter_that_opens_again_begins_without_a_count(
    workspace: Workspace, incident_id: UUID, open_shelter: OpenShelter, count: Count, ask: Ask
) -> None:
    shelter, later = open_shelter(), NOON + 60 * MINUTE
    count(shelter, 80)
    ((opening,),) = ask("SELECT id FROM opening")
    with workspace.transaction(HEADQUARTERS) as session:
        close_shelter(session, opening, version=1, closed_at=later)
        open_shelters(session, incident_id, [shelter], since_at=later)
    found = status(workspace, incident_id, later)
    assert (found.state, found.persons) == (ShelterState.OPEN, None)


def test_the_counts_of_another_incident_do_not_show(
    workspace: Workspace, open_shelter: OpenShelter, count: Count
) -> None:
    count(open_shelter(), 80)
    with workspace.transaction(HEADQUARTERS) as session:
        other = open_incident(session, "津波", IncidentKind.TSUNAMI)
    assert status(workspace, other).state is ShelterState.NOT_OPENED


def test_a_shelter_without_a_place_is_listed_all_the_same(
    workspace: Workspace, incident_id: UUID, make_shelter: MakeShelter
) -> None:
    make_shelter(lon=None)
    found = status(workspace, incident_id)
    assert (found.lon, found.lat) == (None, None)


def test_a_place_keeps_longitude_and_latitude_apart(
    workspace: Workspace, incident_id: UUID, make_shelter: MakeShelter
) -> None:
    make_shelter(lon=139.4, lat=35.3)
    found = status(workspace, incident_id)
    assert (found.lon, found.lat) == (139.4, 35.3)


def test_readings_come_latest_observation_first(
    workspace: Workspace, open_shelter: OpenShelter, count: Count, clock: FixedClock, ask: Ask
) -> None:
    shelter = open_shelter()
    clock.moment += 30 * MINUTE
    for minutes in (10, 30, 20):
        count(shelter, minutes, observed_at=NOON + minutes * MINUTE)
    ((opening,),) = ask("SELECT id FROM opening")
    with workspace.reading() as session:
        assert [reading.persons for reading in readings_of(session, opening)] == [30, 20, 10]
        assert len(readings_of(session, opening, limit=2)) == 2


@pytest.fixture
def many_readings(open_shelter: OpenShelter, ask: Ask) -> None:
    open_shelter()
    ask(
        "INSERT INTO occupancy_reading (opening_id, persons, observed_at, source)"
        " SELECT id, mod(n, 100), began_at + n * interval '1 second', 'phone'"
        " FROM opening, generate_series(1, 300) n RETURNING 1"
    )


@pytest.mark.usefixtures("many_readings")
def test_the_latest_reading_is_one_probe_of_its_index(incident_id: UUID, plan_of: PlanOf) -> None:
    plan = plan_of(lambda session: shelter_statuses(session, incident_id, as_of=NOON))
    assert plan.count("using occupancy_reading_latest_idx") == 2
    assert "opening_incident_id_shelter_id_began_at_idx" in plan


def test_a_device_whose_clock_runs_ahead_does_not_outrank_what_was_counted_later(
    workspace: Workspace,
    clock: FixedClock,
    incident_id: UUID,
    open_shelter: Callable[..., UUID],
) -> None:
    shelter_id = open_shelter()
    ahead = Reading(
        uuid4(), shelter_id, Counts(persons=50), observed_at=clock.now() + timedelta(minutes=4)
    )
    with workspace.transaction(HEADQUARTERS) as session:
        record_occupancy(session, ahead)
    clock.moment += timedelta(minutes=2)
    with workspace.transaction(HEADQUARTERS) as session:
        record_occupancy(session, Reading(uuid4(), shelter_id, Counts(persons=60)))
    with workspace.reading() as session:
        (shelter,) = shelter_statuses(session, incident_id, as_of=clock.now())
    assert shelter.persons == 60
