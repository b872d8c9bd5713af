"""What can be done with a road closure besides changing it: confirm it, lift it, take it back."""

from uuid import UUID, uuid5

import streamlit as st

from dashboard import actions, session
from dashboard.components.closure_panel import road_text
from dashboard.components.taking_back import taking_back
from dashboard.roles import DECIDES
from dashboard.session import _
from gis.models.road_closure import TEXT_LENGTH
from gis.operations.road_closures import Seen, confirm_closure, lift_closure, take_back
from gis.queries.road_closures import ClosureStatement
from gis.vocabulary import ClosureAction


def closure_controls(closure: ClosureStatement) -> None:
    """Draw what the reader may do with a closure."""
    if not session.may(DECIDES):
        return
    with st.container(horizontal=True):
        if closure.action is not ClosureAction.LIFTED:
            st.button(
                _("Still so: confirm"),
                key=_key(closure, "confirm"),
                type="primary",
                icon=":material/check:",
                on_click=_confirm,
                args=(closure.closure_id, closure.version),
            )
            _lifting(closure)
        taking_back(
            take_back,
            closure.closure_id,
            closure.version,
            closure.action,
            key=_key(closure, "take-back"),
        )


def _key(closure: ClosureStatement, field: str) -> str:
    return f"closure-{closure.closure_id}-{closure.version}-{field}"


def _seen(closure_id: UUID, version: int, action: ClosureAction, reason: str | None = None) -> Seen:
    """Return what is told; a second click, or a second person's, tells the same once more."""
    return Seen(uuid5(closure_id, f"{version} {action.value}"), reason=reason)


def _confirm(closure_id: UUID, version: int) -> None:
    seen = _seen(closure_id, version, ClosureAction.CONFIRMED)
    actions.act(
        DECIDES,
        lambda store: confirm_closure(store, closure_id, seen, version=version),
        _("The road closure is confirmed as of now."),
    )


def _lifting(closure: ClosureStatement) -> None:
    with st.popover(_("Lift the closure"), key=_key(closure, "lifting")):
        st.write(
            _("This will be lifted: {closure}").format(
                closure=f"{_(closure.grade.label)} {road_text(closure)}"
            )
        )
        st.text_area(_("Reason"), key=_key(closure, "reason"), max_chars=TEXT_LENGTH, height=72)
        st.button(
            _("Yes, lift it"),
            key=_key(closure, "lift"),
            type="primary",
            on_click=_lift,
            args=(closure,),
        )


def _lift(closure: ClosureStatement) -> None:
    reason = st.session_state[_key(closure, "reason")] or None
    seen = _seen(closure.closure_id, closure.version, ClosureAction.LIFTED, reason)
    actions.act(
        DECIDES,
        lambda store: lift_closure(store, closure.closure_id, seen, version=closure.version),
        _("The road closure is lifted."),
    )
