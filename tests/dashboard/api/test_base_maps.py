"""Base maps over HTTP: what there is, and the operator's file in pieces."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from pmtiles.reader import Reader

from gis.vocabulary import Role
from scripts.cluster import PrivateCluster
from tests.base_maps import raster_file, vector_file
from tests.conftest import Server, fresh_database, serving

FILE = "/api/base-map.pmtiles"


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the server looks for its file; each test puts there what it needs."""
    return tmp_path_factory.mktemp("base-map") / "city.pmtiles"


@pytest.fixture(scope="module")
def server(cluster: PrivateCluster, file: Path) -> Iterator[Server]:
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("HQ_BASE_MAP", str(file))
        with fresh_database(cluster) as name, serving(cluster, name) as running:
            yield running


@pytest.fixture(scope="module")
def viewer(server: Server) -> Iterator[httpx.Client]:
    with server.client(Role.VIEWER, "en") as client:
        yield client


@pytest.fixture
def whole(file: Path) -> bytes:
    return raster_file(file).read_bytes()


def asked(client: httpx.Client, ranges: str, **headers: str) -> httpx.Response:
    return client.get(FILE, headers={"Range": ranges, **headers})


@pytest.mark.parametrize("ranges", ["bytes=0-126", "bytes=127-127", "bytes=500-", "bytes=-20"])
def test_a_range_is_these_bytes_and_no_others(
    viewer: httpx.Client, whole: bytes, ranges: str
) -> None:
    answer = asked(viewer, ranges)
    first, last = ranges.removeprefix("bytes=").split("-")
    start = int(first) if first else len(whole) - int(last)
    end = int(last) + 1 if first and last else len(whole)
    assert answer.status_code == 206
    assert answer.content == whole[start:end]
    assert answer.headers["content-range"] == f"bytes {start}-{end - 1}/{len(whole)}"


def test_another_program_reads_its_tiles_by_ranges_alone(
    viewer: httpx.Client, whole: bytes
) -> None:
    def piece(offset: int, length: int) -> bytes:
        return asked(viewer, f"bytes={offset}-{offset + length - 1}").content

    tile = Reader(piece).get(13, 7268, 3234)  # type: ignore[no-untyped-call]
    assert tile.startswith(b"\x89PNG")
    assert tile in whole


def test_pieces_are_not_packed_for_whoever_could_unpack(viewer: httpx.Client, whole: bytes) -> None:
    for headers in ({"Range": "bytes=0-9999"}, {}):
        answer = viewer.get(FILE, headers={"Accept-Encoding": "gzip", **headers})
        assert answer.headers.get("content-encoding", "identity") == "identity"
        assert answer.content == whole[: len(answer.content)]
        assert answer.headers["content-length"] == str(len(answer.content))


def test_a_range_behind_the_end_is_refused_with_the_size(
    viewer: httpx.Client, whole: bytes
) -> None:
    answer = asked(viewer, "bytes=99999999-")
    assert answer.status_code == 416
    assert answer.headers["content-range"] == f"bytes */{len(whole)}"


def test_what_is_no_range_is_answered_in_words(viewer: httpx.Client, whole: bytes) -> None:
    assert whole
    answer = asked(viewer, "bytes=first-last")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["received"] == "bytes=first-last"


def test_whoever_knows_another_edition_gets_the_whole(viewer: httpx.Client, whole: bytes) -> None:
    tag = viewer.head(FILE).headers["etag"]
    assert not tag.startswith("W/")
    assert asked(viewer, "bytes=0-9", **{"If-Range": tag}).status_code == 206
    old = asked(viewer, "bytes=0-9", **{"If-Range": '"another"'})
    assert (old.status_code, old.content) == (200, whole)


def test_a_new_file_has_another_name_and_is_served_without_a_restart(
    viewer: httpx.Client, whole: bytes, server: Server, file: Path
) -> None:
    assert whole
    before = viewer.head(FILE).headers["etag"]
    with server.workspace.reading() as session:
        vector_file(file, session)
    assert viewer.head(FILE).headers["etag"] != before
    assert viewer.get("/api/base-maps").json()["file"]["is_vector"]


def test_head_tells_the_size_and_nothing_else(viewer: httpx.Client, whole: bytes) -> None:
    answer = viewer.head(FILE)
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["content-length"] == str(len(whole))
    assert answer.headers["accept-ranges"] == "bytes"


def test_a_file_of_gigabytes_is_served_piece_by_piece(
    viewer: httpx.Client, whole: bytes, file: Path
) -> None:
    """It is mostly a hole, which takes no room: whoever read it whole would need 8 GB."""
    with file.open("r+b") as growing:
        growing.truncate(8 * 1024**3)
        growing.seek(8 * 1024**3 - 4)
        growing.write(b"last")
    assert asked(viewer, "bytes=0-126").content == whole[:127]
    assert asked(viewer, "bytes=-4").content == b"last"
    file.unlink()


def test_whoever_may_see_the_map_may_read_it_and_nobody_else(server: Server, whole: bytes) -> None:
    assert whole
    assert httpx.get(f"{server.url}{FILE}").status_code == 401
    for role, expected in {Role.OPERATOR: 200, Role.FIELD: 403}.items():
        with server.client(role) as client:
            assert client.head(FILE).status_code == expected


def test_what_there_is_is_told_with_credits(viewer: httpx.Client, whole: bytes) -> None:
    assert whole
    told = viewer.get("/api/base-maps").json()
    assert [one["name"] for one in told["online"]][-1] == "openstreetmap"
    assert all(one["credit"] and one["credit_url"] for one in told["online"])
    assert told["default"] == "file"
    assert told["file"]["max_zoom"] == 13
    assert told["problem"] is None


def test_a_file_that_is_none_is_named_and_its_content_stays_here(
    viewer: httpx.Client, file: Path
) -> None:
    file.write_text("a secret of this machine " * 20)
    told = viewer.get("/api/base-maps").json()
    assert (told["file"], told["default"]) == (None, "none")
    assert "no PMTiles file" in told["problem"]
    answer = viewer.get(FILE)
    assert (answer.status_code, answer.json()["type"]) == (404, "urn:hq:error:base-map-unreadable")
    assert "secret" not in answer.text


def test_a_file_that_is_not_there_is_told(viewer: httpx.Client, file: Path) -> None:
    file.unlink(missing_ok=True)
    assert "HQ_BASE_MAP" in viewer.get("/api/base-maps").json()["problem"]
    assert viewer.get(FILE).json()["type"] == "urn:hq:error:base-map-missing"
