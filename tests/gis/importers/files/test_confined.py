from pathlib import Path

import pytest

from gis.importers.errors import BrokenFile, ReadingTooCostly
from gis.importers.files import confined


def script(folder: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    (folder / "script.py").write_text(f"import sys\nfolder = sys.stdin.readline()\n{text}\n")
    monkeypatch.setattr(confined, "_NATIVE", folder)


def test_a_script_sees_the_files_and_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script(tmp_path, monkeypatch, "print(len(open(folder + '/a').read()))")
    assert confined.confined("script", {"a": b"12345"}) == 5


def test_a_list_of_other_files_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "other.csv").write_text("a\n1\n")
    source = f"<SrcDataSource>{tmp_path}/other.csv</SrcDataSource>"
    listed = (
        f'<OGRVRTDataSource><OGRVRTLayer name="other">{source}</OGRVRTLayer></OGRVRTDataSource>'
    )
    with pytest.raises(BrokenFile):
        confined.confined("layers", {"list.kml": listed.encode()})


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("raise ValueError", BrokenFile),
        ("import os; os.abort()", ReadingTooCostly),
        ("bytes(4 << 30)", BrokenFile),
        ("while True: pass", ReadingTooCostly),
    ],
    ids=["raises", "crashes", "takes memory", "takes time"],
)
def test_a_script_that_fails_is_a_refusal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, refusal: type[Exception]
) -> None:
    script(tmp_path, monkeypatch, text)
    monkeypatch.setattr(confined, "SECONDS_MOST", 1)
    with pytest.raises(refusal):
        confined.confined("script", {})
