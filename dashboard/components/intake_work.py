"""Importing a file of damage reports: long work that shows how far it is and can be stopped."""

from dataclasses import dataclass

import streamlit as st

from dashboard import actions, session
from dashboard.background import QUICK_SECONDS, Task
from dashboard.components.intake_draft import Preview, drop_draft
from dashboard.roles import DECIDES
from gis.errors import Refused
from gis.importers.inventory import Problem
from gis.importers.refused import refused_csv
from gis.operations.damage_report_files import (
    ADDING,
    FILING,
    STEPS,
    take_in_photographs,
    take_in_reports,
)

WORK, DONE = "intake-work", "intake-done"


@dataclass(frozen=True)
class Imported:
    """What an import did, for as long as the person looks at it."""

    file_name: str
    filed: int
    known: int
    repeated: int
    photographs: int
    refused_count: int
    refused: bytes
    """The rows that were not taken, as CSV."""
    problems: tuple[Problem, ...]
    """Why photographs were not taken."""


Work = Task[Imported]


def begin_import(preview: Preview, name: str) -> None:
    """Begin to import what a preview showed."""
    try:
        session.require(DECIDES)
        desk, actor = session.desk(), session.actor()
    except Refused as refused:
        st.session_state[actions.NOTICE] = refused.explain(session.language())
        return
    found, language = preview.found, session.language()

    def work(task: Work) -> Imported:
        task.begin(FILING)
        with desk.transaction(actor) as store, task.interruptible(store):
            done = take_in_reports(
                store, found, language, progress=lambda _count: task.begin(FILING)
            )
            pictures = take_in_photographs(
                store, found.photographs, language, progress=lambda _count: task.begin(ADDING)
            )
        return Imported(
            name,
            len(done.new_ids),
            done.known,
            found.repeated,
            len(pictures.new_ids),
            len(found.refused_rows) + len(done.problems),
            refused_csv(found, language, done.problems),
            pictures.problems,
        )

    st.session_state.pop(actions.NOTICE, None)
    st.session_state[WORK] = Task(work, STEPS)


def settle() -> Work | None:
    """Return the work under way, or note what became of it."""
    task: Work | None = st.session_state.get(WORK)
    if task is None or not task.wait(QUICK_SECONDS):
        return task
    del st.session_state[WORK]
    try:
        st.session_state[DONE] = task.outcome()
    except Refused as refused:
        st.session_state[actions.NOTICE] = refused.explain(session.language())
    else:
        drop_draft()
    return None


def imported() -> Imported | None:
    """Return the import that the person has not put away yet."""
    found: Imported | None = st.session_state.get(DONE)
    return found


def put_away() -> None:
    """Let the result of an import go from the screen, to choose another file."""
    st.session_state.pop(DONE, None)
