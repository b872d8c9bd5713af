"""What a page does to the store: one user action is one transaction, and always has an answer."""

from collections.abc import Callable

import streamlit as st
from sqlalchemy.orm import Session

from dashboard import session
from gis.errors import Refused
from gis.vocabulary import Role

NOTICE = "notice"


def act(roles: frozenset[Role], verb: Callable[[Session], object], done: str) -> bool:
    """Run one user action in one transaction, and return whether it was done.

    Call it in a widget's callback: the page that is drawn next shows the result, or why nothing
    was saved.

    Parameters
    ----------
    roles
        Who may do this.
    verb
        The operation, given the transaction's session.
    done
        What to say afterwards, translated.
    """
    try:
        session.require(roles)
        with session.desk().transaction(session.actor()) as store:
            verb(store)
    except Refused as refused:
        st.session_state[NOTICE] = ("error", refused.explain(session.language()))
        return False
    st.session_state[NOTICE] = ("success", done)
    return True


def clear(*fields: str) -> None:
    """Empty the fields of a form whose content has been saved; a refused one stays as it is."""
    for field in fields:
        st.session_state[field] = None


def show_notice() -> None:
    """Say what came of the last action, once."""
    kind, text = st.session_state.pop(NOTICE, (None, None))
    if kind == "error":
        st.error(text, icon=":material/error:")
    elif kind == "success":
        st.success(text, icon=":material/check:")
