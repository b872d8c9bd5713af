"""Chronology: what happened, when, and who knows it; headquarters write down what they hear."""

from collections.abc import Callable
from uuid import UUID

import streamlit as st

from dashboard import actions, cached, session
from dashboard.components.chronology_form import entry_form, entry_panel
from dashboard.components.chronology_list import chronology_list
from dashboard.components.chronology_style import apply_chronology_style
from dashboard.components.live import live_badge
from dashboard.components.order_panel import order_panel
from dashboard.components.report_panel import report_panel
from dashboard.components.shell import follow_incident, nothing_open, shell
from dashboard.components.shelter_panel import shelter_panel
from dashboard.session import _
from gis.queries.chronology import EVERYTHING, ChronologyKind, Cursor, Selection

SUBJECTS = ("shelters", "damage_reports", "evacuation_orders", "incidents", "chronology")
PAGES_BACK = "chronology-pages-back"
PANEL_WIDTH_PX = 480


@st.fragment
@session.explained
def chronology_page() -> None:
    """Draw what follows the store: it runs again by itself when something changes."""
    live_badge(SUBJECTS, session.language(), key="chronology-live")
    follow_incident()
    actions.show_notice()
    if cached.incident() is None:
        nothing_open()
        return
    entry_form()
    selection = choose_selection()
    with st.container(horizontal=True):
        with st.container():
            opened = lines(selection)
        if opened:
            with st.container(width=PANEL_WIDTH_PX, key="chronology-panel"):
                panel(opened)


def choose_selection() -> Selection:
    """Draw what narrows the list, and return what is chosen."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        search = st.text_input(
            _("Search"),
            key="chronology-search",
            max_chars=200,
            placeholder=_("Any word of a name or a text"),
            on_change=_from_the_top,
            width=280,
        )
        shelters = {one.id: one.name for one in cached.shelters() if one.opening_id}
        shelter_id = st.selectbox(
            _("Shelter"),
            [*shelters],
            index=None,
            key="chronology-shelter",
            format_func=lambda one: shelters.get(one, ""),
            placeholder=_("All"),
            on_change=_from_the_top,
            width=240,
        )
        unfinished = st.toggle(_("Not done"), key="chronology-unfinished", on_change=_from_the_top)
        kinds = st.pills(
            _("Kind"),
            [*ChronologyKind],
            selection_mode="multi",
            key="chronology-kinds",
            format_func=lambda kind: _(kind.label),
            on_change=_from_the_top,
            label_visibility="collapsed",
        )
    return Selection(frozenset(kinds) or None, shelter_id, search or None, unfinished)


def lines(selection: Selection) -> str | None:
    """Draw a page of the list and return what the line chosen in it opens."""
    pages_back: list[Cursor] = st.session_state.setdefault(PAGES_BACK, [])
    page = cached.chronology(selection, pages_back[-1] if pages_back else None)
    if not page:
        nothing_found(selection)
        return None

    def turn(way: str) -> None:
        if way == "older":
            pages_back.append(page[-1].cursor)
        elif pages_back:
            pages_back.pop()

    return chronology_list(
        page,
        selection,
        session.language(),
        "chronology-list",
        newer=bool(pages_back),
        older=len(page) == cached.PAGE_LENGTH,
        turn=turn,
    )


def nothing_found(selection: Selection) -> None:
    """Say what to do where no line fits."""
    if selection == EVERYTHING:
        st.info(_("Nothing has happened yet. Write down what you hear; the rest comes by itself."))
    else:
        st.info(_("No line fits. Change what is chosen above."))


def _from_the_top() -> None:
    st.session_state[PAGES_BACK] = []


def panel(opened: str) -> None:
    """Draw what a line came from; nothing where the browser names what makes no sense."""
    source, _colon, told = opened.partition(":")
    draw = SOURCES.get(source)
    try:
        identity = UUID(told)
    except ValueError:
        return
    if draw:
        draw(identity)


def shelter_source(shelter_id: UUID) -> None:
    """Draw the shelter that a line is about."""
    for shelter in cached.shelters():
        if shelter.id == shelter_id:
            shelter_panel(shelter)


SOURCES: dict[str, Callable[[UUID], None]] = {
    "entry": entry_panel,
    "shelter": shelter_source,
    "report": report_panel,
    "order": order_panel,
}

shell()
apply_chronology_style()
chronology_page()
