"""The rules of counting people, at their edges."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis.config import CrowdingThresholds, city_profile
from gis.occupancy import Tally, crowding, share_of_capacity, stale_at
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
