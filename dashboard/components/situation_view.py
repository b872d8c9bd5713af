"""The situation as it stands, of no issue: what is told of it in every form."""

import streamlit as st

from dashboard import cached, session
from dashboard.components.headline import headline
from dashboard.components.shell import nothing_open
from dashboard.components.summary_files import summary_files
from dashboard.components.summary_table import summary_table
from dashboard.session import _
from gis.reports.rendering import moment_text
from gis.reports.tables import (
    DAMAGE_COLUMNS,
    ORDER_COLUMNS,
    SHELTER_COLUMNS,
    damage_rows,
    order_rows,
    shelter_rows,
)


def situation_view() -> None:
    """Draw it."""
    language = session.language()
    summary = cached.summary()
    if summary is None:
        nothing_open()
        return
    st.subheader(_("Situation as of {moment} JST").format(moment=moment_text(summary.as_of)))
    headline(summary, language)
    summary_files(cached.completed(summary))
    st.subheader(_("Shelters"))
    summary_table(SHELTER_COLUMNS, shelter_rows(summary, language), _("No shelter was opened."))
    st.subheader(_("Evacuation orders"))
    summary_table(
        ORDER_COLUMNS, order_rows(summary, language), _("No evacuation order has been issued.")
    )
    st.subheader(_("Damage reports"))
    summary_table(DAMAGE_COLUMNS, damage_rows(summary, language), _("No damage has been reported."))
