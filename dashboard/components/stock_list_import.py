"""Stock lists in and out, as a part of a page: choose a file, see what it would change, import."""

import streamlit as st

from dashboard import cached, session
from dashboard.components.file_import_view import Parts, draw_import
from dashboard.components.plain import plain
from dashboard.components.stock_list_draft import Draft, Preview
from dashboard.components.stock_list_preview import import_result, look_at_part, summary
from dashboard.components.stock_list_work import STOCK_LISTS, begin_import
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
    parts = Parts(
        choose_file=_choose_file,
        summary=summary,
        look_at_part=look_at_part,
        choices=_choices,
        begin=begin_import,
        result=import_result,
        nothing=_("There is nothing in the file that the ledger does not have."),
    )
    draw_import(STOCK_LISTS, parts)


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
