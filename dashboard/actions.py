"""What a page does to the store: one user action is one transaction, and always has an answer."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st
from sqlalchemy.orm import Session

from dashboard import session
from gis.errors import Refused
from gis.vocabulary import Role

NOTICE = "notice"


@contextmanager
def action(roles: frozenset[Role], done: str) -> Iterator[Session]:
    """Run one user action in one transaction.

    Call it in a widget's callback: the page that is drawn next shows the result, or why nothing
    was saved.

    Parameters
    ----------
    roles
        Who may do this.
    done
        What to say afterwards, translated.
    """
    try:
        session.require(roles)
        with session.desk().transaction(session.actor()) as store:
            yield store
    except Refused as refused:
        st.session_state[NOTICE] = ("error", refused.explain(session.language()))
    else:
        st.session_state[NOTICE] = ("success", done)


def show_notice() -> None:
    """Say what came of the last action, once."""
    kind, text = st.session_state.pop(NOTICE, (None, None))
    if kind == "error":
        st.error(text, icon=":material/error:")
    elif kind == "success":
        st.success(text, icon=":material/check:")
