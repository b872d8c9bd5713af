"""Curves say at each of their moments what the board of that moment says."""

import random
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from gis.config import city_profile
from gis.occupancy import Tally
from gis.operations.city import load_city
from gis.queries.curves import Curves, curves, evenly
from gis.queries.incidents import IncidentView, open_incident_or_refuse
from gis.reports.board import Board, compile_board
from gis.store import Workspace
from gis.vocabulary import ShelterState
from tests.conftest import HEADQUARTERS, NOON, FixedClock, MakeShelter
from tests.gis.conftest import Ask, Count, as_owner

CITY = city_profile("142077")
HOUR = timedelta(hours=1)
PLACES = ((139.3897, 35.3377), (139.4035, 35.3338), (139.3800, 35.3600), (None, None))
STATES = ("open", "open", "open", "permanent", "preparing", "unknown", "closed", "not_opened")
MOMENTS = 37
OpenShelter = Callable[..., UUID]


def drawn(
    workspace: Workspace, incident_id: UUID, *, known_at: datetime | None = None, **more: UUID
) -> Curves:
    with workspace.reading() as session:
        moments = evenly(NOON - HOUR, NOON + 8 * HOUR, MOMENTS)
        return curves(session, incident_id, moments, known_at=known_at, **more)


@pytest.fixture
def story(
    workspace: Workspace, incident_id: UUID, make_shelter: MakeShelter, owner_url: str
) -> Callable[[int], None]:
    """Fill the store at random: counts late, corrected, unknown; states taken back; two in one."""

    def play(seed: int) -> None:
        chance = random.Random(seed)  # noqa: S311 - the same story each time, not a secret
        with workspace.transaction(HEADQUARTERS) as session:
            load_city(session, CITY)
        shelters = [
            make_shelter(f"避難所{number}", lon=lon, lat=lat)
            for number in range(7)
            for lon, lat in (PLACES[number % len(PLACES)],)
        ]
        with as_owner(owner_url) as store:
            store.execute(
                "UPDATE shelter SET joined_to_id = %s WHERE id = %s", (shelters[0], shelters[6])
            )
            for place, shelter_id in enumerate(shelters):
                ((opening_id,),) = store.execute(
                    "INSERT INTO opening (incident_id, shelter_id, began_at)"
                    " VALUES (%s, %s, %s) RETURNING id",
                    (incident_id, shelter_id, NOON),
                ).fetchall()
                for state in _states(chance, later=place * timedelta(seconds=1)):
                    store.execute(
                        "INSERT INTO opening_state"
                        " (opening_id, number, state, since_at, recorded_at, supersedes)"
                        " VALUES (%s, %s, %s, %s, %s, %s)",
                        (opening_id, *state),
                    )
                for reading in _readings(chance):
                    store.execute(
                        "INSERT INTO occupancy_reading (opening_id, id, persons, households,"
                        " observed_at, recorded_at, supersedes_id, source)"
                        " VALUES (%s, %s, %s, %s, %s, %s, %s, 'phone')",
                        (opening_id, *reading),
                    )

    return play


def _told(chance: random.Random) -> tuple[datetime, datetime]:
    """When it was so, and when we learned it: often on a moment of the curve itself."""
    since_at = NOON + HOUR * chance.choice([0, 0.25, 0.5, 1, 1.1, 2, 3.3, 4])
    return since_at, since_at + HOUR * chance.choice([0, 0, 0.25, 0.7, 3])


def _states(chance: random.Random, later: timedelta) -> Iterator[tuple[object, ...]]:
    """Yield states; of two openings that are one, the one that began later holds."""
    for number in range(1, chance.randint(2, 5)):
        supersedes = number - 1 if number > 1 and chance.random() < 0.3 else None
        since_at, recorded_at = _told(chance)
        state = chance.choice(STATES if supersedes else STATES[:-1])
        yield number, state, since_at + later, recorded_at + later, supersedes


