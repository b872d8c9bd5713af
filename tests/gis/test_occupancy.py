"""The rules of counting people, at their edges."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis.config import CrowdingThresholds, ReportingPhase, city_profile
from gis.occupancy import (
    FIGURES,
    GENDERS,
    PARTS,
    Tally,
    contradictions,
    crowding,
    escalates_at,
    percent,
    reporting_interval,
    share_of_capacity,
    stale_at,
)
from gis.text import Language, translate
from gis.vocabulary import Crowding

THRESHOLDS = CrowdingThresholds(slightly_crowded=0.3, crowded=0.6, full=0.8)
figures = st.none() | st.integers(0, 99_999)


@pytest.mark.parametrize(
    ("persons", "expected"),
    [
        (0, Crowding.VACANT),
        (299, Crowding.VACANT),
        (300, Crowding.SLIGHTLY_CROWDED),
        (599, Crowding.SLIGHTLY_CROWDED),
        (600, Crowding.CROWDED),
        (799, Crowding.CROWDED),
        (800, Crowding.FULL),
        (1000, Crowding.FULL),
        (5000, Crowding.FULL),
    ],
)
def test_a_class_begins_at_its_threshold(persons: int, expected: Crowding) -> None:
    assert crowding(share_of_capacity(persons, 1000), THRESHOLDS) is expected


@pytest.mark.parametrize(
    ("crowding", "in_japanese"),
    [
        (Crowding.VACANT, "空き"),
        (Crowding.SLIGHTLY_CROWDED, "混雑"),
        (Crowding.CROWDED, "混雑"),
        (Crowding.FULL, "定員一杯"),
        (Crowding.UNKNOWN, "不明"),
    ],
)
def test_other_bodies_are_told_a_crowding_in_their_three_words(
    crowding: Crowding, in_japanese: str
) -> None:
    assert translate(crowding.vacancy.label, Language.JA) == in_japanese


@pytest.mark.parametrize(
    ("persons", "capacity", "expected"),
    [
        (113, 100, 113),
        (29, 100, 29),
        (57, 100, 57),
        (174, 150, 116),
        (1, 3, 33),
        (79_999, 99_999, 79),
    ],
)
def test_per_cent_are_rounded_down_and_exact(persons: int, capacity: int, expected: int) -> None:
    assert percent(share_of_capacity(persons, capacity)) == expected


@given(persons=st.integers(0, 99_999), capacity=st.integers(1, 99_999))
def test_per_cent_are_those_of_whole_numbers(persons: int, capacity: int) -> None:
    assert percent(share_of_capacity(persons, capacity)) == persons * 100 // capacity


def test_an_unknown_share_is_an_unknown_crowding() -> None:
    assert crowding(None, THRESHOLDS) is Crowding.UNKNOWN


@pytest.mark.parametrize(
    ("persons", "capacity"), [(None, 100), (50, None), (None, None), (None, 0)]
)
def test_a_share_of_what_is_unknown_is_unknown(persons: int | None, capacity: int | None) -> None:
    assert share_of_capacity(persons, capacity) is None


def test_a_place_for_nobody_is_vacant_without_and_full_with_anybody() -> None:
    assert crowding(share_of_capacity(0, 0), THRESHOLDS) is Crowding.VACANT
    assert crowding(share_of_capacity(1, 0), THRESHOLDS) is Crowding.FULL


@given(st.integers(0, 99_999), st.integers(1, 99_999))
def test_one_person_more_never_makes_a_shelter_emptier(persons: int, capacity: int) -> None:
    order = [Crowding.VACANT, Crowding.SLIGHTLY_CROWDED, Crowding.CROWDED, Crowding.FULL]
    fewer, more = (
        crowding(share_of_capacity(count, capacity), THRESHOLDS) for count in (persons, persons + 1)
    )
    assert order.index(fewer) <= order.index(more)


def test_the_demonstration_citys_thresholds_ascend() -> None:
    thresholds = city_profile("142077").crowding
    assert 0 < thresholds.slightly_crowded < thresholds.crowded < thresholds.full


@pytest.mark.parametrize("shares", [(0.6, 0.3, 0.8), (0.3, 0.3, 0.8), (0.3, 0.8, 0.8)])
def test_thresholds_that_do_not_ascend_are_refused(shares: tuple[float, float, float]) -> None:
    slightly_crowded, crowded, full = shares
    with pytest.raises(ValueError, match="ascend"):
        CrowdingThresholds(slightly_crowded=slightly_crowded, crowded=crowded, full=full)


def test_a_figure_is_old_after_the_interval_and_none_is_never_dated() -> None:
    noon = datetime(2026, 9, 1, 3, 0, tzinfo=UTC)
    assert stale_at(noon, timedelta(minutes=60)) == noon + timedelta(hours=1)
    assert stale_at(None, timedelta(minutes=60)) is None


@given(st.lists(figures))
def test_a_total_is_the_sum_of_what_is_known(parts: list[int | None]) -> None:
    known = [part for part in parts if part is not None]
    tally = Tally.of(parts)
    assert tally.unknown_places == len(parts) - len(known)
    assert tally.known == (None if parts and not known else sum(known))


def test_nowhere_is_nobody_and_nowhere_known_is_unknown() -> None:
    assert Tally.of([]) == Tally(0, 0)
    assert Tally.of([None, None]) == Tally(None, 2)
    assert Tally.of([0, None]) == Tally(0, 1)


PHASES = (
    ReportingPhase(from_hours=0, interval_minutes=60),
    ReportingPhase(from_hours=24, interval_minutes=120),
)


@pytest.mark.parametrize(
    ("hours", "minutes"), [(-1, 60), (0, 60), (23.99, 60), (24, 120), (500, 120)]
)
def test_the_reporting_interval_follows_the_phase_of_the_incident(
    hours: float, minutes: int
) -> None:
    began = datetime(2026, 9, 1, tzinfo=UTC)
    found = reporting_interval(PHASES, began, began + timedelta(hours=hours))
    assert found == timedelta(minutes=minutes)


def test_silence_for_two_intervals_is_a_matter_for_more_than_its_owner() -> None:
    opened, hour = datetime(2026, 9, 1, tzinfo=UTC), timedelta(hours=1)
    assert escalates_at(None, opened, hour) == opened + 2 * hour
    assert escalates_at(opened + hour, opened, hour) == opened + 3 * hour


@given(st.fixed_dictionaries(dict.fromkeys(FIGURES, figures)))
def test_figures_that_contradict_nothing_are_those_that_the_store_takes(
    told: dict[str, int | None],
) -> None:
    known = {name: count for name, count in told.items() if count is not None}
    genders = [known[name] for name in GENDERS if name in known]
    fits = all(
        known[part] <= known[whole] for part, whole in PARTS.items() if {part, whole} <= {*known}
    )
    if "persons" in known:
        fits &= sum(genders) <= known["persons"]
        fits &= len(genders) < len(GENDERS) or sum(genders) == known["persons"]
    assert fits is not any(True for _ in contradictions(told))
