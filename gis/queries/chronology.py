"""The chronology of an incident: everything that happened in it, on one line of time."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import select
from sqlalchemy.orm import Session

from gis.errors import NotFound
from gis.models import ChronologyEntry
from gis.occupancy import Tally
from gis.queries import SQL
from gis.sql import statement
from gis.text import N_
from gis.vocabulary import (
    ClosureAction,
    ClosureGrade,
    DamageCategory,
    Hazard,
    IncidentKind,
    OrderAction,
    OrderKind,
    Severity,
    ShelterState,
    Source,
    Term,
)

PAGE_OF_ALL = 2000
"""Lines that are held at once while a whole chronology is read."""

_ALWAYS = datetime.max.replace(tzinfo=UTC)


class ChronologyKind(Term):
    """What kind of thing happened."""

    ENTRY = "entry", N_("Entry")
    STATE = "state", N_("Shelter state")
    READING = "reading", N_("Head count")
    DAMAGE_REPORT = "damage_report", N_("Damage report")
    ASSIGNMENT = "assignment", N_("Assignment")
    EVACUATION_ORDER = "evacuation_order", N_("Evacuation order")
    ROAD_CLOSURE = "road_closure", N_("Road closure")
    INCIDENT_OPENED = "incident_opened", N_("Incident opened")
    INCIDENT_CLOSED = "incident_closed", N_("Incident closed")


@dataclass(frozen=True)
class EntryFacts:
    """What somebody wrote down, and what is done about it; ``done_at`` None: not done yet."""

    sender: str | None
    recipient: str | None
    content: str
    action: str | None
    assignee: str | None
    done_at: datetime | None
    version: int

    @property
    def is_task(self) -> bool:
        """Whether anything has to be done, or somebody was told to."""
        return self.action is not None or self.assignee is not None

    @property
    def is_unfinished(self) -> bool:
        """Whether it is a task that is not done yet."""
        return self.is_task and self.done_at is None


@dataclass(frozen=True)
class WrittenEntry(EntryFacts):
    """An entry as it stands: its facts, and which one it is."""

    id: UUID
    incident_id: UUID
    happened_at: datetime
    recorded_at: datetime
    recorded_by: str


@dataclass(frozen=True)
class StateFacts:
    """In which state a shelter was from ``since_at`` on."""

    state: ShelterState
    since_at: datetime
    reason: str | None
    takes_back: ShelterState | None
    """The state that was told by mistake, where this takes one back."""
    is_taken_back: bool


@dataclass(frozen=True)
class ReadingFacts:
    """How many people somebody counted in a shelter; None is not counted."""

    persons: int | None
    households: int | None
    change: int | None
    """Persons against the reading before it; None where there is nothing to compare."""
    note: str | None
    source: Source
    corrects: bool
    is_corrected: bool


@dataclass(frozen=True)
class ReportFacts:
    """A damage report; ``lon`` and ``lat`` in degrees (EPSG:4326), None where unknown."""

    severity: Severity | None
    place_text: str | None
    lon: float | None
    lat: float | None
    note: str | None
    reporter: str | None
    source: Source


@dataclass(frozen=True)
class AssignmentFacts:
    """Who has to ask from now on; None is nobody."""

    assignee: str | None


@dataclass(frozen=True)
class OrderFacts:
    """What was announced of an evacuation order, and for whom."""

    order_id: UUID
    hazard: Hazard
    action: OrderAction
    kind: OrderKind
    areas: tuple[str, ...]
    """Names of towns, or of districts of which every town is named."""
    is_whole: bool
    is_drawn: bool
    persons: Tally
    reason: str | None
    guidance: str | None
    note: str | None
    is_taken_back: bool


@dataclass(frozen=True)
class ClosureFacts:
    """What was told of a road closure."""

    closure_id: UUID
    action: ClosureAction
    grade: ClosureGrade
    road_name: str | None
    section: str | None
    reason: str | None
    source: Source
    is_taken_back: bool


@dataclass(frozen=True)
class IncidentFacts:
    """The incident that began or ended."""

    kind: IncidentKind


Facts = (
    EntryFacts
    | StateFacts
    | ReadingFacts
    | ReportFacts
    | AssignmentFacts
    | OrderFacts
    | ClosureFacts
    | IncidentFacts
)

_FACTS: dict[ChronologyKind, TypeAdapter[Any]] = {
    ChronologyKind.ENTRY: TypeAdapter(EntryFacts),
    ChronologyKind.STATE: TypeAdapter(StateFacts),
    ChronologyKind.READING: TypeAdapter(ReadingFacts),
    ChronologyKind.DAMAGE_REPORT: TypeAdapter(ReportFacts),
    ChronologyKind.ASSIGNMENT: TypeAdapter(AssignmentFacts),
    ChronologyKind.EVACUATION_ORDER: TypeAdapter(OrderFacts),
    ChronologyKind.ROAD_CLOSURE: TypeAdapter(ClosureFacts),
    ChronologyKind.INCIDENT_OPENED: TypeAdapter(IncidentFacts),
    ChronologyKind.INCIDENT_CLOSED: TypeAdapter(IncidentFacts),
}


class Cursor(NamedTuple):
    """Where a page ended: what orders its last line, and no other line."""

    happened_at: datetime
    recorded_at: datetime
    id: UUID
    kind: str


@dataclass(frozen=True)
class ChronologyLine:
    """One thing that happened; a kind and an id name it."""

    kind: ChronologyKind
    id: UUID
    happened_at: datetime
    recorded_at: datetime
    recorded_by: str | None
    subject: str | None
    """A shelter's, district's or incident's name, or the code of a damage category."""
    shelter_id: UUID | None
    """Where it came from: a shelter or a damage report."""
    report_id: UUID | None
    facts: Facts

    @property
    def cursor(self) -> Cursor:
        """Where a page that ends with this line ended."""
        return Cursor(self.happened_at, self.recorded_at, self.id, self.kind.value)

    @property
    def category(self) -> DamageCategory | None:
        """What is damaged; None for everything but damage reports."""
        is_report = self.kind is ChronologyKind.DAMAGE_REPORT
        return DamageCategory(self.subject) if is_report and self.subject else None


