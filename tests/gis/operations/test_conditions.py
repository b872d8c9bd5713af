"""Reports on how a shelter is off: partial, late, twice, in any order."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from itertools import permutations
from threading import Barrier
from typing import Any
from uuid import UUID, uuid4

import pytest

from gis import errors
from gis.errors import Refused
from gis.models.condition import FLOOR_AREA_MOST_M2, ITEMS, TEXT_LENGTH
from gis.occupancy import PERSONS_MOST
from gis.operations import Filed
from gis.operations.conditions import ConditionReportIn, ConditionSaid, report_condition
from gis.operations.openings import close_shelter
from gis.queries.conditions import conditions_of
from gis.store import Workspace
from gis.vocabulary import CONDITION_LABELS, LifelineState, Source, SupplyState
from tests.conftest import HEADQUARTERS, NOON, FixedClock, MakeShelter
from tests.gis.conftest import Ask

OpenShelter = Callable[..., UUID]
Say = Callable[..., Filed]
MINUTE = timedelta(minutes=1)
REPORTS = "SELECT count(*) FROM condition_report"
TOLD: dict[str, Any] = {
    **dict.fromkeys(("electricity", "gas", "water"), LifelineState.PARTLY),
    **dict.fromkeys(("sewage", "communication"), LifelineState.UNUSABLE),
    **dict.fromkeys(("drinking_water", "domestic_water"), SupplyState.NOT_TODAY),
    **dict.fromkeys(("food", "fuel"), SupplyState.TWO_DAYS),
    "floor_area_m2": 350,
    **{item: number for number, item in enumerate(i for i in ITEMS if i.startswith("toilets"))},
    "needs": "毛布 50枚",
    "note": "体育館のみ",
}


@pytest.fixture
def say(workspace: Workspace) -> Say:
    """Report a condition in a transaction of its own."""

    def file(shelter_id: UUID, **content: Any) -> Filed:  # noqa: ANN401
        said = {item: content.pop(item) for item in ITEMS if item in content}
        report = ConditionReportIn(
            content.pop("id", uuid4()), shelter_id, ConditionSaid(**said), **content
        )
        with workspace.transaction(HEADQUARTERS) as session:
            return report_condition(session, report)

    return file


def known(workspace: Workspace, ask: Ask, as_of: datetime | None = None) -> dict[str, Any]:
    """What is known of the only opening."""
    ((opening,),) = ask("SELECT id FROM opening")
    with workspace.reading() as session:
        found = conditions_of(session, opening, as_of=as_of or workspace.clock.now())
        return {item: told.value for item, told in found.items()}


def test_every_item_has_its_name() -> None:
    assert tuple(CONDITION_LABELS) == ITEMS
    assert set(TOLD) == set(ITEMS)


def test_a_report_is_stored_as_it_came(
    workspace: Workspace, open_shelter: OpenShelter, say: Say, ask: Ask
) -> None:
    filed = say(open_shelter(), **TOLD, observed_at=NOON, source=Source.VISIT)
    assert filed.is_new
    assert known(workspace, ask) == TOLD
    assert ask("SELECT id, source, observed_at, recorded_by FROM condition_report") == [
        (filed.id, "visit", NOON, HEADQUARTERS.name)
    ]


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_partial_reports_erase_nothing_in_whatever_order_they_arrive(  # noqa: PLR0913, PLR0917
    workspace: Workspace,
    open_shelter: OpenShelter,
    say: Say,
    clock: FixedClock,
    ask: Ask,
    order: tuple[int, ...],
) -> None:
    shelter = open_shelter()
    clock.moment += timedelta(hours=1)
    reports: list[dict[str, Any]] = [
        {"electricity": LifelineState.USABLE, "toilets_women": 4, "food": SupplyState.ENOUGH},
        {"electricity": LifelineState.UNUSABLE, "needs": "水"},
        {"toilets_women": 0, "needs": "おむつ"},
    ]
    for number in order:
        say(shelter, **reports[number], observed_at=NOON + number * MINUTE)
    assert known(workspace, ask) == {
        "electricity": "unusable",
        "toilets_women": 0,
        "food": "enough",
        "needs": "おむつ",
    }
    assert ask(REPORTS) == [(3,)]


def test_each_item_keeps_its_own_moment(
    workspace: Workspace, open_shelter: OpenShelter, say: Say, clock: FixedClock, ask: Ask
) -> None:
    shelter = open_shelter()
    say(shelter, gas=LifelineState.USABLE)
    clock.moment += 10 * MINUTE
    say(shelter, water=LifelineState.USABLE)
    ((opening,),) = ask("SELECT id FROM opening")
    with workspace.reading() as session:
        found = conditions_of(session, opening, as_of=clock.moment)
        assert {item: told.observed_at for item, told in found.items()} == {
            "gas": NOON,
            "water": clock.moment,
        }
        assert set(conditions_of(session, opening, as_of=NOON)) == {"gas"}
    assert found["gas"].recorded_by == HEADQUARTERS.name


def test_a_device_whose_clock_runs_ahead_does_not_outrank_what_was_seen_after_it(
    workspace: Workspace, open_shelter: OpenShelter, say: Say, clock: FixedClock, ask: Ask
) -> None:
    shelter = open_shelter()
    say(shelter, gas=LifelineState.USABLE, observed_at=NOON + 5 * MINUTE)
    clock.moment += MINUTE
    say(shelter, gas=LifelineState.UNUSABLE)
    assert known(workspace, ask) == {"gas": "unusable"}


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        ({}, errors.NothingSaid),
        ({"note": " \n　"}, errors.NothingSaid),
        ({"toilets_men": -1}, errors.AmountImpossible),
        ({"toilets_men": PERSONS_MOST + 1}, errors.AmountImpossible),
        ({"toilets_vehicle": 10**30}, errors.AmountImpossible),
        ({"floor_area_m2": 0}, errors.AmountImpossible),
        ({"floor_area_m2": FLOOR_AREA_MOST_M2 + 1}, errors.AmountImpossible),
        ({"needs": "あ" * (TEXT_LENGTH + 1)}, errors.TextTooLong),
        ({"note": "あ" * (TEXT_LENGTH + 1)}, errors.TextTooLong),
        ({"observed_at": NOON + 5 * MINUTE + timedelta(seconds=1)}, errors.ObservedInFuture),
        ({"observed_at": NOON.replace(tzinfo=None)}, errors.MomentWithoutZone),
        ({"observed_at": datetime.min.replace(tzinfo=NOON.tzinfo)}, errors.ObservedTooEarly),
        ({"observed_at": NOON - 6 * MINUTE}, errors.CountedBeforeOpening),
        ({"incident_id": uuid4()}, errors.ShelterOfAnotherIncident),
    ],
)
def test_what_cannot_be_is_refused_and_not_stored(
    open_shelter: OpenShelter,
    say: Say,
    ask: Ask,
    content: dict[str, Any],
    refusal: type[Refused],
) -> None:
    said = content if content.keys() & set(ITEMS) or not content else {"toilets_men": 2, **content}
    with pytest.raises(refusal):
        say(open_shelter(), **said)
    assert ask(REPORTS) == [(0,)]


@pytest.mark.parametrize(
    "said",
    [
        {"toilets_men": 0},
        {"toilets_men": PERSONS_MOST},
        {"floor_area_m2": 1},
        {"floor_area_m2": FLOOR_AREA_MOST_M2},
        {"needs": "あ" * TEXT_LENGTH},
    ],
)
def test_what_can_just_be_is_stored(
    workspace: Workspace, open_shelter: OpenShelter, say: Say, ask: Ask, said: dict[str, Any]
) -> None:
    say(open_shelter(), **said)
    assert known(workspace, ask) == said


@pytest.mark.usefixtures("incident_id")
def test_a_shelter_that_takes_no_part_takes_no_report(make_shelter: MakeShelter, say: Say) -> None:
    with pytest.raises(errors.ShelterNotOpen):
        say(make_shelter("梅田中学校"), gas=LifelineState.USABLE)
    with pytest.raises(errors.NotFound):
        say(uuid4(), gas=LifelineState.USABLE)


def test_a_report_from_before_the_closing_may_come_late(
    workspace: Workspace, open_shelter: OpenShelter, say: Say, clock: FixedClock, ask: Ask
) -> None:
    shelter = open_shelter()
    ((opening,),) = ask("SELECT id FROM opening")
    clock.moment += timedelta(hours=2)
    with workspace.transaction(HEADQUARTERS) as session:
        close_shelter(session, opening, version=1)
    assert say(shelter, gas=LifelineState.USABLE, observed_at=NOON + timedelta(hours=1)).is_new
    with pytest.raises(errors.ShelterNotOpen):
        say(shelter, gas=LifelineState.USABLE)


@pytest.mark.parametrize("observed_at", [None, NOON])
def test_a_retry_changes_nothing(
    open_shelter: OpenShelter,
    say: Say,
    clock: FixedClock,
    ask: Ask,
    observed_at: datetime | None,
) -> None:
    shelter, identity = open_shelter(), uuid4()
    first = say(shelter, needs=" 水 ", id=identity, observed_at=observed_at)
    clock.moment += MINUTE
    second = say(shelter, needs=" 水 ", id=identity, observed_at=observed_at)
    assert (first.is_new, second.is_new, second.id) == (True, False, identity)
    assert ask("SELECT needs, observed_at, recorded_at FROM condition_report") == [
        ("水", NOON, NOON)
    ]


@pytest.mark.parametrize(
    "other", [{"needs": "毛布"}, {"note": "水"}, {"source": Source.VISIT}, {"observed_at": NOON}]
)
def test_an_id_stands_for_one_report(
    open_shelter: OpenShelter, say: Say, clock: FixedClock, ask: Ask, other: dict[str, Any]
) -> None:
    shelter, identity = open_shelter(), uuid4()
    clock.moment += MINUTE
    say(shelter, needs="水", id=identity)
    with pytest.raises(errors.IdUsedForAnother):
        say(shelter, **{"needs": "水"} | other, id=identity)
    with pytest.raises(errors.IdUsedForAnother):
        say(open_shelter("梅田中学校"), needs="水", id=identity)
    assert ask(REPORTS) == [(1,)]


def test_one_message_delivered_many_times_at_once_is_one_report(
    open_shelter: OpenShelter, say: Say, ask: Ask
) -> None:
    shelter, identity, deliveries = open_shelter(), uuid4(), 6
    together = Barrier(deliveries)

    def deliver(_: int) -> bool:
        together.wait()
        return say(shelter, needs="水", id=identity).is_new

    with ThreadPoolExecutor(deliveries) as threads:
        assert sorted(threads.map(deliver, range(deliveries))) == [False] * 5 + [True]
    assert ask(REPORTS) == [(1,)]
