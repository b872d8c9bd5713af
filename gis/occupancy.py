"""Rules about people in shelters: pure, without a store or a clock."""

import math
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from gis.config import CrowdingThresholds, ReportingPhase
from gis.vocabulary import Crowding

PERSONS_MOST = 99_999
"""Upper bound of a plausible count in one shelter; the largest stadiums in Japan hold fewer."""

FIGURES = (
    "persons",
    "households",
    "voluntary_persons",
    "voluntary_households",
    "men",
    "women",
    "gender_unknown",
    "infants",
    "special_care",
    "staff",
    "supporters",
    "outside_persons",
    "outside_households",
)
"""What a reading may count, the totals first; those of EEI (DS-455-1, 避難所)."""

Figures = Mapping[str, int | None]
"""Some of :data:`FIGURES`; one that is missing or None was not counted."""

PARTS = {
    "voluntary_persons": "persons",
    "infants": "persons",
    "special_care": "persons",
    "men": "persons",
    "women": "persons",
    "gender_unknown": "persons",
    "voluntary_households": "households",
}
"""Of which total a figure is a part. People outside the building are no part of any."""

GENDERS = ("men", "women", "gender_unknown")

FAR_OVER_CAPACITY = 1.3
"""From which share of capacity on a count is asked back: 30 % above."""
JUMP = 10
"""How many times the last count makes one be asked back: a digit too many, or too few."""


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
    if share is None or math.isinf(share):
        return None
    # 113 of 100 is 1.13, of which a hundred times is 112.99… to a computer. No share of a capacity
    # that can be lies as near to a whole number as is rounded away here.
    return math.floor(round(share * 100, 7))


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


def contradictions(figures: Figures) -> Iterator[tuple[str, int, str, int]]:
    """Yield the parts that exceed their total, as (part, its count, total, its count).

    The total is men and women and those of unknown gender together, so that these three, counted
    all, may not fall short of it either. What is unknown contradicts nothing.
    """
    for part, whole in PARTS.items():
        count, total = figures.get(part), figures.get(whole)
        if count is not None and total is not None and count > total:
            yield part, count, whole, total
    genders = [figures.get(gender) for gender in GENDERS]
    counted = [count for count in genders if count is not None]
    total = figures.get("persons")
    if total is None or not counted:
        return
    if sum(counted) > total or (len(counted) == len(GENDERS) and sum(counted) < total):
        yield "+".join(GENDERS), sum(counted), "persons", total


def is_far_over(persons: int | None, capacity: int | None) -> bool:
    """Tell whether a count is so far above capacity that it may be a slip of the pen."""
    share = share_of_capacity(persons, capacity)
    return share is not None and share > FAR_OVER_CAPACITY


def is_jump(persons: int | None, before: int | None) -> bool:
    """Tell whether a count has a digit too many, or too few, beside the one before it.

    Nobody before, or nobody left, is no jump: shelters fill and empty.
    """
    if not persons or not before:
        return False
    return persons >= before * JUMP or persons * JUMP <= before


def reporting_interval(
    phases: Sequence[ReportingPhase], started_at: datetime, at: datetime
) -> timedelta:
    """Return how often shelters are to report at a moment of an incident.

    Parameters
    ----------
    phases
        Of the city profile, the first one from hour 0.
    started_at
        When the incident began.
    """
    hours = (at - started_at) / timedelta(hours=1)
    phase = [phases[0], *(phase for phase in phases if phase.from_hours <= hours)][-1]
    return timedelta(minutes=phase.interval_minutes)


def stale_at(observed_at: datetime | None, interval: timedelta) -> datetime | None:
    """Return from when a figure counts as old; None where there is no figure."""
    return observed_at + interval if observed_at else None


def escalates_at(observed_at: datetime | None, since_at: datetime, interval: timedelta) -> datetime:
    """Return from when a shelter that does not report is a matter for more than its owner.

    That is twice the interval after the last figure, or after ``since_at`` where there is none.
    """
    return (observed_at or since_at) + 2 * interval


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


def free_places(persons: int | None, capacity: int | None) -> int | None:
    """Return how many more people a place takes; None where nobody can know."""
    if persons is None or capacity is None:
        return None
    return max(capacity - persons, 0)


def persons_over(persons: int | None, capacity: int | None) -> int | None:
    """Return how many people are too many in a place; None where nobody can know."""
    if persons is None or capacity is None:
        return None
    return max(persons - capacity, 0)


_UNKNOWN_RANKS_AS = 0.8
"""An unknown shelter may be full: it stands between the crowded ones, never at the end."""


def ranking_share(share: float | None) -> float:
    """Return the share by which shelters are put in order, the fullest first."""
    return _UNKNOWN_RANKS_AS if share is None else share


@dataclass(frozen=True, slots=True)
class Trend:
    """Counts of persons as they followed each other, in the order of their moments.

    Moments are seconds since 1970 (UTC), one for each count. A nation's shelters have two hundred
    thousand of them: too many to make each pair a thing of its own.
    """

    moments: Sequence[int] = ()
    persons: Sequence[int] = ()

    def __len__(self) -> int:
        """Return how many counts there are."""
        return len(self.moments)

    def __iter__(self) -> Iterator[tuple[int, int]]:
        """Yield each count after its moment."""
        return zip(self.moments, self.persons, strict=True)


def change_since(trend: Trend, then: datetime) -> int | None:
    """Return by how much the last count differs from what held at a moment.

    None where nothing was counted by then, or nothing since: a figure that nobody has counted anew
    has not been found unchanged.
    """
    by_then = bisect_right(trend.moments, then.timestamp())
    if by_then in (0, len(trend)):
        return None
    return trend.persons[-1] - trend.persons[by_then - 1]
