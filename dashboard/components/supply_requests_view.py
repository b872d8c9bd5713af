"""What shelters asked for, what is on the road, and what is decided about it."""

import streamlit as st

from dashboard import cached, session
from dashboard.components.chooser import choose
from dashboard.components.dispatch_list import left_over, on_the_road
from dashboard.components.folded import folded
from dashboard.components.request_form import request_form
from dashboard.components.request_panel import request_panel
from dashboard.components.sending_form import sending_form
from dashboard.components.shell import nothing_open
from dashboard.components.supply_words import item_name, quantity_text
from dashboard.components.wording import clock_text
from dashboard.roles import DECIDES
from dashboard.session import _
from gis.queries.dispatches import RequestView
from gis.vocabulary import RequestState


def supply_requests_view() -> None:
    """Draw requests and dispatches, and beside each list what can be done with the one chosen."""
    if cached.incident() is None:
        nothing_open()
        left_over()
        return
    requests, sent = cached.supply_requests(), cached.dispatches()
    asked_for(requests)
    if session.may(DECIDES):
        with folded(_("File a request of a shelter"), "request-new") as drawn:
            if drawn:
                request_form()
    on_the_road(sent)
    left_over()
    if session.may(DECIDES):
        with folded(_("Send goods without a request"), "sending-new") as drawn:
            if drawn:
                sending_form("sending-push")


def asked_for(requests: list[RequestView]) -> None:
    """Draw what was asked for."""
    st.subheader(_("Requests of shelters"))
    every = st.toggle(_("Also what is done"), key="requests-all")
    shown = [request for request in requests if every or not request.is_done]
    if not shown:
        st.info(_("Nothing is asked for that is not done. Shelters ask here, or by telephone."))
        return
    list_side, panel_side = st.columns([3, 2])
    with list_side:
        rows = {request.id: request_row(request) for request in shown}
        chosen = choose("requests", rows, "single-row", right=(_("Quantity"),))
    for request in shown:
        if chosen == [request.id]:
            with panel_side:
                request_panel(request)


def request_row(request: RequestView) -> dict[str, str]:
    """Return a line of the list."""
    return {
        _("Urgency"): _(request.urgency.label),
        _("Shelter"): request.shelter,
        _("Item"): item_name(request.item_code),
        _("Quantity"): quantity_text(request.item_code, request.quantity),
        _("Needed by"): clock_text(request.needed_by_at) if request.needed_by_at else "",
        _("State"): state_text(request),
        _("Asked"): clock_text(request.observed_at),
    }


def state_text(request: RequestView) -> str:
    """Return how far a request is."""
    state = _(request.state.label)
    if request.state is not RequestState.APPROVED:
        return state
    if request.is_done:
        return _("All received")
    on_its_way = request.allocated - request.received
    facts = {
        _("approved {quantity}"): request.approved,
        _("on its way {quantity}"): on_its_way,
        _("received {quantity}"): request.received,
        _("to send {quantity}"): request.to_send,
    }
    return _(", ").join(text.format(quantity=f"{many:,}") for text, many in facts.items() if many)
