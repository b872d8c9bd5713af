"""Open shelters: how full each is, how old its figure, who asks; counts recorded in the row."""

from uuid import UUID

import streamlit as st

from dashboard import actions, cached, session
from dashboard.api.board import current_board
from dashboard.components.assigning import assigning
from dashboard.components.board import shelter_board
from dashboard.components.curve import curve
from dashboard.components.live import live_badge
from dashboard.components.look_back import look_back, shown_moment
from dashboard.components.shell import follow_incident, nothing_open, shell
from dashboard.components.shelter_panel import shelter_panel
from dashboard.roles import COUNTS_PEOPLE, DECIDES
from dashboard.session import _
from gis.past import PastMoment
from gis.reports.board import Board

PANEL_WIDTH_PX = 480


@st.fragment
@session.explained
def board_page() -> None:
    """Draw what follows the store: it runs again by itself when something changes."""
    session.desk()
    past = shown_moment()
    board = current_board()
    with st.container(horizontal=True, vertical_alignment="center"):
        look_back(past, key="board-past")
        tools(board if past is None else None)
        with st.container():
            live_badge(("shelters", "photographs"), session.language(), key="board-live")
    follow_incident()
    actions.show_notice()
    if board is None:
        nothing_open()
    elif not board.lines and past is None:
        nothing_opened()
    else:
        curve(past)
        working(past)


def tools(board: Board | None) -> None:
    """Offer to say who asks, and the wall view; what stands beside them does not move."""
    asks, wall = st.container(width="content"), st.empty()
    if board is None or not board.lines:
        return
    if session.may(DECIDES):
        with asks:
            assigning(board)
    wall.link_button(_("Wall view"), "/wall", icon=":material/tv:")


def nothing_opened() -> None:
    """Say what to do first where no shelter has been opened."""
    st.info(_("No shelter has been opened in this incident yet. Open the first ones in the list."))
    st.page_link(
        "app_pages/shelters.py", label=_("Go to the shelters"), icon=":material/night_shelter:"
    )


def working(past: PastMoment | None) -> None:
    """Draw the list, and beside it the shelter that is selected in it."""
    with st.container(horizontal=True):
        with st.container():
            selected = shelter_board(
                session.language(), "board-list", may_count=session.may(COUNTS_PEOPLE)
            )
        if selected:
            with st.container(width=PANEL_WIDTH_PX):
                panel(selected, past)


def panel(shelter_id: UUID, past: PastMoment | None) -> None:
    """Draw a shelter, or nothing where it is none of the register."""
    for shelter in cached.shelters(past):
        if shelter.id == shelter_id:
            shelter_panel(shelter, past)


shell()
board_page()
