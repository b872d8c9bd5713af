"""A file of damage reports that somebody is about to import, and what that would do.

It lives with the browser's session until it is confirmed, as a list of shelters does.
"""

from dataclasses import dataclass, field
from uuid import UUID

import streamlit as st

from dashboard import cached, session
from dashboard.background import Task
from dashboard.workspaces import Desk
from gis.clock import jst
from gis.importers.damage_list import ReportList
from gis.importers.damage_reports import parse_reports
from gis.operations.damage_report_files import Intake, take_in_reports
from gis.store import Actor
from gis.text import N_, Language

DRAFT = "intake-draft"
READING, COMPARING = N_("Reading the file"), N_("Trying what would be filed")


@dataclass(frozen=True)
class Asked:
    """What a preview depends on besides the file itself."""

    swap_axes: bool
    incident_id: UUID | None
    language: Language


@dataclass(frozen=True)
class Preview:
    """What the file says, and what importing it would do."""

    found: ReportList
    plan: Intake

    @property
    def refused_count(self) -> int:
        """How many rows would not be taken."""
        return len(self.found.refused_rows) + len(self.plan.problems)

    @property
    def has_news(self) -> bool:
        """Whether there is anything to import; of photographs only the import itself knows."""
        return bool(self.plan.new_ids or self.found.photographs)


@dataclass
class Draft:
    """A file on its way, with what a person decided about it so far."""

    name: str
    content: bytes = field(repr=False)
    swap_axes: bool = False
    is_strict: bool = False
    """All rows or none."""
    finding: Preview | None = None
    _task: Task[Preview] | None = None
    _asked: Asked | None = None

    def work(self) -> Task[Preview] | None:
        """Return the work under way; begins it where what is known is outdated.

        Raises
        ------
        gis.errors.Refused
            The file cannot be read, or the reading was stopped.
        """
        incident = cached.incident()
        asked = Asked(self.swap_axes, incident.id if incident else None, session.language())
        if self._asked != asked:
            self.stop()
            self._asked = asked
            self._task = self._begin(asked)
        if self._task and self._task.is_done:
            self.finding = self._task.outcome()
            self._task = None
        return self._task

    def stop(self) -> None:
        """End the work under way."""
        if self._task:
            self._task.stop()

    def forget_answer(self) -> None:
        """Have the file read anew, whatever came of it."""
        self._asked = None

    def _begin(self, asked: Asked) -> Task[Preview]:
        desk, actor, content = session.desk(), session.actor(), self.content
        return Task(lambda task: _find(task, desk, actor, content, asked), (READING, COMPARING))


def draft() -> Draft | None:
    """Return the file on its way in this browser."""
    found: Draft | None = st.session_state.get(DRAFT)
    return found


def drop_draft() -> None:
    """Let the file go; nothing of it is in the store."""
    gone: Draft | None = st.session_state.pop(DRAFT, None)
    if gone:
        gone.stop()


def _find(task: Task[Preview], desk: Desk, actor: Actor, content: bytes, asked: Asked) -> Preview:
    """Read a file and rehearse its import."""
    task.begin(READING)
    today = jst(desk.workspace.clock.now()).date()
    found = parse_reports(content, today, swap_axes=asked.swap_axes)
    task.begin(COMPARING)
    with desk.workspace.rehearsal(actor) as store, task.interruptible(store):
        plan = take_in_reports(
            store, found, asked.language, progress=lambda _count: task.begin(COMPARING)
        )
    return Preview(found, plan)
