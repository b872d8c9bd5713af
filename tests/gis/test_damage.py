"""The rules of damage, at their edges."""

import pytest

from gis.damage import GROUPS, DamageDetails, class_by_depth, conflicting, unit_of
from gis.vocabulary import DamageCategory, DamageGroup, DamageUnit, DwellingClass, FloodLevel

OVER, UNDER = FloodLevel.OVER_FLOOR, FloodLevel.UNDER_FLOOR


def test_every_category_stands_in_one_group() -> None:
    listed = [category for group in DamageGroup for category in GROUPS[group]]
    assert sorted(listed) == sorted(DamageCategory)


@pytest.mark.parametrize(
    ("level", "depth_cm", "expected"),
    [
        (OVER, 180, DwellingClass.TOTAL),
        (OVER, 179, DwellingClass.LARGE_HALF),
        (OVER, 100, DwellingClass.LARGE_HALF),
        (OVER, 99, DwellingClass.MEDIUM_HALF),
        (OVER, 50, DwellingClass.MEDIUM_HALF),
        (OVER, 49, DwellingClass.HALF),
        (OVER, 0, DwellingClass.HALF),
        (UNDER, None, DwellingClass.PARTIAL),
        (OVER, None, None),
        (None, None, None),
    ],
)
def test_a_depth_implies_a_class(
    level: FloodLevel | None, depth_cm: int | None, expected: DwellingClass | None
) -> None:
    assert class_by_depth(level, depth_cm) is expected


@pytest.mark.parametrize(
    ("category", "unit"),
    [
        (DamageCategory.DWELLING, DamageUnit.BUILDINGS),
        (DamageCategory.ROAD, DamageUnit.PLACES),
        (DamageCategory.BLOCK_WALL, DamageUnit.PLACES),
        (DamageCategory.SCHOOL, DamageUnit.PLACES),
        (DamageCategory.TELEPHONE, DamageUnit.LINES),
        (DamageCategory.WATER, DamageUnit.CUSTOMERS),
        (DamageCategory.SHIP, DamageUnit.SHIPS),
        (DamageCategory.FIRE_BUILDING, DamageUnit.FIRES),
        (DamageCategory.PADDY, DamageUnit.HECTARES),
    ],
)
def test_a_category_is_counted_in_the_unit_of_the_form(
    category: DamageCategory, unit: DamageUnit
) -> None:
    assert unit_of(category) is unit


def test_what_two_reports_say_differently_contradicts_and_what_one_leaves_open_does_not() -> None:
    reports = [
        DamageDetails(people_in_danger=3, households=2, residents=4),
        DamageDetails(people_in_danger=0, households=2),
        DamageDetails(people_in_danger=None, depth_cm=30),
    ]
    names = ("people_in_danger", "households", "residents", "depth_cm", "affected")
    assert conflicting(reports, names) == {"people_in_danger"}
    assert conflicting(reports[:1], names) == set()
