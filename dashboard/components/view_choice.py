"""A page of several views: one is chosen, and stands in the link."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import streamlit as st

from dashboard import session
from dashboard.session import _
from gis.vocabulary import Role

LINKED = "view"


@dataclass(frozen=True)
class View:
    """A part of a page: its title, who sees it, and how it is drawn."""

    title: str
    roles: frozenset[Role]
    draw: Callable[[], None]


def chosen_view(key: str, views: Mapping[str, View]) -> View:
    """Draw the choice of a view, and return it; the first one is what the page opens with.

    Parameters
    ----------
    key
        The choice's own name in the session.
    """
    allowed = [name for name, view in views.items() if session.may(view.roles)]
    linked = st.query_params.get(LINKED)
    chosen = st.segmented_control(
        _("What to look at"),
        allowed,
        default=linked if linked in allowed else allowed[0],
        required=True,
        format_func=lambda name: _(views[name].title),
        key=key,
        on_change=_link,
        args=(key,),
        label_visibility="collapsed",
    )
    return views[chosen or allowed[0]]


def _link(key: str) -> None:
    """Put the view that was chosen into the link."""
    st.query_params[LINKED] = st.session_state[key]
