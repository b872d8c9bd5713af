"""Stock lists in and out, as a part of a page: choose a file, see what it would change, import."""

from functools import partial

import streamlit as st

from dashboard import actions, cached, session
from dashboard.components.plain import plain
from dashboard.components.stock_list_draft import Draft, Preview
from dashboard.components.stock_list_preview import import_result, look_at_part, summary
from dashboard.components.stock_list_work import STOCK_LISTS, begin_import
from dashboard.components.task_progress import task_progress
from dashboard.roles import DECIDES
from dashboard.session import _
from gis.exporters import ENCODINGS
from gis.importers.stock_list import ROWS_MOST

EXPORTED = ("csv_utf8", "xlsx")
"""As which kinds of file the stock is offered."""


@st.fragment
@session.explained
def stock_list_import() -> None:
    """Draw the list on its way, or what became of it; nothing for whoever may not import one."""
    if not session.may(DECIDES):
        return
    task = STOCK_LISTS.settle()
    actions.show_notice()
    if task:
        task_progress(task, "stock-list")
    elif done := STOCK_LISTS.outcome:
        import_result(done)
    elif found := STOCK_LISTS.draft:
        _on_its_way(found)
    else:
        _choose_file()


def _choose_file() -> None:
    st.markdown(
        _(
            "Drop a stock list here. What it says of an item in a place is taken as a count; you"
            " see what differs from the ledger before anything is written."
        )
    )
    STOCK_LISTS.choose(_("Stock list"))
    kinds = _(
        "CSV, TSV, Excel or ODS, up to {most} rows, with a column each for the place (場所 or"
        " 共通ID), the item (品目) and the quantity (数量)."
    )
    st.caption(kinds.format(most=f"{ROWS_MOST:,}"))


def _on_its_way(draft: Draft) -> None:
    """Draw a file that is not imported yet: what it would do, and the button that does it."""
    is_current = STOCK_LISTS.look(draft, partial(_file_line, draft))
    seen = draft.finding
    if is_current is None or seen is None:
        return
    summary(seen)
    with st.container(horizontal=True, vertical_alignment="center", key="inventory-confirm"):
        nothing = _("There is nothing in the file that the ledger does not have.")
        begin = partial(begin_import, seen, draft.name)
        STOCK_LISTS.confirm(draft, seen, begin, is_current=is_current, nothing=nothing)
        _choices(draft, seen)
    look_at_part(seen)


def _choices(draft: Draft, seen: Preview) -> None:
    """Offer what a person may say about the whole file."""
    expired, unknown = seen.found.expired_rows, seen.plan.unknown_places
    if expired:
        label = _("{count} rows are past their date: take them in all the same")
        STOCK_LISTS.choice(draft, "takes_expired", label.format(count=f"{len(expired):,}"))
    if unknown or draft.adds_depots:
        label = _("Add {count} places that nobody knows as depots: {names}")
        names = plain("、".join(unknown[:3]) + ("…" if len(unknown) > 3 else ""))  # noqa: PLR2004
        words = label.format(count=f"{len(unknown):,}", names=names)
        STOCK_LISTS.choice(draft, "adds_depots", words)
    STOCK_LISTS.choices(draft, seen, swapped=0)


def _file_line(draft: Draft) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{plain(draft.name)}**", width="content")
        st.button(
            _("Another file"),
            icon=":material/upload_file:",
            key="stock-list-drop",
            on_click=STOCK_LISTS.drop_draft,
        )


def stock_list_export() -> None:
    """Offer the stock of all places as a list, in two kinds of file."""
    with st.container(horizontal=True):
        for name in EXPORTED:
            exported = cached.stock_exported(name)
            st.download_button(
                _("Download {file}").format(file=_(ENCODINGS[name].title)),
                exported.content,
                exported.file_name,
                exported.media_type,
                key=f"stock-list-{name}",
                icon=":material/download:",
                on_click="ignore",
            )
