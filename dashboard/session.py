"""Who sits in front of a page, and in which language: read from the browser on every run."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from urllib.parse import urlsplit

import streamlit as st

from dashboard.actors import actor_of_token, cookie_name
from dashboard.language import COOKIE
from dashboard.workspaces import Desk, current_desk
from gis.errors import NotAllowed, NotSignedIn, Refused
from gis.past import PastMoment
from gis.store import Actor
from gis.text import Language, preferred, translate
from gis.vocabulary import Role


def language() -> Language:
    """Return the reader's language: the one chosen, else the browser's."""
    chosen = st.context.cookies.get(COOKIE) or st.context.locale
    return preferred([chosen] if chosen else [])


def _(message: str) -> str:
    """Return a message in the reader's language."""
    return translate(message, language())


def actor() -> Actor:
    """Return who is signed in.

    Raises
    ------
    gis.errors.NotSignedIn
        The sign-in has ended since the page was opened.
    """
    found = actor_of_token(session_token())
    if found is None:
        raise NotSignedIn
    return found


def session_token() -> str | None:
    """Return the secret of this browser's sign-in."""
    return st.context.cookies.get(cookie_name())


def may(roles: frozenset[Role]) -> bool:
    """Tell whether the reader is of one of some roles."""
    return actor().role in roles


def require(roles: frozenset[Role]) -> None:
    """Refuse who is of none of some roles.

    Raises
    ------
    gis.errors.NotAllowed
        The reader is not.
    """
    if not may(roles):
        raise NotAllowed


def desk() -> Desk:
    """Return the workspace that the reader works in.

    Every read and every action of a page passes here, so a sign-in that has ended ends them, too.

    Raises
    ------
    gis.errors.NotSignedIn
        The sign-in has ended since the page was opened.
    """
    actor()
    return current_desk()


def moment(past: PastMoment | None = None) -> datetime:
    """Return the moment that a page shows: the one it looks back at, else now."""
    return past.at if past else desk().workspace.clock.now()


def path() -> str:
    """Return the path of the page that the reader is on."""
    return urlsplit(st.context.url or "/").path or "/"


def explained(draw: Callable[[], None]) -> Callable[[], None]:
    """Have a fragment say why it cannot be drawn, where something it asks for is refused.

    A fragment runs again by itself, without the entry page that would explain it.
    """

    @wraps(draw)
    def drawn() -> None:
        try:
            draw()
        except Refused as refused:
            st.error(refused.explain(language()))

    return drawn
