"""Photographs of damage reports that arrive in parts: announced, continued, completed.

A telephone in a cellar sends what it can and goes on where it was cut off. Parts are kept as they
come; the last one is not: with it the whole file is checked and becomes a photograph, or it does
not and is sent again. So nobody ever hears that all has arrived before all is kept.
"""

from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from gis.clock import EARLIEST
from gis.errors import (
    IdUsedForAnother,
    MomentWithoutZone,
    PartOutOfPlace,
    PhotographDiffers,
    PhotographTooLarge,
    Refused,
)
from gis.geometry.place import Place, checked_place
from gis.models import Photograph, PhotographPart, PhotographUpload
from gis.models.photograph import CAPTION_LENGTH
from gis.operations.photographs import (
    NewReportPhotograph,
    add_report_photograph,
    check_room,
)
from gis.operations.texts import kept_text
from gis.photographs import FILE_MB_MOST, MEGABYTE, Prepared, prepare
from gis.queries.damage_reports import damage_report
from gis.queries.photograph_uploads import Announcement, Progress, arrived, completed
from gis.store import now

KEPT = timedelta(days=7)
"""After how long an upload that nobody completed is given up."""
LATEST = datetime(2100, 1, 1, tzinfo=UTC)
"""No clock that was ever set is further ahead, and the last moments there are cannot be kept."""

_ANNOUNCED = tuple(field.name for field in fields(Announcement))


@dataclass(frozen=True)
class Whole:
    """A file of which the last part has just come, not yet looked at."""

    announced: Announcement
    file: bytes

    def prepared(self) -> Prepared:
        """Return it as it is kept.

        Raises
        ------
        gis.errors.PhotographDiffers
            It is not what was announced.
        gis.errors.NoPhotograph, gis.errors.PhotographTooManyPixels, gis.errors.PhotographDamaged
            As :func:`gis.photographs.prepare`.
        """
        if sha256(self.file).hexdigest() != self.announced.sha256:
            raise PhotographDiffers(field="photograph")
        return prepare(self.file)


def announce_upload(session: Session, announced: Announcement, by: str) -> Progress:
    """Announce a photograph, or learn how much of it has arrived; again, it changes nothing.

    Where and when it was taken is left out where it cannot be. Uploads that nobody completed for
    :data:`KEPT` are given up on the way.

    Raises
    ------
    gis.errors.PhotographTooLarge
        It has more than :data:`~gis.photographs.FILE_MB_MOST` MB.
    gis.errors.TextTooLong, gis.errors.MomentWithoutZone
        The caption is longer than is kept; the moment has no offset.
    gis.errors.NotFound
        There is no such report: perhaps it has not arrived yet.
    gis.errors.PhotographsEnough
        It has as many photographs as are taken.
    gis.errors.IdUsedForAnother
        The id stands for another photograph.
    """
    announced = _believable(announced)
    report = damage_report(session, announced.report_id)
    kept = session.get(Photograph, announced.id)
    if kept is not None:
        return _progress_of(kept, announced)
    session.execute(_give_up(PhotographUpload.announced_at < now(session) - KEPT))
    check_room(session, report.id, announced.id)  # from here on one at a time per report
    _insert(session, announced)
    row = session.get_one(PhotographUpload, announced.id)
    if row.announced_by != by or _announced(row) != announced:
        raise IdUsedForAnother(field="photograph_id", received=announced.id)
    return Progress(row.received_bytes, is_complete=False)


def receive_part(
    session: Session, photograph_id: UUID, by: str, *, starts_at: int, content: bytes
) -> Progress | Whole:
    """Keep a part of a photograph; one that has arrived already changes nothing.

    Returns
    -------
    Progress or Whole
        How far the parts reach; with the last part the whole file, of which that part is not kept.

    Raises
    ------
    gis.errors.NotFound
        They announced no such photograph.
    gis.errors.PartOutOfPlace
        It does not begin where the last one ended.
    """
    row = _locked(session, photograph_id, by)
    if row is None:
        return completed(session, photograph_id, by)
    ends_at = starts_at + len(content)
    if ends_at <= row.received_bytes:
        return Progress(row.received_bytes, is_complete=False)
    if starts_at != row.received_bytes:
        raise PartOutOfPlace(
            field="Upload-Offset", received=starts_at, received_bytes=row.received_bytes
        )
    if ends_at >= row.size_bytes:
        return Whole(_announced(row), arrived(session, row.id) + content)
    session.execute(
        insert(PhotographPart).values(upload_id=row.id, starts_at=starts_at, content=content)
    )
    session.execute(
        update(PhotographUpload).where(PhotographUpload.id == row.id).values(received_bytes=ends_at)
    )
    return Progress(ends_at, is_complete=False)


