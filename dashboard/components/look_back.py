"""Looking back: the control with which a page shows a past moment instead of now.

The moment stands in the page's address (``?at=2026-09-01T12:00:00+09:00&known=then``). The browser
writes it there and tells its own layers; a fragment that calls :func:`look_back` runs again, and
:func:`shown_moment` reads it from there.
"""

import streamlit as st

from dashboard import cached, session
from dashboard.components.own_component import own_component
from gis.errors import Refused
from gis.past import PastMoment
from gis.text import N_, translate
from gis.vocabulary import Knowledge

WORDS = {
    "look_back": N_("Look back"),
    "banner": N_("This is the situation of {moment}, not the present one."),
    "moment": N_("Moment to look back at"),
    "earlier": N_("Earlier"),
    "later": N_("Later"),
    "today": N_("Now"),
    "play": N_("Play"),
    "pause": N_("Pause"),
    "to_now": N_("Back to now"),
    "then": Knowledge.THEN.label,
    "now": Knowledge.NOW.label,
}

_control = own_component("hq_look_back", "look-back.js", "showLookBack", "look-back.css")


def shown_moment() -> PastMoment | None:
    """Return the moment that the page's address names; None is now.

    A moment that makes no sense is told, and now is shown instead.
    """
    told = st.empty()
    at = st.query_params.get("at")
    if at is None or cached.incident() is None:
        return None
    known = st.query_params.get("known", Knowledge.THEN.value)
    try:
        return PastMoment.read(at, known, session.moment())
    except Refused as refused:
        told.warning(refused.explain(session.language()))
        return None


def look_back(past: PastMoment | None, key: str) -> None:
    """Draw the control: a button while the page shows now, a bar across it while it does not.

    Parameters
    ----------
    past
        What :func:`shown_moment` returned.
    key
        The control's own name on the page.
    """
    language = session.language()
    incident = cached.incident()
    _control(
        key=key,
        data={
            "words": {name: translate(message, language) for name, message in WORDS.items()},
            "from": incident.started_at.isoformat() if incident else None,
            "refused": past is None and "at" in st.query_params,
        },
        on_moved_change=lambda: None,
        width="content",
    )
