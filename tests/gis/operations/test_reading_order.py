"""Readings come in any order, twice, in parts, corrected before they are there: the same holds."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from gis.config import city_profile
from gis.occupancy import Tally
from gis.operations.occupancy import Counts
from gis.operations.openings import change_state, take_back
from gis.reports import compile_summary
from gis.store import Workspace
from gis.vocabulary import ShelterState
from tests.conftest import HEADQUARTERS, FixedClock, MakeShelter
from tests.gis.operations.arrivals import (
    CLOSING,
    END,
    Desk,
    Orders,
    Story,
    Told,
    arrivals,
    latest,
    stories,
    trend,
)

CITY = city_profile("142077")
few_examples = settings(
    max_examples=12,
    deadline=None,
    phases=set(Phase) - {Phase.explain},
    # Each example has shelters and an incident of its own, so that none sees another's.
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

WRONG, RIGHT, PART = Counts(persons=150), Counts(persons=15), Counts(households=4, staff=2)
CORRECTED = (Told(30, WRONG), Told(30, RIGHT, corrects=0), Told(30, PART), Told(5, RIGHT, 1))


@pytest.fixture
def desk(workspace: Workspace, clock: FixedClock, make_shelter: MakeShelter) -> Desk:
    return Desk(workspace, clock, make_shelter)


@few_examples
@given(arrivals())
@example((CORRECTED, (0, 1, 2, 3), (3, 1, 0, 0, 2)))
@example((CORRECTED[:3], (1, 1, CLOSING, 0, 2), (CLOSING, 2, 0, 1)))
@example(((Told(30, WRONG), Told(30, RIGHT)), (0, 1), (1, 0)))
def test_readings_say_the_same_in_whatever_order_they_arrive(desk: Desk, orders: Orders) -> None:
    story, one, other = orders
    assert desk.play(story, one) == desk.play(story, other)


@few_examples
@given(arrivals())
@example((CORRECTED, (3, 2, 1, 0, 2), ()))
def test_what_holds_is_what_was_observed_last_and_not_corrected(desk: Desk, orders: Orders) -> None:
    story, order, _ = orders
    seen = desk.play(story, order)
    held = {name: found for name in asdict(Counts()) if (found := latest(story, name))}
    assert seen.figures == held
    assert (seen.persons, seen.observed_at) == held.get("persons", (None, None))
    assert seen.households == held.get("households", (None,))[0]
    assert seen.trend == trend(story)
    assert [number for _, number, *_ in seen.readings] == sorted(
        range(len(story)), key=lambda number: (story[number].observed_at, number)
    )


@dataclass(frozen=True)
class Place:
    """A shelter: how many it is meant for, what was counted there, in which state it ends."""

    capacity: int | None
    story: Story
    state: ShelterState

    def figure(self, name: str) -> int | None:
        """What was observed last of a figure."""
        found = latest(self.story, name)
        return found[0] if found else None

    @property
    def left(self) -> int | None:
        """How many places are left, below 0 where there are people too many."""
        persons = self.figure("persons")
        return None if persons is None or self.capacity is None else self.capacity - persons


places = st.builds(
    Place,
    capacity=st.none() | st.sampled_from([0, 50, 120]),
    story=st.just(()) | stories(),
    state=st.sampled_from([ShelterState.OPEN, *ShelterState]),
)


def told_apart(figures: Sequence[int | None]) -> Tally:
    """What is known of some figures, added up by other means than the product's."""
    unknown = figures.count(None)
    nothing_known = unknown and unknown == len(figures)
    return Tally(None if nothing_known else sum(each or 0 for each in figures), unknown)


@few_examples
@given(st.lists(places, max_size=4))
@example([Place(120, (), ShelterState.OPEN), Place(120, (Told(5, WRONG),), ShelterState.PREPARING)])
@example([Place(None, (Told(5, Counts(persons=0)),), ShelterState.PERMANENT)])
def test_totals_are_the_sums_of_what_they_name(desk: Desk, places: list[Place]) -> None:
    incident_id = desk.open_incident()
    for place in places:
        shelter_id, opening_id = desk.open_shelter(incident_id, capacity=place.capacity)
        desk.deliver(shelter_id, opening_id, place.story, range(len(place.story)))
        if place.state is ShelterState.NOT_OPENED:
            with desk.workspace.transaction(HEADQUARTERS) as session:
                take_back(session, opening_id, version=1)
        elif place.state is not ShelterState.OPEN:
            with desk.workspace.transaction(HEADQUARTERS) as session:
                change_state(session, opening_id, place.state, version=1)
    with desk.workspace.reading() as session:
        summary = compile_summary(session, incident_id, CITY, as_of=END, is_drill=False)
    counting = [p for p in places if p.state in {ShelterState.OPEN, ShelterState.PERMANENT}]
    adrift: list[int | None] = [None for place in places if place.state is ShelterState.UNKNOWN]
    left = [place.left for place in counting]
    assert len(summary.open_shelters) == len(counting)
    assert summary.persons == told_apart([place.figure("persons") for place in counting] + adrift)
    assert summary.households == told_apart(
        [place.figure("households") for place in counting] + adrift
    )
    assert summary.free_places == told_apart([each and max(each, 0) for each in left])
    assert summary.persons_over_capacity == told_apart([each and max(-each, 0) for each in left])
