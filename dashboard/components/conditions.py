"""How a shelter is off, beside the map or the list: what is known, and a form to tell more."""

import streamlit as st

from dashboard import cached, session
from dashboard.components.condition_form import condition_form
from dashboard.components.condition_lines import Situation, condition_lines
from dashboard.components.folded import folded
from dashboard.components.markup import render
from dashboard.roles import COUNTS_PEOPLE
from dashboard.session import _
from gis.past import PastMoment
from gis.queries.shelters import ShelterStatus


def conditions(shelter: ShelterStatus, past: PastMoment | None = None) -> None:
    """Draw how a shelter is off, the form to report it, and the way to the printed page."""
    with st.container():
        _known(shelter, past)
    if past:
        return
    with st.container():
        _telling(shelter)
    st.link_button(_("Print this shelter"), f"/card?shelter={shelter.id}", icon=":material/print:")


def _telling(shelter: ShelterStatus) -> None:
    if not shelter.takes_part or not session.may(COUNTS_PEOPLE):
        return
    label = _("Report lifelines, supplies, toilets")
    with folded(label, f"condition-{shelter.id}-part") as wanted:
        if wanted:
            condition_form(shelter)


def _known(shelter: ShelterStatus, past: PastMoment | None) -> None:
    incident = cached.incident()
    if shelter.opening_id is None or incident is None:
        return
    situation = Situation(
        conditions=cached.conditions(shelter.opening_id, past),
        visit=cached.last_visit(shelter.opening_id, past),
        shelter=shelter,
        standards=session.desk().city.standards,
        began_at=incident.started_at,
        at=session.moment(past),
    )
    lines = condition_lines(situation, session.language())
    words = {
        "title": _("Lifelines, supplies, toilets"),
        "toilets_unknown": _("Unknown how many: {kinds}").format(kinds=lines.toilets_unknown),
    }
    st.html(render("conditions.html", lines=lines, words=words))
