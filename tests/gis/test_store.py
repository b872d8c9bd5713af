"""The store: its form, its rights, its transactions, its bad days."""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from psycopg.errors import InsufficientPrivilege
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.pool import NullPool

import gis.migrations
from gis import errors
from gis.models import Base
from gis.operations.damage_reports import NewDamageReport, file_damage_report
from gis.operations.incidents import close_incident, open_incident
from gis.store import (
    APPLICATION_ROLE,
    REFUSALS,
    Actor,
    Workspace,
    migrate,
    now,
    sqlalchemy_url,
)
from gis.text import Language
from gis.vocabulary import DamageCategory, IncidentKind, Role
from scripts.cluster import OWNER, SERVER, SUPERUSER, PrivateCluster
from tests.conftest import HEADQUARTERS, FixedClock, MakeShelter, free_port, fresh_database
from tests.gis.conftest import Ask, CutConnections

SQL = Path(gis.migrations.__file__).parent / "sql"
NOT_OURS = ("spatial_ref_sys", "alembic_version")

COLUMNS = """
    SELECT attrelid::regclass::text, attname, format_type(atttypid, atttypmod), attnotnull,
           attidentity, attgenerated, pg_get_expr(adbin, adrelid)
    FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
    LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
    WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND attnum > 0
      AND NOT attisdropped AND relname <> ALL(%s)
"""
CONSTRAINTS = """
    SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace AND conrelid::regclass::text <> ALL(%s)
"""
INDEXES = """
    SELECT tablename, indexname, indexdef FROM pg_indexes
    WHERE schemaname = 'public' AND tablename <> ALL(%s)
"""


@pytest.fixture
def owner_engine(owner_url: str) -> Iterator[Engine]:
    engine = create_engine(sqlalchemy_url(owner_url), poolclass=NullPool)
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def store(cluster: PrivateCluster) -> Iterator[Workspace]:
    """A store for all the tests that are refused: they leave nothing behind."""
    with fresh_database(cluster) as name:
        workspace = Workspace("live", cluster.url(SERVER, name), FixedClock())
        yield workspace
        workspace.engine.dispose()


def ask_owner(url: str, query: str) -> set[tuple[object, ...]]:
    with psycopg.connect(url) as connection:
        return set(connection.execute(query.encode(), ([*NOT_OURS],)).fetchall())


def test_migrating_twice_changes_nothing(owner_url: str) -> None:
    before = [ask_owner(owner_url, query) for query in (COLUMNS, CONSTRAINTS, INDEXES)]
    migrate(owner_url)
    assert [ask_owner(owner_url, query) for query in (COLUMNS, CONSTRAINTS, INDEXES)] == before


def test_the_models_ask_for_no_further_migration(owner_engine: Engine) -> None:
    options = {
        "compare_server_default": True,
        "include_object": lambda _object, name, kind, *_: (
            (kind, name) != ("table", "spatial_ref_sys")
        ),
    }
    with owner_engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, Base.metadata) == []


@pytest.fixture(scope="module")
def modelled_url(cluster: PrivateCluster) -> Iterator[str]:
    """A database made from the models alone, without a migration."""
    with fresh_database(cluster, "template1") as name:
        url = cluster.url(OWNER, name)
        with psycopg.connect(url) as connection:
            for step in ("0001", "0002"):
                connection.execute((SQL / f"{step}_transaction_facts.sql").read_bytes())
        Base.metadata.create_all(create_engine(sqlalchemy_url(url), poolclass=NullPool))
        yield url


@pytest.mark.parametrize(
    "query", [COLUMNS, CONSTRAINTS, INDEXES], ids=["columns", "constraints", "indexes"]
)
def test_the_migrated_store_is_the_one_the_models_describe(
    owner_url: str, modelled_url: str, query: str
) -> None:
    assert ask_owner(owner_url, query) == ask_owner(modelled_url, query)


def test_every_refusal_belongs_to_a_constraint_that_exists(ask: Ask) -> None:
    constraints = {name for (name,) in ask("SELECT conname FROM pg_constraint")}
    indexes = {
        name for (name,) in ask("SELECT indexname FROM pg_indexes WHERE indexdef ~ 'UNIQUE'")
    }
    functions = "".join(file.read_text(encoding="utf-8") for file in SQL.glob("*.sql"))
    raised = set(re.findall(r"CONSTRAINT = '(\w+)'", functions))
    assert set(REFUSALS) <= constraints | indexes | raised


