"""The files of a summary: the value that is on the screen, in each form, not a newer one."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from dashboard import session
from dashboard.components.plain import plain
from dashboard.session import _
from gis.errors import Refused
from gis.reports import RENDERINGS, Rendering, SituationSummary, file_name


def summary_files(summary: SituationSummary) -> None:
    """Draw the choice of a form and the button, or say what the form lacks."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.selectbox(
            _("Form of the file"),
            [*RENDERINGS],
            format_func=lambda name: _(RENDERINGS[name].title),
            key="summary-form",
            width=400,
        )
        rendering = RENDERINGS[name]
        try:
            content = _content(summary, rendering)
        except Refused as refusal:
            st.warning(plain(refusal.explain(session.language())))
            return
        st.download_button(
            _("Download"),
            content,
            file_name(summary, rendering),
            rendering.media_type,
            key="summary-download",
            icon=":material/download:",
            on_click="ignore",
        )


def _content(
    summary: SituationSummary, rendering: Rendering[SituationSummary]
) -> bytes | Callable[[], bytes]:
    """Return a file, or how it is made when somebody asks for it.

    What other systems read is made at once: it is quick, and may be refused.
    """
    make = partial(rendering.render, summary, session.language())
    return make() if rendering.for_systems else make
