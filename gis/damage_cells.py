"""What damage reports feed of 消防庁 第4号様式 その2: rules, without a store or a clock."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from gis.damage import unit_of
from gis.vocabulary import (
    DamageCategory,
    DamageUnit,
    DwellingClass,
    FloodLevel,
    FormRow,
    Phenomenon,
    Term,
)

RULES: tuple[tuple[FormRow, Mapping[str, Term]], ...] = (
    (FormRow.DWELLING_TOTAL, {"dwelling_class": DwellingClass.TOTAL}),
    (FormRow.DWELLING_HALF, {"dwelling_class": DwellingClass.LARGE_HALF}),
    (FormRow.DWELLING_HALF, {"dwelling_class": DwellingClass.MEDIUM_HALF}),
    (FormRow.DWELLING_HALF, {"dwelling_class": DwellingClass.HALF}),
    (FormRow.DWELLING_PARTIAL, {"dwelling_class": DwellingClass.QUASI_HALF}),
    (FormRow.DWELLING_PARTIAL, {"dwelling_class": DwellingClass.PARTIAL}),
    *(
        (row, {"category": DamageCategory.DWELLING, "flood_level": level})
        for row, level in (
            (FormRow.DWELLING_OVER_FLOOR, FloodLevel.OVER_FLOOR),
            (FormRow.DWELLING_UNDER_FLOOR, FloodLevel.UNDER_FLOOR),
        )
    ),
    *(
        (row, {"category": field, "phenomenon": phenomenon})
        for field, lost, flooded in (
            (DamageCategory.PADDY, FormRow.PADDY_LOST, FormRow.PADDY_FLOODED),
            (DamageCategory.DRY_FIELD, FormRow.DRY_FIELD_LOST, FormRow.DRY_FIELD_FLOODED),
        )
        for row, phenomenon in (
            (lost, Phenomenon.WASHED_AWAY),
            (lost, Phenomenon.BURIED),
            (flooded, Phenomenon.FLOODING),
        )
    ),
)
"""Into which row a report goes by what it says; the first rule that fits, else its category's own.

The classes of 被害認定 are rolled up into those of the form: 大規模半壊, 中規模半壊 and 半壊 are
半壊, 準半壊 and 一部損壊 are 一部破損. A class goes before water: no dwelling counts twice.
"""

UNCLASSED = frozenset(
    {
        FormRow.DWELLING,
        FormRow.PADDY,
        FormRow.DRY_FIELD,
        FormRow.FIRE,
        FormRow.LIFELINE,
        FormRow.OTHER,
    }
)
"""No rows of the form: listed apart, never in a cell."""

STRICKEN_ROWS = (FormRow.DWELLING_TOTAL, FormRow.DWELLING_HALF, FormRow.DWELLING_OVER_FLOOR)
"""Whose households and persons are り災世帯数 and り災者数 (the form's own sum)."""

_OF_PEOPLE = (DamageUnit.HOUSEHOLDS, DamageUnit.PERSONS)
_DWELLINGS = frozenset(
    {
        FormRow.DWELLING_TOTAL,
        FormRow.DWELLING_HALF,
        FormRow.DWELLING_PARTIAL,
        FormRow.DWELLING_OVER_FLOOR,
        FormRow.DWELLING_UNDER_FLOOR,
        FormRow.DWELLING,
    }
)
_FIELDS = {row: DamageCategory(said["category"]) for row, said in RULES if "phenomenon" in said}
_SEEN_ONE_BY_ONE = frozenset(
    {DamageUnit.BUILDINGS, DamageUnit.PLACES, DamageUnit.SHIPS, DamageUnit.FIRES}
)


@dataclass(frozen=True)
class Amount:
    """How much some reports tell of, in the unit of a cell.

    ``known`` is the sum over the ``reports`` that say how much, ``unknown`` how many do not.
    Without any that does ``known`` is None, unless there is no report at all, which is 0.
    """

    reports: int
    known: float | None
    unknown: int

    def __add__(self, other: "Amount") -> "Amount":
        """Return both together; what is unknown of one stays unknown."""
        known = [each.known for each in (self, other) if each.known is not None and each.reports]
        reports = self.reports + other.reports
        total = sum(known) if known or not reports else None
        return Amount(reports, total, self.unknown + other.unknown)


NOTHING = Amount(0, 0, 0)


@dataclass(frozen=True)
class DamageCell:
    """What reports say of a cell of the form: the confirmed ones, and beside them the others."""

    row: FormRow
    unit: DamageUnit
    confirmed: Amount
    unconfirmed: Amount
    conflicts: int
    """Of how many reports a source that was merged into them says something else of this cell."""

    def least(self, amount: Amount) -> float | None:
        """Return what it is at least, where a report without an amount still tells of one; or None.

        A place, a building, a ship or a fire that somebody saw is one; customers, hectares and
        people are as many as somebody says.
        """
        if not amount.unknown or self.unit not in _SEEN_ONE_BY_ONE:
            return None
        return (amount.known or 0) + amount.unknown


def units_of(row: FormRow) -> tuple[DamageUnit, ...]:
    """Return in which units the form counts a row: one cell each."""
    if row is FormRow.STRICKEN:
        return _OF_PEOPLE
    if row in _DWELLINGS:
        return (DamageUnit.BUILDINGS, *_OF_PEOPLE)
    return (unit_of(_FIELDS.get(row) or DamageCategory(row)),)


def stricken(cells: Mapping[tuple[FormRow, DamageUnit], DamageCell]) -> Iterator[DamageCell]:
    """Yield the cells り災世帯数 and り災者数, made of those of :data:`STRICKEN_ROWS`."""
    for unit in _OF_PEOPLE:
        of = [cells[row, unit] for row in STRICKEN_ROWS]
        yield DamageCell(
            FormRow.STRICKEN,
            unit,
            sum((each.confirmed for each in of), NOTHING),
            sum((each.unconfirmed for each in of), NOTHING),
            sum(each.conflicts for each in of),
        )
