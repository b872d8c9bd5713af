import gzip
from pathlib import Path

import pytest

from gis.importers.errors import BrokenFile, NestedArchive, UnpacksTooLarge
from gis.importers.files import gzipped, sheets
from gis.importers.files.bounds import UNPACKED_BYTES_MOST
from tests.gis.importers.files.making import CSV, flatgeobuf, packed


def test_whatever_is_packed_is_read(tmp_path: Path) -> None:
    for content in (CSV, flatgeobuf(tmp_path)):
        assert sheets(gzip.compress(content)) == sheets(content)


@pytest.mark.parametrize(
    "inner", [gzip.compress(CSV), packed({"list.csv": CSV})], ids=["gzip", "zip"]
)
def test_what_is_packed_twice_is_refused(inner: bytes) -> None:
    with pytest.raises(NestedArchive):
        sheets(gzip.compress(inner))


def test_a_damaged_file_is_refused() -> None:
    whole = gzip.compress(CSV)
    for content in (whole[:-12], whole[:-8] + bytes(8), whole[:3]):
        with pytest.raises(BrokenFile):
            sheets(content)


def test_unpacking_stops_at_the_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    assert UNPACKED_BYTES_MOST == 500_000_000
    monkeypatch.setattr(gzipped, "UNPACKED_BYTES_MOST", 1_000)
    with pytest.raises(UnpacksTooLarge):
        sheets(gzip.compress(bytes(1_001)))