@pytest.mark.parametrize("constraint", REFUSALS)
@pytest.mark.parametrize("language", Language)
def test_what_a_constraint_refuses_can_be_explained(constraint: str, language: Language) -> None:
    explained = REFUSALS[constraint]().explain(language)
    assert "{" not in explained
    assert "None" not in explained


@pytest.mark.parametrize("login", [APPLICATION_ROLE, SERVER])
def test_the_application_owns_nothing(ask: Ask, login: str) -> None:
    owned = "SELECT count(*) FROM pg_shdepend WHERE refobjid = %s::regrole AND deptype = 'o'"
    assert ask(owned, login) == [(0,)]


FORBIDDEN = [
    "CREATE TABLE mine (id integer)",
    "CREATE SCHEMA mine",
    "INSERT INTO change_record OVERRIDING SYSTEM VALUE SELECT * FROM change_record",
    "UPDATE change_record SET actor = 'somebody'",
    "UPDATE occupancy_reading SET persons = 0",
    "UPDATE damage_report SET note = NULL",
    "UPDATE road_closure SET version = 2",
    "UPDATE annotation_statement SET text = 'x'",
    "UPDATE hazard_zone SET depth_class = NULL",
    "UPDATE hazard_edition SET is_fictitious = false",
    "INSERT INTO hazard_zone_part SELECT * FROM hazard_zone_part",
    "UPDATE photograph SET content_hash = sha256",
    "UPDATE photograph_upload SET sha256 = ''",
    "UPDATE photograph SET caption = NULL",
    "UPDATE opening SET id = gen_random_uuid()",
    "UPDATE shelter SET recorded_by = 'somebody'",
    "UPDATE alembic_version SET version_num = '0'",
    "SET session_replication_role = replica",
    "ALTER TABLE incident DISABLE TRIGGER ALL",
    "DROP TRIGGER incident_insert_recorded ON incident",
    "CREATE OR REPLACE FUNCTION hq_actor() RETURNS text LANGUAGE sql RETURN 'somebody'",
]


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_the_application_may_not(store: Workspace, statement: str) -> None:
    with (
        pytest.raises(errors.StoreForbids) as refused,
        store.transaction(HEADQUARTERS) as session,
    ):
        session.execute(text(statement))
    assert_not_permitted(refused.value)


