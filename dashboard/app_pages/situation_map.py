"""Situation map: the figures, the live map, and what is selected on it."""

from typing import Any

import streamlit as st

from dashboard import actions, cached, session
from dashboard.components.annotating import annotating
from dashboard.components.annotation_controls import annotation_controls
from dashboard.components.annotation_panel import annotation_panel
from dashboard.components.area_here import area_here
from dashboard.components.attention import attention
from dashboard.components.closure_panel import closure_panel
from dashboard.components.depot_panel import depot_panel
from dashboard.components.dispatch_panel import dispatch_panel
from dashboard.components.headline import headline
from dashboard.components.live import live_badge
from dashboard.components.look_back import look_back, shown_moment
from dashboard.components.opening_here import opening_here
from dashboard.components.order_panel import order_panel
from dashboard.components.place_here import place_here
from dashboard.components.report_panel import report_panel
from dashboard.components.shell import follow_incident, nothing_open, shell
from dashboard.components.shelter_panel import shelter_panel
from dashboard.components.zone_choice import zone_choice
from dashboard.maps.area_drawing import PENS, draw
from dashboard.maps.situation import Selection, draw_situation_map
from gis.past import PastMoment
from gis.reports import SituationSummary
from gis.vocabulary import ShapeKind

SUBJECTS = (
    "shelters",
    "damage_reports",
    "evacuation_orders",
    "road_closures",
    "annotations",
    "hazard_zones",
    "photographs",
    "supplies",
)
DRAWING_PX = 400
PANELS = {
    "damage_reports": report_panel,
    "evacuation_orders": order_panel,
    "road_closures": closure_panel,
    "depots": depot_panel,
    "dispatches": dispatch_panel,
}
"""What is drawn of a selection by its id alone."""


@st.fragment
@session.explained
def situation() -> None:
    """Draw what follows the store: it runs again by itself when something changes."""
    language = session.language()
    past = shown_moment()
    with st.container(horizontal=True, vertical_alignment="center"):
        look_back(past, key="situation-past")
        with st.container():
            live_badge(SUBJECTS, language, key="situation-live")
    follow_incident()
    figures = st.container(key="situation-figures" if cached.incident() else None)
    map_side, panel_side = st.columns([3, 2])
    with map_side:  # first of all: the browser builds it while the figures are being counted
        told = draw_situation_map(session.desk().city, language, key="situation-map")
    summary = cached.summary(past)
    if summary is not None:
        with figures:
            headline(summary, language)
    with panel_side:
        actions.show_notice()
        inside, tapped, written = st.container(), st.container(), st.container()
        chosen, around_it = st.container(), st.container()
        with tapped:
            if told.tapped:
                place_here(told.tapped, past)
            if told.tapped and past is None:
                opening_here(told.tapped)
        with written:
            if past is None:
                annotating(drawing, told.tapped)
                zone_choice()
        with chosen:
            panel(told.selected, summary, past)
        # What was chosen last stands on top.
        with around_it if told.selected else inside:
            if told.area:
                area_here(told.area, past)


def panel(
    selected: Selection | None, summary: SituationSummary | None, past: PastMoment | None
) -> None:
    """Draw what is selected, else what needs attention, else what to do first."""
    if selected and selected.layer == "shelters":
        for shelter in cached.shelters(past):
            if shelter.id == selected.id:
                shelter_panel(shelter, past)
                return
    if selected and selected.layer == "annotations":
        annotation_panel(selected.id, past)
        if past is None:
            annotation_controls(selected.id, drawing)
        return
    if selected and selected.layer in PANELS:
        PANELS[selected.layer](selected.id, past)
        return
    if summary:
        attention(summary, past)
    else:
        nothing_open()


def drawing(kind: ShapeKind, key: str, present: dict[str, Any] | None) -> dict[str, Any] | None:
    """Draw the small map on which something is drawn."""
    city, language = session.desk().city, session.language()
    return draw(city, language, key, PENS[kind], present=present, height_px=DRAWING_PX)


shell()
situation()
