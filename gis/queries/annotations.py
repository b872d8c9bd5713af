"""Annotations of the map: what stands on it, and what was done with each."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from gis.errors import NotFound
from gis.queries import SQL
from gis.sql import statement
from gis.text import N_
from gis.vocabulary import AnnotationAction, AnnotationColour

_ALWAYS = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class AnnotationView:
    """What was done with an annotation, and what it says since."""

    id: UUID
    annotation_id: UUID
    incident_id: UUID
    version: int
    """The number of the annotation's last statement."""
    number: int
    action: AnnotationAction
    text: str
    colour: AnnotationColour
    shape: dict[str, Any]
    """A GeoJSON Point, LineString or MultiPolygon, EPSG:4326."""
    lon: float
    lat: float
    """Where its text stands: degrees, EPSG:4326."""
    recorded_at: datetime
    recorded_by: str
    is_taken_back: bool
    holds: bool
    """Whether this is what now stands of its annotation."""

    @property
    def is_shown(self) -> bool:
        """Whether it stands on the map: what was taken away does not."""
        return self.holds and self.action is not AnnotationAction.REMOVED


def annotation_statements(
    session: Session,
    incident_id: UUID,
    *,
    as_of: datetime | None = None,
    known_at: datetime | None = None,
) -> list[AnnotationView]:
    """Return all that was done with annotations in an incident, the latest first; one statement.

    Parameters
    ----------
    as_of
        At which moment :attr:`AnnotationView.holds` is meant; None is now.
    known_at
        Leaves out what was recorded later; None is nothing.
    """
    return _statements(session, incident_id=incident_id, as_of=as_of, known_at=known_at)


def annotations(
    session: Session, incident_id: UUID, *, as_of: datetime, known_at: datetime | None = None
) -> list[AnnotationView]:
    """Return what stood on the map at a moment, what was drawn or changed last first.

    Parameters
    ----------
    known_at
        What was known then; None is as known at ``as_of``.
    """
    told = annotation_statements(session, incident_id, as_of=as_of, known_at=known_at or as_of)
    return [each for each in told if each.is_shown]


def statements_of(session: Session, annotation_id: UUID) -> list[AnnotationView]:
    """Return all that was done with an annotation, the latest first.

    Raises
    ------
    gis.errors.NotFound
        There is no such annotation.
    """
    told = _statements(session, annotation_id=annotation_id)
    if not told:
        raise NotFound(field="annotation_id", received=annotation_id, kind=N_("annotation"))
    return told


def _statements(
    session: Session,
    *,
    incident_id: UUID | None = None,
    annotation_id: UUID | None = None,
    as_of: datetime | None = None,
    known_at: datetime | None = None,
) -> list[AnnotationView]:
    rows = session.execute(
        statement(SQL / "annotation_statements.sql"),
        {
            "incident_id": incident_id,
            "annotation_id": annotation_id,
            "as_of": as_of or _ALWAYS,
            "known_at": known_at or _ALWAYS,
        },
    )
    return [_statement(dict(row)) for row in rows.mappings()]


def _statement(row: dict[str, Any]) -> AnnotationView:
    return AnnotationView(
        action=AnnotationAction(row.pop("action")),
        colour=AnnotationColour(row.pop("colour")),
        **row,
    )
