"""A part of a page that is folded until somebody wants it, and costs nothing until then."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st


@contextmanager
def folded(label: str, key: str) -> Iterator[bool]:
    """Draw a part that can be unfolded, and give whether to draw what is in it.

    A browser builds what is folded as well, and a form of sixty fields takes it half a second.
    What was unfolded once stays drawn: folding it again must not lose what was typed.

    Parameters
    ----------
    key
        Sets it apart from other parts, and from the same part of another shelter.
    """
    wanted = f"{key}-wanted"
    with st.expander(label, key=key, on_change="rerun") as part:
        if part.open:
            st.session_state[wanted] = True
        yield bool(st.session_state.get(wanted))
