"""What is reserved and on the road, as lists; beside each what can be told of the one chosen."""

from collections.abc import Mapping, Sequence
from uuid import UUID

import streamlit as st

from dashboard import cached
from dashboard.components.chooser import choose
from dashboard.components.dispatch_steps import dispatch_steps
from dashboard.components.supply_words import expected_text, loads_text
from dashboard.components.wording import clock_text
from dashboard.session import _
from gis.queries.dispatches import DispatchView


def on_the_road(sent: Sequence[DispatchView]) -> None:
    """Draw what is reserved and on the road."""
    st.subheader(_("Transport"))
    every = st.toggle(_("Also what is over"), key="dispatches-all")
    shown = [dispatch for dispatch in sent if every or not dispatch.state.is_over]
    if not shown:
        st.info(_("Nothing is reserved or on the road."))
        return
    _list("dispatches", shown, {dispatch.id: dispatch_row(dispatch) for dispatch in shown})


def left_over() -> None:
    """Draw what is under way for other incidents, such as closed ones; nothing where nothing is."""
    with st.container():
        left = cached.dispatches_left_over()
        if not left:
            return
        st.subheader(_("Still under way from another incident"))
        st.caption(_("These goods were on the road when it was closed. Tell what became of them."))
        rows = {
            one.dispatch.id: {_("Incident"): one.incident} | dispatch_row(one.dispatch)
            for one in left
        }
        _list("left-over", [one.dispatch for one in left], rows)


def _list(key: str, shown: Sequence[DispatchView], rows: Mapping[UUID, Mapping[str, str]]) -> None:
    list_side, panel_side = st.columns([2, 1])
    with list_side:
        chosen = choose(key, rows, "single-row", widths_px=_widths_px())
    for dispatch in shown:
        if chosen == [dispatch.id]:
            with panel_side:
                dispatch_steps(dispatch)


def _widths_px() -> dict[str, int]:
    """Return how wide columns are: many goods push nothing out of sight."""
    return {_("Goods"): 235, _("Since"): 92}


def dispatch_row(dispatch: DispatchView) -> dict[str, str]:
    """Return a line of the list; who drives stands beside it."""
    on_the_road = dispatch.state.is_on_the_road
    return {
        _("State"): _(dispatch.state.label),
        _("Arrival expected"): expected_text(dispatch) if on_the_road else "",
        _("Vehicle"): dispatch.vehicle or "",
        _("To where"): dispatch.destination,
        _("Goods"): loads_text(dispatch.loads),
        _("From where"): dispatch.origin,
        _("Since"): clock_text(dispatch.observed_at),
    }
