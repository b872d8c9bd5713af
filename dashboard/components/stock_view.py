"""What lies where: stock, what moved, and telling of it."""

from collections.abc import Mapping
from uuid import UUID

import streamlit as st

from dashboard import cached, session
from dashboard.components.folded import folded
from dashboard.components.stock_form import NAME, stock_form
from dashboard.components.stock_list import stock_list, stock_sums
from dashboard.components.stock_list_import import stock_list_export, stock_list_import
from dashboard.components.stock_place_form import PickPlace, stock_places
from dashboard.components.stock_place_panel import stock_place_panel
from dashboard.components.stock_taking_back import stock_taking_back
from dashboard.components.stock_where import Where, everywhere
from dashboard.roles import DECIDES
from dashboard.session import _


def stock_view(pick: PickPlace) -> None:
    """Draw it.

    Parameters
    ----------
    pick
        Draws the small map on which a depot gets its place.
    """
    places = everywhere()
    # Above the list, for it is wanted most; drawn after it, for it is about what is chosen there.
    telling = st.container()
    list_side, panel_side = st.columns([3, 2])
    with list_side:
        chosen = _list()
    with panel_side:
        if chosen in places:
            stock_place_panel(places[chosen], places)
        else:
            st.caption(_("Choose a place in the list to see its lots and what moved."))
        stock_sums(places.values())
    if session.may(DECIDES):
        with telling:
            _telling(places, chosen)
        with folded(_("Depots and vehicles: add, change, close"), "stock-places") as wanted:
            if wanted:
                stock_places(pick)
        with folded(_("Take a stock list in"), "stock-list-in") as wanted:
            if wanted:
                stock_list_import()
    if cached.stocks_everywhere():
        with folded(_("Hand the stock out as a list"), "stock-list-out") as wanted:
            if wanted:
                stock_list_export()


def _list() -> UUID | None:
    if not cached.stocks_everywhere() and not cached.stock_places():
        st.info(_("No stock is known yet."))
        if session.may(DECIDES):
            st.caption(
                _(
                    "Add the depots under “Depots and vehicles” below, then tell what came in or"
                    " count what is there. Shelters are in the lists already."
                )
            )
        return None
    return stock_list()


def _telling(places: Mapping[UUID, Where], chosen: UUID | None) -> None:
    with folded(_("Tell what came, went or was counted"), NAME) as wanted:
        if wanted:
            stock_form(places, chosen)
            stock_taking_back(places)
