from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier
from typing import Any
from uuid import UUID, uuid4

import pytest

from gis import errors
from gis.errors import Refused
from gis.models.occupancy import DOUBTS
from gis.occupancy import PERSONS_MOST
from gis.operations.openings import close_shelter, open_shelters, take_back
from gis.queries.shelters import ShelterStatus, shelter_statuses
from gis.store import Workspace
from gis.text import Language
from gis.vocabulary import Source
from tests.conftest import HEADQUARTERS, NOON, FixedClock, MakeShelter
from tests.gis.conftest import Ask, Count

OpenShelter = Callable[..., UUID]


def status(workspace: Workspace, incident_id: UUID) -> ShelterStatus:
    """The only shelter as it stands."""
    with workspace.reading() as session:
        (only,) = shelter_statuses(session, incident_id, as_of=workspace.clock.now())
        return only


def test_a_count_is_stored_as_it_came(open_shelter: OpenShelter, count: Count, ask: Ask) -> None:
    shelter, seen_at = open_shelter(), NOON
    filed = count(
        shelter, 85, households=31, observed_at=seen_at, source=Source.RADIO, note="体育館"
    )
    assert filed.is_new
    assert ask(
        "SELECT id, persons, households, observed_at, source, note, recorded_at, recorded_by"
        " FROM occupancy_reading"
    ) == [(filed.id, 85, 31, seen_at, "radio", "体育館", NOON, HEADQUARTERS.name)]


@pytest.mark.parametrize(("persons", "households"), [(0, None), (PERSONS_MOST, 0), (None, 3)])
def test_nobody_is_a_count_and_not_counted_is_none(
    open_shelter: OpenShelter,
    count: Count,
    ask: Ask,
    persons: int | None,
    households: int | None,
) -> None:
    count(open_shelter(), persons, households=households)
    assert ask("SELECT persons, households FROM occupancy_reading") == [(persons, households)]


def test_a_moment_that_is_not_said_is_now(
    open_shelter: OpenShelter, count: Count, clock: FixedClock, ask: Ask
) -> None:
    shelter = open_shelter()
    clock.moment += timedelta(minutes=7)
    count(shelter, 12)
    assert ask("SELECT observed_at FROM occupancy_reading") == [(clock.moment,)]


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        ({"persons": -3}, errors.CountImpossible),
        ({"persons": 1_000_000_000}, errors.CountImpossible),
        ({"persons": 10**30}, errors.CountImpossible),
        ({"persons": PERSONS_MOST + 1}, errors.CountImpossible),
        ({"households": -1}, errors.CountImpossible),
        ({"persons": None}, errors.NothingCounted),
        ({"observed_at": NOON + timedelta(minutes=5, seconds=1)}, errors.ObservedInFuture),
        ({"observed_at": NOON.replace(tzinfo=None)}, errors.MomentWithoutZone),
        ({"observed_at": NOON - timedelta(minutes=6)}, errors.CountedBeforeOpening),
    ],
)
def test_what_cannot_be_is_refused_and_not_stored(
    open_shelter: OpenShelter,
    count: Count,
    ask: Ask,
    content: dict[str, Any],
    refusal: type[Refused],
) -> None:
    with pytest.raises(refusal):
        count(open_shelter(), **{"persons": 5} | content)
    assert ask("SELECT count(*) FROM occupancy_reading") == [(0,)]


def test_the_clock_of_a_device_may_run_five_minutes_ahead(
    open_shelter: OpenShelter, count: Count
) -> None:
    assert count(open_shelter(), 5, observed_at=NOON + timedelta(minutes=5)).is_new


@pytest.mark.usefixtures("incident_id")
def test_a_shelter_that_was_never_opened_takes_no_count(
    make_shelter: MakeShelter, count: Count, ask: Ask
) -> None:
    with pytest.raises(errors.ShelterNotOpen) as refused:
        count(make_shelter("梅田中学校"), 5)
    assert refused.value.facts["shelter"] == "梅田中学校"
    assert ask("SELECT count(*) FROM occupancy_reading") == [(0,)]


