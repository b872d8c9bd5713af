"""Road closures: what is in force, what was told; headquarters file, confirm, change and lift."""

from typing import Any
from uuid import UUID

import streamlit as st

from dashboard import actions, cached, session
from dashboard.components.chooser import choose
from dashboard.components.closure_controls import closure_controls
from dashboard.components.closure_form import closure_form
from dashboard.components.closure_panel import (
    closure_of,
    closure_panel,
    road_text,
    standing_text,
)
from dashboard.components.live import live_badge
from dashboard.components.shell import follow_incident, nothing_open, shell
from dashboard.components.wording import age_text, clock_text
from dashboard.maps.area_drawing import STRETCH, draw
from dashboard.roles import DECIDES
from dashboard.session import _
from gis.queries.road_closures import ClosureStatement


@st.fragment
@session.explained
def closures_page() -> None:
    """Draw what follows the store: it runs again by itself when something changes."""
    live_badge(("road_closures",), session.language(), key="closures-live")
    follow_incident()
    actions.show_notice()
    if cached.incident() is None:
        nothing_open()
        return
    closures = cached.road_closures()
    list_side, panel_side = st.columns([3, 2])
    with list_side:
        chosen = closure_list(closures)
    closure = closure_of(chosen) if chosen else None
    if closure:
        with panel_side:
            closure_panel(closure.closure_id)
            closure_controls(closure)
    # It comes and goes with what is chosen; the form beneath it must not move, nor lose its map.
    changing = st.container()
    if closure and closure.is_in_force and session.may(DECIDES):
        with changing, st.expander(_("Change this closure"), icon=":material/edit:"):
            closure_form(drawing, closure)
    if session.may(DECIDES):
        with st.expander(
            _("File a road closure"), expanded=not closures, icon=":material/remove_road:"
        ):
            closure_form(drawing)
    history()


def closure_list(closures: list[ClosureStatement]) -> UUID | None:
    """Draw what stands of each closure, and return the one chosen in the list."""
    if not closures:
        st.info(
            _("No road closure has been filed. File the first one below; field teams file, too.")
        )
        return None
    chosen = choose(
        "road", {closure.closure_id: row(closure) for closure in closures}, "single-row"
    )
    return chosen[0] if chosen else None


def row(closure: ClosureStatement) -> dict[str, str]:
    """Return a line of the list."""
    age = age_text(closure.observed_at, session.moment(), session.language())
    return {
        _("State"): standing_text(closure),
        _("Restriction"): _(closure.grade.label),
        _("Road"): road_text(closure),
        _("Last confirmed"): f"{clock_text(closure.observed_at)} ({age})",
        _("Expected until"): clock_text(closure.until_at) if closure.until_at else _("Unknown"),
        _("Reason"): closure.reason or "",
    }


def history() -> None:
    """Draw all that was told, the latest first."""
    told = cached.closure_statements()
    if not told:
        return
    st.subheader(_("What was told"))
    st.dataframe([statement(one) for one in told], hide_index=True, height="content")


def statement(told: ClosureStatement) -> dict[str, str]:
    """Return a line of the history."""
    return {
        _("When"): clock_text(told.observed_at),
        _("Statement"): _(told.action.label),
        _("Restriction"): _(told.grade.label),
        _("Road"): road_text(told),
        _("Reason"): told.reason or "",
        _("Source"): _(told.source.label),
        _("Standing"): _("Taken back") if told.is_taken_back else "",
        _("Recorded"): f"{clock_text(told.recorded_at)} · {told.recorded_by}",
    }


def drawing(key: str) -> dict[str, Any] | None:
    """Draw the map on which a stretch of road is drawn."""
    return draw(session.desk().city, session.language(), key, STRETCH)


shell()
closures_page()
