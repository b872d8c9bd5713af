"""Writing into the chronology, and following up what was written."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from gis.clock import moment_text
from gis.errors import ChangedMeanwhile, ContentMissing, IdUsedForAnother
from gis.models import ChronologyEntry
from gis.models.chronology import CONTENT_LENGTH, NAME_LENGTH
from gis.operations import Filed
from gis.operations.moments import checked_moment
from gis.operations.texts import kept_text, kept_texts
from gis.queries.chronology import WrittenEntry, chronology_entry
from gis.queries.incidents import held_open
from gis.store import now

_LENGTHS = {
    "content": CONTENT_LENGTH,
    "sender": NAME_LENGTH,
    "recipient": NAME_LENGTH,
    "action": CONTENT_LENGTH,
    "assignee": NAME_LENGTH,
}


@dataclass(frozen=True)
class NewEntry:
    """An entry to write. ``id`` is made by the client; blank texts are None."""

    id: UUID
    content: str
    happened_at: datetime | None = None
    """When it happened; None is now."""
    sender: str | None = None
    recipient: str | None = None
    action: str | None = None
    """What is to be done about it, or is done."""
    assignee: str | None = None
    incident_id: UUID | None = None
    """None is the incident that headquarters work on."""


def write_entry(session: Session, entry: NewEntry) -> Filed:
    """Write an entry into the chronology of an open incident; writing it again changes nothing.

    Raises
    ------
    gis.errors.ContentMissing
        It says nothing.
    gis.errors.TextTooLong
        A text is longer than is kept.
    gis.errors.ObservedInFuture, gis.errors.ObservedTooEarly, gis.errors.MomentWithoutZone
        The moment cannot be.
    gis.errors.IncidentNotOpen, gis.errors.NotFound
        The incident is closed, none is open, or there is none of that id.
    gis.errors.IdUsedForAnother
        The id stands for another entry.
    """
    texts = _texts(entry)
    happened_at = checked_moment(entry.happened_at, now(session), "happened_at")
    is_new = session.get(ChronologyEntry, entry.id) is None and _insert(
        session, entry, texts, happened_at
    )
    if not is_new:
        _check_same(session, entry, texts)
    return Filed(entry.id, is_new=is_new)


def follow_up(  # noqa: PLR0913 - each names a column of its own
    session: Session,
    entry_id: UUID,
    *,
    version: int,
    action: str | None,
    assignee: str | None,
    done: bool,
) -> None:
    """Say what is done about an entry, by whom, and whether it is done; a retry is harmless.

    Parameters
    ----------
    version
        The version of the entry that the person saw when deciding.

    Raises
    ------
    gis.errors.ChangedMeanwhile
        Somebody else said something else after that.
    gis.errors.TextTooLong
        A text is longer than is kept.
    gis.errors.IncidentNotOpen
        The incident has been closed.
    gis.errors.NotFound
        There is no such entry.
    """
    texts = {
        "action": kept_text("action", action, CONTENT_LENGTH),
        "assignee": kept_text("assignee", assignee, NAME_LENGTH),
    }
    held_open(session, chronology_entry(session, entry_id).incident_id)
    done_at = func.coalesce(ChronologyEntry.done_at, now(session)) if done else None
    saved = session.execute(
        update(ChronologyEntry)
        .where(ChronologyEntry.id == entry_id, ChronologyEntry.version == version)
        .values(**texts, done_at=done_at, version=version + 1)
        .returning(ChronologyEntry.id)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    if saved is None:
        _check_told(session, chronology_entry(session, entry_id), texts, done=done)


def _texts(entry: NewEntry) -> dict[str, str | None]:
    texts = kept_texts(entry, _LENGTHS)
    if texts["content"] is None:
        raise ContentMissing(field="content")
    return texts


def _insert(
    session: Session, entry: NewEntry, texts: dict[str, str | None], happened_at: datetime
) -> bool:
    """Write an entry, unless another delivery of it comes in between; return whether it did."""
    written = session.execute(
        insert(ChronologyEntry)
        .values(
            id=entry.id,
            incident_id=held_open(session, entry.incident_id).id,
            happened_at=happened_at,
            **texts,
        )
        .on_conflict_do_nothing(index_elements=["id"])
        .returning(ChronologyEntry.id)
    ).one_or_none()
    return written is not None


def _check_same(session: Session, entry: NewEntry, texts: dict[str, str | None]) -> None:
    """Refuse another entry under the same id; what was followed up since is still the same one."""
    earlier = chronology_entry(session, entry.id)
    # What is done about it changes later on, the rest never does.
    lasting = texts if earlier.version == 1 else {"content", "sender", "recipient"}
    same = (
        all(getattr(earlier, field) == texts[field] for field in lasting)
        and entry.happened_at in (None, earlier.happened_at)
        and entry.incident_id in (None, earlier.incident_id)
    )
    if not same:
        raise IdUsedForAnother(field="id", received=entry.id)


def _check_told(
    session: Session, theirs: WrittenEntry, texts: dict[str, str | None], *, done: bool
) -> None:
    """Refuse to overwrite what somebody else said meanwhile, unless it is the same."""
    action, assignee = texts["action"], texts["assignee"]
    if (theirs.action, theirs.assignee, theirs.done_at is not None) != (action, assignee, done):
        yours_at = now(session) if done else None
        raise ChangedMeanwhile(
            theirs=_told(theirs.action, theirs.assignee, theirs.done_at),
            yours=_told(action, assignee, yours_at),
        )


def _told(action: str | None, assignee: str | None, done_at: datetime | None) -> str:
    """Return what is said of an entry without a word of any language."""
    return f"{action or '—'} / {assignee or '—'} / {moment_text(done_at)}"
