"""Supplies: what runs out first, what was asked for and is on its way, what lies where."""

from functools import partial

import streamlit as st

from dashboard import actions, session
from dashboard.components.equipment_view import equipment_view
from dashboard.components.live import live_badge
from dashboard.components.shell import follow_incident, shell
from dashboard.components.stock_view import stock_view
from dashboard.components.supply_outlook_view import supply_outlook_view
from dashboard.components.supply_plan_view import supply_plan_view
from dashboard.components.supply_requests_view import supply_requests_view
from dashboard.components.view_choice import View, chosen_view
from dashboard.maps.picker import draw_picker
from dashboard.roles import DECIDES, SEES_ALL
from gis.geometry.place import Place
from gis.text import N_

SUBJECTS = ("supplies", "shelters")
CHOSEN = "resources-view"


def pick_place(key: str, near: Place | None) -> Place | None:
    """Draw the map on which a depot gets its place."""
    return draw_picker(session.desk().city, near, session.language(), key)


VIEWS = {
    "outlook": View(N_("Outlook"), SEES_ALL, supply_outlook_view),
    "requests": View(N_("Requests and transport"), SEES_ALL, supply_requests_view),
    "plan": View(N_("Suggested distribution"), DECIDES, supply_plan_view),
    "stock": View(N_("Stock"), SEES_ALL, partial(stock_view, pick_place)),
    "equipment": View(N_("Equipment"), SEES_ALL, equipment_view),
}
"""In the order in which they are offered; the first one is what the page opens with."""


@st.fragment
@session.explained
def resources_page() -> None:
    """Draw what follows the store: it runs again by itself when something changes."""
    with st.container(horizontal=True, vertical_alignment="center"):
        view = chosen_view(CHOSEN, VIEWS)
        with st.container():
            live_badge(SUBJECTS, session.language(), key="resources-live")
    follow_incident()
    actions.show_notice()
    view.draw()


shell()
resources_page()
