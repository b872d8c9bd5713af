"""Photographs: those of an opening, and the picture of one."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from gis.errors import NotFound
from gis.models import Opening, Photograph, Shelter
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
    """The picture of a photograph, as JPEG, and of whose it is."""

    jpeg: bytes
    shelter_id: UUID
    recorded_by: str


def photographs_of(
    session: Session, opening_id: UUID, *, limit: int | None = None
) -> list[PhotographView]:
    """Return the photographs of an opening that are not hidden, the latest first."""
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
        .where(Photograph.opening_id == opening_id, Photograph.hidden_at.is_(None))
        .order_by(since_at.desc(), Photograph.recorded_at.desc(), Photograph.id.desc())
        .limit(limit)
    )
    return [PhotographView(**row) for row in rows.mappings()]


def photograph_content(session: Session, photograph_id: UUID) -> Picture:
    """Return the picture of a photograph in full.

    Raises
    ------
    gis.errors.NotFound
        There is none with that id, or it is hidden.
    """
    return _picture(session, photograph_id, Photograph.content)


def photograph_thumbnail(session: Session, photograph_id: UUID) -> Picture:
    """Return the picture of a photograph as large as a stamp.

    Raises
    ------
    gis.errors.NotFound
        There is none with that id, or it is hidden.
    """
    return _picture(session, photograph_id, Photograph.thumbnail)


def _picture(session: Session, photograph_id: UUID, jpeg: InstrumentedAttribute[bytes]) -> Picture:
    row = session.execute(
        select(
            jpeg,
            # What was opened under a shelter that was joined to another one is that one's.
            func.coalesce(Shelter.joined_to_id, Shelter.id).label("shelter_id"),
            Photograph.recorded_by,
        )
        .join(Opening, Opening.id == Photograph.opening_id)
        .join(Shelter, Shelter.id == Opening.shelter_id)
        .where(Photograph.id == photograph_id, Photograph.hidden_at.is_(None))
    ).one_or_none()
    if row is None:
        raise NotFound(field="photograph_id", received=photograph_id, kind=N_("photograph"))
    return Picture(*row)
