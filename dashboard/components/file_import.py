"""Importing a file from a page: drop it, see what it would do, confirm, and see what it did."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import streamlit as st

from dashboard import actions, session
from dashboard.background import QUICK_SECONDS, Task
from dashboard.components.file_draft import FileDraft, Preview
from dashboard.components.task_progress import task_progress
from dashboard.roles import DECIDES
from dashboard.session import _
from dashboard.workspaces import Desk
from gis.errors import Refused
from gis.store import Actor

Draft = TypeVar("Draft", bound=FileDraft[Any, Any])
Outcome = TypeVar("Outcome")


@dataclass(frozen=True)
class Undone:
    """An import was taken back: nothing of it is left to look at."""


class FileImport(Generic[Draft, Outcome]):
    """The imports of one kind of file in this browser: one at a time.

    Parameters
    ----------
    name
        Sets its keys apart from those of another kind.
    new_draft
        Makes a draft of a file's name and its content.
    """

    def __init__(self, name: str, new_draft: Callable[[str, bytes], Draft]) -> None:
        self.name = name
        self._new_draft = new_draft

    def _key(self, what: str) -> str:
        return f"{self.name}-{what}"

    @property
    def draft(self) -> Draft | None:
        """The file on its way."""
        found: Draft | None = st.session_state.get(self._key("draft"))
        return found

    @property
    def outcome(self) -> Outcome | None:
        """What the last import came to, until the person puts it away."""
        found: Outcome | None = st.session_state.get(self._key("done"))
        return found

    def choose(self, label: str) -> None:
        """Draw where a file is dropped; it is read as soon as it is there."""
        with st.container(key="inventory-drop"):
            st.file_uploader(label, key=self._key("upload"), on_change=self._take)

    def _take(self) -> None:
        upload = st.session_state[self._key("upload")]
        if upload is not None:
            draft = self._new_draft(upload.name, upload.getvalue())
            st.session_state[self._key("draft")] = draft

    def drop_draft(self) -> None:
        """Let the file go; nothing of it is in the store."""
        gone: Draft | None = st.session_state.pop(self._key("draft"), None)
        if gone:
            gone.stop()

    def put_away(self) -> None:
        """Let what an import came to go from the screen, to choose another file."""
        st.session_state.pop(self._key("done"), None)

    def begin(
        self,
        work: Callable[[Desk, Actor, Task[Any]], Outcome | Undone],
        steps: tuple[str, ...],
    ) -> None:
        """Begin a piece of work in the reader's name; its end is told by :meth:`settle`."""
        try:
            session.require(DECIDES)
            desk, actor = session.desk(), session.actor()
        except Refused as refused:
            st.session_state[actions.NOTICE] = refused.explain(session.language())
            return
        st.session_state.pop(actions.NOTICE, None)
        st.session_state[self._key("work")] = Task(lambda task: work(desk, actor, task), steps)

    def settle(self) -> Task[Outcome | Undone] | None:
        """Return the work under way, or note what became of it."""
        task: Task[Outcome | Undone] | None = st.session_state.get(self._key("work"))
        if task is None or not task.wait(QUICK_SECONDS):
            return task
        del st.session_state[self._key("work")]
        try:
            outcome = task.outcome()
        except Refused as refused:
            st.session_state[actions.NOTICE] = refused.explain(session.language())
            return None
        if isinstance(outcome, Undone):
            self.put_away()
            st.toast(_("The import is taken back."), icon=":material/undo:", duration="long")
        else:
            st.session_state[self._key("done")] = outcome
            self.drop_draft()
        return None

    def look(self, draft: Draft, file_line: Callable[[], None]) -> bool | None:
        """Draw which file this is and how far its reading is.

        Returns
        -------
        bool or None
            Whether what was found is of now; None where the file cannot be read.
        """
        try:
            task = draft.work()
            if task and task.wait(QUICK_SECONDS):
                task = draft.work()
        except Refused as refused:
            file_line()
            st.error(refused.explain(session.language()), icon=":material/error:")
            again = _("Read again")
            st.button(again, icon=":material/refresh:", on_click=draft.forget_answer)
            return None
        file_line()
        # What was found before stays beneath it, in its place.
        with st.container():
            if task:
                task_progress(task, "reading")
        return task is None

    def confirm(
        self,
        draft: Draft,
        seen: Preview,
        begin: Callable[[], None],
        *,
        is_current: bool,
        nothing: str,
    ) -> None:
        """Draw the button that imports, or why there is nothing to press.

        Parameters
        ----------
        nothing
            What to say where the file holds nothing new.
        """
        if is_current and not seen.has_news:
            st.info(nothing)
            return
        is_barred = draft.is_strict and seen.refused_count > 0
        st.button(
            _("Import"),
            type="primary",
            icon=":material/download_done:",
            disabled=is_barred or not is_current,
            on_click=begin,
        )
        if is_barred:
            words = _("{count} rows cannot be taken yet.")
            st.markdown(words.format(count=f"{seen.refused_count:,}"), width="content")

    def choices(self, draft: Draft, seen: Preview, *, swapped: int) -> None:
        """Offer what a person may say about the whole file.

        Parameters
        ----------
        swapped
            In how many rows latitude and longitude seem to be swapped.
        """
        if swapped or draft.swap_axes:
            label = _("Latitude and longitude seem to be swapped in {count} rows: turn them")
            turned = _("Turn latitude and longitude where they are swapped")
            self.choice(
                draft, "swap_axes", turned if draft.swap_axes else label.format(count=swapped)
            )
        if seen.has_news:
            self.choice(draft, "is_strict", _("Import only if every row can be taken"))

    def choice(self, draft: Draft, name: str, label: str) -> None:
        """Offer to say yes or no to one thing about the whole file, an attribute of its draft."""

        def change() -> None:
            setattr(draft, name, st.session_state[self._key(name)])

        st.checkbox(label, getattr(draft, name), key=self._key(name), on_change=change)
