"""A sign-in link for whoever manages one shelter."""

import streamlit as st

from dashboard.components.sign_in_link import make_link, show_link
from dashboard.session import _
from gis.queries.shelters import ShelterStatus
from gis.vocabulary import Role


def manager_link(shelter: ShelterStatus) -> None:
    """Offer a one-time link that leads to the count of one shelter and to nothing else."""
    key = f"manager-link-{shelter.id}"
    with st.popover(_("Link for the shelter manager"), icon=":material/qr_code_2:"):
        st.write(
            _("Whoever opens the link on a telephone reports the count of {shelter}.").format(
                shelter=shelter.name
            )
        )
        st.button(
            _("Make a one-time link"),
            key=f"{key}-make",
            on_click=make_link,
            args=(key, shelter.name, Role.SHELTER, shelter.id),
        )
        show_link(key)
