"""Which known facility a row of a list means: by name, address and place, never by guessing."""

from gis.identity.facility import Facility
from gis.identity.matching import Candidate, Match, Outcome, match_facilities
from gis.identity.spelling import comparable_address, comparable_name

__all__ = [
    "Candidate",
    "Facility",
    "Match",
    "Outcome",
    "comparable_address",
    "comparable_name",
    "match_facilities",
]
