"""Importing and taking back: long work that shows how far it is and can be stopped."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

import streamlit as st

from dashboard import actions, session
from dashboard.background import QUICK_SECONDS, Task
from dashboard.components.inventory_draft import Preview, drop_draft
from dashboard.roles import DECIDES
from dashboard.session import _
from dashboard.workspaces import Desk
from gis.errors import Refused
from gis.importers.refused import refused_csv
from gis.operations.inventories import (
    STEPS,
    Counts,
    SourceFile,
    import_inventory,
    undo_import,
)
from gis.store import Actor
from gis.text import N_

WORK, DONE = "inventory-work", "inventory-done"
UNDOING = N_("Taking the import back")


@dataclass(frozen=True)
class Imported:
    """What an import did, for as long as the person looks at it; the store keeps the rest."""

    file_name: str
    counts: Counts
    import_id: UUID | None
    refused_count: int
    refused: bytes
    """The rows that were not taken, as CSV."""


@dataclass(frozen=True)
class Undone:
    """An import was taken back."""


Work = Task[Imported | Undone]


def begin_import(preview: Preview, name: str, content: bytes) -> None:
    """Begin to import what a preview showed."""
    decisions = dict(preview.asked.decisions)
    source = SourceFile.of(name, content)
    language = session.language()

    def work(desk: Desk, actor: Actor, task: Work) -> Imported:
        with desk.transaction(actor) as store, task.interruptible(store):
            done = import_inventory(
                store, preview.inventory, source, decisions, progress=task.begin
            )
        questions = [question.as_problem() for question in done.questions]
        return Imported(
            name,
            done.counts,
            done.import_id,
            len(preview.inventory.refused_rows) + len(questions),
            refused_csv(preview.inventory, language, questions),
        )

    _begin(work, STEPS)


def begin_undo(import_id: UUID) -> None:
    """Begin to take the last import back."""

    def work(desk: Desk, actor: Actor, task: Work) -> Undone:
        task.begin(UNDOING)
        with desk.transaction(actor) as store, task.interruptible(store):
            undo_import(store, import_id)
        return Undone()

    _begin(work, (UNDOING,))


def _begin(work: Callable[[Desk, Actor, Work], Imported | Undone], steps: tuple[str, ...]) -> None:
    """Begin a piece of work in the reader's name; its end is told by :func:`settle`."""
    try:
        session.require(DECIDES)
        desk, actor = session.desk(), session.actor()
    except Refused as refused:
        st.session_state[actions.NOTICE] = refused.explain(session.language())
        return
    st.session_state.pop(actions.NOTICE, None)
    st.session_state[WORK] = Task(lambda task: work(desk, actor, task), steps)


def settle() -> Work | None:
    """Return the work under way, or note what became of it."""
    task: Work | None = st.session_state.get(WORK)
    if task is None or not task.wait(QUICK_SECONDS):
        return task
    del st.session_state[WORK]
    try:
        outcome = task.outcome()
    except Refused as refused:
        st.session_state[actions.NOTICE] = refused.explain(session.language())
        return None
    if isinstance(outcome, Imported):
        st.session_state[DONE] = outcome
        drop_draft()
    else:
        st.session_state.pop(DONE, None)
        st.toast(_("The import is taken back."), icon=":material/undo:", duration="long")
    return None


def imported() -> Imported | None:
    """Return the import that the person has not put away yet."""
    found: Imported | None = st.session_state.get(DONE)
    return found


def put_away() -> None:
    """Let the result of an import go from the screen, to choose another file."""
    st.session_state.pop(DONE, None)
