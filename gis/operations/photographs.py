"""Adding photographs of shelters, and hiding them."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from gis.errors import NotFound, Refused, TextTooLong
from gis.models import Photograph
from gis.models.photograph import CAPTION_LENGTH
from gis.operations import Filed
from gis.operations.moments import checked_moment
from gis.operations.observing import first_result, opening_observed
from gis.photographs import Prepared
from gis.store import now
from gis.text import N_
from gis.vocabulary import Source


@dataclass(frozen=True)
class NewPhotograph:
    """A photograph to add. ``id`` is made by the client; what is unknown is None."""

    id: UUID
    shelter_id: UUID
    prepared: Prepared
    caption: str | None = None
    taken_at: datetime | None = None
    """When whoever sends it took it; None is what the camera says, if it says anything."""
    source: Source = Source.OTHER
    incident_id: UUID | None = None
    """For which incident it is meant; None for whichever the shelter is open in."""


def add_photograph(session: Session, photograph: NewPhotograph) -> Filed:
    """Add a photograph to a shelter that takes part; adding it again changes nothing.

    What a camera says of the moment is believed as far as it can be: its clock may never have been
    set. Nor does it decide to which opening the photograph belongs.

    Raises
    ------
    gis.errors.TextTooLong
        The caption is longer than is kept.
    gis.errors.ObservedInFuture, gis.errors.ObservedTooEarly, gis.errors.MomentWithoutZone
        The moment that is told cannot be.
    gis.errors.NotFound, gis.errors.ShelterNotOpen, gis.errors.CountedBeforeOpening
        There is no such shelter, or it takes no part at that moment.
    gis.errors.ShelterOfAnotherIncident
        It takes part in another incident than the one meant.
    gis.errors.IdUsedForAnother
        The id stands for another photograph.
    """
    at = checked_moment(photograph.taken_at, now(session))
    said = _said(photograph)
    earlier = session.get(Photograph, photograph.id)
    if earlier is not None:
        return first_result(session, earlier, photograph, said)
    opening = opening_observed(session, photograph, at)
    if _insert(session, photograph, said, opening.id):
        return Filed(photograph.id, is_new=True)
    # Another delivery of the same photograph came in between; it is the first result.
    return first_result(session, session.get_one(Photograph, photograph.id), photograph, said)


def _said(photograph: NewPhotograph) -> dict[str, object]:
    """Return what tells one photograph from another, as it is kept."""
    said: dict[str, object] = {
        "sha256": photograph.prepared.sha256,
        "caption": _caption(photograph.caption),
        "source": photograph.source.value,
    }
    if photograph.taken_at is not None:
        said["taken_at"] = photograph.taken_at
    return said


def _caption(text: str | None) -> str | None:
    caption = (text or "").strip()
    if len(caption) > CAPTION_LENGTH:
        raise TextTooLong(
            field="caption", received=caption, length=len(caption), most=CAPTION_LENGTH
        )
    return caption or None


def _insert(
    session: Session, photograph: NewPhotograph, said: dict[str, object], opening_id: UUID
) -> bool:
    """Add a photograph, unless another delivery of it comes in between; return whether it did."""
    prepared = photograph.prepared
    content = {"taken_at": _camera_moment(prepared.taken_at, now(session)), **said}
    added = session.execute(
        insert(Photograph)
        .values(
            **content,
            id=photograph.id,
            opening_id=opening_id,
            location=prepared.location.ewkt() if prepared.location else None,
            width_px=prepared.width_px,
            height_px=prepared.height_px,
            content=prepared.content,
            thumbnail=prepared.thumbnail,
        )
        .on_conflict_do_nothing(index_elements=["id"])
        .returning(Photograph.id)
    ).one_or_none()
    return added is not None


def _camera_moment(taken_at: datetime | None, now: datetime) -> datetime | None:
    """Return when a camera says that it took a picture, if that can be."""
    if taken_at is not None:
        with suppress(Refused):
            return checked_moment(taken_at, now)
    return None


def hide_photograph(session: Session, photograph_id: UUID) -> None:
    """Show a photograph to nobody any more; hiding it again changes nothing.

    Its row stays; whoever owns the store removes it for good (docs/operating.md).

    Raises
    ------
    gis.errors.NotFound
        There is none with that id.
    """
    if session.get(Photograph, photograph_id) is None:
        raise NotFound(field="photograph_id", received=photograph_id, kind=N_("photograph"))
    session.execute(
        update(Photograph)
        .where(Photograph.id == photograph_id, Photograph.hidden_at.is_(None))
        .values(hidden_at=func.hq_now(), hidden_by=func.hq_actor())
    )
