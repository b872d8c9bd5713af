"""Which known facility each row means: matched, several, doubtful or none.

Only an equal name that nothing contradicts makes a match without a person. A name that differs by
its owner's prefix (茅ケ崎市立) needs the address and the place besides, for one address alone may
house several facilities; any other difference, in a number, a building or a kind of school, is for
a person to decide.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from gis.identity.evidence import (
    OWNED_NAME,
    PART_NAME,
    RESPELLED_NAME,
    Verdict,
    address_verdict,
    distance_m,
    ground_verdict,
    name_likeness,
    place_verdict,
)
from gis.identity.facility import Facility
from gis.identity.search import worth_weighing
from gis.text import N_
from gis.vocabulary import Term

MOST_SHOWN = 3
"""Candidates a person is shown; more would be a list to search, not a choice."""

_ALIKE_ENOUGH = {Verdict.AGREES: 0.0, Verdict.SILENT: 0.7, Verdict.CONTRADICTS: PART_NAME}
"""How alike names must be to trouble a person: the less, the more the ground speaks for it."""

_NAME_SHARE = 0.7
"""What the name counts in the likeness shown; the ground counts the rest."""


class Outcome(Term):
    """How surely the facility that a row means has been found."""

    MATCHED = "matched", N_("Matched")
    SEVERAL = "several", N_("Several match")
    DOUBTFUL = "doubtful", N_("Doubtful")
    NONE = "none", N_("No match")


@dataclass(frozen=True)
class Candidate:
    """A known facility that a row may mean, with likeness from 0 to 1 and distance in metres."""

    facility: Facility
    likeness: float
    distance_m: float | None


@dataclass(frozen=True)
class Match:
    """What a row means: candidates best first, exactly one when matched, none when not found."""

    outcome: Outcome
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True)
class _Weighed:
    """A candidate with what the evidence comes to."""

    candidate: Candidate
    name: float
    certain: bool

    def rank(self) -> tuple[float, float, str, str, str]:
        """Sort best first, and always in one order."""
        facility, apart_m = self.candidate.facility, self.candidate.distance_m
        nearness = float("inf") if apart_m is None else apart_m
        order = facility.key, facility.name, facility.address or ""
        return -self.candidate.likeness, nearness, *order


def match_facilities(rows: Sequence[Facility], known: Sequence[Facility]) -> list[Match]:
    """Find for each row the known facility that it means.

    Parameters
    ----------
    rows
        Facilities of a list, of one municipality.
    known
        Facilities of the register, of the same municipality.

    Returns
    -------
    list of Match
        One for each row, in the order of the rows. No known facility is matched to two rows: both
        are doubtful then. Neither the order of the rows nor that of the known ones matters.
    """
    matches = [
        _judged(_weighed(row, facility) for facility in near)
        for row, near in zip(rows, worth_weighing(rows, known), strict=True)
    ]
    claims = Counter(_claimed(match) for match in matches)
    return [
        replace(match, outcome=Outcome.DOUBTFUL)
        if _claimed(match) is not None and claims[_claimed(match)] > 1
        else match
        for match in matches
    ]


def _claimed(match: Match) -> str | None:
    return match.candidates[0].facility.key if match.outcome is Outcome.MATCHED else None


def _weighed(row: Facility, known: Facility) -> _Weighed | None:
    """Weigh a pair; None when it is not worth a person's look."""
    apart_m = distance_m(*row.place, *known.place) if row.place and known.place else None
    address = address_verdict(row.compared_address, known.compared_address)
    place = place_verdict(apart_m)
    ground = ground_verdict(address, place)
    name = name_likeness(row.compared_name, known.compared_name)
    if name < _ALIKE_ENOUGH[ground]:
        return None
    likeness = round(_NAME_SHARE * name + (1 - _NAME_SHARE) * ground.value, 3)
    certain = _is_certain(name, address, place) and not known.needs_person
    return _Weighed(Candidate(known, likeness, apart_m), name, certain)


def _is_certain(name: float, address: Verdict, place: Verdict) -> bool:
    if name >= RESPELLED_NAME:
        return Verdict.CONTRADICTS not in (address, place)
    return name >= OWNED_NAME and address is place is Verdict.AGREES


def _judged(weighed: Iterable[_Weighed | None]) -> Match:
    found = sorted((one for one in weighed if one), key=_Weighed.rank)
    every = _one_per_key(one.candidate for one in found)
    certain = _one_per_key(one.candidate for one in _best_named(found))
    if not certain or every[0].likeness > certain[0].likeness:
        # What is likelier than the certain one, yet uncertain itself, puts that one in doubt.
        return Match(Outcome.DOUBTFUL if every else Outcome.NONE, every[:MOST_SHOWN])
    outcome = Outcome.MATCHED if len(certain) == 1 else Outcome.SEVERAL
    return Match(outcome, certain[:MOST_SHOWN])


def _best_named(found: Sequence[_Weighed]) -> list[_Weighed]:
    """Return the certain ones, without those that another one's name comes nearer than theirs."""
    best = max((one.name for one in found if one.certain), default=0.0)
    return [one for one in found if one.certain and one.name == best]


def _one_per_key(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    best: dict[str, Candidate] = {}
    for candidate in candidates:
        best.setdefault(candidate.facility.key, candidate)
    return tuple(best.values())
