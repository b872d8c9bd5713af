"""What a page does to the store: one user action is one transaction, and always has an answer."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import cast

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
        with _store_for(roles) as store:
            yield store
    except Refused as refused:
        st.session_state[NOTICE] = ("error", refused.explain(session.language()))
    else:
        st.session_state[NOTICE] = ("success", done)


@contextmanager
def _store_for(roles: frozenset[Role]) -> Iterator[Session]:
    """Give the store, or in its place the refusal, which whoever turns to it then meets.

    The body of a ``with`` cannot be skipped, so what is refused at its door waits inside.
    """
    with ExitStack() as stack:
        try:
            session.require(roles)
            store = stack.enter_context(session.desk().transaction(session.actor()))
        except Refused as refused:
            yield cast("Session", _Closed(refused))
            raise refused from None
        yield store


class _Closed:
    """Stands where a store would, and refuses whatever is asked of it."""

    def __init__(self, refused: Refused) -> None:
        self._refused = refused

    def __getattr__(self, name: str) -> object:
        raise self._refused


def show_notice() -> None:
    """Say what came of the last action, once."""
    kind, text = st.session_state.pop(NOTICE, (None, None))
    if kind == "error":
        st.error(text, icon=":material/error:")
    elif kind == "success":
        st.success(text, icon=":material/check:")
