"""What people in a shelter are to have at least: pure, without a store or a clock.

The rules are those of 内閣府「避難所運営等避難生活支援のためのガイドライン」 (December 2024); their
figures stand in the city profile. What is unknown stays None.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from gis.config import Standards, ToiletNorm

STATIONARY_TOILETS = (
    "toilets_shared",
    "toilets_women",
    "toilets_men",
    "toilets_multipurpose",
    "toilets_temporary",
    "toilets_simple",
    "toilets_manhole",
    "toilets_vehicle",
)
"""What counts as a toilet. Portable ones (携帯トイレ) are bags: used up, and in need of a seat."""


def floor_area_per_person(area_m2: int | None, persons: int | None) -> float | None:
    """Return square metres per person; infinity where nobody is, None where either is unknown."""
    if area_m2 is None or persons is None:
        return None
    return area_m2 / persons if persons else math.inf


def is_floor_enough(m2_per_person: float | None, norm_m2: float) -> bool | None:
    """Tell whether everybody has the floor of the norm; None where nobody can know."""
    return None if m2_per_person is None else m2_per_person >= norm_m2


def toilets_needed(persons: int | None, norms: Sequence[ToiletNorm], hours: float) -> int | None:
    """Return how many toilets so many persons need; None where nobody has counted them.

    Parameters
    ----------
    norms
        Of the city profile, the first one from hour 0.
    hours
        Since the incident began.
    """
    if persons is None:
        return None
    norm = [norms[0], *(norm for norm in norms if norm.from_hours <= hours)][-1]
    return math.ceil(persons / norm.persons)


def toilet_split(needed: int, women_per_man: float) -> tuple[int, int]:
    """Return how many of some toilets are for women and how many for men.

    What cannot be divided is for women.
    """
    men = math.floor(needed / (women_per_man + 1))
    return needed - men, men


def persons_per_toilet(persons: int | None, toilets: int | None) -> float | None:
    """Return how many persons share a toilet; None where either is unknown.

    Without any toilet that is infinity, and 0 where nobody is.
    """
    if persons is None or toilets is None:
        return None
    if toilets == 0:
        return math.inf if persons else 0.0
    return persons / toilets


@dataclass(frozen=True)
class ToiletSupply:
    """The toilets of a shelter against its persons; None is unknown."""

    total: int | None
    """Of the kinds that were reported; portable ones are no part of it."""
    is_complete: bool
    """Whether all kinds were reported; otherwise there may be more than ``total``."""
    needed: int | None
    lacking: int | None
    """How many to add, at most where the total is not complete."""
    lacking_for_women: int | None
    """How many of those are to be for women."""
    persons_each: float | None

    @classmethod
    def of(
        cls,
        toilets: Mapping[str, int],
        persons: int | None,
        standards: Standards,
        hours: float,
    ) -> Self:
        """Return what some toilets, by the names of :data:`STATIONARY_TOILETS`, are to people.

        Parameters
        ----------
        toilets
            A kind that is missing is unknown.
        hours
            Since the incident began.
        """
        known = [toilets[kind] for kind in STATIONARY_TOILETS if kind in toilets]
        total = sum(known) if known else None
        needed = toilets_needed(persons, standards.toilets, hours)
        lacking = None if total is None or needed is None else max(needed - total, 0)
        return cls(
            total=total,
            is_complete=len(known) == len(STATIONARY_TOILETS),
            needed=needed,
            lacking=lacking,
            lacking_for_women=_for_women(
                lacking, needed, toilets.get("toilets_women"), standards.women_toilets_per_mens
            ),
            persons_each=persons_per_toilet(persons, total),
        )


def _for_women(
    lacking: int | None, needed: int | None, women: int | None, women_per_man: float
) -> int | None:
    """Return how many of the toilets to add make up for those that women lack."""
    if lacking == 0:
        return 0
    if lacking is None or needed is None or women is None:
        return None
    return min(lacking, max(toilet_split(needed, women_per_man)[0] - women, 0))
