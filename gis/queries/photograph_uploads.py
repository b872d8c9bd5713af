"""Photographs on their way: what was announced, and how much of it has arrived."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from gis.errors import NotFound
from gis.models import Photograph, PhotographPart, PhotographUpload
from gis.text import N_


@dataclass(frozen=True)
class Progress:
    """How much of a photograph has arrived: ``received`` in bytes, from its beginning on."""

    received: int
    is_complete: bool
    """Whether it is kept as a photograph; never before the last byte."""


@dataclass(frozen=True)
class Announcement:
    """What whoever sends a photograph of a damage report in parts says of it beforehand.

    ``id`` is made by the client; ``sha256`` and ``size_bytes`` are of the whole file. ``taken_at``
    is by the clock of the device; ``lon`` and ``lat`` are degrees in EPSG:4326. None is unknown.
    """

    id: UUID
    report_id: UUID
    size_bytes: int
    sha256: str
    taken_at: datetime | None = None
    lon: float | None = None
    lat: float | None = None
    caption: str | None = None


def upload_progress(session: Session, photograph_id: UUID, by: str) -> Progress:
    """Return how much of a photograph has arrived from somebody, who alone may ask.

    Raises
    ------
    gis.errors.NotFound
        They announced none with that id.
    """
    received = session.scalar(
        select(PhotographUpload.received_bytes).where(
            PhotographUpload.id == photograph_id, PhotographUpload.announced_by == by
        )
    )
    if received is not None:
        return Progress(received, is_complete=False)
    return completed(session, photograph_id, by)


def completed(session: Session, photograph_id: UUID, by: str) -> Progress:
    """Return that a photograph of a damage report has arrived wholly from somebody.

    Raises
    ------
    gis.errors.NotFound
        It has not.
    """
    size_bytes = session.scalar(
        select(Photograph.size_bytes).where(
            Photograph.id == photograph_id,
            Photograph.recorded_by == by,
            Photograph.report_id.is_not(None),
        )
    )
    if size_bytes is None:
        raise NotFound(field="photograph_id", received=photograph_id, kind=N_("photograph"))
    return Progress(size_bytes, is_complete=True)


def arrived(session: Session, photograph_id: UUID) -> bytes:
    """Return what has arrived of a photograph."""
    return b"".join(
        session.scalars(
            select(PhotographPart.content)
            .where(PhotographPart.upload_id == photograph_id)
            .order_by(PhotographPart.starts_at)
        )
    )
