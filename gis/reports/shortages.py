"""What runs out first, where and when, and what is lacking of what in all."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from gis.supply_outlook import ItemOutlook, SupplyOutlook
from gis.vocabulary import Bound

WITHIN: Final = timedelta(hours=24)
"""What lasts longer does not run out first."""
MOST: Final = 15


@dataclass(frozen=True)
class Shortage:
    """An item that runs out in a shelter."""

    shelter_id: UUID
    shelter: str
    item_code: str
    hours: float
    """Until then; 0 is none left."""
    runs_out_at: datetime | None
    bound: Bound
    """Whether it may last longer, or not as long."""


@dataclass(frozen=True)
class Lack:
    """What is lacking of an item until the horizon, in all shelters together."""

    item_code: str
    units: int
    """At least: what nobody can tell is not in it."""
    shelters: int
    """In how many it is lacking."""
    unknown_shelters: int
    """Of how many nobody can tell."""


@dataclass(frozen=True)
class Shortages:
    """What headquarters have to send for, at the moment of the summary."""

    horizon_days: float
    first: tuple[Shortage, ...]
    """What runs out first first; :data:`MOST` at the most."""
    in_all: int
    """How many items run out in some shelter within :data:`WITHIN`."""
    lacks: tuple[Lack, ...]
    """In most shelters first."""
    unknown: int
    """Of how many items in some shelter nobody can tell how long they last."""


def shortages(outlook: SupplyOutlook) -> Shortages:
    """Return what runs out first of all that an outlook tells."""
    ending = [
        Shortage(
            line.shelter_id,
            line.shelter,
            line.item_code,
            line.hours,
            line.outlook.runs_out_at,
            line.outlook.bound,
        )
        for line in outlook.running_out(WITHIN)
        if line.outlook and line.hours is not None
    ]
    return Shortages(
        outlook.horizon_days,
        tuple(ending[:MOST]),
        len(ending),
        tuple(_lacks(outlook.lines)),
        len(outlook.unknown),
    )


def _lacks(lines: Iterable[ItemOutlook]) -> list[Lack]:
    by_item: dict[str, list[ItemOutlook]] = defaultdict(list)
    for line in lines:
        by_item[line.item_code].append(line)
    found = (_lack(code, of_item) for code, of_item in by_item.items())
    return sorted(
        (lack for lack in found if lack.units), key=lambda lack: (-lack.shelters, lack.item_code)
    )


def _lack(code: str, lines: Iterable[ItemOutlook]) -> Lack:
    known = [line.lacking.units for line in lines]
    return Lack(
        code,
        sum(units for units in known if units),
        sum(bool(units) for units in known),
        sum(units is None for units in known),
    )
