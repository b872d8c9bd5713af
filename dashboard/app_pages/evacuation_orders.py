"""Evacuation orders: what is in force, what was announced; headquarters issue, change and lift."""

from typing import Any
from uuid import UUID

import streamlit as st

from dashboard import actions, cached, session
from dashboard.components.chooser import choose
from dashboard.components.live import live_badge
from dashboard.components.order_controls import order_controls
from dashboard.components.order_form import order_form
from dashboard.components.order_panel import order_areas, order_of, order_panel
from dashboard.components.shell import follow_incident, nothing_open, shell
from dashboard.components.wording import clock_text
from dashboard.maps.area_drawing import AREA, draw
from dashboard.roles import DECIDES
from dashboard.session import _
from gis.queries.evacuation_orders import Announcement
from gis.reports.order_wording import order_text, people_text

AREAS_SHOWN = 6


@st.fragment
@session.explained
def orders_page() -> None:
    """Draw what follows the store: it runs again by itself when something changes."""
    live_badge(("evacuation_orders",), session.language(), key="orders-live")
    follow_incident()
    actions.show_notice()
    if cached.incident() is None:
        nothing_open()
        return
    orders = cached.orders()
    list_side, panel_side = st.columns([3, 2])
    with list_side:
        chosen = order_list(orders)
    with panel_side:
        if chosen:
            order_panel(chosen)
            if order := order_of(chosen):
                order_controls(order)
    order = order_of(chosen) if chosen else None
    # It comes and goes with what is chosen; the form beneath it must not move, nor lose its map.
    changing = st.container()
    if order and order.is_in_force and session.may(DECIDES):
        with changing, st.expander(_("Change this order"), icon=":material/edit:"):
            order_form(drawing, order)
    if session.may(DECIDES):
        with st.expander(
            _("Issue an evacuation order"), expanded=not orders, icon=":material/campaign:"
        ):
            order_form(drawing)
    history()


def order_list(orders: list[Announcement]) -> UUID | None:
    """Draw what stands of each order, and return the one chosen in the list."""
    if not orders:
        st.info(_("No evacuation order has been issued. Headquarters issue the first one below."))
        return None
    rows = {order.order_id: row(order) for order in orders}
    chosen = choose("evacuation", rows, "single-row", right=[_("Persons concerned")])
    return chosen[0] if chosen else None


def row(order: Announcement) -> dict[str, str]:
    """Return a line of the list."""
    language = session.language()
    return {
        _("State"): _("In force") if order.is_in_force else _("Lifted"),
        _("Evacuation order"): order_text(order.kind, order.hazard, language),
        _("Area"): order_areas(order, language, AREAS_SHOWN),
        _("Since"): clock_text(order.announced_at),
        _("Persons concerned"): people_text(order.persons, language),
    }


def history() -> None:
    """Draw all that was announced, the latest first."""
    told = cached.announcements()
    if not told:
        return
    st.subheader(_("What was announced"))
    st.dataframe(
        [announcement(one) for one in told],
        hide_index=True,
        height="content",
        column_config={_("Persons concerned"): st.column_config.Column(alignment="right")},
    )


def announcement(told: Announcement) -> dict[str, str]:
    """Return a line of the history."""
    language = session.language()
    return {
        _("When"): clock_text(told.announced_at),
        _("Announcement"): _(told.action.label),
        _("Evacuation order"): order_text(told.kind, told.hazard, language),
        _("Area"): order_areas(told, language, AREAS_SHOWN),
        _("Persons concerned"): people_text(told.persons, language),
        _("Reason"): told.reason or "",
        _("Standing"): _("Taken back") if told.is_taken_back else "",
        _("Recorded"): f"{clock_text(told.recorded_at)} · {told.recorded_by}",
    }


def drawing(key: str) -> dict[str, Any] | None:
    """Draw the map on which an area is drawn."""
    return draw(session.desk().city, session.language(), key, AREA)


shell()
orders_page()
