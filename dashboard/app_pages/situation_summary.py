"""Situation summary: how things stand, what headquarters declare, and the issues that went out."""

import streamlit as st

from dashboard import actions, session
from dashboard.components.figures_view import figures_view
from dashboard.components.issues_view import issues_view
from dashboard.components.live import live_badge
from dashboard.components.shell import follow_incident, shell
from dashboard.components.situation_view import situation_view
from dashboard.components.view_choice import View, chosen_view
from dashboard.roles import SEES_ALL
from gis.text import N_

SUBJECTS = ("shelters", "damage_reports", "evacuation_orders", "road_closures", "summaries")

VIEWS = {
    "situation": View(N_("Situation now"), SEES_ALL, situation_view),
    "figures": View(N_("Figures of form 4"), SEES_ALL, figures_view),
    "issues": View(N_("Issues"), SEES_ALL, issues_view),
}
"""In the order in which they are offered; the first one is what the page opens with."""


@st.fragment
@session.explained
def summary_page() -> None:
    """Draw what follows the store: it runs again by itself when something changes."""
    with st.container(horizontal=True, vertical_alignment="center"):
        view = chosen_view("summary-view", VIEWS)
        with st.container():
            live_badge(SUBJECTS, session.language(), key="summary-live")
    follow_incident()
    actions.show_notice()
    view.draw()


shell()
summary_page()
