"""The files of a summary: the value that is on the screen, in each form, not a newer one."""

from functools import partial

import streamlit as st

from dashboard import session
from dashboard.session import _
from gis.reports import RENDERINGS, SituationSummary, file_name


def summary_files(summary: SituationSummary) -> None:
    """Draw the choice of a form and the button; a file is made when somebody asks for it."""
    language = session.language()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.selectbox(
            _("Form of the file"),
            [*RENDERINGS],
            format_func=lambda name: _(RENDERINGS[name].title),
            key="summary-form",
            width=360,
        )
        rendering = RENDERINGS[name]
        st.download_button(
            _("Download"),
            partial(rendering.render, summary, language),
            file_name(summary, rendering),
            rendering.media_type,
            key="summary-download",
            icon=":material/download:",
            on_click="ignore",
        )
