"""How likely two damage reports tell of the same damage: a rule, without a store or a clock.

Each kind of evidence multiplies the odds: how near the places are for how exact they are, and how
many others lie around; the time between; the category; who reports; whether the addresses agree;
and the words of both. A word that both use says the more, the fewer of the reports around use it,
and a word that only one uses speaks against. The weights were fitted by logistic regression to
reports of a city with planted duplicates, another lot than they are measured on.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from gis.damage_words import words
from gis.identity.spelling import comparable_address

PLACE_SPREAD_M = 12.0
"""How far apart two people place one damage whose devices are exact: two corners of a house."""
ACCURACY_UNKNOWN_M = 15.0
"""How exact a place is taken to be where nobody said: a tap on the map, a phone between houses."""
ACCURACY_WORST_M = 120.0
"""Beyond this a radius says only that the device did not know; it widens the search no further."""
AROUND_M = 60.0
"""Within how many metres other reports of the category are counted as the crowd."""
SOON_S = 20 * 60.0
"""Within this a team adds to what it has just reported."""
APART_MOST_S = 12 * 3600.0
"""Beyond this two reports of like damage are two damages: the street of yesterday, hit again."""

FAR = 2.5
"""Beyond this many times what is likely, two places are two."""

LIKELY = 0.25
"""The score from which on two reports are shown as probably the same."""

WEIGHTS: Mapping[str, float] = {
    "at_first": 3.97,
    "distance": -1.18,
    "inexact": -1.49,
    "crowd": -0.88,
    "in_words": -3.93,
    "many": -0.46,
    "no_lot": -2.18,
    "hours_apart": -0.71,
    "other_category": -1.89,
    "same_team": -3.37,
    "same_team_soon": 1.66,
    "other_team": -0.92,
    "address": 0.43,
    "next_lot": -0.38,
    "other_block": -2.32,
    "words_shared": 0.19,
    "words_alone": -0.13,
    "figures": 0.96,
    "silent": -0.40,
}
"""By how much each kind of evidence raises the logarithm of the odds (:func:`evidence`)."""

_SPREAD_USUAL_M = 15.0
_REPORTS_BEFORE, _SHARE_BEFORE = 30, 0.02
"""Where few lie around, a word counts as if 2 % of thirty more used it."""
_REMEMBERED = 20_000
_TOWN_AND_NUMBER = 2
"""Parts of an address that says no more: it names a street's whole block, or a 丁目."""
_NUMBERS = re.compile(r"\d+(?:-\d+)*")


@dataclass(frozen=True)
class Told:
    """What a report tells, as far as it is compared; None is unknown.

    ``accuracy_m`` is how exact the device said its place to be, in metres.
    """

    category: str
    accuracy_m: float | None
    place_text: str | None
    note: str | None
    reporter: str | None = None

    @property
    def spread_m(self) -> float:
        """How exact the place is, in metres."""
        known = ACCURACY_UNKNOWN_M if self.accuracy_m is None else self.accuracy_m
        return min(known, ACCURACY_WORST_M)

    @cached_property
    def lot(self) -> tuple[str, ...]:
        """The end of the town's name and the numbers of the address, 丁目 first."""
        return _lot(self.place_text or "", self.note or "")[0]

    @cached_property
    def words(self) -> frozenset[str]:
        """What is said beside the address."""
        return words(f"{_lot(self.place_text or '', '')[1]} {self.note or ''}")


class Surroundings:
    """The reports that one is weighed against, and how rare among them is what it says."""

    def __init__(self, told: Told, others: Iterable[Told], crowd: int) -> None:
        known = list(others)
        self.count, self.crowd = len(known), crowd
        """``crowd`` is how many of the category lie within :data:`AROUND_M`."""
        self._said = Counter(word for each in known for word in each.words & told.words)
        self._lots = Counter(
            each.lot[:depth] for each in known for depth in range(2, _agreed(told, each) + 1)
        )

    def rarity(self, said: Iterable[str]) -> float:
        """Return how rare words are: the sum of the logarithms of one in how many uses each."""
        return sum(self._rare(self._said[word]) for word in said)

    def lot_rarity(self, lot: tuple[str, ...]) -> float:
        """Return how rare an address, or the beginning of one, is."""
        return self._rare(self._lots[lot])

    def _rare(self, times: int) -> float:
        using = times + _REPORTS_BEFORE * _SHARE_BEFORE
        return math.log((self.count + _REPORTS_BEFORE) / using)


