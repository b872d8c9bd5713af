"""The workspaces of this process, their listeners and their revisions: the one place to get them.

Pages and routes take the workspace from here and never know whether it is live or a drill.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache

from sqlalchemy.orm import Session

from dashboard.tile_cache import TileCache
from gis import store
from gis.config import CityProfile, city_profile, settings
from gis.live import ALL_SUBJECTS, Listener, Revisions
from gis.store import Actor, Workspace


@dataclass(frozen=True)
class Desk:
    """A workspace as this process works on it: with its city, its listener, its revisions."""

    workspace: Workspace
    city: CityProfile
    listener: Listener
    revisions: Revisions
    tiles: TileCache

    @contextmanager
    def transaction(self, actor: Actor, *subjects: str) -> Iterator[Session]:
        """Give a session for one transaction; whoever reads afterwards reads its result.

        The notice of the change returns by way of the database a moment later; until then the
        writer's own next read would still meet the cache.

        Parameters
        ----------
        subjects
            What the transaction changes, of :data:`gis.live.SUBJECTS`; none named is all of them.
            Who writes often names them: the rest stays in the cache, sign-ins among it.
        """
        with self.workspace.transaction(actor) as session:
            yield session
        self.revisions.advance(*(subjects or ALL_SUBJECTS))


def current_desk() -> Desk:
    """Return the workspace that a request or a page is about: for now there is only the live one.

    Everything above asks here and nowhere else; a drill will be told apart here.
    """
    return live_desk()


@cache
def live_desk() -> Desk:
    """Return the live workspace of this process.

    Raises
    ------
    RuntimeError
        No database is configured: the product was started without its start script.
    """
    configured = settings()
    if configured.database_url is None:
        raise RuntimeError("HQ_DATABASE_URL is not set; start the product with “make run”")
    workspace = store.live(configured.database_url.get_secret_value())
    listener, revisions = Listener(workspace), Revisions()
    tiles = TileCache()
    # Before anybody else hears of a change: whoever reads upon it must not meet what was.
    listener.subscribe(lambda change: revisions.advance(change.subject))
    listener.subscribe(tiles.drop)
    return Desk(workspace, city_profile(configured.city), listener, revisions, tiles)
