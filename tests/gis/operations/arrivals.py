"""Readings on their way to the store: in which orders they arrive, and what is seen of them."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from itertools import count as numbers
from uuid import UUID

from hypothesis import strategies as st

from gis.operations.incidents import open_incident
from gis.operations.occupancy import Counts, Reading, record_occupancy
from gis.operations.openings import close_shelter, open_shelters
from gis.queries.occupancy import figures_of, readings_of, trends
from gis.queries.shelters import shelter_statuses
from gis.store import Workspace
from gis.vocabulary import IncidentKind, ShelterState
from tests.conftest import HEADQUARTERS, NOON, FixedClock, MakeShelter

MINUTE = timedelta(minutes=1)
OPENED_AT = NOON - 300 * MINUTE
END = NOON + 120 * MINUTE
EVERY_DOUBT = frozenset({"far-over-capacity", "ten-times-the-last", "counted-meanwhile"})
CLOSING = -1
"""In an order of arrival: the news that the shelter was closed at noon."""


@dataclass(frozen=True)
class Told:
    """What somebody counted, how long before noon, and which of the others it corrects."""

    minutes: int
    counts: Counts
    corrects: int | None = None

    @property
    def observed_at(self) -> datetime:
        return NOON - self.minutes * MINUTE


Story = Sequence[Told]
Orders = tuple[Story, Sequence[int], Sequence[int]]

moments = st.sampled_from([5, 30, 31, 90])
few = st.none() | st.integers(0, 9)


@st.composite
def counted(draw: st.DrawFn) -> Counts:
    """Some figures, the parts not above their totals."""
    persons = draw(st.none() | st.integers(0, 200))
    part = st.none() | st.integers(0, 9 if persons is None else persons)
    figures = {
        "persons": persons,
        "households": draw(few),
        "infants": draw(part),
        "men": draw(part),
        "staff": draw(few),
    }
    if not any(count is not None for count in figures.values()):
        figures["outside_persons"] = draw(st.integers(0, 9))
    return Counts(**figures)


@st.composite
def stories(draw: st.DrawFn) -> Story:
    """Some readings; each corrects one before it, or none, and none is corrected twice."""
    told: list[Told] = []
    for number in range(draw(st.integers(1, 6))):
        free = sorted(set(range(number)) - {each.corrects for each in told})
        corrects = draw(st.none() | st.sampled_from(free)) if free else None
        told.append(Told(draw(moments), draw(counted()), corrects))
    return told


@st.composite
def arrivals(draw: st.DrawFn) -> Orders:
    """A story, and two orders in which it arrives: some of it twice, some after the closing."""
    story = draw(stories())
    each = list(range(len(story)))
    closing = draw(st.sampled_from([[], [CLOSING]]))
    orders = [
        draw(st.permutations(each + draw(st.lists(st.sampled_from(each), max_size=3)) + closing))
        for _ in range(2)
    ]
    return story, orders[0], orders[1]


@dataclass(frozen=True)
class Seen:
    """What the store says of a shelter, its readings named by their place in the story."""

    state: ShelterState
    reading: int | None
    persons: int | None
    households: int | None
    observed_at: datetime | None
    figures: dict[str, tuple[int, datetime]]
    readings: list[tuple[datetime, int, bool, Counts]]
    trend: list[tuple[int, int]]


class Desk:
    """A headquarters desk at which readings arrive, one a minute from noon on."""

    def __init__(self, workspace: Workspace, clock: FixedClock, make_shelter: MakeShelter) -> None:
        self.workspace, self.clock, self.make_shelter = workspace, clock, make_shelter
        self.plays = numbers(1)

    def open_incident(self) -> UUID:
        self.clock.moment = NOON
        with self.workspace.transaction(HEADQUARTERS) as session:
            return open_incident(session, "地震", IncidentKind.EARTHQUAKE, started_at=OPENED_AT)

    def open_shelter(self, incident_id: UUID, *, capacity: int | None = 120) -> tuple[UUID, UUID]:
        """Open a new shelter; return its id and the opening's."""
        shelter_id = self.make_shelter(capacity=capacity)
        with self.workspace.transaction(HEADQUARTERS) as session:
            (opening_id,) = open_shelters(session, incident_id, [shelter_id], since_at=OPENED_AT)
        return shelter_id, opening_id

    def deliver(
        self, shelter_id: UUID, opening_id: UUID, story: Story, order: Sequence[int]
    ) -> None:
        """Let a story arrive; what its readings are called stays in the order of the story."""
        play = next(self.plays) << 32
        ids = [UUID(int=play + number) for number in range(len(story))]
        for number in order:
            self.clock.moment += MINUTE
            with self.workspace.transaction(HEADQUARTERS) as session:
                if number == CLOSING:
                    close_shelter(session, opening_id, version=1, closed_at=NOON)
                    continue
                told = story[number]
                reading = Reading(
                    ids[number],
                    shelter_id,
                    told.counts,
                    told.observed_at,
                    supersedes_id=None if told.corrects is None else ids[told.corrects],
                    confirmed=EVERY_DOUBT,
                )
                record_occupancy(session, reading)

    def play(self, story: Story, order: Sequence[int]) -> Seen:
        """Let a story arrive at a shelter of its own and return what is seen of it."""
        incident_id = self.open_incident()
        shelter_id, opening_id = self.open_shelter(incident_id)
        self.deliver(shelter_id, opening_id, story, order)
        return self.see(incident_id, opening_id)

    def see(self, incident_id: UUID, opening_id: UUID) -> Seen:
        with self.workspace.reading() as session:
            (status,) = shelter_statuses(session, incident_id, as_of=END, opened_only=True)
            figures = figures_of(session, opening_id, as_of=END)
            readings = readings_of(session, opening_id)
            went = trends(session, [opening_id], since=OPENED_AT, until=END)
        listed = [
            (
                each.observed_at,
                number_of(each.id),
                each.is_superseded,
                Counts(**{name: getattr(each, name) for name in asdict(Counts())}),
            )
            for each in readings
        ]
        moments = [moment for moment, *_ in listed]
        assert moments == sorted(moments, reverse=True)
        return Seen(
            state=status.state,
            reading=number_of(status.reading_id) if status.reading_id else None,
            persons=status.persons,
            households=status.households,
            observed_at=status.observed_at,
            figures={name: (found.count, found.observed_at) for name, found in figures.items()},
            # Of one moment they come as they were recorded, which is what differs here.
            readings=sorted(listed, key=lambda each: each[:2]),
            trend=[*went.get(opening_id, ())],
        )


def number_of(reading_id: UUID) -> int:
    """Return the place of a reading in its story."""
    return reading_id.int & 0xFFFF_FFFF


def standing(story: Story) -> list[Told]:
    """The readings that no other corrects."""
    corrected = {told.corrects for told in story}
    return [told for number, told in enumerate(story) if number not in corrected]


def latest(story: Story, figure: str) -> tuple[int, datetime] | None:
    """The figure that was observed last; of one moment the larger one."""
    known = [
        (told.observed_at, count)
        for told in standing(story)
        if (count := getattr(told.counts, figure)) is not None
    ]
    return max(known)[::-1] if known else None


def trend(story: Story) -> list[tuple[int, int]]:
    """The persons of each moment (in seconds), the larger ones of those of one moment."""
    persons: dict[int, int] = {}
    for told in standing(story):
        if told.counts.persons is not None:
            second = int(told.observed_at.timestamp())
            persons[second] = max(told.counts.persons, persons.get(second, 0))
    return sorted(persons.items())
