"""Rules about damage: pure, without a store or a clock."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from gis.vocabulary import (
    DamageCategory,
    DamageGroup,
    DamageUnit,
    DwellingClass,
    FloodLevel,
    Phenomenon,
    QuickInspection,
)

GROUPS = {
    DamageGroup.BUILDING: (
        DamageCategory.DWELLING,
        DamageCategory.PUBLIC_BUILDING,
        DamageCategory.OTHER_BUILDING,
        DamageCategory.SCHOOL,
        DamageCategory.HOSPITAL,
        DamageCategory.WASTE_FACILITY,
        DamageCategory.BLOCK_WALL,
    ),
    DamageGroup.ROAD: (DamageCategory.ROAD, DamageCategory.BRIDGE, DamageCategory.RAILWAY),
    DamageGroup.SLOPE_AND_WATER: (
        DamageCategory.CLIFF,
        DamageCategory.RIVER,
        DamageCategory.EROSION_CONTROL,
        DamageCategory.PORT,
        DamageCategory.SHIP,
        DamageCategory.PADDY,
        DamageCategory.DRY_FIELD,
    ),
    DamageGroup.FIRE: (
        DamageCategory.FIRE,
        DamageCategory.FIRE_BUILDING,
        DamageCategory.FIRE_HAZARDOUS,
        DamageCategory.FIRE_OTHER,
    ),
    DamageGroup.LIFELINE: (
        DamageCategory.LIFELINE,
        DamageCategory.WATER,
        DamageCategory.ELECTRICITY,
        DamageCategory.GAS,
        DamageCategory.TELEPHONE,
    ),
    DamageGroup.OTHER: (DamageCategory.OTHER,),
}
"""Which categories stand together where one is chosen; every one stands once."""

STANDING = frozenset(GROUPS[DamageGroup.BUILDING]) - {DamageCategory.BLOCK_WALL}
"""What can be flooded to a depth, and inspected for entry."""

_UNITS = {
    DamageCategory.DWELLING: DamageUnit.BUILDINGS,
    DamageCategory.PUBLIC_BUILDING: DamageUnit.BUILDINGS,
    DamageCategory.OTHER_BUILDING: DamageUnit.BUILDINGS,
    DamageCategory.SHIP: DamageUnit.SHIPS,
    DamageCategory.PADDY: DamageUnit.HECTARES,
    DamageCategory.DRY_FIELD: DamageUnit.HECTARES,
    DamageCategory.TELEPHONE: DamageUnit.LINES,
    **dict.fromkeys(GROUPS[DamageGroup.FIRE], DamageUnit.FIRES),
    **dict.fromkeys(GROUPS[DamageGroup.LIFELINE][:-1], DamageUnit.CUSTOMERS),
}

COUNT_MOST = 99_999
"""Upper bound of a plausible count of people, buildings or customers in one report."""
DEPTH_MOST_CM = 2_000
"""Above any floor; the deepest class of the national hazard maps begins here."""

DEPTH_CLASSES = (
    (180, DwellingClass.TOTAL),
    (100, DwellingClass.LARGE_HALF),
    (50, DwellingClass.MEDIUM_HALF),
    (0, DwellingClass.HALF),
)
"""From how many cm above the floor a flooded dwelling is judged how (内閣府 水害の簡易判定).

For wooden and prefabricated detached houses of one or two floors that a current has struck.
"""


@dataclass(frozen=True, kw_only=True)
class DamageDetails:
    """What a report says beside category, severity and place; None is unknown throughout.

    ``affected`` is how much, in the unit of the category. ``depth_cm`` is the water above the
    floor at its shallowest. ``people_in_danger``, ``households`` and ``residents`` are counts,
    never names.
    """

    phenomenon: Phenomenon | None = None
    dwelling_class: DwellingClass | None = None
    flood_level: FloodLevel | None = None
    depth_cm: int | None = None
    quick_inspection: QuickInspection | None = None
    people_in_danger: int | None = None
    affected: float | None = None
    households: int | None = None
    residents: int | None = None


def unit_of(category: DamageCategory) -> DamageUnit:
    """Return in what a category is counted (消防庁 第4号様式 その2); places, unless said."""
    return _UNITS.get(category, DamageUnit.PLACES)


def implausible(details: DamageDetails) -> Iterator[tuple[str, int]]:
    """Yield the counts and depths that cannot be meant, each with the most that can."""
    for name in ("people_in_danger", "affected", "households", "residents", "depth_cm"):
        most = DEPTH_MOST_CM if name == "depth_cm" else COUNT_MOST
        figure = getattr(details, name)
        # Not-a-number compares false with everything.
        if figure is not None and not 0 <= figure <= most:
            yield name, most


def out_of_place(category: DamageCategory, details: DamageDetails) -> Iterator[str]:
    """Yield the details that say nothing of such a category, by the names of the fields."""
    if category is not DamageCategory.DWELLING:
        yield from _given(details, "dwelling_class", "households", "residents")
    if category not in STANDING:
        yield from _given(details, "flood_level", "depth_cm", "quick_inspection")
    elif details.flood_level is not FloodLevel.OVER_FLOOR:
        yield from _given(details, "depth_cm")


def _given(details: DamageDetails, *names: str) -> Iterator[str]:
    return (name for name in names if getattr(details, name) is not None)


def class_by_depth(level: FloodLevel | None, depth_cm: int | None) -> DwellingClass | None:
    """Return how a flooded dwelling would be judged by its depth (:data:`DEPTH_CLASSES`).

    Water under the floor is the lowest class; an unknown depth above it says nothing.
    """
    if level is FloodLevel.UNDER_FLOOR:
        return DwellingClass.PARTIAL
    if level is None or depth_cm is None:
        return None
    return next(judged for least, judged in DEPTH_CLASSES if depth_cm >= least)


def conflicting(told: Iterable[object], names: Iterable[str]) -> set[str]:
    """Return in what several reports of one damage contradict each other.

    What one says and another leaves open is no contradiction.
    """
    reports = list(told)
    said = {name: {getattr(report, name) for report in reports} - {None} for name in names}
    return {name for name, values in said.items() if len(values) > 1}
