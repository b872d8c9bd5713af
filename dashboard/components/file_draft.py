"""A file that somebody is about to import: what is known of it is worked out beside the page.

It lives with the browser's session until it is confirmed: a lost browser loses an unconfirmed
preview and nothing else.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import ClassVar, Generic, Protocol, TypeVar

from dashboard import session
from dashboard.background import Task
from dashboard.workspaces import Desk
from gis.store import Actor

Asked = TypeVar("Asked")
Finding = TypeVar("Finding")


class Preview(Protocol):
    """What a file says, and what importing it would do."""

    @property
    def refused_count(self) -> int:
        """How many rows would not be taken."""

    @property
    def has_news(self) -> bool:
        """Whether an import would write anything."""


@dataclass
class FileDraft(ABC, Generic[Asked, Finding]):
    """A file on its way, with what a person decided about it so far."""

    steps: ClassVar[tuple[str, ...]]
    """What is done to find out, messages of the catalogue."""

    name: str
    content: bytes = field(repr=False)
    swap_axes: bool = False
    is_strict: bool = False
    """All rows or none."""
    finding: Finding | None = None
    _task: Task[Finding] | None = None
    _asked: Asked | None = None

    @abstractmethod
    def asked(self) -> Asked:
        """Return what the finding must be of now, besides the file itself."""

    @abstractmethod
    def find(self, task: Task[Finding], desk: Desk, actor: Actor, asked: Asked) -> Finding:
        """Read the file and rehearse its import; on a thread of its own, far from any page."""

    def note(self, finding: Finding) -> None:
        """Take note of what was found; nothing by default."""

    def work(self) -> Task[Finding] | None:
        """Return the work under way; begins it where what is known is outdated.

        Raises
        ------
        gis.errors.Refused
            The file cannot be read, or the reading was stopped.
        """
        asked = self.asked()
        if self._asked != asked:
            self.stop()
            self._asked = asked
            desk, actor = session.desk(), session.actor()
            self._task = Task(lambda task: self.find(task, desk, actor, asked), self.steps)
        if self._task and self._task.is_done:
            self.finding = self._task.outcome()
            self._task = None
            self.note(self.finding)
        return self._task

    def stop(self) -> None:
        """End the work under way."""
        if self._task:
            self._task.stop()

    def forget_answer(self) -> None:
        """Have the file read anew, whatever came of it."""
        self._asked = None
