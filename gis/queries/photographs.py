"""Photographs: those of an opening or a damage report, and where the picture of one lies."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from gis.errors import NotFound
from gis.models import DamageReport, Opening, Photograph, Shelter
from gis.text import N_


@dataclass(frozen=True)
class PhotographView:
    """What is known of a photograph, without its picture.

    ``lon`` and ``lat`` are where it was taken, in degrees (EPSG:4326), None where unknown, as
    ``taken_at``; ``width_px`` and ``height_px`` are those of the picture as it is kept.
    """

    id: UUID
    taken_at: datetime | None
    recorded_at: datetime
    recorded_by: str
    caption: str | None
    source: str
    lon: float | None
    lat: float | None
    width_px: int
    height_px: int

    @property
    def since_at(self) -> datetime:
        """When it was taken, as far as anybody knows: at the latest when it came."""
        return min(self.taken_at or self.recorded_at, self.recorded_at)


@dataclass(frozen=True)
class Picture:
    """Under which hashes the picture of a photograph lies, large and small, and whose it is."""

    content_hash: str
    thumbnail_hash: str
    recorded_by: str
    shelter_id: UUID | None
    """Of which shelter; None of a damage report."""
    reported_by: str | None
    """Who filed the damage report that it belongs to; None of a shelter."""


def photographs_of(
    session: Session, opening_id: UUID, *, limit: int | None = None
) -> list[PhotographView]:
    """Return the photographs of an opening that are not hidden, the latest first."""
    return _views(session, Photograph.opening_id == opening_id, limit)


def photographs_of_report(session: Session, report_id: UUID) -> list[PhotographView]:
    """Return the photographs of a damage report and of those merged into it, the latest first.

    Hidden ones are left out.
    """
    merged = select(DamageReport.id).where(DamageReport.merged_into_id == report_id)
    either = (Photograph.report_id == report_id) | Photograph.report_id.in_(merged)
    return _views(session, either)


def _views(
    session: Session, whose: ColumnElement[bool], limit: int | None = None
) -> list[PhotographView]:
    since_at = func.least(Photograph.taken_at, Photograph.recorded_at)  # least() passes over NULL
    rows = session.execute(
        select(
            Photograph.id,
            Photograph.taken_at,
            Photograph.recorded_at,
            Photograph.recorded_by,
            Photograph.caption,
            Photograph.source,
            func.ST_X(Photograph.location).label("lon"),
            func.ST_Y(Photograph.location).label("lat"),
            Photograph.width_px,
            Photograph.height_px,
        )
        .where(whose, Photograph.hidden_at.is_(None))
        .order_by(since_at.desc(), Photograph.recorded_at.desc(), Photograph.id.desc())
        .limit(limit)
    )
    return [PhotographView(**row) for row in rows.mappings()]


def picture_of(session: Session, photograph_id: UUID) -> Picture:
    """Return where the picture of a photograph lies, and whose it is.

    Raises
    ------
    gis.errors.NotFound
        There is none with that id, or it is hidden.
    """
    row = session.execute(
        select(
            Photograph.content_hash,
            Photograph.thumbnail_hash,
            Photograph.recorded_by,
            # What was opened under a shelter that was joined to another one is that one's.
            func.coalesce(Shelter.joined_to_id, Shelter.id),
            DamageReport.recorded_by,
        )
        .outerjoin(Opening, Opening.id == Photograph.opening_id)
        .outerjoin(Shelter, Shelter.id == Opening.shelter_id)
        .outerjoin(DamageReport, DamageReport.id == Photograph.report_id)
        .where(Photograph.id == photograph_id, Photograph.hidden_at.is_(None))
    ).one_or_none()
    if row is None:
        raise NotFound(field="photograph_id", received=photograph_id, kind=N_("photograph"))
    return Picture(*row)