@pytest.mark.usefixtures("incident_id")
def test_a_shelter_that_does_not_exist_takes_no_count(count: Count) -> None:
    with pytest.raises(errors.NotFound):
        count(uuid4(), 5)


def test_a_count_from_before_the_closing_may_come_late(
    workspace: Workspace, open_shelter: OpenShelter, count: Count, clock: FixedClock, ask: Ask
) -> None:
    shelter = open_shelter()
    ((opening,),) = ask("SELECT id FROM opening")
    clock.moment += timedelta(hours=2)
    with workspace.transaction(HEADQUARTERS) as session:
        close_shelter(session, opening, version=1)
    assert count(shelter, 5, observed_at=NOON + timedelta(hours=1)).is_new
    with pytest.raises(errors.ShelterNotOpen):
        count(shelter, 5)


@pytest.mark.parametrize("observed_at", [None, NOON])
def test_a_retry_changes_nothing(
    open_shelter: OpenShelter,
    count: Count,
    clock: FixedClock,
    ask: Ask,
    observed_at: datetime | None,
) -> None:
    shelter, identity = open_shelter(), uuid4()
    first = count(shelter, 85, id=identity, observed_at=observed_at)
    clock.moment += timedelta(minutes=3)
    second = count(shelter, 85, id=identity, observed_at=observed_at)
    assert (first.is_new, second.is_new, second.id) == (True, False, identity)
    assert ask("SELECT persons, observed_at, recorded_at FROM occupancy_reading") == [
        (85, NOON, NOON)
    ]


def test_a_retry_after_the_shelter_closed_is_still_a_retry(
    workspace: Workspace, open_shelter: OpenShelter, count: Count, clock: FixedClock, ask: Ask
) -> None:
    shelter, identity = open_shelter(), uuid4()
    count(shelter, 85, id=identity)
    ((opening,),) = ask("SELECT id FROM opening")
    clock.moment += timedelta(hours=1)
    with workspace.transaction(HEADQUARTERS) as session:
        close_shelter(session, opening, version=1)
    assert not count(shelter, 85, id=identity).is_new


@pytest.mark.parametrize(
    "other",
    [
        {"persons": 86},
        {"households": 30},
        {"note": "訂正"},
        {"source": Source.PHONE},
        {"observed_at": NOON - timedelta(seconds=1)},
    ],
)
def test_an_id_that_comes_again_with_other_content_is_refused(
    open_shelter: OpenShelter, count: Count, ask: Ask, other: dict[str, Any]
) -> None:
    shelter, identity = open_shelter(), uuid4()
    count(shelter, 85, id=identity)
    with pytest.raises(errors.IdUsedForAnother):
        count(shelter, **({"persons": 85, "id": identity} | other))
    assert ask("SELECT persons, households, note FROM occupancy_reading") == [(85, None, None)]


def test_an_id_that_comes_again_for_another_shelter_is_refused(
    open_shelter: OpenShelter, count: Count, ask: Ask
) -> None:
    identity = uuid4()
    count(open_shelter("鶴嶺小学校"), 85, id=identity)
    with pytest.raises(errors.IdUsedForAnother):
        count(open_shelter("梅田中学校"), 85, id=identity)
    assert ask("SELECT count(*) FROM occupancy_reading") == [(1,)]


def test_a_later_partial_count_does_not_erase_a_fuller_one(
    workspace: Workspace,
    incident_id: UUID,
    open_shelter: OpenShelter,
    count: Count,
    clock: FixedClock,
) -> None:
    shelter = open_shelter()
    count(shelter, 85, households=31)
    clock.moment += timedelta(minutes=10)
    count(shelter, 90)
    clock.moment += timedelta(minutes=10)
    count(shelter, None, households=33)
    now = status(workspace, incident_id)
    assert (now.persons, now.households) == (90, 33)