def _readings(chance: random.Random) -> Iterator[tuple[object, ...]]:
    before: list[UUID] = []
    for _ in range(chance.randint(0, 8)):
        identity = UUID(int=chance.getrandbits(128))
        observed_at, recorded_at = _told(chance)
        if chance.random() < 0.1:
            observed_at = recorded_at + timedelta(minutes=4)  # a clock that runs ahead
        supersedes = before.pop() if before and chance.random() < 0.3 else None
        persons = chance.choice([None, 0, *range(1, 200)])
        yield identity, persons, 5, observed_at, recorded_at, supersedes
        before.append(identity)


def sums(board: Board) -> dict[str | None, Tally]:
    """Return the persons of each district's shelters, as the board has them.

    Of those whose state nobody knows they are unknown.
    """
    persons = defaultdict(list)
    for line in board.lines:
        if line.status.is_open:
            persons[line.district].append(line.status.persons)
        elif line.status.state is ShelterState.UNKNOWN:
            persons[line.district].append(None)
    return {district: Tally.of(counts) for district, counts in persons.items()}


@pytest.mark.parametrize("known_at", [None, NOON + 2 * HOUR, NOON + 20 * HOUR])
@pytest.mark.parametrize("seed", range(8))
def test_they_are_the_boards_totals_of_each_moment(
    workspace: Workspace,
    incident_id: UUID,
    story: Callable[[int], None],
    seed: int,
    known_at: datetime | None,
) -> None:
    story(seed)
    found = drawn(workspace, incident_id, known_at=known_at)
    boards = list(_boards(workspace, found.moments, known_at))
    assert [board.persons for board in boards] == found.city
    for number, board in enumerate(boards):
        expected = sums(board)
        told = {name: tallies[number] for name, tallies in found.by_district.items()}
        assert {name: one for name, one in told.items() if one != Tally(0, 0)} == {
            name: one for name, one in expected.items() if one != Tally(0, 0)
        }
        assert set(expected) <= set(told)


def _boards(
    workspace: Workspace, moments: "list[datetime] | object", known_at: datetime | None
) -> Iterator[Board]:
    assert isinstance(moments, list)
    with workspace.reading() as session:
        incident: IncidentView = open_incident_or_refuse(session)
        for moment in moments:
            yield compile_board(session, CITY, incident, as_of=moment, known_at=known_at)


def test_one_shelter_has_a_curve_of_its_own(
    workspace: Workspace,
    incident_id: UUID,
    open_shelter: OpenShelter,
    count: Count,
    clock: FixedClock,
) -> None:
    mine, other = open_shelter("甲"), open_shelter("乙")
    count(other, 7)
    clock.moment = NOON + 2 * HOUR
    count(mine, 30)
    found = drawn(workspace, incident_id, shelter_id=mine)
    at = dict(zip(found.moments, found.city, strict=True))
    assert at[NOON - HOUR] == Tally(0, 0)
    assert at[NOON + HOUR] == Tally(None, 1)
    assert at[NOON + 2 * HOUR] == at[NOON + 8 * HOUR] == Tally(30, 0)


def test_what_nobody_has_counted_is_unknown_and_not_0(
    workspace: Workspace, incident_id: UUID, open_shelter: OpenShelter, count: Count
) -> None:
    open_shelter("甲")
    count(open_shelter("乙"), 0)
    assert drawn(workspace, incident_id).city[-1] == Tally(0, 1)


def test_without_any_opening_there_is_nobody(workspace: Workspace, incident_id: UUID) -> None:
    found = drawn(workspace, incident_id)
    assert set(found.city) == {Tally(0, 0)}
    assert found.by_district == {}
    assert len(found.moments) == MOMENTS


def test_another_incident_does_not_count(
    workspace: Workspace, open_shelter: OpenShelter, count: Count, ask: Ask
) -> None:
    count(open_shelter(), 12)
    assert ask("SELECT count(*) FROM opening") == [(1,)]
    assert set(drawn(workspace, uuid4()).city) == {Tally(0, 0)}
