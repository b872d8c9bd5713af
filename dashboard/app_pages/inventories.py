"""Inventories: drop a list of shelters, see what it would change, decide, import, take back."""

import streamlit as st

from dashboard import actions, session
from dashboard.background import QUICK_SECONDS
from dashboard.components.import_history import import_history
from dashboard.components.import_result import import_result
from dashboard.components.inventory_draft import Draft, Preview, Unrecognised, draft
from dashboard.components.inventory_parts import look_at_part
from dashboard.components.inventory_preview import summary
from dashboard.components.inventory_upload import choices, choose_file, file_line
from dashboard.components.inventory_work import begin_import, imported, settle
from dashboard.components.live import live_badge
from dashboard.components.mapping_maker import mapping_maker
from dashboard.components.register_style import apply_register_style
from dashboard.components.shell import follow_incident, shell
from dashboard.components.task_progress import task_progress
from dashboard.maps.changes import draw_change_map
from dashboard.session import _
from gis.errors import Refused


@st.fragment
@session.explained
def inventories() -> None:
    """Draw what is on its way, and below it what was imported."""
    live_badge(("inventories",), session.language(), key="inventories-live")
    follow_incident()
    task = settle()
    actions.show_notice()
    if task:
        task_progress(task, "import")
    elif done := imported():
        import_result(done)
    elif found := draft():
        on_its_way(found)
    else:
        choose_file()
    import_history(offers_undo=not (task or imported()))


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
    if isinstance(found.finding, Unrecognised):
        mapping_maker(found, found.finding)
    elif found.finding:
        preview(found, found.finding, is_current=task is None)


def preview(found: Draft, seen: Preview, *, is_current: bool) -> None:
    """Draw what the import would do, with the map beside it, and the button that does it."""
    summary(seen)
    with st.container(horizontal=True, vertical_alignment="center", key="inventory-confirm"):
        confirm(found, seen, is_current=is_current)
        choices(found, seen)

    list_side, map_side = st.columns([3, 2])
    with list_side:
        look_at_part(found, seen)
    with map_side:
        draw_change_map(session.desk().city, seen.plan, session.language(), "change-map")


def confirm(found: Draft, seen: Preview, *, is_current: bool) -> None:
    """Draw the button that imports, or why there is nothing to press."""
    if is_current and not seen.has_news:
        st.info(_("The register says all of this already. There is nothing to import."))
        return
    is_barred = found.is_strict and seen.refused_count > 0
    st.button(
        _("Import"),
        type="primary",
        icon=":material/download_done:",
        disabled=is_barred or not is_current,
        on_click=begin_import,
        args=(seen, found.name, found.content),
    )
    if is_barred:
        words = _("{count} rows cannot be taken yet.")
        st.markdown(words.format(count=f"{seen.refused_count:,}"), width="content")


shell()
apply_register_style()
inventories()
