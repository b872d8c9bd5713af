"""How importing a file is drawn: chosen, looked at, on its way, done."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, TypeVar

import streamlit as st

from dashboard import actions
from dashboard.components.file_draft import FileDraft, Preview
from dashboard.components.file_import import FileImport
from dashboard.components.plain import plain
from dashboard.components.task_progress import task_progress
from dashboard.session import _

Seen = TypeVar("Seen", bound=Preview)
Draft = TypeVar("Draft", bound=FileDraft[Any, Any])
Outcome = TypeVar("Outcome")


@dataclass(frozen=True)
class Parts(Generic[Draft, Seen, Outcome]):
    """What one kind of file has of its own to draw."""

    choose_file: Callable[[], None]
    """Offers to drop a file."""
    summary: Callable[[Seen], None]
    """Draws what importing would do, in figures."""
    look_at_part: Callable[[Seen], None]
    """Draws the rows that somebody wants to see."""
    choices: Callable[[Draft, Seen], None]
    """Offers what a person may say about the whole file."""
    begin: Callable[[Seen, str], None]
    """Begins to import what was seen; takes the file's name."""
    result: Callable[[Outcome], None]
    """Draws what an import came to."""
    nothing: str
    """Translated: that the file holds nothing new."""
    stands_in: Callable[[], bool] = lambda: False
    """Draws what stands in the way of any import, and tells whether anything does."""


def draw_import(imports: FileImport[Draft, Outcome], parts: Parts[Draft, Any, Outcome]) -> None:
    """Draw the import that is under way, what became of it, or how to begin one."""
    task = imports.settle()
    actions.show_notice()
    if task:
        task_progress(task, imports.name)
    elif done := imports.outcome:
        parts.result(done)
    elif parts.stands_in():
        return
    elif found := imports.draft:
        _on_its_way(imports, found, parts)
    else:
        parts.choose_file()


def _on_its_way(
    imports: FileImport[Draft, Outcome], draft: Draft, parts: Parts[Draft, Any, Outcome]
) -> None:
    """Draw a file that is not imported yet: what it would do, and the button that does it."""
    is_current = imports.look(draft, partial(_file_line, imports, draft))
    seen = draft.finding
    if is_current is None or seen is None:
        return
    parts.summary(seen)
    with st.container(horizontal=True, vertical_alignment="center", key="inventory-confirm"):
        begin = partial(parts.begin, seen, draft.name)
        imports.confirm(draft, seen, begin, is_current=is_current, nothing=parts.nothing)
        parts.choices(draft, seen)
    parts.look_at_part(seen)


def _file_line(imports: FileImport[Draft, Outcome], draft: Draft) -> None:
    """Draw which file this is."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{plain(draft.name)}**", width="content")
        another = _("Another file")
        st.button(another, icon=":material/upload_file:", on_click=imports.drop_draft)
