"""How the database would answer what a query asks."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import event, text
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session

from gis.store import Workspace
from scripts.cluster import SERVER, PrivateCluster
from tests.conftest import FixedClock, fresh_database

PlanOf = Callable[[Callable[[Session], object]], str]


@pytest.fixture
def plan_of(cluster: PrivateCluster, clock: FixedClock) -> Iterator[PlanOf]:
    """Return the plan of the one statement that a query sends, were its tables large.

    In a store of its own: what other tests left in the statistics would sway the planner.
    """

    def explained(query: Callable[[Session], object]) -> str:
        sent: list[tuple[str, Any]] = []
        with workspace.reading() as session:
            # On a table of few rows a sequential scan is cheapest whatever the indexes are.
            session.execute(text("SET LOCAL enable_seqscan = off"))
            connection = session.connection()

            def keep(
                _: Connection, _cursor: object, statement: str, facts: object, *_more: object
            ) -> None:
                sent.append((statement, facts))

            event.listen(connection, "before_cursor_execute", keep)
            query(session)
            event.remove(connection, "before_cursor_execute", keep)
            ((statement, facts),) = sent
            return "\n".join(connection.exec_driver_sql(f"EXPLAIN {statement}", facts).scalars())

    with fresh_database(cluster) as name:
        workspace = Workspace("live", cluster.url(SERVER, name), clock)
        yield explained
        workspace.engine.dispose()
