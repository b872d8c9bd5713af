"""Situation summary: one compiled value, shown and handed out in every form."""

from functools import partial

import streamlit as st

from dashboard import actions, cached, session
from dashboard.components.form_cells import form_cells
from dashboard.components.headline import headline
from dashboard.components.live import live_badge
from dashboard.components.shell import follow_incident, nothing_open, shell
from dashboard.components.wording import cell_text
from dashboard.session import _
from gis.reports import RENDERINGS, SituationSummary, file_name
from gis.reports.rendering import Cell, moment_text
from gis.reports.tables import (
    DAMAGE_COLUMNS,
    NUMBERS,
    ORDER_COLUMNS,
    SHELTER_COLUMNS,
    damage_rows,
    order_rows,
    shelter_rows,
)


@st.fragment
@session.explained
def summary_page() -> None:
    """Draw the summary as of now; runs again when something changes."""
    language = session.language()
    live_badge(("shelters", "damage_reports", "evacuation_orders"), language, key="summary-live")
    follow_incident()
    actions.show_notice()
    summary = cached.summary()
    if summary is None:
        nothing_open()
        return
    st.subheader(_("Situation as of {moment} JST").format(moment=moment_text(summary.as_of)))
    headline(summary, language)
    downloads(summary)
    st.subheader(_("Shelters"))
    table(SHELTER_COLUMNS, shelter_rows(summary, language), _("No shelter was opened."))
    st.subheader(_("Evacuation orders"))
    table(ORDER_COLUMNS, order_rows(summary, language), _("No evacuation order has been issued."))
    st.subheader(_("Damage reports"))
    table(DAMAGE_COLUMNS, damage_rows(summary, language), _("No damage has been reported."))
    if summary.damage:
        st.subheader(_("Damage by the cells of form 4, part 2"))
        form_cells(summary)


def downloads(summary: SituationSummary) -> None:
    """Offer the value that is on the screen in each form, not a newer one."""
    whole, language = cached.completed(summary), session.language()
    with st.container(horizontal=True):
        for rendering in RENDERINGS.values():
            st.download_button(
                _(rendering.title),
                # Set when somebody asks for it: a page is drawn anew with every change.
                partial(rendering.render, whole, language),
                file_name(summary, rendering),
                rendering.media_type,
                key=f"download-{rendering.name}",
                icon=":material/download:",
                on_click="ignore",
            )


def table(columns: tuple[str, ...], rows: list[list[Cell]], empty: str) -> None:
    """Draw the same rows that the files carry."""
    if not rows:
        st.info(empty)
        return
    names = [_(column) for column in columns]
    # Text throughout: a column in which some figures are unknown is no column of numbers.
    st.dataframe(
        [dict(zip(names, map(cell_text, row), strict=True)) for row in rows],
        hide_index=True,
        height="content",
        column_config={_(name): st.column_config.Column(alignment="right") for name in NUMBERS},
    )


shell()
summary_page()
