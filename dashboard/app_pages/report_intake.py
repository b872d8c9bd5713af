"""Report intake: drop a file of damage reports, see what it would file, import it."""

import streamlit as st

from dashboard import actions, cached, session
from dashboard.background import QUICK_SECONDS
from dashboard.components.intake_draft import DRAFT, Draft, Preview, draft, drop_draft
from dashboard.components.intake_preview import import_result, look_at_part, summary
from dashboard.components.intake_work import begin_import, imported, settle
from dashboard.components.plain import plain
from dashboard.components.register_style import apply_register_style
from dashboard.components.shell import follow_incident, nothing_open, shell
from dashboard.components.task_progress import task_progress
from dashboard.session import _
from gis.errors import Refused
from gis.importers.damage_reports import ROWS_MOST

UPLOADER = "intake-upload"


@st.fragment
@session.explained
def intake() -> None:
    """Draw what is on its way, or what became of it."""
    follow_incident()
    task = settle()
    actions.show_notice()
    if task:
        task_progress(task, "intake")
    elif done := imported():
        import_result(done)
    elif cached.incident() is None:
        nothing_open()
    elif found := draft():
        on_its_way(found)
    else:
        choose_file()


def choose_file() -> None:
    """Offer to drop a file; it is read as soon as it is there."""
    st.markdown(
        _(
            "Drop a list of damage reports here, or a file that the field app saved. You see what"
            " would be filed before anything is written."
        )
    )
    with st.container(key="inventory-drop"):
        st.file_uploader(_("List of damage reports"), key=UPLOADER, on_change=_take)
    kinds = _("CSV, TSV, Excel, ODS, GeoJSON or a file of the field app, up to {most} rows.")
    st.caption(kinds.format(most=f"{ROWS_MOST:,}"))
    st.caption(
        _(
            "One column must say what is damaged, such as 区分. A file can be imported again:"
            " what is filed already stays as it is."
        )
    )


def _take() -> None:
    upload = st.session_state[UPLOADER]
    if upload is not None:
        st.session_state[DRAFT] = Draft(upload.name, upload.getvalue())


def on_its_way(found: Draft) -> None:
    """Draw a file that is not imported yet: what it is, and what it would do."""
    try:
        task = found.work()
        if task and task.wait(QUICK_SECONDS):
            task = found.work()
    except Refused as refused:
        file_line(found)
        st.error(refused.explain(session.language()), icon=":material/error:")
        st.button(_("Read again"), icon=":material/refresh:", on_click=found.forget_answer)
        return
    file_line(found)
    if task:
        task_progress(task, "reading")
    if found.finding:
        preview(found, found.finding, is_current=task is None)


def file_line(found: Draft) -> None:
    """Draw which file this is."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{plain(found.name)}**", width="content")
        st.button(_("Another file"), icon=":material/upload_file:", on_click=drop_draft)


def preview(found: Draft, seen: Preview, *, is_current: bool) -> None:
    """Draw what the import would do, and the button that does it."""
    summary(seen)
    with st.container(horizontal=True, vertical_alignment="center", key="inventory-confirm"):
        confirm(found, seen, is_current=is_current)
        choices(found, seen)
    look_at_part(seen)


def confirm(found: Draft, seen: Preview, *, is_current: bool) -> None:
    """Draw the button that imports, or why there is nothing to press."""
    if is_current and not seen.has_news:
        st.info(_("There is nothing new in the file to file."))
        return
    is_barred = found.is_strict and seen.refused_count > 0
    st.button(
        _("Import"),
        type="primary",
        icon=":material/download_done:",
        disabled=is_barred or not is_current,
        on_click=begin_import,
        args=(seen, found.name),
    )
    if is_barred:
        words = _("{count} rows cannot be taken yet.")
        st.markdown(words.format(count=f"{seen.refused_count:,}"), width="content")


def choices(found: Draft, seen: Preview) -> None:
    """Offer what a person may say about the whole file."""
    if seen.found.swapped_rows or found.swap_axes:
        st.checkbox(
            _("Turn latitude and longitude where they are swapped"),
            found.swap_axes,
            key="intake-swap",
            on_change=_set,
            args=(found, "swap_axes", "intake-swap"),
        )
    if seen.has_news:
        st.checkbox(
            _("Import only if every row can be taken"),
            found.is_strict,
            key="intake-strict",
            on_change=_set,
            args=(found, "is_strict", "intake-strict"),
        )


def _set(found: Draft, name: str, key: str) -> None:
    setattr(found, name, st.session_state[key])


shell()
apply_register_style()
intake()
