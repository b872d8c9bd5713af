"""Pictures as files: in a folder, and in a bucket that another program keeps."""

import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path

import psycopg
import pytest
import s3fs
from pydantic import SecretStr

from gis import errors, picture_files
from gis.config import Settings, settings
from gis.picture_files import PictureFiles
from gis.store import migrate
from scripts.cluster import OWNER, PrivateCluster
from tests.conftest import await_answer, free_port, fresh_database

PICTURE = b"\xff\xd8 a picture \xff\xd9"
HASH = sha256(PICTURE).hexdigest()
KEY, SECRET = "key", "not-to-be-told"


def of(wanted: Settings) -> PictureFiles:
    return picture_files._of(wanted, Path("/nowhere"))  # noqa: SLF001 - as a process does


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "state" / "photographs"


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    """Another program that speaks S3."""
    port = free_port()
    program = str(Path(sys.executable).with_name("moto_server"))
    command = [program, "-H", "127.0.0.1", "-p", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        url = f"http://127.0.0.1:{port}"
        try:
            await_answer(f"{url}/moto-api/", process)
            s3fs.S3FileSystem(endpoint_url=url, key=KEY, secret=SECRET).mkdir("city")
            yield url
        finally:
            process.terminate()


def bucket(endpoint: str, url: str = "s3://city/photographs") -> Settings:
    return Settings(
        photographs=url,
        photographs_endpoint=endpoint,
        photographs_key=KEY,
        photographs_secret=SecretStr(SECRET),
    )


@pytest.fixture(params=["folder", "bucket"])
def files(request: pytest.FixtureRequest, folder: Path) -> PictureFiles:
    if request.param == "folder":
        return of(Settings(photographs=str(folder)))
    return of(bucket(request.getfixturevalue("endpoint")))


def test_what_is_kept_comes_back_under_its_hash(files: PictureFiles) -> None:
    assert files.keep(PICTURE) == HASH
    assert files.keep(PICTURE) == HASH
    assert files.read(HASH) == PICTURE


def test_what_is_not_there_is_told_as_missing(files: PictureFiles) -> None:
    with pytest.raises(errors.PictureMissing):
        files.read("0" * 64)


def test_a_file_stands_under_its_hash_and_nothing_else_is_left(folder: Path) -> None:
    files = of(Settings(photographs=str(folder)))
    with ThreadPoolExecutor(8) as threads:
        assert set(threads.map(files.keep, [PICTURE] * 32)) == {HASH}
    assert [file for file in folder.rglob("*") if file.is_file()] == [
        folder / HASH[:2] / f"{HASH[2:]}.jpeg"
    ]


def test_nobody_but_the_server_s_account_may_look(folder: Path) -> None:
    of(Settings(photographs=str(folder))).keep(PICTURE)
    assert {oct(each.stat().st_mode)[-3:] for each in (folder, folder / HASH[:2])} == {"700"}


def test_the_same_content_is_written_once(folder: Path) -> None:
    files = of(Settings(photographs=str(folder)))
    files.keep(PICTURE)
    first = Path(files.path(HASH)).stat()
    files.keep(PICTURE)
    assert Path(files.path(HASH)).stat() == first


def test_a_picture_is_on_the_disk_before_its_name_is(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What reaches the disk in which order: first the content, then the name."""
    files = of(Settings(photographs=str(folder)))
    named: list[bool] = []
    real = os.fsync

    def note(descriptor: int) -> None:
        named.append(Path(files.path(HASH)).exists())
        real(descriptor)

    monkeypatch.setattr(os, "fsync", note)
    files.keep(PICTURE)
    assert named == [False, True, True]


def test_a_place_that_cannot_be_written_to_is_told(tmp_path: Path, endpoint: str) -> None:
    (tmp_path / "taken").write_text("a file where the folder is to be")
    for unusable in (
        Settings(photographs=str(tmp_path / "taken")),
        bucket(endpoint, "s3://nobody-made-this/photographs"),
        bucket(f"http://127.0.0.1:{free_port()}"),
    ):
        with pytest.raises(errors.PicturesUnavailable):
            of(unusable).keep(PICTURE)


def test_the_secret_is_not_in_what_settings_say_of_themselves() -> None:
    assert SECRET not in repr(bucket("http://127.0.0.1:1"))


def test_pictures_lie_beside_the_cluster_unless_told_otherwise(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HQ_STATE_FOLDER", str(tmp_path))
    monkeypatch.delenv("HQ_PHOTOGRAPHS")
    settings.cache_clear()
    assert picture_files.picture_files().path(HASH).startswith(f"{tmp_path}/photographs/")
    monkeypatch.undo()
    settings.cache_clear()


IN_THE_DATABASE = """
    SELECT set_config('hq.actor', '前の人', true), set_config('hq.role', 'admin', true),
           set_config('hq.now', '2026-09-01 03:00+00', true);
    INSERT INTO incident (name, kind, started_at, is_demonstration)
    VALUES ('地震', 'earthquake', '2026-09-01 00:00+00', false);
    INSERT INTO shelter (municipality_code, facility_key, name) VALUES ('142077', 'a', '小学校');
    INSERT INTO opening (incident_id, shelter_id, began_at)
    SELECT i.id, s.id, '2026-09-01 01:00+00' FROM incident i, shelter s;
    INSERT INTO photograph (opening_id, sha256, width_px, height_px, content, thumbnail, source)
    SELECT id, repeat('0', 64), 4, 3, convert_to('large ' || n, 'UTF8'), 'small', 'visit'
    FROM opening, generate_series(1, 3) n;
"""


def test_pictures_that_lay_in_the_database_lie_beside_it_afterwards(
    cluster: PrivateCluster,
) -> None:
    with fresh_database(cluster, "template1") as name:
        url = cluster.url(OWNER, name)
        migrate(url, "0007")
        with psycopg.connect(url) as connection:
            connection.execute(IN_THE_DATABASE)
        migrate(url)
        with psycopg.connect(url) as connection:
            hashes = connection.execute(
                "SELECT content_hash, thumbnail_hash, size_bytes FROM photograph"
            ).fetchall()
            changes = connection.execute(
                "SELECT action, count(*) FROM change_record WHERE table_name = 'photograph'"
                " GROUP BY action"
            ).fetchall()
    files = picture_files.picture_files()
    assert {files.read(content) for content, _, _ in hashes} == {
        b"large 1", b"large 2", b"large 3"
    }  # fmt: skip
    assert {files.read(thumbnail) for _, thumbnail, _ in hashes} == {b"small"}
    assert {size for _, _, size in hashes} == {None}
    # Where a picture lies is no change that anybody made.
    assert changes == [("insert", 3)]
