"""How likely two damage reports tell of the same damage: a rule, without a store or a clock."""

import math
from dataclasses import dataclass

from rapidfuzz import fuzz

from gis.identity.spelling import comparable_name

PLACE_SPREAD_M = 15.0
"""How far apart two people place one damage whose devices are exact: two corners of a house."""
ACCURACY_UNKNOWN_M = 25.0
"""How exact a place is taken to be where nobody said: a tap on the map, a phone between houses."""
ACCURACY_WORST_M = 150.0
"""Beyond this a radius says only that the device did not know; it widens the search no further."""
TIME_SPREAD_S = 4 * 3600.0
"""After how many seconds a second report of the same damage has become a third as likely."""
APART_MOST_S = 12 * 3600.0
"""Beyond this two reports of like damage are two damages: the street of yesterday, hit again."""

LIKELY = 0.5
"""The score from which on two reports are shown as probably the same."""


@dataclass(frozen=True)
class Told:
    """What a report tells, as far as it is compared; None is unknown."""

    category: str
    accuracy_m: float | None
    place_text: str | None
    note: str | None

    @property
    def text(self) -> str:
        """What was written, in the spelling in which texts are compared."""
        return comparable_name(f"{self.place_text or ''} {self.note or ''}")


def reach_m(accuracy_m: float | None) -> float:
    """Return by how many metres a report's own accuracy widens where it may lie."""
    known = ACCURACY_UNKNOWN_M if accuracy_m is None else accuracy_m
    return min(known, ACCURACY_WORST_M)


def text_similarity(told: Told, other: Told) -> float | None:
    """Return the share of common letters in what two reports wrote, 0 to 1; None if one is silent.

    Letters in any order: who retells a damage turns the sentence round.
    """
    text, other_text = told.text, other.text
    if not text or not other_text:
        return None
    return fuzz.token_sort_ratio(" ".join(text), " ".join(other_text)) / 100


def likeness(
    told: Told, other: Told, *, distance_m: float | None, apart_s: float, similarity: float | None
) -> float:
    """Return from 0 to 1 how much speaks for two reports being of the same damage.

    Parameters
    ----------
    told, other
        The two reports.
    distance_m
        Metres between their places; None where one has none.
    apart_s
        Seconds between what they saw.
    similarity
        What :func:`text_similarity` returned.
    """
    if apart_s > APART_MOST_S:
        return 0.0
    odds = math.exp(-apart_s / TIME_SPREAD_S)
    if distance_m is not None:
        spread = math.hypot(PLACE_SPREAD_M, reach_m(told.accuracy_m), reach_m(other.accuracy_m))
        odds *= 4 * math.exp(-((distance_m / spread) ** 2))
    if similarity is not None:
        odds *= math.exp(12 * (similarity - (0.4 if distance_m is not None else 0.55)))
    elif distance_m is None:
        return 0.0
    if told.category != other.category:
        odds /= 4
    return odds / (1 + odds)
