"""A sign-in link for a field team."""

import streamlit as st

from dashboard.components.sign_in_link import make_link, show_link
from dashboard.session import _
from gis.operations.access import NAME_LENGTH
from gis.vocabulary import Role

KEY = "team-link"


def team_link() -> None:
    """Offer a one-time link that leads a field team to the field app and to nothing else."""
    with st.popover(_("Link for a field team"), icon=":material/qr_code_2:"):
        st.write(_("Whoever opens the link on a telephone files damage reports for this team."))
        st.text_input(_("Team"), key=f"{KEY}-name", max_chars=NAME_LENGTH)
        st.button(_("Make a one-time link"), key=f"{KEY}-make", on_click=_make)
        show_link(KEY)


def _make() -> None:
    # A link that is shown beside another team's name would sign in the wrong one.
    st.session_state.pop(KEY, None)
    make_link(KEY, (st.session_state.get(f"{KEY}-name") or "").strip(), Role.FIELD)
