"""Drawing on the map, changing what was drawn, taking it away, and undoing either (書き込み)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry
from sqlalchemy.orm import Session

from gis.clock import moment_text
from gis.errors import (
    AnnotationChangedMeanwhile,
    AnnotationRemoved,
    AnnotationTakenBack,
    AnnotationWithoutText,
)
from gis.geometry.drawing import checked_shape
from gis.models import Annotation, AnnotationStatement
from gis.models.annotation import TEXT_LENGTH
from gis.operations import Filed
from gis.operations.statements import Statements
from gis.operations.texts import kept_text
from gis.queries.annotations import AnnotationView, statements_of
from gis.vocabulary import AnnotationAction, AnnotationColour


@dataclass(frozen=True)
class Drawing:
    """What is drawn: all that holds from then on. ``id`` is made by the client.

    ``shape`` is a GeoJSON Point, LineString, Polygon or MultiPolygon, EPSG:4326.
    """

    id: UUID
    text: str
    shape: Mapping[str, Any]
    colour: AnnotationColour = AnnotationColour.REMARK


def draw_annotation(session: Session, drawn: Drawing, *, incident_id: UUID | None = None) -> Filed:
    """Draw something; its id is that of its first statement. A retry changes nothing.

    Parameters
    ----------
    incident_id
        None is the incident that headquarters work on.

    Raises
    ------
    gis.errors.AnnotationWithoutText, gis.errors.TextTooLong
        Its text is missing, or longer than is kept.
    gis.errors.IncidentNotOpen, gis.errors.NotFound
        The incident is closed, none is open, or there is none of that id.
    gis.errors.IdUsedForAnother
        The id stands for something else.
    gis.errors.Refused
        What was drawn cannot be meant (:func:`gis.geometry.drawing.checked_shape`).
    """
    first = _checked(drawn.id, 1, AnnotationAction.DRAWN, drawn)
    return _ANNOTATIONS.begin(session, first, incident_id=incident_id)


def change_annotation(
    session: Session, annotation_id: UUID, drawn: Drawing, *, version: int
) -> Filed:
    """Change an annotation: its text, its colour, its place. A retry changes nothing.

    Parameters
    ----------
    version
        The number of the statement that the person saw last.

    Raises
    ------
    gis.errors.AnnotationChangedMeanwhile
        Somebody did something else with it after that.
    gis.errors.AnnotationRemoved, gis.errors.AnnotationTakenBack
        It is no longer there.
    gis.errors.Refused
        As :func:`draw_annotation` says.
    """
    before = statements_of(session, annotation_id)
    change = _checked(annotation_id, version + 1, AnnotationAction.CHANGED, drawn)
    return _ANNOTATIONS.follow(session, before, change)


def remove_annotation(
    session: Session, annotation_id: UUID, statement_id: UUID, *, version: int
) -> Filed:
    """Take an annotation away: :func:`change_annotation` says what may be refused.

    Parameters
    ----------
    statement_id
        Made by the client: the same id again is a retry.
    """
    before = statements_of(session, annotation_id)
    last = _ANNOTATIONS.last(before)
    removal = _repeated(last, statement_id, version + 1, AnnotationAction.REMOVED)
    return _ANNOTATIONS.follow(session, before, removal)


def take_back(session: Session, annotation_id: UUID, *, version: int) -> None:
    """Undo what was done last with an annotation: what was there before is there again.

    It stays on record. Where it was the first statement, the annotation never was.

    Raises
    ------
    gis.errors.AnnotationChangedMeanwhile
        Somebody did something else with it meanwhile.
    gis.errors.AnnotationTakenBack
        All of it has been undone.
    gis.errors.IncidentNotOpen
        The incident has been closed.
    gis.errors.NotFound
        There is no such annotation.
    """
    last = _ANNOTATIONS.last(statements_of(session, annotation_id))
    back = _repeated(last, uuid4(), version + 1, AnnotationAction.TAKEN_BACK, last.number)
    _ANNOTATIONS.take_back(session, last, back)


@dataclass(frozen=True)
class _Next:
    """A statement to write."""

    id: UUID
    matter_id: UUID
    number: int
    action: AnnotationAction
    text: str
    colour: AnnotationColour
    shape: BaseGeometry
    supersedes: int | None = None


def _checked(annotation_id: UUID, number: int, action: AnnotationAction, drawn: Drawing) -> _Next:
    """Return the statement to write, once what it says can be meant."""
    text = kept_text("text", drawn.text, TEXT_LENGTH)
    if text is None:
        raise AnnotationWithoutText(field="text")
    return _Next(
        drawn.id, annotation_id, number, action, text, drawn.colour, checked_shape(drawn.shape)
    )


def _repeated(
    last: AnnotationView,
    statement_id: UUID,
    number: int,
    action: AnnotationAction,
    supersedes: int | None = None,
) -> _Next:
    """Return a statement that says once more what was there."""
    said = (last.text, last.colour, shape(last.shape))
    return _Next(statement_id, last.annotation_id, number, action, *said, supersedes)


class _Annotations(Statements[AnnotationView, _Next]):
    """How statements of an annotation follow each other."""

    matter = Annotation
    table = AnnotationStatement
    key = "annotation_id"

    def of(self, session: Session, matter_id: UUID) -> list[AnnotationView]:
        return statements_of(session, matter_id)

    def is_same(self, made: AnnotationView, following: _Next) -> bool:
        same = (made.annotation_id, made.action) == (following.matter_id, following.action)
        # What takes away repeats what was there before, which may have changed since.
        if following.action is AnnotationAction.REMOVED:
            return same
        said = (made.text, made.colour, shape(made.shape))
        return same and said == (following.text, following.colour, following.shape)

    def check_turn(self, last: AnnotationView, following: _Next) -> None:
        """Refuse to follow a removal."""
        del following
        if last.action is AnnotationAction.REMOVED:
            raise AnnotationRemoved(since=moment_text(last.recorded_at))

    def values(self, following: _Next) -> dict[str, Any]:
        return {
            "action": following.action.value,
            "text": following.text,
            "colour": following.colour.value,
            "shape": f"SRID=4326;{following.shape.wkt}",
            "supersedes": following.supersedes,
        }

    def none_left(self) -> AnnotationTakenBack:
        return AnnotationTakenBack()

    def met(self, theirs: AnnotationView, yours: _Next) -> AnnotationChangedMeanwhile:
        return AnnotationChangedMeanwhile(
            theirs_by=theirs.recorded_by,
            theirs_action=theirs.action,
            theirs_since=moment_text(theirs.recorded_at),
            theirs=theirs.text,
            yours_action=yours.action,
            yours=yours.text,
        )


_ANNOTATIONS = _Annotations()
