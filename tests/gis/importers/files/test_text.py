import pytest

from gis.importers.errors import NotATextFile
from gis.importers.files.text import decoded, records
from tests.gis.importers.files.making import CSV, cells

TEXT = "名称,住所\r\n円蔵小学校,茅ヶ崎市円蔵1-13-1\r\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_every_encoding_that_municipalities_use_is_read(encoding: str) -> None:
    assert decoded(TEXT.encode(encoding)) == TEXT


@pytest.mark.parametrize(
    "content",
    [b"PK\x03\x04\x14\x00\x06\x00\x08\x00", b"\x89PNG\r\n\x1a\n\x00\x00", b"\x81", b"\x00"],
)
def test_what_is_no_text_is_refused(content: bytes) -> None:
    with pytest.raises(NotATextFile):
        decoded(content)


def test_rows_are_numbered_as_a_spreadsheet_numbers_them() -> None:
    text = '名称,備考\n\n"体育館\n（旧館）",あ\n,\n公民館,い\n'
    assert [(record.row, record.cells) for record in records(text)] == [
        (1, ("名称", "備考")),
        (3, ("体育館\n（旧館）", "あ")),
        (5, ("公民館", "い")),
    ]


def test_tabs_separate_as_well_as_commas() -> None:
    assert [record.cells for record in records("名称\t住所\n体育館\t円蔵1,2\n")] == [
        ("名称", "住所"),
        ("体育館", "円蔵1,2"),
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_as_every_system_ends_them(end: str) -> None:
    text = f'名称,備考{end}"体育館{end}（旧館）",あ{end}'
    assert [record.cells for record in records(text)][1] == ("体育館\n（旧館）", "あ")


@pytest.mark.parametrize("line", ['"体育館,あ', '"体"育館,あ'])
def test_a_forgotten_quotation_mark_costs_one_row_and_not_the_rest(line: str) -> None:
    read = list(records(f'名称,備考\n{line}\n公民館,い\n{line}\n"集会所",う\n'))
    assert [record.cells[0] for record in read if not record.flaw] == [
        "名称",
        "公民館",
        "集会所",
    ]
    flaws = [(record.row, record.flaw) for record in read if record.flaw]
    assert flaws == [(2, "quotation marks in pairs"), (4, "quotation marks in pairs")]


def test_a_text_is_one_table_without_a_name() -> None:
    assert cells(CSV)[1] == ("円蔵小学校", "円蔵1-13-1", "810")
