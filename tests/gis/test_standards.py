"""What people are to have at least: at the edges, and where somebody knows nothing."""

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from gis.config import Standards, ToiletNorm, city_profile
from gis.standards import (
    STATIONARY_TOILETS,
    ToiletSupply,
    floor_area_per_person,
    is_floor_enough,
    persons_per_toilet,
    toilet_split,
    toilets_needed,
)

NORMS = (ToiletNorm(from_hours=0, persons=50), ToiletNorm(from_hours=168, persons=20))
STANDARDS = Standards(floor_area_m2_per_person=3.5, women_toilets_per_mens=3, toilets=NORMS)
WEEK = 168


def test_the_demonstration_city_follows_the_guideline() -> None:
    assert city_profile("142077").standards == STANDARDS


@pytest.mark.parametrize(
    ("area", "persons", "each", "enough"),
    [
        (350, 100, 3.5, True),
        (349, 100, 3.49, False),
        (350, 101, 350 / 101, False),
        (350, 0, math.inf, True),
        (None, 100, None, None),
        (350, None, None, None),
        (None, 0, None, None),
    ],
)
def test_everybody_has_the_floor_of_the_norm_or_not_or_nobody_knows(
    area: int | None, persons: int | None, each: float | None, *, enough: bool | None
) -> None:
    found = floor_area_per_person(area, persons)
    assert found == each
    assert is_floor_enough(found, 3.5) is enough


@pytest.mark.parametrize(
    ("persons", "hours", "needed"),
    [
        (0, 0, 0),
        (1, 0, 1),
        (50, 0, 1),
        (51, 0, 2),
        (100, WEEK - 0.01, 2),
        (100, WEEK, 5),
        (101, 10 * WEEK, 6),
        (100, -1, 2),
        (None, 0, None),
    ],
)
def test_the_toilets_that_are_needed_follow_the_phase_of_the_incident(
    persons: int | None, hours: float, needed: int | None
) -> None:
    assert toilets_needed(persons, NORMS, hours) == needed


@pytest.mark.parametrize(
    ("needed", "ratio", "women", "men"),
    [(0, 3, 0, 0), (1, 3, 1, 0), (3, 3, 3, 0), (4, 3, 3, 1), (9, 3, 7, 2), (4, 1, 2, 2)],
)
def test_toilets_are_split_and_what_is_left_over_is_for_women(
    needed: int, ratio: float, women: int, men: int
) -> None:
    assert toilet_split(needed, ratio) == (women, men)


@given(needed=st.integers(0, 10_000), ratio=st.floats(0.1, 10))
def test_a_split_loses_no_toilet(needed: int, ratio: float) -> None:
    women, men = toilet_split(needed, ratio)
    assert women + men == needed
    assert min(women, men) >= 0


@pytest.mark.parametrize(
    ("persons", "toilets", "each"),
    [
        (120, 4, 30),
        (0, 4, 0),
        (0, 0, 0),
        (120, 0, math.inf),
        (None, 4, None),
        (120, None, None),
    ],
)
def test_nobody_without_a_toilet_and_everybody_without_one_are_told_apart(
    persons: int | None, toilets: int | None, each: float | None
) -> None:
    assert persons_per_toilet(persons, toilets) == each


def supply(persons: int | None, hours: float = 0, **toilets: int) -> ToiletSupply:
    return ToiletSupply.of(toilets, persons, STANDARDS, hours)


def test_bags_are_no_toilets() -> None:
    assert supply(100, toilets_portable=500).total is None
    assert supply(100, toilets_portable=500, toilets_men=1).total == 1


def test_a_total_without_some_kind_may_be_larger() -> None:
    every = dict.fromkeys(STATIONARY_TOILETS, 2)
    assert (supply(100, **every).total, supply(100, **every).is_complete) == (16, True)
    del every["toilets_vehicle"]
    assert (supply(100, **every).total, supply(100, **every).is_complete) == (14, False)


@pytest.mark.parametrize(
    ("persons", "toilets", "lacking", "for_women"),
    [
        (200, {"toilets_women": 3, "toilets_men": 1}, 0, 0),
        (400, {"toilets_women": 3, "toilets_men": 1}, 4, 3),
        (400, {"toilets_women": 0, "toilets_shared": 6}, 2, 2),
        (400, {"toilets_women": 7}, 1, 0),
        (400, {"toilets_shared": 4}, 4, None),
        (400, {}, None, None),
        (None, {"toilets_women": 3}, None, None),
        (0, {"toilets_women": 0}, 0, 0),
    ],
)
def test_what_is_lacking_is_told_with_what_women_lack(
    persons: int | None, toilets: dict[str, int], lacking: int | None, for_women: int | None
) -> None:
    found = supply(persons, **toilets)
    assert (found.lacking, found.lacking_for_women) == (lacking, for_women)


@pytest.mark.parametrize(
    "wrong",
    [
        {"toilets": ()},
        {"toilets": NORMS[1:]},
        {"toilets": (NORMS[0], NORMS[0])},
        {"toilets": (NORMS[1], NORMS[0])},
        {"floor_area_m2_per_person": 0},
        {"women_toilets_per_mens": 0},
    ],
)
def test_a_profile_whose_standards_contradict_themselves_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Standards(**{**dict(STANDARDS), **wrong})
