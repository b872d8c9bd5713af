"""What can be done with an evacuation order besides changing it: lift it, take it back."""

import streamlit as st

from dashboard import actions, session
from dashboard.components.order_panel import order_areas
from dashboard.components.taking_back import taking_back
from dashboard.roles import DECIDES
from dashboard.session import _
from gis.clock import of_wall_clock
from gis.models.evacuation_order import TEXT_LENGTH
from gis.operations.evacuation_orders import Lifting, lift_order, take_back
from gis.queries.evacuation_orders import Announcement
from gis.reports.order_wording import order_text

AREAS_SHOWN = 6


def order_controls(order: Announcement) -> None:
    """Draw what the reader may do with an order."""
    if not session.may(DECIDES):
        return
    with st.container(horizontal=True):
        if order.is_in_force:
            _lifting(order)
        taking_back(
            take_back, order.order_id, order.version, order.action, key=_key(order, "take-back")
        )


def _key(order: Announcement, field: str) -> str:
    return f"lift-{order.order_id}-{order.version}-{field}"


def _lifting(order: Announcement) -> None:
    language = session.language()
    with st.popover(_("Lift the order"), key=_key(order, "lifting")):
        st.write(
            _("This will be lifted: {order}, {areas}").format(
                order=order_text(order.kind, order.hazard, language),
                areas=order_areas(order, language, AREAS_SHOWN),
            )
        )
        st.caption(_("To lift it for a part of its area, change the area to what is left."))
        st.text_area(_("Reason"), key=_key(order, "reason"), max_chars=TEXT_LENGTH, height=72)
        st.datetime_input(
            _("When (empty: now)"), None, key=_key(order, "when"), format="YYYY/MM/DD", step=60
        )
        st.button(
            _("Yes, lift it"), key=_key(order, "lift"), type="primary",
            on_click=_lift, args=(order,),
        )  # fmt: skip


def _lift(order: Announcement) -> None:
    form = f"lift-{order.order_id}"
    lifting = Lifting(
        actions.filing_id(form),
        of_wall_clock(st.session_state[_key(order, "when")]),
        st.session_state[_key(order, "reason")] or None,
    )
    if actions.act(
        DECIDES,
        lambda store: lift_order(store, order.order_id, lifting, version=order.version),
        _("The order is lifted."),
    ):
        actions.filed(form)
