"""Who is in front of us: from the secret in a browser's cookie to the actor behind it."""

from functools import lru_cache

from dashboard.workspaces import current_desk
from gis.config import settings
from gis.live import ACCESS
from gis.queries.access import actor_of
from gis.store import Actor

EXPIRY_SECONDS = 10
"""How much longer than it should a sign-in that has expired may go on."""


def cookie_name() -> str:
    """Return the name of the session cookie; browsers do not keep ports apart, so we do."""
    return f"hq_session_{settings().port}"


def actor_of_token(token: str | None) -> Actor | None:
    """Return who holds a session cookie.

    Raises
    ------
    gis.errors.StoreUnavailable
        The database does not answer.
    """
    if not token:
        return None
    desk = current_desk()
    moment = desk.workspace.clock.now().timestamp()
    return _actor_of_token(token, desk.revisions.of((ACCESS,)), int(moment // EXPIRY_SECONDS))


@lru_cache(maxsize=1024)
def _actor_of_token(token: str, _revision: int, _moment: int) -> Actor | None:
    """Look a token up; again when any sign-in has changed, and when one may have expired."""
    with current_desk().workspace.reading() as session:
        return actor_of(session, token)
