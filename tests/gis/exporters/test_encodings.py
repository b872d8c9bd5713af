"""Files as other programs read them: Python's csv, pandas, openpyxl."""

import io
from dataclasses import replace

import openpyxl
import pytest
from hypothesis import given, settings

from gis.exporters import ENCODINGS, LISTS, export
from gis.queries.register import RegisteredShelter
from gis.text import Language
from tests.gis.exporters.shelters import READERS, SCHOOL, by_csv, exported, registers, said

every_encoding = pytest.mark.parametrize("encoding", ENCODINGS)
AWKWARD = '鶴嶺,"小"\n学校\t’'
FORMULAS = ("=1+1", "+81", "-1", "@SUM(A1)", "=", "#N/A", "#REF!")


def names(encoding: str, *shelters: RegisteredShelter) -> list[list[str]]:
    """The names as each program reads them."""
    content = exported("municipal_standard", *shelters, encoding=encoding).content
    tables = [read(content) for read in READERS[encoding]]
    return [[row[table[0].index("名称")] for row in table[1:]] for table in tables]


@every_encoding
@pytest.mark.parametrize("code", LISTS)
def test_every_program_reads_the_same_cells(code: str, encoding: str) -> None:
    content = exported(code, SCHOOL, replace(SCHOOL, name="公園"), encoding=encoding).content
    expected = by_csv(exported(code, SCHOOL, replace(SCHOOL, name="公園")).content, "utf-8-sig")
    assert [read(content) for read in READERS[encoding]] == [expected, expected]


@settings(max_examples=25, deadline=None)
@given(shelters=registers())
def test_every_program_reads_the_same_cells_of_any_register(
    shelters: list[RegisteredShelter],
) -> None:
    for code, shelter_list in LISTS.items():
        expected = by_csv(exported(code, *shelters).content, "utf-8-sig")
        for encoding in ("csv_utf8", "xlsx"):
            content = export(
                shelter_list, shelters, ENCODINGS[encoding], municipality_code="142077"
            ).content
            for read in READERS[encoding]:
                assert read(content) == expected


@every_encoding
def test_commas_quotes_and_line_ends_stay_in_their_cell(encoding: str) -> None:
    assert names(encoding, replace(SCHOOL, name=AWKWARD)) == [[AWKWARD], [AWKWARD]]


@every_encoding
def test_what_looks_like_a_formula_is_data(encoding: str) -> None:
    shelters = [replace(SCHOOL, name=name) for name in FORMULAS]
    assert names(encoding, *shelters) == [[*FORMULAS], [*FORMULAS]]


def test_a_workbook_holds_text_only_and_keeps_its_header_in_sight() -> None:
    shelters = [replace(SCHOOL, name=name) for name in FORMULAS]
    content = exported("municipal_standard", *shelters, encoding="xlsx").content
    (sheet,) = openpyxl.load_workbook(io.BytesIO(content))
    filled = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in filled} <= {"s", "inlineStr"}
    assert sheet.freeze_panes == "A2"


@every_encoding
def test_invisible_characters_break_no_file(encoding: str) -> None:
    pasted = replace(SCHOOL, name="鶴\x00嶺\x0b小\x1f学\uffff校")
    assert names(encoding, pasted) == [["鶴嶺小学校"]] * 2


def test_utf8_is_marked_so_that_a_spreadsheet_knows_it() -> None:
    content = exported("municipal_standard", SCHOOL).content
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == 2
    assert not exported("gsi_emergency_site", SCHOOL).remarks


def test_what_cp932_lacks_is_replaced_and_named() -> None:
    shelters = (replace(SCHOOL, name="鷗小学校", note="鷗と𠮟"), replace(SCHOOL, name="鷗鷗"))
    file = exported("gsi_emergency_site", *shelters, encoding="csv_cp932")
    _, first, second = by_csv(file.content, "cp932")
    assert (first[2], first[-1], second[2]) == ("〓小学校", "〓と〓", "〓〓")
    assert said(file) == [
        "CP932 lacks characters of 3 cells; 〓 stands in their place: 鷗 (U+9DD7), 𠮟 (U+20B9F)."
    ]


def test_what_cp932_has_in_another_form_is_named() -> None:
    file = exported("gsi_emergency_site", replace(SCHOOL, note="9時〜17時−"), encoding="csv_cp932")
    assert by_csv(file.content, "cp932")[1][-1] == "9時～17時－"
    (remark,) = said(file)
    assert "1 cells" in remark
    assert remark.endswith("− (U+2212), 〜 (U+301C).")


def test_what_fits_into_cp932_is_not_remarked_upon() -> None:
    assert exported("gsi_emergency_site", SCHOOL, encoding="csv_cp932").remarks == ()


@pytest.mark.parametrize("language", Language)
def test_a_remark_is_a_whole_sentence_in_each_language(language: Language) -> None:
    shelters = [replace(SCHOOL, name="鷗", hazards=None, capacity_is_fictitious=True)]
    file = exported("recommended_v1", *shelters, encoding="csv_cp932")
    sentences = [remark.sentence(language) for remark in file.remarks]
    assert len(sentences) == 4
    assert not [sentence for sentence in sentences if "{" in sentence]
