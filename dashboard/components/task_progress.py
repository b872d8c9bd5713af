"""How far long work is, with a button that ends it."""

from typing import Any

import streamlit as st

from dashboard.background import Task
from dashboard.session import _

LOOK_SECONDS = 0.5
"""How often the page looks; the work itself is not slowed down by it."""


@st.fragment(run_every=LOOK_SECONDS)
def task_progress(task: Task[Any], key: str) -> None:
    """Draw the step, the time so far and a stop button, and the page anew when the work ends."""
    if task.is_done:
        st.rerun()
    if task.is_stopping:
        # The database may have had nothing to do when it was told, and something since.
        task.stop()
    number = task.steps.index(task.step) if task.step in task.steps else 0
    words = _("Stopping…") if task.is_stopping else _("{step} ({number}/{steps}), {seconds} s")
    text = words.format(
        step=_(task.step), number=number + 1, steps=len(task.steps), seconds=task.seconds
    )
    with st.container(horizontal=True, vertical_alignment="center", key=f"card-{key}"):
        # Half a step ahead: a bar that stands at nothing looks as if nothing was done.
        st.progress((number + 0.5) / len(task.steps), text)
        st.button(
            _("Stop"),
            key=f"stop-{key}",
            icon=":material/stop_circle:",
            disabled=task.is_stopping,
            on_click=task.stop,
        )
