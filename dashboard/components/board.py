"""The list of shelters in operation: the browser reads, sorts and filters it by itself."""

from uuid import UUID

import streamlit as st

from dashboard.components.board_words import board_words
from dashboard.components.own_component import own_component
from gis.text import Language

_board = own_component("hq_board", "board.js", "showBoard", "marks.css", "board.css")


def shelter_board(language: Language, key: str, *, may_count: bool) -> UUID | None:
    """Show the list, live, and return which shelter is selected in it.

    Parameters
    ----------
    language
        The reader's language.
    key
        The list's own name on the page.
    may_count
        Whether the reader may record counts in its rows.
    """
    selected = (st.session_state.get(key) or {}).get("selected")
    _board(
        key=key,
        data={
            "words": board_words(language),
            "may_count": may_count,
            "selected": selected,
        },
        on_selected_change=lambda: None,
    )
    return _identity((st.session_state.get(key) or {}).get("selected"))


def _identity(told: object) -> UUID | None:
    """Return the id that the browser names; None for nothing, and for what makes no sense."""
    try:
        return UUID(str(told)) if told else None
    except ValueError:
        return None