def apart_m(spread_m: float, other_m: float) -> float:
    """Return how far apart two places of one damage may well be told, in metres."""
    return math.hypot(PLACE_SPREAD_M, spread_m, other_m)


def similarity(told: Told, other: Told, around: Surroundings) -> float | None:
    """Return which part of what the shorter says the other says too; None where one is silent."""
    if not (told.words and other.words):
        return None
    shared = around.rarity(told.words & other.words)
    alone = min(around.rarity(told.words - other.words), around.rarity(other.words - told.words))
    return shared / (shared + alone)


def evidence(
    told: Told, other: Told, around: Surroundings, *, distance_m: float | None, apart_s: float
) -> dict[str, float]:
    """Return what speaks for or against two reports being of the same damage, by kind.

    Parameters
    ----------
    told, other
        The two reports.
    around
        What the first is weighed against, the other among it.
    distance_m
        Metres between their places; None where one has none.
    apart_s
        Seconds between what they saw.
    """
    return {
        "at_first": 1.0,
        "hours_apart": apart_s / 3600,
        "other_category": float(told.category != other.category),
        **_by_reporter(told, other, apart_s),
        **_by_address(told, other, around),
        **_by_words(told, other, around),
        **_by_place(told, other, around, distance_m),
    }


def likeness(found: Mapping[str, float]) -> float:
    """Return from 0 to 1 how much speaks for it, by what :func:`evidence` found."""
    return 1 / (1 + math.exp(-sum(WEIGHTS[kind] * value for kind, value in found.items())))


def too_far(told: Told, other: Told, distance_m: float | None) -> bool:
    """Tell whether two reports lie so far apart that no inexactness explains it."""
    apart = apart_m(told.spread_m, other.spread_m)
    return distance_m is not None and distance_m > FAR * apart


def _by_place(
    told: Told, other: Told, around: Surroundings, distance_m: float | None
) -> dict[str, float]:
    if distance_m is None:
        same_town = float(_agreed(told, other) > 1)
        return {"in_words": 1.0, "many": math.log1p(around.count), "no_lot": 1 - same_town}
    apart = apart_m(told.spread_m, other.spread_m)
    return {
        "distance": (distance_m / apart) ** 2,
        "inexact": math.log(apart / _SPREAD_USUAL_M),
        "crowd": math.log1p(around.crowd),
    }


def _by_reporter(told: Told, other: Told, apart_s: float) -> dict[str, float]:
    if told.reporter is None or other.reporter is None:
        return {}
    if told.reporter != other.reporter:
        return {"other_team": 1.0}
    return {"same_team": 1.0, "same_team_soon": float(apart_s <= SOON_S)}


def _by_address(told: Told, other: Told, around: Surroundings) -> dict[str, float]:
    """Count an address the more, the further it agrees; one of another block is against it."""
    known, agreed = min(len(told.lot), len(other.lot)), _agreed(told, other)
    if known < _TOWN_AND_NUMBER:
        return {}
    if agreed == known:
        return {"address": around.lot_rarity(told.lot[:agreed])}
    if known == _TOWN_AND_NUMBER:
        return {}
    is_next = agreed == known - 1 and agreed > 1 and len(told.lot) == len(other.lot)
    return {"next_lot" if is_next else "other_block": 1.0}


def _by_words(told: Told, other: Told, around: Surroundings) -> dict[str, float]:
    if not (told.words and other.words):
        return {"silent": 1.0}
    shared = told.words & other.words
    alone = min(around.rarity(told.words - shared), around.rarity(other.words - shared))
    figures = sum(word[0].isdigit() for word in shared)
    return {"words_shared": around.rarity(shared), "words_alone": alone, "figures": float(figures)}


def _agreed(told: Told, other: Told) -> int:
    """Return how many parts of two addresses agree from the beginning."""
    agreed = 0
    for one, two in zip(told.lot, other.lot, strict=False):
        if one != two:
            break
        agreed += 1
    return agreed


@lru_cache(_REMEMBERED)
def _lot(place_text: str, note: str) -> tuple[tuple[str, ...], str]:
    """Return an address in parts, and what stands behind it; a note must have two numbers."""
    for text, parts in ((place_text, 1), (note, 2)):
        address = comparable_address(text)
        numbers = _NUMBERS.search(address)
        if numbers and numbers[0].count("-") + 1 >= parts:
            head = address[: numbers.start()][-2:]
            return (head, *numbers[0].split("-")), address[numbers.end() :]
    return (), comparable_address(place_text)