def test_a_correction_supersedes_what_it_corrects(
    workspace: Workspace, incident_id: UUID, open_shelter: OpenShelter, count: Count, ask: Ask
) -> None:
    shelter = open_shelter()
    wrong = count(shelter, 850, observed_at=NOON + timedelta(minutes=1))
    count(shelter, 85, supersedes_id=wrong.id)
    assert status(workspace, incident_id).persons == 85
    assert ask("SELECT count(*) FROM occupancy_reading") == [(2,)]


def test_a_reading_is_corrected_once(open_shelter: OpenShelter, count: Count, ask: Ask) -> None:
    shelter = open_shelter()
    wrong = count(shelter, 850)
    count(shelter, 85, supersedes_id=wrong.id)
    with pytest.raises(Refused):
        count(shelter, 80, supersedes_id=wrong.id)
    assert ask("SELECT count(*) FROM occupancy_reading") == [(2,)]


def test_one_message_delivered_many_times_at_once_is_one_reading(
    open_shelter: OpenShelter, count: Count, ask: Ask
) -> None:
    shelter, identity, deliveries = open_shelter(), uuid4(), 6
    together = Barrier(deliveries)

    def deliver(_: int) -> bool:
        together.wait()
        return count(shelter, 85, id=identity).is_new

    with ThreadPoolExecutor(deliveries) as threads:
        assert sorted(threads.map(deliver, range(deliveries))) == [False] * 5 + [True]
    assert ask("SELECT count(*) FROM occupancy_reading") == [(1,)]


def doubtful(count: Count, shelter: UUID, persons: int, **told: object) -> set[str]:
    """Record a count as somebody who says yes to each doubt; return the doubts."""
    confirmed: set[str] = set()
    filing = uuid4()
    for _each in DOUBTS:
        try:
            count(shelter, persons, id=filing, confirmed=frozenset(confirmed), **told)
        except errors.CountDoubtful as doubt:
            confirmed.add(doubt.code())
    assert count(shelter, persons, id=filing, confirmed=frozenset(confirmed), **told).id == filing
    return confirmed


@pytest.mark.parametrize(
    ("before", "persons", "asked"),
    [
        (None, 130, set()),
        (None, 131, {"far-over-capacity"}),
        (10, 99, set()),
        (10, 100, {"ten-times-the-last"}),
        (100, 11, set()),
        (100, 10, {"ten-times-the-last"}),
        (100, 0, set()),
        (0, 100, set()),
        (10, 200, {"far-over-capacity", "ten-times-the-last"}),
    ],
)
def test_a_count_that_looks_like_a_slip_is_asked_back_and_the_yes_is_kept(  # noqa: PLR0913, PLR0917
    open_shelter: OpenShelter,
    count: Count,
    clock: FixedClock,
    ask: Ask,
    before: int | None,
    persons: int,
    asked: set[str],
) -> None:
    shelter = open_shelter(capacity=100)
    if before is not None:
        count(shelter, before)
    clock.moment += timedelta(minutes=30)
    assert doubtful(count, shelter, persons) == asked
    ((confirmed,),) = ask(
        "SELECT confirmed FROM occupancy_reading ORDER BY observed_at DESC LIMIT 1"
    )
    assert set(confirmed) == asked


def test_an_unknown_capacity_makes_no_count_doubtful(
    open_shelter: OpenShelter, count: Count
) -> None:
    assert doubtful(count, open_shelter(capacity=None), 5000) == set()


def test_a_yes_that_nobody_asked_for_is_not_kept(
    open_shelter: OpenShelter, count: Count, ask: Ask
) -> None:
    count(open_shelter(capacity=100), 50, confirmed=frozenset({"far-over-capacity"}))
    assert ask("SELECT confirmed FROM occupancy_reading") == [([],)]


