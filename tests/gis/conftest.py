"""The store seen past the code under test, and short ways to report to it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg.sql import SQL, Identifier

from gis.config import city_profile
from gis.models import Base
from gis.models.occupancy import DOUBTS
from gis.occupancy import FIGURES
from gis.operations import Filed
from gis.operations.city import load_city
from gis.operations.damage_reports import NewDamageReport, file_damage_report
from gis.operations.occupancy import Counts, Reading, record_occupancy
from gis.store import SYSTEM, Workspace
from gis.vocabulary import DamageCategory
from scripts.cluster import SERVER, SUPERUSER, PrivateCluster
from tests.conftest import HEADQUARTERS, FixedClock, fresh_database

Ask = Callable[..., list[tuple[Any, ...]]]
Count = Callable[..., Filed]
Report = Callable[..., Filed]
CutConnections = Callable[[], None]


@pytest.fixture(scope="session")
def database(cluster: PrivateCluster) -> Iterator[str]:
    """A database for all tests of this folder."""
    with fresh_database(cluster) as name:
        yield name


@pytest.fixture
def workspace(cluster: PrivateCluster, database: str, clock: FixedClock) -> Iterator[Workspace]:
    """An empty store whose clock stands at noon.

    Emptying one database takes a tenth of the time that making one does.
    """
    with psycopg.connect(cluster.url(SUPERUSER, database)) as connection:
        connection.execute("SET session_replication_role = replica")
        for table in Base.metadata.tables:
            connection.execute(SQL("DELETE FROM {}").format(Identifier(table)))
    workspace = Workspace("live", cluster.url(SERVER, database), clock)
    yield workspace
    workspace.engine.dispose()


@contextmanager
def as_owner(owner_url: str) -> Iterator[psycopg.Connection[Any]]:
    """Give a connection that may write anything, as nobody in the product can."""
    with psycopg.connect(owner_url, options="-c timezone=UTC") as connection:
        connection.execute(
            "SELECT set_config('hq.actor', 'owner', true), set_config('hq.role', 'admin', true),"
            " set_config('hq.now', '2026-09-01 03:00+00', true)"
        )
        yield connection


@pytest.fixture
def ask(owner_url: str) -> Ask:
    """Ask the store itself, past the queries of the product."""

    def rows(query: str, *parameters: object) -> list[tuple[Any, ...]]:
        with as_owner(owner_url) as connection:
            return connection.execute(query.encode(), parameters).fetchall()

    return rows


@pytest.fixture
def count(workspace: Workspace) -> Count:
    """Record a reading in a transaction of its own."""

    def record(shelter_id: UUID, persons: int | None, **content: Any) -> Filed:  # noqa: ANN401
        told = {name: content.pop(name) for name in FIGURES if name in content}
        counts = Counts(persons=persons, **told)
        content.setdefault("confirmed", frozenset(DOUBTS))
        reading = Reading(content.pop("id", uuid4()), shelter_id, counts, **content)
        with workspace.transaction(HEADQUARTERS) as session:
            return record_occupancy(session, reading)

    return record


@pytest.fixture
def report(workspace: Workspace) -> Report:
    """File a damage report in a transaction of its own."""

    def file(**content: Any) -> Filed:  # noqa: ANN401
        category = content.pop("category", DamageCategory.ROAD)
        new = NewDamageReport(content.pop("id", uuid4()), category, **content)
        with workspace.transaction(HEADQUARTERS) as session:
            return file_damage_report(session, new)

    return file


@pytest.fixture
def city(workspace: Workspace) -> None:
    """The demonstration city with its boundary and towns."""
    with workspace.transaction(SYSTEM) as session:
        load_city(session, city_profile("142077"))


@pytest.fixture
def cut_connections(cluster: PrivateCluster, workspace: Workspace) -> CutConnections:
    """Do to every connection of the store what a restart of the database does."""

    def cut() -> None:
        name = workspace.database_url.rpartition("/")[2]
        with psycopg.connect(cluster.url(SUPERUSER, "postgres"), autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s",
                (name,),
            )

    return cut
