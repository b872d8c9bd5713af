"""The private cluster, for real: made, killed, started again."""

import os
import signal
import socket
import stat
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import errors

from scripts.cluster import (
    OWNER,
    SERVER,
    SUPERUSER,
    ClusterError,
    PrivateCluster,
    default_folder,
    throw_away,
)


@pytest.fixture(scope="module")
def cluster() -> Iterator[PrivateCluster]:
    with throw_away() as running:
        yield running


def ask(url: str, query: str) -> object:
    with psycopg.connect(url, autocommit=True) as connection:
        row = connection.execute(query.encode()).fetchone()
        return row and row[0]


def do(url: str, *statements: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement.encode())


def setting(cluster: PrivateCluster, name: str) -> object:
    return ask(cluster.url(SUPERUSER), f"SHOW {name}")


def postmaster(cluster: PrivateCluster) -> int:
    return int((cluster.data / "postmaster.pid").read_text().splitlines()[0])


def test_every_page_carries_a_checksum(cluster: PrivateCluster) -> None:
    assert setting(cluster, "data_checksums") == "on"


def test_it_listens_on_the_loopback_address_and_nowhere_else(cluster: PrivateCluster) -> None:
    assert setting(cluster, "listen_addresses") == "127.0.0.1"
    assert setting(cluster, "unix_socket_directories") == ""


def test_starting_a_running_cluster_changes_nothing(cluster: PrivateCluster) -> None:
    before = postmaster(cluster)
    assert not cluster.start()
    assert postmaster(cluster) == before


def test_one_of_two_users_leaves_and_the_cluster_stays(cluster: PrivateCluster) -> None:
    with cluster.running():
        pass
    assert cluster.is_running()


def test_the_passwords_are_for_their_owner_alone(cluster: PrivateCluster) -> None:
    assert stat.S_IMODE((cluster.folder / "passwords.json").stat().st_mode) == 0o600
    assert stat.S_IMODE(cluster.folder.stat().st_mode) == 0o700


def test_no_login_works_without_its_password(cluster: PrivateCluster) -> None:
    guessed = cluster.url(SERVER).replace(f"{SERVER}:", f"{SERVER}:x")
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        ask(guessed, "SELECT 1")


def test_the_server_login_cannot_make_tables(cluster: PrivateCluster) -> None:
    with pytest.raises(errors.InsufficientPrivilege):
        do(cluster.url(SERVER), "CREATE TABLE mine (id integer)")


def test_the_owner_makes_databases_that_have_the_extensions(cluster: PrivateCluster) -> None:
    extensions = "SELECT count(*) FROM pg_extension WHERE extname IN ('postgis', 'btree_gist')"
    do(cluster.url(OWNER), "CREATE DATABASE drill")
    try:
        assert ask(cluster.url(OWNER, "drill"), extensions) == 2
    finally:
        do(cluster.url(OWNER), "DROP DATABASE drill")


def test_a_durable_cluster_syncs_and_keeps_what_it_confirmed_through_kill_9(
    cluster: PrivateCluster,
) -> None:
    durable = PrivateCluster(cluster.folder)
    durable.stop()
    assert durable.start()
    try:
        assert setting(durable, "fsync") == "on"
        do(durable.url(OWNER), "CREATE TABLE kept (id integer)", "INSERT INTO kept VALUES (1)")
        os.kill(postmaster(durable), signal.SIGKILL)
        assert durable.start()
        assert ask(durable.url(OWNER), "SELECT id FROM kept") == 1
    finally:
        durable.stop()
        cluster.start()


def test_a_pid_file_that_names_a_stranger_does_not_stop_it(cluster: PrivateCluster) -> None:
    pid_file = cluster.data / "postmaster.pid"
    lines = pid_file.read_text().splitlines()
    cluster.stop()
    pid_file.write_text("\n".join([str(os.getpid()), *lines[1:]]))
    assert not cluster.is_running()
    assert cluster.start()


def test_another_port_is_taken_when_the_last_one_is_not_free(cluster: PrivateCluster) -> None:
    port = int((cluster.folder / "port").read_text())
    cluster.stop()
    with socket.create_server(("127.0.0.1", port)):
        cluster.start()
    assert int((cluster.folder / "port").read_text()) != port
    assert ask(cluster.url(SERVER), "SELECT 1") == 1


def test_a_creation_that_was_cut_short_is_begun_anew(cluster: PrivateCluster) -> None:
    second = PrivateCluster(cluster.folder.with_name("second"), durable=False)
    leftover = second.folder.with_name("second.new")
    (leftover / "data").mkdir(parents=True)
    with second.running():
        assert ask(second.url(SUPERUSER, "postgres"), "SELECT 1") == 1
    assert not leftover.exists()
    assert not second.is_running()


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ClusterError) as refused:
        PrivateCluster(tmp_path / "file" / "cluster").create_if_missing()
    assert len(str(refused.value).splitlines()) == 1


def test_a_store_of_a_postgresql_that_is_gone_says_what_to_install(tmp_path: Path) -> None:
    data = tmp_path / "cluster" / "data"
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("9")
    with pytest.raises(ClusterError, match="install postgresql-9 and postgresql-9-postgis-3"):
        PrivateCluster(tmp_path / "cluster").start()


def test_the_folder_follows_hq_state_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HQ_STATE_FOLDER", "/srv/hq")
    assert default_folder() == Path("/srv/hq/cluster")