def complete_upload(session: Session, whole: Whole, prepared: Prepared, by: str) -> Progress:
    """Make a photograph of a file that has arrived wholly; the parts go.

    Raises
    ------
    gis.errors.Refused
        As :func:`~gis.operations.photographs.add_report_photograph`; the parts stay.
    """
    announced = whole.announced
    if _locked(session, announced.id, by) is None:  # a retry was faster
        return completed(session, announced.id, by)
    add_report_photograph(
        session,
        NewReportPhotograph(
            announced.id,
            announced.report_id,
            prepared,
            announced.caption,
            announced.taken_at,
            _place(announced),
        ),
    )
    session.execute(_give_up(PhotographUpload.id == announced.id))
    return Progress(announced.size_bytes, is_complete=True)


def refuse_upload(session: Session, whole: Whole, why: Refused, by: str) -> None:
    """Give up a file that is no photograph; one that is not the announced one begins anew."""
    if _locked(session, whole.announced.id, by) is None:
        return
    session.execute(_give_up(PhotographUpload.id == whole.announced.id))
    if isinstance(why, PhotographDiffers):
        _insert(session, whole.announced)


def _believable(announced: Announcement) -> Announcement:
    """Return an announcement without what cannot be: for that no photograph is refused."""
    if announced.size_bytes > FILE_MB_MOST * MEGABYTE:
        megabytes = f"{announced.size_bytes / MEGABYTE:.1f}"
        raise PhotographTooLarge(field="size", megabytes=megabytes, most=FILE_MB_MOST)
    taken_at, place = announced.taken_at, _place(announced)
    if taken_at is not None and taken_at.tzinfo is None:
        raise MomentWithoutZone(field="taken_at", received=taken_at.isoformat())
    return replace(
        announced,
        caption=kept_text("caption", announced.caption, CAPTION_LENGTH),
        taken_at=taken_at if taken_at and EARLIEST <= taken_at < LATEST else None,
        lon=place.lon if place else None,
        lat=place.lat if place else None,
    )


def _place(announced: Announcement) -> Place | None:
    if announced.lon is None or announced.lat is None:
        return None
    try:
        return checked_place(announced.lon, announced.lat)
    except Refused:
        return None


def _progress_of(kept: Photograph, announced: Announcement) -> Progress:
    """Return that a photograph is kept, to whoever announces it again."""
    said = (announced.report_id, announced.sha256, announced.caption)
    if (kept.report_id, kept.sha256, kept.caption) != said:
        raise IdUsedForAnother(field="photograph_id", received=announced.id)
    return Progress(announced.size_bytes, is_complete=True)


def _announced(row: PhotographUpload) -> Announcement:
    return Announcement(**{name: getattr(row, name) for name in _ANNOUNCED})


def _insert(session: Session, announced: Announcement) -> None:
    session.execute(
        insert(PhotographUpload)
        .values(**asdict(announced))
        .on_conflict_do_nothing(index_elements=["id"])
    )


def _locked(session: Session, photograph_id: UUID, by: str) -> PhotographUpload | None:
    """Return somebody's own upload; of two telephones or retries, the second one waits."""
    return session.scalars(
        select(PhotographUpload)
        .where(PhotographUpload.id == photograph_id, PhotographUpload.announced_by == by)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()


def _give_up(which: ColumnElement[bool]) -> Select[Any]:
    """Return the call that drops uploads with their parts; the application may not delete."""
    ids = select(PhotographUpload.id).where(which).scalar_subquery()
    return select(func.drop_photograph_uploads(func.array(ids)))
