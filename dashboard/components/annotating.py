"""Writing on the situation map, beside it: the form, and what was done last with its way back."""

import streamlit as st

from dashboard import cached, session
from dashboard.components.annotation_controls import undoing
from dashboard.components.annotation_form import DrawShape, annotation_form
from dashboard.components.folded import folded
from dashboard.components.wording import clock_text
from dashboard.roles import DECIDES
from dashboard.session import _
from gis.geometry.place import Place

MOST_LATELY = 3


def annotating(draw_shape: DrawShape, tapped: Place | None) -> None:
    """Draw the control, folded until somebody wants to write."""
    if cached.incident() is None or not session.may(DECIDES):
        return
    with folded(_("Write on the map"), "annotating") as wanted:
        if wanted:
            annotation_form(draw_shape, tapped=tapped)
            _lately()


def _lately() -> None:
    """Draw what was done last: what was taken away can no longer be chosen on the map."""
    standing = [one for one in cached.annotation_statements() if one.holds]
    for one in standing[:MOST_LATELY]:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.text(
                f"{clock_text(one.recorded_at)} {_(one.action.label)} · {one.text}"
                f" · {one.recorded_by}"
            )
            undoing(one, f"lately-{one.annotation_id}-{one.version}")
