"""What a page does to the store: one user action is one transaction, and always has an answer."""

from collections.abc import Callable
from uuid import UUID, uuid4

import streamlit as st
from sqlalchemy.orm import Session

from dashboard import session
from gis.errors import Refused
from gis.vocabulary import Role

Store = Session
"""What a verb of :func:`act` is given; pages need not know what it is made of."""

NOTICE = "notice"


def act(roles: frozenset[Role], verb: Callable[[Store], object], done: str) -> bool:
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
        st.session_state[NOTICE] = refused.explain(session.language())
        return False
    st.session_state.pop(NOTICE, None)
    st.toast(done, icon=":material/check:", duration="long")
    return True


def filing_id(form: str) -> UUID:
    """Return the id of what a form files: the same until it is filed, whatever happens meanwhile.

    A double click, or another try after an error, is then the same thing filed again.
    """
    filing: UUID = st.session_state.setdefault(f"{form}-filing", uuid4())
    return filing


def filed(form: str, *fields: str) -> None:
    """Make a form new: what it held is saved. A refused one stays as it is."""
    del st.session_state[f"{form}-filing"]
    clear(*fields)


def clear(*fields: str) -> None:
    """Empty fields."""
    for field in fields:
        st.session_state[field] = None


def withdraw_notice() -> None:
    """Let the page say no more why the last action was refused: something nearer to it does."""
    st.session_state.pop(NOTICE, None)


def show_notice() -> None:
    """Say why the last action was refused, until another one is done.

    What was done is said in passing; what was not must not vanish with the next live change. The
    words' place stays: what is drawn below would else move, and stand there twice for a moment.
    """
    said = st.empty()
    if NOTICE in st.session_state:
        said.error(st.session_state[NOTICE], icon=":material/error:")
