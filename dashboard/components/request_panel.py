"""A request: what was asked, what is decided about it, and sending it."""

from uuid import uuid5

import streamlit as st

from dashboard import actions, session
from dashboard.components.plain import plain
from dashboard.components.sending_form import sending_form
from dashboard.components.supply_words import item_name, quantity_text
from dashboard.components.wording import clock_text
from dashboard.roles import DECIDES
from dashboard.session import _
from gis.models.supply import QUANTITY_MOST, TEXT_LENGTH
from gis.operations.supply_requests import Decision, decide
from gis.queries.dispatches import RequestView
from gis.vocabulary import RequestAction, RequestState


def request_panel(request: RequestView) -> None:
    """Draw a request and what can be done with it."""
    st.subheader(plain(f"{request.shelter} · {item_name(request.item_code)}"))
    facts = {
        _("Asked for"): quantity_text(request.item_code, request.quantity),
        _("Urgency"): _(request.urgency.label),
        _("Who asked"): request.requester or "",
        _("Asked"): f"{clock_text(request.observed_at)} · {_(request.source.label)}",
        _("Recorded by"): request.recorded_by,
        _("Remarks"): request.note or "",
        _("Reason of the decision"): request.reason or "",
    }
    st.dataframe(
        [{_("What"): name, _("Said"): said} for name, said in facts.items() if said],
        hide_index=True,
        height="content",
    )
    if not session.may(DECIDES):
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _approving(request)
        _refusing(request)
    if request.state is RequestState.APPROVED and request.to_send:
        sending_form(f"sending-{request.id}", request)


def _key(request: RequestView, field: str) -> str:
    return f"request-{request.id}-{request.version}-{field}"


def _approving(request: RequestView) -> None:
    st.number_input(
        _("How much to send in all"),
        1,
        QUANTITY_MOST,
        request.approved or request.quantity,
        key=_key(request, "approved"),
        width=200,
    )
    st.button(
        _("Approve") if request.version == 0 else _("Approve so much"),
        key=_key(request, "approve"),
        type="primary" if request.version == 0 else "secondary",
        on_click=_decide,
        args=(request, RequestAction.APPROVED),
    )


def _refusing(request: RequestView) -> None:
    with st.popover(_("Refuse")):
        st.text_area(_("Reason"), key=_key(request, "reason"), max_chars=TEXT_LENGTH, height=72)
        st.button(
            _("Yes, refuse it"),
            key=_key(request, "refuse"),
            on_click=_decide,
            args=(request, RequestAction.REFUSED),
        )


def _decide(request: RequestView, action: RequestAction) -> None:
    approves = action is RequestAction.APPROVED
    quantity = st.session_state[_key(request, "approved")] if approves else 0
    reason = None if approves else st.session_state[_key(request, "reason")]
    # A second click, or a second person's, decides the same once more.
    decision = Decision(
        uuid5(request.id, f"{request.version} {action.value} {quantity}"), action, quantity, reason
    )
    actions.act(
        DECIDES,
        lambda store: decide(store, request.id, decision, version=request.version),
        _("The request is approved.") if approves else _("The request is refused."),
    )
