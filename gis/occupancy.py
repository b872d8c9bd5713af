"""Rules about people in shelters: pure, without a store or a clock."""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from gis.config import CrowdingThresholds
from gis.vocabulary import Crowding

PERSONS_MOST = 99_999
"""Upper bound of a plausible count in one shelter; the largest stadiums in Japan hold fewer."""


def share_of_capacity(persons: int | None, capacity: int | None) -> float | None:
    """Return persons divided by capacity, or None where either is unknown.

    A capacity of 0 is a place that takes nobody: any person there is too many, which is returned
    as infinity; nobody there is 0.
    """
    if persons is None or capacity is None:
        return None
    if capacity == 0:
        return float("inf") if persons else 0.0
    return persons / capacity


def percent(share: float | None) -> int | None:
    """Return a share as whole per cent, rounded down, so that 80 % begins where a class does.

    None where it is unknown, and for people in a place that is meant for nobody.
    """
    return None if share is None or math.isinf(share) else math.floor(share * 100)


def crowding(share: float | None, thresholds: CrowdingThresholds) -> Crowding:
    """Return the crowding class of a share of capacity.

    A class begins at its threshold (上三川町: 30, 60 and 80 %). An unknown share is an unknown
    crowding, never an empty shelter.
    """
    if share is None:
        return Crowding.UNKNOWN
    if share >= thresholds.full:
        return Crowding.FULL
    if share >= thresholds.crowded:
        return Crowding.CROWDED
    if share >= thresholds.slightly_crowded:
        return Crowding.SLIGHTLY_CROWDED
    return Crowding.VACANT


def stale_at(observed_at: datetime | None, interval: timedelta) -> datetime | None:
    """Return from when a figure counts as old; None where there is no figure."""
    return observed_at + interval if observed_at else None


@dataclass(frozen=True)
class Tally:
    """A sum that knows what it could not add.

    ``known`` is the sum over the places whose figure is known, ``unknown_places`` how many places
    have none. Without any known place ``known`` is None: the sum of nothing known is unknown,
    unless there was no place at all, which is 0.
    """

    known: int | None
    unknown_places: int

    @classmethod
    def of(cls, figures: "list[int | None]") -> "Tally":
        """Return the tally of the figures of several places."""
        known = [figure for figure in figures if figure is not None]
        total = sum(known) if known or not figures else None
        return cls(total, len(figures) - len(known))