@pytest.mark.parametrize("table", Base.metadata.tables)
@pytest.mark.parametrize("statement", ["DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_the_application_removes_nothing(store: Workspace, table: str, statement: str) -> None:
    with (
        pytest.raises(errors.StoreForbids) as refused,
        store.transaction(HEADQUARTERS) as session,
    ):
        session.execute(text(statement.format(table)))
    assert_not_permitted(refused.value)


def assert_not_permitted(refused: errors.Refused) -> None:
    cause = getattr(refused.__cause__, "orig", None)
    assert isinstance(cause, InsufficientPrivilege)


def test_no_entry_of_the_change_record_can_be_forged_through_a_table_of_ones_own(
    store: Workspace,
) -> None:
    with psycopg.connect(store.database_url) as connection:
        connection.execute("CREATE TEMPORARY TABLE incident (id text)")
        with pytest.raises(InsufficientPrivilege):
            connection.execute(
                "CREATE TRIGGER forge AFTER INSERT ON incident REFERENCING NEW TABLE AS new_rows"
                " FOR EACH STATEMENT EXECUTE FUNCTION public.record_change('id')"
            )
        connection.rollback()


@pytest.mark.parametrize("role", [OWNER, SUPERUSER, "pg_write_all_data"])
def test_the_server_login_cannot_become(store: Workspace, role: str) -> None:
    with (
        psycopg.connect(store.database_url) as connection,
        pytest.raises(InsufficientPrivilege),
    ):
        connection.execute(f"SET ROLE {role}".encode())


@pytest.mark.parametrize("way_out", ["SET ROLE NONE", "RESET ROLE", "RESET ALL", "DISCARD ALL"])
@pytest.mark.parametrize("statement", ["DELETE FROM change_record", "CREATE TABLE mine (id int)"])
def test_leaving_the_application_role_gains_nothing(
    store: Workspace, way_out: str, statement: str
) -> None:
    with psycopg.connect(
        store.database_url, autocommit=True, options=f"-c role={APPLICATION_ROLE}"
    ) as connection:
        connection.execute(way_out.encode())
        with pytest.raises(InsufficientPrivilege):
            connection.execute(statement.encode())


def test_a_write_without_an_actor_is_refused(store: Workspace) -> None:
    with (
        psycopg.connect(store.database_url) as connection,
        pytest.raises(psycopg.errors.RaiseException, match="is not set"),
    ):
        connection.execute(
            "INSERT INTO incident (name, kind, started_at, is_demonstration)"
            " VALUES ('地震', 'earthquake', now(), false)"
        )


def test_an_actor_without_a_name_is_none(store: Workspace) -> None:
    with (
        pytest.raises(errors.StoreRefuses),
        store.transaction(Actor("", Role.OPERATOR)) as session,
    ):
        open_incident(session, "地震", IncidentKind.EARTHQUAKE)


def test_facts_of_one_transaction_do_not_reach_the_next(workspace: Workspace) -> None:
    with workspace.transaction(HEADQUARTERS):
        pass
    with workspace.reading() as session:
        assert session.scalar(text("SELECT current_setting('hq.actor', true)")) in (None, "")


def incidents(workspace: Workspace) -> int:
    with workspace.reading() as session:
        found: int = session.execute(text("SELECT count(*) FROM incident")).scalar_one()
        return found


def test_a_transaction_that_fails_keeps_nothing(workspace: Workspace) -> None:
    def fail() -> None:
        with workspace.transaction(HEADQUARTERS) as session:
            open_incident(session, "地震", IncidentKind.EARTHQUAKE)
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert incidents(workspace) == 0


def test_a_refused_statement_takes_the_whole_transaction_with_it(workspace: Workspace) -> None:
    def open_two() -> None:
        with workspace.transaction(HEADQUARTERS) as session:
            open_incident(session, "地震", IncidentKind.EARTHQUAKE)
            open_incident(session, " ", IncidentKind.FLOOD)

    with pytest.raises(errors.NameMissing):
        open_two()
    assert incidents(workspace) == 0


def test_a_reading_session_cannot_write(workspace: Workspace) -> None:
    with (
        pytest.raises(errors.StoreRefuses) as refused,
        workspace.reading() as session,
    ):
        open_incident(session, "地震", IncidentKind.EARTHQUAKE)
    cause = getattr(refused.value.__cause__, "orig", None)
    assert isinstance(cause, psycopg.errors.ReadOnlySqlTransaction | psycopg.errors.RaiseException)
    assert incidents(workspace) == 0


def test_a_reading_session_sees_one_moment(workspace: Workspace) -> None:
    with workspace.reading() as session:
        seen = session.scalar(text("SELECT count(*) FROM incident"))
        with workspace.transaction(HEADQUARTERS) as other:
            open_incident(other, "地震", IncidentKind.EARTHQUAKE)
        assert session.scalar(text("SELECT count(*) FROM incident")) == seen == 0


def test_now_is_what_the_workspace_says(workspace: Workspace, clock: FixedClock) -> None:
    with workspace.reading() as session:
        assert now(session) == clock.moment


def test_a_database_that_cannot_be_reached_is_unavailable(clock: FixedClock) -> None:
    nowhere = Workspace("live", f"postgresql://hq_server:x@127.0.0.1:{free_port()}/hq", clock)
    with pytest.raises(errors.StoreUnavailable), nowhere.transaction(HEADQUARTERS):
        pass
    with pytest.raises(errors.StoreUnavailable), nowhere.reading():
        pass


def test_a_database_that_was_never_migrated_is_outdated(
    cluster: PrivateCluster, clock: FixedClock
) -> None:
    with fresh_database(cluster, "template1") as name:
        empty = Workspace("live", cluster.url(SERVER, name), clock)
        with pytest.raises(errors.StoreOutdated), empty.transaction(HEADQUARTERS) as session:
            open_incident(session, "地震", IncidentKind.EARTHQUAKE)
        empty.engine.dispose()


def test_a_restart_of_the_database_costs_no_request_afterwards(
    workspace: Workspace, cut_connections: CutConnections
) -> None:
    with ExitStack() as several:
        for _ in range(3):
            several.enter_context(workspace.transaction(HEADQUARTERS))
    cut_connections()
    with ExitStack() as several:
        for _ in range(3):
            session = several.enter_context(workspace.transaction(HEADQUARTERS))
            open_incident(session, "地震", IncidentKind.EARTHQUAKE)
    assert incidents(workspace) == 3


def test_a_restart_in_the_middle_of_a_transaction_is_unavailable_and_keeps_nothing(
    workspace: Workspace, cut_connections: CutConnections
) -> None:
    def open_while_it_restarts() -> None:
        with workspace.transaction(HEADQUARTERS) as session:
            open_incident(session, "地震", IncidentKind.EARTHQUAKE)
            cut_connections()

    with pytest.raises(errors.StoreUnavailable):
        open_while_it_restarts()
    assert incidents(workspace) == 0


def test_waiting_too_long_for_somebody_else_is_unavailable(
    workspace: Workspace, incident_id: UUID
) -> None:
    def touch() -> None:
        with workspace.transaction(HEADQUARTERS) as session:
            session.execute(text("SET LOCAL lock_timeout = '50ms'"))
            close_incident(session, incident_id, version=1)

    with workspace.transaction(HEADQUARTERS) as session:
        close_incident(session, incident_id, version=1)
        with pytest.raises(errors.StoreUnavailable):
            touch()


def test_no_connection_left_is_unavailable(workspace: Workspace) -> None:
    narrow = replace(workspace)
    narrow.__dict__["engine"] = create_engine(
        sqlalchemy_url(workspace.database_url), pool_size=1, max_overflow=0, pool_timeout=0.05
    )
    with narrow.reading(), pytest.raises(errors.StoreUnavailable), narrow.reading():
        pass
    narrow.engine.dispose()


def test_text_that_no_database_keeps_is_refused_for_good(
    workspace: Workspace, incident_id: UUID
) -> None:
    with pytest.raises(errors.StoreRefuses), workspace.transaction(HEADQUARTERS) as session:
        file_damage_report(
            session, NewDamageReport(incident_id, DamageCategory.FIRE, note="before\0after")
        )


def test_a_violated_constraint_leaves_as_its_entry_of_the_catalogue(
    workspace: Workspace, incident_id: UUID
) -> None:
    backwards = text("UPDATE incident SET closed_at = started_at - interval '1 s' WHERE id = :id")
    with (
        pytest.raises(errors.ClosedBeforeOpened),
        workspace.transaction(HEADQUARTERS) as session,
    ):
        session.execute(backwards, {"id": incident_id})


def test_metres_on_the_map_are_generated_from_the_place(
    make_shelter: MakeShelter, ask: Ask
) -> None:
    make_shelter(lon=139.4, lat=35.33)
    make_shelter("所在不明", lon=None)
    assert ask(
        "SELECT location_3857 = ST_Transform(location, 3857) FROM shelter ORDER BY location IS NULL"
    ) == [(True,), (None,)]


def test_what_was_open_before_states_were_told_is_open_and_closed_afterwards(
    cluster: PrivateCluster,
) -> None:
    with fresh_database(cluster, "template1") as name:
        url = cluster.url(OWNER, name)
        migrate(url, "0002")
        with psycopg.connect(url, options="-c timezone=UTC") as connection:
            connection.execute(OPENED_BEFORE)
        migrate(url)
        with psycopg.connect(url, options="-c timezone=UTC") as connection:
            told = connection.execute(
                "SELECT version, number, state, since_at = began_at, reason, t.recorded_by"
                " FROM opening o JOIN opening_state t ON t.opening_id = o.id"
                " ORDER BY o.version, t.number"
            ).fetchall()
    assert told == [
        (1, 1, "open", True, "避難指示", "前の人"),
        (2, 1, "open", True, None, "前の人"),
        (2, 2, "closed", False, None, "前の人"),
    ]


OPENED_BEFORE = """
    SELECT set_config('hq.actor', '前の人', true), set_config('hq.role', 'admin', true),
           set_config('hq.now', '2026-09-01 03:00+00', true);
    INSERT INTO incident (name, kind, started_at, is_demonstration)
    VALUES ('地震', 'earthquake', '2026-09-01 00:00+00', false);
    INSERT INTO shelter (municipality_code, facility_key, name)
    VALUES ('142077', 'a', '鶴嶺小学校'), ('142077', 'b', '梅田中学校');
    INSERT INTO opening (incident_id, shelter_id, opened_at, closed_at, reason, version)
    SELECT i.id, s.id, '2026-09-01 01:00+00',
           CASE s.facility_key WHEN 'b' THEN timestamptz '2026-09-01 02:00+00' END,
           CASE s.facility_key WHEN 'a' THEN '避難指示' END, 1
    FROM incident i, shelter s;
"""
