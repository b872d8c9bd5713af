"""Inventories: drop a list of shelters, see what it would change, decide, import, take back."""

from functools import partial
from typing import Any

import streamlit as st

from dashboard import actions, session
from dashboard.background import Task
from dashboard.components.import_history import import_history
from dashboard.components.import_result import import_result
from dashboard.components.inventory_draft import Draft, Preview, Unrecognised
from dashboard.components.inventory_parts import look_at_part
from dashboard.components.inventory_preview import summary
from dashboard.components.inventory_upload import choose_file, file_line
from dashboard.components.inventory_work import INVENTORIES, begin_import
from dashboard.components.live import live_badge
from dashboard.components.mapping_maker import mapping_maker
from dashboard.components.register_style import apply_register_style
from dashboard.components.shell import follow_incident, shell
from dashboard.components.task_progress import task_progress
from dashboard.maps.changes import draw_change_map
from dashboard.session import _


@st.fragment
@session.explained
def inventories() -> None:
    """Draw what is on its way, and below it what was imported."""
    live_badge(("inventories",), session.language(), key="inventories-live")
    follow_incident()
    task = INVENTORIES.settle()
    actions.show_notice()
    with st.container():
        at_work(task)
    import_history(offers_undo=not (task or INVENTORIES.outcome))


def at_work(task: Task[Any] | None) -> None:
    """Draw how far the work is, what came of it, the file on its way, or where to drop one."""
    if task:
        task_progress(task, "import")
    elif done := INVENTORIES.outcome:
        import_result(done)
    elif found := INVENTORIES.draft:
        on_its_way(found)
    else:
        choose_file()


def on_its_way(draft: Draft) -> None:
    """Draw a file that is not imported yet: what it is, and what it would do."""
    is_current = INVENTORIES.look(draft, partial(file_line, draft))
    if is_current is None:
        return
    if isinstance(draft.finding, Unrecognised):
        mapping_maker(draft, draft.finding)
    elif draft.finding:
        preview(draft, draft.finding, is_current=is_current)


def preview(draft: Draft, seen: Preview, *, is_current: bool) -> None:
    """Draw what the import would do, with the map beside it, and the button that does it."""
    summary(seen)
    with st.container(horizontal=True, vertical_alignment="center", key="inventory-confirm"):
        nothing = _("The register says all of this already. There is nothing to import.")
        begin = partial(begin_import, seen, draft.name, draft.content)
        INVENTORIES.confirm(draft, seen, begin, is_current=is_current, nothing=nothing)
        INVENTORIES.choices(draft, seen, swapped=len(seen.inventory.swapped_rows))

    list_side, map_side = st.columns([3, 2])
    with list_side:
        look_at_part(draft, seen)
    with map_side:
        draw_change_map(session.desk().city, seen.plan, session.language(), "change-map")


shell()
apply_register_style()
inventories()
