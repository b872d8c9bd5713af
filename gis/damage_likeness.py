"""How likely two damage reports tell of the same damage: a rule, without a store or a clock.

Each kind of evidence multiplies the odds. A near place says the more, the more exactly both places
are known and the fewer other reports lie around; hours apart and another category speak against it;
texts speak for or against it, and an address of another number strongly against it.
"""

import math
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from gis.identity.spelling import comparable_address

PLACE_SPREAD_M = 12.0
"""How far apart two people place one damage whose devices are exact: two corners of a house."""
ACCURACY_UNKNOWN_M = 15.0
"""How exact a place is taken to be where nobody said: a tap on the map, a phone between houses."""
ACCURACY_WORST_M = 120.0
"""Beyond this a radius says only that the device did not know; it widens the search no further."""
IN_WORDS_M = 400.0
"""How exact a place is that only words tell, or that is the point of a town."""
AROUND_M = 60.0
"""Within how many metres other reports of the category are counted as the crowd."""
HOURS_APART = 2.5
"""After how many hours a second report of the same damage has become a third as likely."""
APART_MOST_S = 12 * 3600.0
"""Beyond this two reports of like damage are two damages: the street of yesterday, hit again."""

LIKELY = 0.5
"""The score from which on two reports are shown as probably the same."""

_AT_FIRST = 2.0
"""The odds of two reports at one exact spot, before anything else is known of them."""
_MISTAKEN = 1 / 12
"""How often, beside the right one, the same damage is filed under a sister category."""
_NOTE_SAYS, _PLACE_SAYS = 7.0, 5.0
"""How much a text of the same letters says, against one that shares half of them."""

_REMEMBERED = 20_000
_NOT_COMPARED = re.compile(r"[\W_ーぁ-ん]")
"""Marks and hiragana: 塀が倒れている and 塀倒れ share what they mean in kanji and katakana."""
_NUMBERS = re.compile(r"\d+(?:-\d+)*")


@dataclass(frozen=True)
class Told:
    """What a report tells, as far as it is compared; None is unknown.

    ``spread_m`` is how exact its place is, in metres.
    """

    category: str
    spread_m: float
    place_text: str | None
    note: str | None


@dataclass(frozen=True)
class Similarity:
    """How alike two reports are worded, 0 to 1 each; None where one of them is silent."""

    place: float | None
    note: float | None

    @property
    def whole(self) -> float | None:
        """The mean of what both tell."""
        known = [each for each in (self.place, self.note) if each is not None]
        return sum(known) / len(known) if known else None


def spread_m(accuracy_m: float | None, *, in_words: bool) -> float:
    """Return how exact a place is, in metres, by what the device said of it."""
    if in_words:
        return IN_WORDS_M
    known = ACCURACY_UNKNOWN_M if accuracy_m is None else accuracy_m
    return min(known, ACCURACY_WORST_M)


def apart_m(spread_m: float, other_m: float) -> float:
    """Return how far apart two places of one damage may well be told, in metres."""
    return math.hypot(PLACE_SPREAD_M, spread_m, other_m)


def similarity(told: Told, other: Told) -> Similarity:
    """Compare the wording of two reports, by the letters that both have in any order.

    Who retells a damage turns the sentence round and shortens it. Numbers of an address that
    contradict each other are two places, whatever the words around them.
    """
    return Similarity(
        _place_similarity(told.place_text or "", other.place_text or ""),
        _shared(_letters(told.note or ""), _letters(other.note or "")),
    )


def likeness(  # noqa: PLR0913 - the kinds of evidence
    told: Told,
    other: Told,
    wording: Similarity,
    *,
    distance_m: float | None,
    apart_s: float,
    crowd: int,
) -> float:
    """Return from 0 to 1 how much speaks for two reports being of the same damage.

    Parameters
    ----------
    told, other
        The two reports.
    wording
        What :func:`similarity` returned of them.
    distance_m
        Metres between their places; None where one has none.
    apart_s
        Seconds between what they saw.
    crowd
        How many other reports of the category lie within :data:`AROUND_M`.
    """
    if apart_s > APART_MOST_S or (distance_m is None and wording.whole is None):
        return 0.0
    apart = apart_m(told.spread_m, other.spread_m)
    odds = _AT_FIRST * (AROUND_M / apart) ** 2 / (1 + crowd)
    odds *= math.exp(-(((distance_m or 0) / apart) ** 2) - apart_s / 3600 / HOURS_APART)
    if told.category != other.category:
        odds *= _MISTAKEN
    if wording.place is not None:
        odds *= math.exp(_PLACE_SAYS * (wording.place - 0.5))
    if wording.note is not None:
        odds *= math.exp(_NOTE_SAYS * (wording.note - 0.5))
    return odds / (1 + odds)


def _place_similarity(text: str, other: str) -> float | None:
    numbers, other_numbers = _lot(text), _lot(other)
    if len(numbers) > 1 and len(other_numbers) > 1:
        known = zip(numbers, other_numbers, strict=False)  # a branch number may be left out
        return 1.0 if all(one == two for one, two in known) else 0.0
    return _shared(_letters(text), _letters(other))


def _shared(letters: str, others: str) -> float | None:
    return fuzz.ratio(letters, others) / 100 if letters and others else None


@lru_cache(_REMEMBERED)
def _letters(text: str) -> str:
    """Return the letters of a text that carry its meaning, in the order of their codes."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(sorted(_NOT_COMPARED.sub("", folded)))


@lru_cache(_REMEMBERED)
def _lot(text: str) -> tuple[str, ...]:
    """Return the numbers of an address, 丁目 first: 2, 3 and 15 of 東海岸南二丁目3番15号."""
    numbers = _NUMBERS.search(comparable_address(text))
    return tuple(numbers[0].split("-")) if numbers else ()