@dataclass(frozen=True)
class Selection:
    """Which part of a chronology is wanted; None is whatever there is."""

    kinds: frozenset[ChronologyKind] | None = None
    shelter_id: UUID | None = None
    search: str | None = None
    """Part of any name or text, in half or full width, upper or lower case."""
    unfinished: bool = False
    """Only entries about which something is still to be done."""
    since: datetime | None = None
    until: datetime | None = None
    """From when and until when it happened."""
    as_of: datetime | None = None
    """Leaves out what was recorded later."""


EVERYTHING = Selection()


def chronology(
    session: Session,
    incident_id: UUID,
    selection: Selection = EVERYTHING,
    *,
    before: Cursor | None = None,
    limit: int = 50,
) -> list[ChronologyLine]:
    """Return a page of an incident's chronology, the latest first; one statement.

    A past moment (``as_of``) knows what was told until then: corrections, what was taken back and
    what was done by then. What is to be done about an entry, and by whom, is told as it stands now.

    Parameters
    ----------
    before
        Where the page before this one ended.
    limit
        How many lines at most.
    """
    facts = _selected(selection) | _following(before)
    rows = session.execute(
        statement(SQL / "chronology.sql"), {"incident_id": incident_id, "limit": limit, **facts}
    )
    return [_line(dict(row)) for row in rows.mappings()]


def whole_chronology(
    session: Session, incident_id: UUID, selection: Selection = EVERYTHING
) -> Iterator[ChronologyLine]:
    """Yield every line of a chronology, the latest first; :data:`PAGE_OF_ALL` are held at once."""
    before: Cursor | None = None
    while page := chronology(session, incident_id, selection, before=before, limit=PAGE_OF_ALL):
        yield from page
        before = page[-1].cursor


def chronology_entry(session: Session, entry_id: UUID) -> WrittenEntry:
    """Return what somebody wrote, as it stands.

    Raises
    ------
    gis.errors.NotFound
        There is no such entry.
    """
    columns = (getattr(ChronologyEntry, field.name) for field in fields(WrittenEntry))
    row = session.execute(select(*columns).where(ChronologyEntry.id == entry_id)).mappings()
    entry = row.one_or_none()
    if entry is None:
        raise NotFound(field="entry_id", received=entry_id, kind=N_("entry"))
    return WrittenEntry(**entry)


def _line(row: dict[str, Any]) -> ChronologyLine:
    kind = ChronologyKind(row.pop("kind"))
    facts: Facts = _FACTS[kind].validate_python(row.pop("facts"))
    return ChronologyLine(kind=kind, facts=facts, **row)


def _selected(selection: Selection) -> dict[str, object]:
    kinds = selection.kinds
    return {
        "kinds": None if kinds is None else [kind.value for kind in kinds],
        "shelter_id": selection.shelter_id,
        "search": _folded(selection.search),
        "unfinished": selection.unfinished,
        "since": selection.since,
        "until": selection.until,
        "as_of": selection.as_of or _ALWAYS,
    }


def _folded(search: str | None) -> str | None:
    """Return what is looked for as the statement folds what it looks into."""
    return unicodedata.normalize("NFKC", search or "").strip().lower() or None


def _following(before: Cursor | None) -> dict[str, object]:
    names = ("before_happened_at", "before_recorded_at", "before_id", "before_kind")
    return dict(zip(names, before or (None,) * len(names), strict=True))
