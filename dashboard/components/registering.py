"""A shelter that people opened by themselves: which one of the register it turned out to be."""

from uuid import UUID

import streamlit as st

from dashboard import actions, cached, session
from dashboard.roles import DECIDES
from dashboard.session import _
from gis.operations.register import join_shelters
from gis.queries.shelters import ShelterStatus


def registering(shelter: ShelterStatus) -> None:
    """Offer to join a self-organised shelter with the one of the register that it is."""
    if not shelter.is_self_organised or not session.may(DECIDES):
        return
    others = {
        other.id: other
        for other in cached.shelters()
        if not other.is_self_organised and not other.takes_part
    }
    with st.popover(_("It is on the register")):
        st.caption(
            _(
                "Its counts go over to the shelter of the register."
                " That can be taken back on the page “Register upkeep”."
            )
        )
        chosen = st.selectbox(
            _("Shelter of the register"),
            [*others],
            index=None,
            key=f"registering-{shelter.id}",
            format_func=lambda id_: f"{others[id_].name} {others[id_].address or ''}",
            placeholder=_("Choose"),
        )
        st.button(
            _("They are one: join them"),
            key=f"registering-join-{shelter.id}",
            disabled=chosen is None,
            on_click=_join,
            args=(shelter, chosen),
        )


def _join(shelter: ShelterStatus, other_id: UUID) -> None:
    actions.act(
        DECIDES,
        lambda store: join_shelters(store, shelter.id, other_id),
        _("The two are one shelter now."),
    )
