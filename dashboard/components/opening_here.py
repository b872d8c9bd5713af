"""Opening a shelter that stands on no list, where somebody has tapped the map."""

import streamlit as st

from dashboard import actions, cached, session
from dashboard.components.wording import bold
from dashboard.roles import DECIDES
from dashboard.session import _
from gis.geometry.place import Place
from gis.operations.openings import UnlistedShelter, open_unlisted_shelter

FORM = "unlisted"
DONE = "unlisted-done"


def opening_here(place: Place) -> None:
    """Draw the form; a name is all it takes."""
    incident = cached.incident()
    # The map goes on telling the place that was tapped last.
    if incident is None or not session.may(DECIDES) or st.session_state.get(DONE) == place:
        return
    with st.form(FORM):
        st.markdown(bold(_("Open an unlisted shelter here")))
        st.caption(f"{place.lat:.5f}, {place.lon:.5f}")
        st.text_input(_("Name of the place"), key=f"{FORM}-name", max_chars=200)
        st.form_submit_button(_("Open it"), type="primary", on_click=_open, args=(place,))


def _open(place: Place) -> None:
    name = st.session_state[f"{FORM}-name"]
    incident = cached.incident()
    if incident is None:
        return
    new = UnlistedShelter(
        actions.filing_id(FORM), session.desk().city.code, name, (place.lon, place.lat)
    )
    if actions.act(
        DECIDES,
        lambda store: open_unlisted_shelter(store, incident.id, new),
        _("The shelter is open."),
    ):
        actions.filed(FORM, f"{FORM}-name")
        st.session_state[DONE] = place
