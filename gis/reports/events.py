"""The last things of the chronology that headquarters report: what was decided, not each count."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy.orm import Session

from gis.queries.chronology import (
    ChronologyKind,
    ChronologyLine,
    EntryFacts,
    Selection,
    StateFacts,
    chronology,
)

TOLD: Final = frozenset(
    {
        ChronologyKind.ENTRY,
        ChronologyKind.STATE,
        ChronologyKind.EVACUATION_ORDER,
        ChronologyKind.ROAD_CLOSURE,
        ChronologyKind.INCIDENT_OPENED,
        ChronologyKind.INCIDENT_CLOSED,
    }
)
"""Counts and damage reports stand in the tables, and who asks whom is no one else's matter."""
MOST: Final = 40
READ: Final = 600
"""Lines that are looked through: a hundred shelters that open at once make one event."""


@dataclass(frozen=True)
class Event:
    """Something that happened, or happened to several shelters in the same minute."""

    line: ChronologyLine
    """Without the names of those who told, were told or are to do something."""
    subjects: tuple[str, ...]
    """The shelters, by name; empty for everything else."""


def events(
    session: Session, incident_id: UUID, *, as_of: datetime, known_at: datetime | None = None
) -> tuple[Event, ...]:
    """Return the last events until a moment, the latest first; one statement.

    Parameters
    ----------
    known_at
        By what was known when; None is as it was known at that moment itself.
    """
    known = Selection(kinds=TOLD, until=as_of, as_of=known_at or as_of)
    lines = chronology(session, incident_id, known, limit=READ)
    return tuple(together(map(_nameless, lines)))[:MOST]


def together(lines: Iterable[ChronologyLine]) -> Iterator[Event]:
    """Yield events: shelters that came into one state in one minute for one reason are one."""
    found: dict[object, tuple[ChronologyLine, list[str]]] = {}
    for line in lines:
        _, subjects = found.setdefault(_key(line), (line, []))
        if isinstance(line.facts, StateFacts) and line.subject:
            subjects.append(line.subject)
    return (Event(line, tuple(sorted(subjects))) for line, subjects in found.values())


def _key(line: ChronologyLine) -> object:
    if not isinstance(line.facts, StateFacts):
        return line.kind, line.id
    minute = line.happened_at.replace(second=0, microsecond=0)
    facts = line.facts
    return minute, facts.state, facts.reason, facts.takes_back, facts.is_taken_back


def _nameless(line: ChronologyLine) -> ChronologyLine:
    facts = line.facts
    if isinstance(facts, EntryFacts):
        facts = replace(facts, sender=None, recipient=None, assignee=None)
    return replace(line, recorded_by=None, facts=facts)
