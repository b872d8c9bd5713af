"""Report intake: drop a file of damage reports, see what it would file, import it."""

from functools import partial

import streamlit as st

from dashboard import actions, cached, session
from dashboard.components.intake_draft import Draft
from dashboard.components.intake_preview import import_result, look_at_part, summary
from dashboard.components.intake_work import REPORTS, begin_import
from dashboard.components.plain import plain
from dashboard.components.register_style import apply_register_style
from dashboard.components.shell import follow_incident, nothing_open, shell
from dashboard.components.task_progress import task_progress
from dashboard.session import _
from gis.importers.damage_reports import ROWS_MOST


@st.fragment
@session.explained
def intake() -> None:
    """Draw what is on its way, or what became of it."""
    follow_incident()
    task = REPORTS.settle()
    actions.show_notice()
    if task:
        task_progress(task, "intake")
    elif done := REPORTS.outcome:
        import_result(done)
    elif cached.incident() is None:
        nothing_open()
    elif found := REPORTS.draft:
        on_its_way(found)
    else:
        choose_file()


def choose_file() -> None:
    """Offer to drop a file, and say what may be in it."""
    st.markdown(
        _(
            "Drop a list of damage reports here, or a file that the field app saved. You see what"
            " would be filed before anything is written."
        )
    )
    REPORTS.choose(_("List of damage reports"))
    kinds = _("CSV, TSV, Excel, ODS, GeoJSON or a file of the field app, up to {most} rows.")
    st.caption(kinds.format(most=f"{ROWS_MOST:,}"))
    st.caption(
        _(
            "One column must say what is damaged, such as 区分. A file can be imported again:"
            " what is filed already stays as it is."
        )
    )


def on_its_way(draft: Draft) -> None:
    """Draw a file that is not imported yet: what it would do, and the button that does it."""
    is_current = REPORTS.look(draft, partial(file_line, draft))
    seen = draft.finding
    if is_current is None or seen is None:
        return
    summary(seen)
    with st.container(horizontal=True, vertical_alignment="center", key="inventory-confirm"):
        nothing = _("There is nothing new in the file to file.")
        begin = partial(begin_import, seen, draft.name)
        REPORTS.confirm(draft, seen, begin, is_current=is_current, nothing=nothing)
        REPORTS.choices(draft, seen, swapped=len(seen.found.swapped_rows))
    look_at_part(seen)


def file_line(draft: Draft) -> None:
    """Draw which file this is."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{plain(draft.name)}**", width="content")
        another = _("Another file")
        st.button(another, icon=":material/upload_file:", on_click=REPORTS.drop_draft)


shell()
apply_register_style()
intake()
