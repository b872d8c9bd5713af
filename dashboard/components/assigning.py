"""Saying who has to ask which shelters for their figures."""

from collections.abc import Mapping
from uuid import UUID

import streamlit as st

from dashboard import actions
from dashboard.roles import DECIDES
from dashboard.session import _
from gis.operations.assignments import NAME_LENGTH, assign
from gis.reports.board import Board
from gis.text import N_

FORM = "assigning"
SHELTER, DISTRICT = "shelter", "district"
KINDS = {DISTRICT: N_("A district"), SHELTER: N_("One shelter")}


def assigning(board: Board) -> None:
    """Draw the menu in which somebody is told to ask a shelter, or those of a district."""
    shelters = {line.status.id: line.status.name for line in board.lines if line.status.takes_part}
    districts = sorted({line.district for line in board.lines if line.district})
    with st.popover(_("Who asks"), icon=":material/assignment_ind:"):
        kind = st.segmented_control(
            _("For"),
            [*KINDS],
            default=DISTRICT if districts else SHELTER,
            key=f"{FORM}-kind",
            format_func=lambda code: _(KINDS[code]),
        )
        with st.form(FORM, border=False):
            _place(kind or SHELTER, shelters, districts)
            st.text_input(
                _("Name of the person or team"), key=f"{FORM}-name", max_chars=NAME_LENGTH
            )
            st.caption(_("Left empty: nobody. A shelter's own name counts before its district's."))
            st.form_submit_button(
                _("Assign"), type="primary", on_click=_assign, args=(board.incident.id, kind)
            )


def _place(kind: str, shelters: Mapping[UUID, str], districts: list[str]) -> None:
    if kind == DISTRICT:
        st.selectbox(_("District"), districts, key=f"{FORM}-{DISTRICT}")
    else:
        st.selectbox(
            _("Shelter"),
            sorted(shelters, key=lambda one: shelters[one]),
            key=f"{FORM}-{SHELTER}",
            format_func=lambda one: shelters[one],
        )


def _assign(incident_id: UUID, kind: str | None) -> None:
    said = st.session_state
    chosen = {"shelter_id" if kind != DISTRICT else "district": said[f"{FORM}-{kind or SHELTER}"]}
    actions.act(
        DECIDES,
        lambda store: assign(store, incident_id, assignee=said[f"{FORM}-name"], **chosen),
        _("It is noted who asks."),
    )
