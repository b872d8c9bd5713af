"""Road closures: what is in force, and what was told of each."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from gis.errors import NotFound
from gis.queries import SQL
from gis.sql import statement
from gis.text import N_
from gis.vocabulary import ClosureAction, ClosureGrade, Source

_ALWAYS = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class ClosureStatement:
    """What was told of a road closure; what is None is unknown."""

    id: UUID
    closure_id: UUID
    incident_id: UUID
    version: int
    """The number of the closure's last statement."""
    number: int
    action: ClosureAction
    grade: ClosureGrade
    path: dict[str, Any] | None
    """A GeoJSON Point or LineString, EPSG:4326; None where only words tell where it is."""
    length_m: float | None
    """Of a line; a point has none."""
    lon: float | None
    lat: float | None
    """The point, or the middle of the line: degrees, EPSG:4326."""
    road_name: str | None
    section: str | None
    reason: str | None
    from_at: datetime | None
    until_at: datetime | None
    """Until when it is expected to last."""
    observed_at: datetime
    """When it was seen to be so: last confirmed, by :attr:`recorded_by`."""
    source: Source
    recorded_at: datetime
    recorded_by: str
    is_taken_back: bool
    holds: bool
    """Whether this is what now stands of its closure."""
    has_begun: bool

    @property
    def is_in_force(self) -> bool:
        """Whether traffic is restricted: what was lifted is not, nor what only begins later."""
        return self.holds and self.has_begun and self.action is not ClosureAction.LIFTED


def closure_statements(
    session: Session,
    incident_id: UUID,
    *,
    as_of: datetime | None = None,
    known_at: datetime | None = None,
) -> list[ClosureStatement]:
    """Return all that was told of closures in an incident, the latest first; one statement.

    Parameters
    ----------
    as_of
        At which moment :attr:`ClosureStatement.holds` is meant; None is now.
    known_at
        Leaves out what was recorded later; None is nothing.
    """
    return _statements(session, incident_id=incident_id, as_of=as_of, known_at=known_at)


def closures(
    session: Session, incident_id: UUID, *, as_of: datetime, known_at: datetime | None = None
) -> list[ClosureStatement]:
    """Return what stands of each closure at a moment: in force, then to come, then lifted.

    Within each the gravest come first, then those that were confirmed longest ago.

    Parameters
    ----------
    known_at
        What was known then; None is as known at ``as_of``.
    """
    told = closure_statements(session, incident_id, as_of=as_of, known_at=known_at or as_of)
    return sorted((each for each in told if each.holds), key=_gravity)


def closures_in_force(
    session: Session, incident_id: UUID, *, as_of: datetime, known_at: datetime | None = None
) -> list[ClosureStatement]:
    """Return where traffic is restricted at a moment; :func:`closures` says in which order."""
    standing = closures(session, incident_id, as_of=as_of, known_at=known_at)
    return [each for each in standing if each.is_in_force]


def statements_of(session: Session, closure_id: UUID) -> list[ClosureStatement]:
    """Return all that was told of a closure, the latest first.

    Raises
    ------
    gis.errors.NotFound
        There is no such closure.
    """
    told = _statements(session, closure_id=closure_id)
    if not told:
        raise NotFound(field="closure_id", received=closure_id, kind=N_("road closure"))
    return told


def _statements(
    session: Session,
    *,
    incident_id: UUID | None = None,
    closure_id: UUID | None = None,
    as_of: datetime | None = None,
    known_at: datetime | None = None,
) -> list[ClosureStatement]:
    rows = session.execute(
        statement(SQL / "road_closure_statements.sql"),
        {
            "incident_id": incident_id,
            "closure_id": closure_id,
            "as_of": as_of or _ALWAYS,
            "known_at": known_at or _ALWAYS,
        },
    )
    return [_statement(dict(row)) for row in rows.mappings()]


def _statement(row: dict[str, Any]) -> ClosureStatement:
    return ClosureStatement(
        action=ClosureAction(row.pop("action")),
        grade=ClosureGrade(row.pop("grade")),
        source=Source(row.pop("source")),
        **row,
    )


_GRAVEST = tuple(ClosureGrade)


def _gravity(one: ClosureStatement) -> tuple[bool, bool, int, datetime, str]:
    return (
        not one.is_in_force,
        one.action is ClosureAction.LIFTED,
        _GRAVEST.index(one.grade),
        one.observed_at,
        str(one.closure_id),
    )
