"""Stating, changing, confirming and lifting road closures (通行規制)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry
from sqlalchemy.orm import Session

from gis.clock import moment_text
from gis.errors import (
    ClosureChangedMeanwhile,
    ClosureEndsTooEarly,
    ClosureLifted,
    ClosureNowhere,
    ClosureTakenBack,
    SeenTooEarly,
)
from gis.geometry.path import checked_path
from gis.models import RoadClosure, RoadClosureStatement
from gis.models.road_closure import NAME_LENGTH, TEXT_LENGTH
from gis.operations import Filed
from gis.operations.moments import checked_moment, planned_moment
from gis.operations.statements import Statements
from gis.operations.texts import kept_texts
from gis.queries.road_closures import ClosureStatement, statements_of
from gis.store import now
from gis.vocabulary import ClosureAction, ClosureGrade, Source

_LENGTHS = {"road_name": NAME_LENGTH, "section": NAME_LENGTH, "reason": TEXT_LENGTH}
_MOMENTS = ("from_at", "until_at")


@dataclass(frozen=True)
class Closure:
    """What is told of a closure: all that holds from then on; None is unknown throughout.

    ``id`` is made by the client. ``path`` is a GeoJSON Point or LineString, EPSG:4326.
    """

    id: UUID
    grade: ClosureGrade
    path: Mapping[str, Any] | None = None
    road_name: str | None = None
    section: str | None = None
    """From where to where, in words."""
    reason: str | None = None
    from_at: datetime | None = None
    until_at: datetime | None = None
    """Until when it is expected to last."""
    observed_at: datetime | None = None
    """When it was seen to be so; None is now."""
    source: Source = Source.OTHER


@dataclass(frozen=True)
class Seen:
    """That somebody looked: it is still so, or it is over. ``id`` is made by the client."""

    id: UUID
    observed_at: datetime | None = None
    """When it was seen; None is now."""
    source: Source = Source.OTHER
    reason: str | None = None
    """Why it is over; None repeats what was told before."""


def state_closure(session: Session, told: Closure, *, incident_id: UUID | None = None) -> Filed:
    """File a closure; its id is that of its first statement. A retry changes nothing.

    Parameters
    ----------
    incident_id
        None is the incident that headquarters work on.

    Raises
    ------
    gis.errors.ClosureNowhere
        Neither a place nor the name of a road is given.
    gis.errors.ClosureEndsTooEarly
        It ends before it begins.
    gis.errors.IncidentNotOpen, gis.errors.NotFound
        The incident is closed, none is open, or there is none of that id.
    gis.errors.ObservedInFuture, gis.errors.ObservedTooEarly, gis.errors.MomentWithoutZone
        A moment cannot be.
    gis.errors.TextTooLong
        A text is longer than is kept.
    gis.errors.IdUsedForAnother
        The id stands for something else.
    gis.errors.Refused
        The place cannot be meant (:func:`gis.geometry.path.checked_path`).
    """
    first = _checked(session, told.id, 1, ClosureAction.STATED, told)
    return _CLOSURES.begin(session, first, incident_id=incident_id)


def change_closure(session: Session, closure_id: UUID, told: Closure, *, version: int) -> Filed:
    """Change what is told of a closure: its grade, its place, its words. A retry changes nothing.

    Parameters
    ----------
    version
        The number of the statement that the person saw last.

    Raises
    ------
    gis.errors.ClosureChangedMeanwhile
        Somebody told something else after that.
    gis.errors.ClosureLifted, gis.errors.ClosureTakenBack
        It is over.
    gis.errors.SeenTooEarly
        It is said to have been seen before what it follows.
    gis.errors.Refused
        As :func:`state_closure` says.
    """
    before = statements_of(session, closure_id)
    change = _checked(session, closure_id, version + 1, ClosureAction.CHANGED, told)
    return _CLOSURES.follow(session, before, change)


def confirm_closure(session: Session, closure_id: UUID, seen: Seen, *, version: int) -> Filed:
    """Tell that it is still so: :func:`change_closure` says what may be refused."""
    return _repeat(session, closure_id, seen, ClosureAction.CONFIRMED, version)


def lift_closure(session: Session, closure_id: UUID, seen: Seen, *, version: int) -> Filed:
    """Tell that it is over (解除): :func:`change_closure` says what may be refused."""
    return _repeat(session, closure_id, seen, ClosureAction.LIFTED, version)


def take_back(session: Session, closure_id: UUID, *, version: int) -> None:
    """Take the last statement back, which was told by mistake: what was told before holds again.

    It stays on record. Where it was the first one, the closure never was.

    Raises
    ------
    gis.errors.ClosureChangedMeanwhile
        Somebody told something else meanwhile.
    gis.errors.ClosureTakenBack
        All of it has been taken back.
    gis.errors.IncidentNotOpen
        The incident has been closed.
    gis.errors.NotFound
        There is no such closure.
    """
    last = _CLOSURES.last(statements_of(session, closure_id))
    told = _as_told(last, Seen(uuid4(), last.observed_at, last.source))
    back = _checked(session, closure_id, version + 1, ClosureAction.TAKEN_BACK, told)
    _CLOSURES.take_back(session, last, replace(back, supersedes=last.number))


@dataclass(frozen=True)
class _Next:
    """A statement to write."""

    matter_id: UUID
    number: int
    action: ClosureAction
    told: Closure
    path: BaseGeometry | None
    texts: Mapping[str, str | None]
    observed_at: datetime
    supersedes: int | None = None

    @property
    def id(self) -> UUID:
        return self.told.id


def _checked(
    session: Session, closure_id: UUID, number: int, action: ClosureAction, told: Closure
) -> _Next:
    """Return the statement to write, once what it says can be meant."""
    texts = kept_texts(told, _LENGTHS)
    if told.path is None and texts["road_name"] is None:
        raise ClosureNowhere(field="path")
    for field in _MOMENTS:
        planned_moment(getattr(told, field), now(session), field)
    if told.from_at and told.until_at and told.until_at <= told.from_at:
        raise ClosureEndsTooEarly(field="until_at", received=moment_text(told.until_at))
    path = checked_path(told.path) if told.path is not None else None
    observed_at = checked_moment(told.observed_at, now(session))
    return _Next(closure_id, number, action, told, path, texts, observed_at)


def _repeat(
    session: Session, closure_id: UUID, seen: Seen, action: ClosureAction, version: int
) -> Filed:
    before = statements_of(session, closure_id)
    told = _as_told(_CLOSURES.last(before), seen)
    following = _checked(session, closure_id, version + 1, action, told)
    return _CLOSURES.follow(session, before, following)


def _as_told(last: ClosureStatement, seen: Seen) -> Closure:
    """Return what was told last, as somebody has seen it since."""
    return Closure(
        seen.id,
        last.grade,
        last.path,
        last.road_name,
        last.section,
        last.reason if seen.reason is None else seen.reason,
        last.from_at,
        last.until_at,
        seen.observed_at,
        seen.source,
    )


_OWN_WORDS = frozenset({ClosureAction.STATED, ClosureAction.CHANGED})


def _says_the_same(earlier: ClosureStatement, following: _Next) -> bool:
    said = (earlier.grade, earlier.from_at, earlier.until_at)
    told = following.told
    return (
        said == (told.grade, told.from_at, told.until_at)
        and all(getattr(earlier, field) == text for field, text in following.texts.items())
        and _places(earlier.path) == _places(mapping(following.path) if following.path else None)
    )


def _places(path: Mapping[str, Any] | None) -> object:
    """Return the places of a path in a form that compares: lists and tuples are alike."""
    if path is None:
        return None
    places = path["coordinates"]
    return [list(place) for place in places] if path["type"] == "LineString" else list(places)


class _Closures(Statements[ClosureStatement, _Next]):
    """How statements of a closure follow each other."""

    matter = RoadClosure
    table = RoadClosureStatement
    key = "closure_id"

    def of(self, session: Session, matter_id: UUID) -> list[ClosureStatement]:
        return statements_of(session, matter_id)

    def is_same(self, made: ClosureStatement, following: _Next) -> bool:
        told = following.told
        return (
            (made.closure_id, made.action) == (following.matter_id, following.action)
            and (made.source, told.observed_at or made.observed_at)
            == (told.source, made.observed_at)
            # What confirms or lifts repeats what was told before, which may have changed since.
            and (following.action not in _OWN_WORDS or _says_the_same(made, following))
        )

    def check_turn(self, last: ClosureStatement, following: _Next) -> None:
        """Refuse to follow a lifting, or to be earlier than what is followed."""
        since = moment_text(last.observed_at)
        if last.action is ClosureAction.LIFTED:
            raise ClosureLifted(since=since)
        if following.observed_at < last.observed_at:
            received = moment_text(following.observed_at)
            raise SeenTooEarly(field="observed_at", received=received, since=since)

    def values(self, following: _Next) -> dict[str, Any]:
        told, path = following.told, following.path
        return {
            "action": following.action.value,
            "grade": told.grade.value,
            "path": f"SRID=4326;{path.wkt}" if path else None,
            "from_at": told.from_at,
            "until_at": told.until_at,
            "observed_at": following.observed_at,
            "source": told.source.value,
            "supersedes": following.supersedes,
            **following.texts,
        }

    def none_left(self) -> ClosureTakenBack:
        return ClosureTakenBack()

    def met(self, theirs: ClosureStatement, yours: _Next) -> ClosureChangedMeanwhile:
        return ClosureChangedMeanwhile(
            theirs_action=theirs.action,
            theirs=theirs.grade,
            theirs_since=moment_text(theirs.observed_at),
            yours_action=yours.action,
            yours=yours.told.grade,
            yours_since=moment_text(yours.observed_at),
        )


_CLOSURES = _Closures()
