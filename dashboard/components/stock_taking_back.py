"""Taking back what was filed last in the ledger of stock, with the reason."""

from collections.abc import Mapping, Sequence
from uuid import UUID, uuid5

import streamlit as st

from dashboard import actions, cached, session
from dashboard.components.movement_words import movement_text
from dashboard.components.plain import plain
from dashboard.components.stock_where import Where
from dashboard.components.wording import clock_text
from dashboard.roles import DECIDES
from dashboard.session import _
from gis.models.supply import TEXT_LENGTH
from gis.operations.stocks import take_back
from gis.queries.stocks import MovementView

LOOKED_AT = 20
"""Lines of the ledger among which the last one is looked for that can be taken back."""


def stock_taking_back(places: Mapping[UUID, Where], place_id: UUID | None = None) -> None:
    """Offer to take back what was filed last, of the whole ledger or of a place."""
    last = last_filed(cached.movements(place_id, LOOKED_AT))
    if last is None or not session.may(DECIDES):
        return
    key = f"stock-back-{place_id}-{last}"
    lines = cached.filed_at_once(last)
    label = (
        _("Take back what was told last here") if place_id else _("Take back what was told last")
    )
    with st.popover(label, icon=":material/undo:", key=f"{key}-asked"):
        for line in lines:
            st.write(plain(movement_text(line, places)))
        st.caption(
            plain(f"{clock_text(lines[0].recorded_at)} · {lines[0].recorded_by}")
            + "  \n"
            + _("It was a mistake: what was before holds again. It stays on record.")
        )
        st.text_area(_("Reason"), key=f"{key}-reason", max_chars=TEXT_LENGTH, height=72)
        st.button(_("Yes, take it back"), key=key, on_click=_take_back, args=(last, key))


def last_filed(lines: Sequence[MovementView]) -> UUID | None:
    """Return what was filed last and can be taken back; what a dispatch moved cannot here."""
    for line in lines:
        if not (line.is_taken_back or line.supersedes_id or line.dispatch_id):
            return line.filing_id
    return None


def _take_back(filing_id: UUID, key: str) -> None:
    reason = st.session_state[f"{key}-reason"] or ""
    # The same for whoever says it, so that a second click, or a second person's, is a retry.
    back_id = uuid5(filing_id, "back")
    actions.act(
        DECIDES,
        lambda store: take_back(store, filing_id, back_id=back_id, reason=reason),
        _("It is taken back."),
    )
