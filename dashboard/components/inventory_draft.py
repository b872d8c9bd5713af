"""An inventory that somebody is about to import: the file, and what was decided about it.

It lives with the browser's session until it is confirmed: a lost browser loses an unconfirmed
preview and nothing else. What it would do is worked out beside the page.
"""

from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID, uuid4

import streamlit as st

from dashboard import cached, session
from dashboard.background import Task
from dashboard.workspaces import Desk
from gis.importers import Choices, Format, Inventory, Problem, likely_header
from gis.importers.errors import UnrecognisedInventory
from gis.importers.mapping import read_mapping
from gis.operations.formats import known_formats
from gis.operations.identification import Question
from gis.operations.inventories import ImportPlan, plan_import
from gis.queries.inventories import municipality_codes
from gis.store import Actor
from gis.text import N_

DRAFT = "inventory-draft"
READING, COMPARING = N_("Reading the file"), N_("Comparing with the register")

Decision = UUID | Literal["new"]


@dataclass(frozen=True)
class Asked:
    """What a preview depends on besides the file itself."""

    swap_axes: bool
    mapping: str | None
    """A mapping of columns (TOML) that was made for this file; None where a format is known."""
    decisions: tuple[tuple[str, Decision], ...]
    register: tuple[object, ...]
    """Grows other when the register may have become another one."""


@dataclass(frozen=True)
class Preview:
    """What the file says, and what importing it would do."""

    asked: Asked
    inventory: Inventory
    plan: ImportPlan

    @property
    def questions(self) -> tuple[Problem, ...]:
        """The rows that wait for a person, as the other rows that are left out."""
        return tuple(question.as_problem() for question in self.plan.questions)

    @property
    def refused_count(self) -> int:
        """How many rows would not be taken."""
        return len(self.inventory.refused_rows) + len(self.plan.questions)

    @property
    def has_news(self) -> bool:
        """Whether an import would write anything; who was recognised is remembered, too."""
        counts = self.plan.counts
        return bool(counts.added or counts.changed or self.plan.recognised_count)


@dataclass(frozen=True)
class Unrecognised:
    """A file whose columns no format knows."""

    asked: Asked
    refused: UnrecognisedInventory
    headings: tuple[str, ...]


Finding = Preview | Unrecognised


@dataclass
class Draft:
    """A file on its way, with what a person decided about it so far."""

    name: str
    content: bytes = field(repr=False)
    key: str = field(default_factory=lambda: uuid4().hex)
    """Sets its widgets apart from those of another file."""
    swap_axes: bool = False
    mapping: str | None = None
    is_strict: bool = False
    """All rows or none."""
    decisions: dict[str, Decision] = field(default_factory=dict)
    questions: dict[str, Question] = field(default_factory=dict)
    """All that were ever asked: one that is decided is asked no more, but can be decided anew."""
    rounds: int = 0
    """How often the person changed the register meanwhile."""
    finding: Finding | None = None
    _task: Task[Finding] | None = None
    _asked: Asked | None = None

    def asked(self) -> Asked:
        """Return what the preview must be of now."""
        last = next(iter(cached.imports()), None)
        register = (self.rounds, last and (last.id, last.undone_at))
        decisions = tuple(sorted(self.decisions.items()))
        return Asked(self.swap_axes, self.mapping, decisions, register)

    def work(self) -> Task[Finding] | None:
        """Return the work under way; begins it where what is known is outdated.

        Raises
        ------
        gis.errors.Refused
            The file cannot be read, or the reading was stopped.
        """
        asked = self.asked()
        if self._asked != asked:
            if self._task:
                self._task.stop()
            self._asked = asked
            self._task = self._begin(asked)
        if self._task and self._task.is_done:
            self.finding = self._task.outcome()
            self._task = None
            self._note_questions(self.finding)
        return self._task

    def forget_answer(self) -> None:
        """Have the file read anew, whatever came of it."""
        self._asked = None

    def _begin(self, asked: Asked) -> Task[Finding]:
        desk, actor, content = session.desk(), session.actor(), self.content
        return Task(lambda task: _find(task, desk, actor, content, asked), (READING, COMPARING))

    def _note_questions(self, finding: Finding) -> None:
        if isinstance(finding, Preview):
            kept = {key: one for key, one in self.questions.items() if key in self.decisions}
            self.questions = kept | {one.facility_key: one for one in finding.plan.questions}


def draft() -> Draft | None:
    """Return the file on its way in this browser."""
    found: Draft | None = st.session_state.get(DRAFT)
    return found


def drop_draft() -> None:
    """Let the file go; nothing of it is in the register."""
    gone: Draft | None = st.session_state.pop(DRAFT, None)
    if gone and gone._task:  # noqa: SLF001 - its own module
        gone._task.stop()  # noqa: SLF001


def _find(task: Task[Finding], desk: Desk, actor: Actor, content: bytes, asked: Asked) -> Finding:
    """Read a file and rehearse its import."""
    task.begin(READING)
    with desk.workspace.reading() as store:
        choices = Choices(desk.city.code, municipality_codes(store, desk.city), asked.swap_axes)
        formats = _formats(asked.mapping) or known_formats(store)
    try:
        inventory = cached.inventory(content, choices, formats)
    except UnrecognisedInventory as refused:
        return Unrecognised(asked, refused, likely_header(content))
    task.begin(COMPARING)
    with desk.workspace.rehearsal(actor) as store, task.interruptible(store):
        return Preview(asked, inventory, plan_import(store, inventory, dict(asked.decisions)))


def _formats(mapping: str | None) -> tuple[Format, ...]:
    return (read_mapping("draft", mapping),) if mapping else ()
