"""Laws of every container: what comes from outside is read or refused, and nothing else happens."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gis.errors import Refused
from gis.importers.files import Sheet, sheets
from tests.conftest import shared_file
from tests.gis.importers.files.making import column, every_container

BEGINNINGS = st.sampled_from(
    [b"", b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b\x08", b"{", b"<kml", b'{"features":['] * 4
    + [b"fgb\x03fgb", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]
)
QUICK = {"csv", "geojson", "gzip", "zip"}


def outcome(content: bytes) -> tuple[Sheet, ...] | None:
    try:
        return sheets(content)
    except Refused:
        return None


@pytest.fixture(scope="module")
def containers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return every_container(tmp_path_factory.mktemp("containers"))


def test_every_container_is_recognised_by_what_is_in_it(containers: dict[str, bytes]) -> None:
    assert [name for name, content in containers.items() if not sheets(content)[0].records] == []


@settings(deadline=None, max_examples=30)
@given(BEGINNINGS, st.binary(max_size=200))
def test_random_bytes_are_read_or_refused(beginning: bytes, rest: bytes) -> None:
    outcome(beginning + rest)


@settings(deadline=None, max_examples=12)
@given(st.data())
def test_a_file_cut_short_or_changed_is_read_or_refused(
    containers: dict[str, bytes], data: st.DataObject
) -> None:
    content = containers[data.draw(st.sampled_from(sorted(containers)))]
    length = data.draw(st.integers(0, len(content)))
    place = data.draw(st.integers(0, len(content)))
    byte = data.draw(st.binary(min_size=1, max_size=4))
    outcome(content[:length])
    outcome(content[:place] + byte + content[place + len(byte) :])


def test_the_list_of_all_japan_is_read_from_its_packed_file() -> None:
    (table,) = sheets(shared_file("data/gsi/mergeFromCity_2.csv.gz").read_bytes())
    assert len(table.records) == 115_403


def test_a_large_layer_of_areas_is_read() -> None:
    (table,) = sheets(shared_file("data/hazards/N10-20_16-17.fgb").read_bytes())
    assert set(column(table, "緯度")) != {""}


def test_no_copy_of_a_file_is_left_behind(
    containers: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    for content in (containers["xlsx"], containers["xls"][:3_000], containers["kml"]):
        outcome(content)
    assert list(tmp_path.iterdir()) == []
