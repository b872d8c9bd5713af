"""A moment that somebody looks back at: which one, and by what was known when."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from gis.clock import EARLIEST
from gis.errors import FieldInvalid, MomentOutOfReach, MomentWithoutZone
from gis.text import N_
from gis.vocabulary import Knowledge

_OFFSET_WITHOUT_PLUS = re.compile(r"(?<=\d) (\d\d:?\d\d)$")


@dataclass(frozen=True)
class PastMoment:
    """A moment of the past, told by what was known then or by what is known now."""

    at: datetime
    knowledge: Knowledge = Knowledge.THEN

    @classmethod
    def read(cls, at: str, knowledge: str, now: datetime) -> Self:
        """Return the moment that an address names, by what was known when.

        Raises
        ------
        gis.errors.FieldInvalid
            It is no moment, or ``knowledge`` is no term of the vocabulary.
        gis.errors.MomentWithoutZone, gis.errors.MomentOutOfReach
            As :func:`read_moment` does.
        """
        return cls(read_moment(at, now), _knowledge(knowledge))

    def known_at(self, now: datetime) -> datetime:
        """Return until when something was recorded that counts."""
        return self.at if self.knowledge is Knowledge.THEN else now

    def knows(self, observed_at: datetime, recorded_at: datetime, now: datetime) -> bool:
        """Tell whether something that was observed and recorded belongs to the moment."""
        return min(observed_at, recorded_at) <= self.at and recorded_at <= self.known_at(now)


def read_moment(text: str, now: datetime, *, field: str = "at") -> datetime:
    """Return a moment of the past that an address names, such as ``2026-09-01T12:00:00+09:00``.

    A plus sign that an address has turned into a blank is read as one.

    Raises
    ------
    gis.errors.FieldInvalid
        It is no moment.
    gis.errors.MomentWithoutZone
        It has no offset, so that nobody knows when it was.
    gis.errors.MomentOutOfReach
        It lies after now, or before :data:`~gis.clock.EARLIEST`.
    """
    try:
        moment = datetime.fromisoformat(_OFFSET_WITHOUT_PLUS.sub(r"+\1", text))
    except ValueError as fault:
        problem = N_("it is not a moment such as 2026-09-01T12:00:00+09:00")
        raise FieldInvalid(field=field, received=text, name=field, problem=problem) from fault
    if moment.tzinfo is None:
        raise MomentWithoutZone(field=field, received=text)
    if not EARLIEST <= moment <= now:
        raise MomentOutOfReach(field=field, received=text)
    return moment


def _knowledge(text: str) -> Knowledge:
    try:
        return Knowledge(text)
    except ValueError as fault:
        problem = N_("it is not one of the known terms")
        raise FieldInvalid(field="known", received=text, name="known", problem=problem) from fault
