"""Who is in front of us: from the secret in a browser's cookie to the actor behind it."""

from threading import Lock

from dashboard.workspaces import current_desk
from gis.config import settings
from gis.live import ACCESS
from gis.queries.access import actor_of
from gis.store import Actor

EXPIRY_SECONDS = 10
"""How much longer than it should a sign-in that has expired may go on."""
REMEMBERED_MOST = 1024


def cookie_name() -> str:
    """Return the name of the session cookie; browsers do not keep ports apart, so we do."""
    return f"hq_session_{settings().port}"


def remembered_actor(token: str) -> Actor | None:
    """Return who holds a session cookie, if that was looked up and nothing has changed since."""
    return _remembered.get((token, *_asked_when()))


def actor_of_token(token: str | None) -> Actor | None:
    """Return who holds a session cookie, asking the store where it is not remembered.

    Raises
    ------
    gis.errors.StoreUnavailable
        The database does not answer.
    """
    if not token:
        return None
    key = (token, *_asked_when())
    if actor := _remembered.get(key):
        return actor
    with current_desk().workspace.reading() as session:
        actor = actor_of(session, token)
    if actor:
        with _remembering:
            if len(_remembered) >= REMEMBERED_MOST:
                _remembered.clear()
            _remembered[key] = actor
    return actor


def _asked_when() -> tuple[int, int]:
    """Return what must be the same as then: another sign-in changes it, and time does."""
    desk = current_desk()
    moment = desk.workspace.clock.now().timestamp()
    return desk.revisions.of((ACCESS,)), int(moment // EXPIRY_SECONDS)


_remembered: dict[tuple[str, int, int], Actor] = {}
_remembering = Lock()