def test_who_has_not_seen_the_last_count_is_shown_both(
    open_shelter: OpenShelter, count: Count, clock: FixedClock
) -> None:
    shelter = open_shelter(capacity=200)
    seen = count(shelter, 80)
    clock.moment += timedelta(minutes=1)
    count(shelter, 120, after_id=seen.id)
    with pytest.raises(errors.CountedMeanwhile) as asked:
        count(shelter, 90, after_id=seen.id, confirmed=frozenset())
    explained = asked.value.explain(Language.JA)
    assert "120" in explained
    assert "90" in explained
    assert "本部" in explained
    # The same figure twice is no quarrel.
    assert doubtful(count, shelter, 120, after_id=seen.id) == set()


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"voluntary_persons": 6}, "voluntary_persons"),
        ({"infants": 6}, "infants"),
        ({"special_care": 6}, "special_care"),
        ({"men": 3, "women": 3}, "men"),
        ({"men": 1, "women": 2, "gender_unknown": 1}, "men"),
        ({"households": 2, "voluntary_households": 3}, "voluntary_households"),
    ],
)
def test_parts_that_do_not_fit_their_total_are_refused(
    open_shelter: OpenShelter, count: Count, ask: Ask, told: dict[str, int], field: str
) -> None:
    with pytest.raises(errors.PartAboveTotal) as refused:
        count(open_shelter(), 5, **told)
    assert refused.value.field == field
    assert ask("SELECT count(*) FROM occupancy_reading") == [(0,)]


def test_people_outside_the_building_and_staff_are_no_part_of_the_total(
    open_shelter: OpenShelter, count: Count
) -> None:
    told = {"outside_persons": 40, "outside_households": 15, "staff": 9, "supporters": 8}
    assert count(open_shelter(), 5, men=2, women=1, infants=5, **told).is_new


def test_a_part_alone_can_be_counted(open_shelter: OpenShelter, count: Count) -> None:
    assert count(open_shelter(), None, infants=3).is_new


def test_a_count_meant_for_another_incident_is_refused(
    open_shelter: OpenShelter, count: Count
) -> None:
    with pytest.raises(errors.ShelterOfAnotherIncident):
        count(open_shelter(), 5, incident_id=uuid4())


def test_a_correction_names_a_reading_of_the_same_shelter(
    open_shelter: OpenShelter, count: Count
) -> None:
    elsewhere = count(open_shelter("梅田中学校"), 5)
    with pytest.raises(errors.NotFound):
        count(open_shelter(), 6, supersedes_id=elsewhere.id)


def test_a_reading_corrects_neither_itself_nor_what_corrects_it(
    open_shelter: OpenShelter, count: Count, ask: Ask
) -> None:
    shelter, ring = open_shelter(), [uuid4() for _ in range(3)]
    with pytest.raises(errors.NotFound):
        count(shelter, 5, id=ring[0], supersedes_id=ring[0])
    count(shelter, 5, id=ring[0], supersedes_id=ring[1])
    count(shelter, 6, id=ring[1], supersedes_id=ring[2])
    with pytest.raises(errors.NotFound):
        count(shelter, 7, id=ring[2], supersedes_id=ring[0])
    assert ask("SELECT count(*) FROM occupancy_reading") == [(2,)]


def test_who_saw_no_count_is_told_of_the_first_one(open_shelter: OpenShelter, count: Count) -> None:
    shelter = open_shelter()
    count(shelter, 100)
    with pytest.raises(errors.CountedMeanwhile):
        count(shelter, 60, after_id=None, confirmed=frozenset())
    assert count(shelter, 60, confirmed=frozenset()).is_new


def test_a_count_goes_to_the_opening_that_holds_and_not_to_one_that_was_a_mistake(
    workspace: Workspace,
    incident_id: UUID,
    open_shelter: OpenShelter,
    count: Count,
    clock: FixedClock,
) -> None:
    shelter = open_shelter()
    mistaken = status(workspace, incident_id).opening_id
    assert mistaken
    with workspace.transaction(HEADQUARTERS) as session:
        take_back(session, mistaken, version=1)
    clock.moment += timedelta(seconds=20)
    with workspace.transaction(HEADQUARTERS) as session:
        open_shelters(session, incident_id, [shelter])
    count(shelter, 33, observed_at=clock.moment - timedelta(seconds=90))
    assert status(workspace, incident_id).persons == 33
