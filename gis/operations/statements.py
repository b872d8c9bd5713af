"""One statement after another of the same matter, by several people who may not know of each other.

A road closure, an evacuation order, an annotation of the map: each statement says all that holds
from then on and has the next number. Whoever makes one names the number that they saw last; who
comes second is refused and told both. Devices send again what they are not sure of: the same id
with the same content is a retry. What was stated by mistake is taken back by a further statement.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Generic, Protocol, TypeVar
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from gis.errors import IdUsedForAnother, Refused
from gis.models.base import Base
from gis.operations import Filed
from gis.queries.incidents import held_open


class Statement(Protocol):
    """A statement on record."""

    @property
    def id(self) -> UUID:
        """Made by whoever stated it."""

    @property
    def incident_id(self) -> UUID:
        """The incident of its matter."""

    @property
    def version(self) -> int:
        """The number of the matter's last statement."""

    @property
    def holds(self) -> bool:
        """Whether this is what now stands of its matter."""


class Following(Protocol):
    """A statement to write."""

    @property
    def id(self) -> UUID:
        """Made by whoever states it."""

    @property
    def matter_id(self) -> UUID:
        """That of the matter's first statement."""

    @property
    def number(self) -> int:
        """One more than the number that was seen last."""


Made = TypeVar("Made", bound=Statement)
Next = TypeVar("Next", bound=Following)


class Statements(ABC, Generic[Made, Next]):
    """How statements of one kind of matter follow each other."""

    matter: ClassVar[type[Base]]
    table: ClassVar[type[Base]]
    """The statements, numbered from 1 within their matter."""
    key: ClassVar[str]
    """The column of the table that names the matter."""

    @abstractmethod
    def of(self, session: Session, matter_id: UUID) -> Sequence[Made]:
        """Return all that was stated of a matter, the latest first.

        Raises
        ------
        gis.errors.NotFound
            There is no such matter.
        """

    @abstractmethod
    def is_same(self, made: Made, following: Next) -> bool:
        """Tell whether a statement says what another one of the same id said."""

    @abstractmethod
    def check_turn(self, last: Made, following: Next) -> None:
        """Refuse what may not follow the statement that holds."""

    @abstractmethod
    def values(self, following: Next) -> Mapping[str, Any]:
        """Return the columns of a statement but its id, its matter and its number."""

    @abstractmethod
    def none_left(self) -> Refused:
        """Return what to tell where everything that was stated has been taken back."""

    @abstractmethod
    def met(self, theirs: Made, yours: Next) -> Refused:
        """Return what to tell somebody whom somebody else forestalled."""

    def begin(
        self, session: Session, first: Next, *, incident_id: UUID | None, **columns: object
    ) -> Filed:
        """Begin a matter with its first statement, whose id it shares. A retry changes nothing.

        Parameters
        ----------
        incident_id
            None is the incident that headquarters work on.
        columns
            What else the matter itself holds.

        Raises
        ------
        gis.errors.IncidentNotOpen, gis.errors.NotFound
            The incident is closed, none is open, or there is none of that id.
        gis.errors.IdUsedForAnother
            The id stands for something else.
        """
        is_new = False
        if session.get(self.matter, first.id) is None:
            held = held_open(session, incident_id)
            values = {"id": first.id, "incident_id": held.id, **columns}
            # Another delivery may come in between.
            is_new = self._insert(session, self.matter, ["id"], values)
        if is_new:
            self._write(session, first)
        elif not self._is_made(self.of(session, first.id), first):
            raise IdUsedForAnother(field="id", received=first.id)
        return Filed(first.id, is_new=is_new)

    def follow(self, session: Session, before: Sequence[Made], following: Next) -> Filed:
        """Add a statement to those that were made before. A retry changes nothing.

        Raises
        ------
        gis.errors.IncidentNotOpen
            The incident has been closed.
        gis.errors.IdUsedForAnother
            The id stands for something else.
        gis.errors.Refused
            It may not follow, or somebody else was first.
        """
        if self._is_made(before, following):
            return Filed(following.id, is_new=False)
        last = self.last(before)
        held_open(session, last.incident_id)
        if last.version == following.number - 1:
            self.check_turn(last, following)
            if self._write(session, following):
                return Filed(following.id, is_new=True)
        # What somebody stated a moment ago is committed now, and may be another delivery of this.
        present = self.of(session, following.matter_id)
        if not self._is_made(present, following):
            raise self.met(self.last(present), following)
        return Filed(following.id, is_new=False)

    def take_back(self, session: Session, last: Made, back: Next) -> None:
        """Take the statement that holds back; it stays on record.

        Raises
        ------
        gis.errors.IncidentNotOpen
            The incident has been closed.
        gis.errors.Refused
            Somebody else was first.
        """
        held_open(session, last.incident_id)
        if last.version != back.number - 1 or not self._write(session, back):
            raise self.met(self.last(self.of(session, back.matter_id)), back)

    def last(self, made: Sequence[Made]) -> Made:
        """Return the statement that holds.

        Raises
        ------
        gis.errors.Refused
            None does (:meth:`none_left`).
        """
        for each in made:
            if each.holds:
                return each
        raise self.none_left()

    def _is_made(self, made: Sequence[Made], following: Next) -> bool:
        """Tell whether this very statement is on record, under the same id."""
        earlier = next((each for each in made if each.id == following.id), None)
        if earlier is not None and not self.is_same(earlier, following):
            raise IdUsedForAnother(field="id", received=following.id)
        return earlier is not None

    def _write(self, session: Session, following: Next) -> bool:
        """Write a statement, unless somebody made the next one first; return whether it did."""
        named = {"id": following.id, self.key: following.matter_id, "number": following.number}
        values = {**named, **self.values(following)}
        return self._insert(session, self.table, [self.key, "number"], values)

    @staticmethod
    def _insert(
        session: Session, table: type[Base], unless: Sequence[str], values: Mapping[str, Any]
    ) -> bool:
        added = session.execute(
            insert(table)
            .values(values)
            .on_conflict_do_nothing(index_elements=unless)
            .returning(*table.__table__.primary_key)
        ).one_or_none()
        return added is not None
