"""The list of shelters in operation: the browser reads, sorts and filters it by itself."""

from uuid import UUID

import streamlit as st

from dashboard.assets import OWN
from dashboard.components.board_words import board_words
from gis.text import Language

# Streamlit runs a component's script from a blob, which cannot name another file by a path alone.
_SCRIPT = """
export default async function (component) {
  const file = new URL("/assets/hq/board.js", window.location.origin);
  return (await import(file.href)).showBoard(component);
}
"""


def _style() -> str:
    return "\n".join(
        (OWN / name).read_text(encoding="utf-8")
        for name in ("palette.css", "marks.css", "board.css")
    )


_board = st.components.v2.component("hq_board", css=_style(), js=_SCRIPT)


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
