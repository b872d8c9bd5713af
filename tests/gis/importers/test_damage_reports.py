"""Damage reports as offices and teams write them, read without a store."""

import io
import json
from collections.abc import Sequence
from datetime import date
from random import Random
from uuid import UUID, uuid4

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis.errors import Refused
from gis.importers import damage_reports
from gis.importers.damage_list import DamageRow, ReportList
from gis.importers.damage_reports import parse_reports
from gis.importers.damage_words import WORDS, word
from gis.importers.errors import (
    EmptyReportFile,
    FormulaFound,
    TooManyRows,
    UnrecognisedReports,
)
from gis.importers.values import SWAPPED
from gis.text import Language, translate
from gis.vocabulary import DamageCategory, DwellingClass, FloodLevel, Severity
from tests.gis.importers.lists import csv_text, widened

TODAY = date(2026, 9, 1)
HOUSE = {
    "ID": "",
    "種別": "住家",
    "被害程度": "甚大",
    "被害認定": "半壊",
    "北緯": "35.333827",
    "東経": "139.403497",
    "所在地": "茅ヶ崎市茅ヶ崎一丁目",
    "目印": "市役所の裏",
    "日付": "令和8年9月1日",
    "時刻": "11時30分",
    "状況": "屋根が落ちた",
    "備考": "犬がいる",
    "チーム": "第3班",
    "要救助者": "2人",
    "棟数": "約1棟",
    "世帯": "3世帯",
}


def parsed(*rows: dict[str, str]) -> ReportList:
    return parse_reports(csv_text(*rows).encode(), TODAY)


def only(*rows: dict[str, str]) -> DamageRow:
    (row,) = parsed(*rows).rows
    return row


def outcome(content: bytes) -> ReportList | type[Refused]:
    try:
        return parse_reports(content, TODAY)
    except Refused as refused:
        return type(refused)


def test_a_row_is_read_by_its_headings() -> None:
    found = parsed(HOUSE)
    assert found.problems == ()
    row = only(HOUSE)
    assert (row.category, row.severity) == (DamageCategory.DWELLING, Severity.SEVERE)
    assert row.dwelling_class is DwellingClass.HALF
    assert row.location == (139.403497, 35.333827)
    assert row.place_text == "茅ヶ崎市茅ヶ崎一丁目 市役所の裏"
    assert row.note == "屋根が落ちた\n犬がいる"
    assert row.observed_at
    assert row.observed_at.isoformat() == "2026-09-01T11:30:00+09:00"
    assert (row.people_in_danger, row.affected, row.households) == (2, 1, 3)


def test_english_headings_and_codes_say_the_same() -> None:
    row = only(
        {
            "Category": "road",
            "Severity": "Severe",
            "Latitude": "35.3",
            "LON": "139.4",
            "Observed at": "2026-09-01T02:30:00Z",
            "People in danger": "0",
            "Note": "hole",
            "Team": "3",
        }
    )
    assert (row.category, row.severity) == (DamageCategory.ROAD, Severity.SEVERE)
    assert (row.location, row.people_in_danger, row.reporter) == ((139.4, 35.3), 0, "3")


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("field", WORDS)
def test_every_word_of_the_vocabulary_is_understood(field: str, language: Language) -> None:
    for term in {*WORDS[field].values()}:
        assert WORDS[field][word(term)] is term
        assert WORDS[field][word(translate(term.label, language))] is term
        assert WORDS[field][word(widened(term.value))] is term


def test_a_row_that_does_not_say_what_is_damaged_is_refused() -> None:
    found = parsed(HOUSE, HOUSE | {"種別": "なにか"}, HOUSE | {"種別": ""})
    assert len(found.rows) == 1
    assert found.refused_rows == {3, 4}
    assert [(problem.column, problem.found) for problem in found.problems] == [
        ("種別", "なにか"),
        ("種別", ""),
    ]


def test_what_is_not_understood_is_named_and_stands_in_the_note() -> None:
    odd = HOUSE | {"被害程度": "やばい", "棟数": "たくさん", "時刻": "昼すぎ", "北緯": "不明"}
    found = parsed(odd)
    (row,) = found.rows
    assert (row.severity, row.affected, row.observed_at, row.location) == (None,) * 4
    assert row.note == (
        "屋根が落ちた\n犬がいる\n被害程度: やばい\n棟数: たくさん\n日付: 令和8年9月1日 昼すぎ\n"
        "北緯: 不明, 139.403497"
    )
    assert {problem.taken for problem in found.problems} == {True}
    assert [problem.column for problem in found.problems] == ["被害程度", "棟数", "日付", "北緯"]


def test_a_detail_that_says_nothing_of_such_damage_stands_in_the_note() -> None:
    row = only(HOUSE | {"種別": "道路"})
    assert (row.dwelling_class, row.households) == (None, None)
    assert row.note == "屋根が落ちた\n犬がいる\n被害認定: 半壊\n世帯: 3世帯"
    degree = {"種別": "道路", "程度": "全壊", "世帯数": "2"}
    assert only(degree).note == "程度: 全壊\n世帯数: 2"


def test_many_lists_have_the_class_of_a_dwelling_as_its_degree() -> None:
    assert only({"種別": "住家", "程度": "全壊"}).dwelling_class is DwellingClass.TOTAL
    assert only({"種別": "住家", "程度": "床上浸水"}).flood_level is FloodLevel.OVER_FLOOR


def test_swapped_axes_are_named_and_turned_only_when_somebody_says_so() -> None:
    swapped = HOUSE | {"北緯": HOUSE["東経"], "東経": HOUSE["北緯"]}
    found = parsed(swapped)
    assert [problem.expected for problem in found.problems] == [SWAPPED]
    assert found.rows[0].location is None
    assert found.swapped_rows == {2}
    turned = parse_reports(csv_text(swapped).encode(), TODAY, swap_axes=True)
    assert turned.rows == parsed(HOUSE).rows


def test_two_rows_that_say_the_same_are_one_report() -> None:
    found = parsed(HOUSE, HOUSE | {"被害程度": "重大", "時刻": "11:30"}, HOUSE | {"備考": ""})
    assert ([row.row for row in found.rows], found.repeated) == ([2, 4], 1)
    assert [(problem.row, problem.taken) for problem in found.problems] == [(3, True)]


def test_an_id_that_is_none_of_ours_stays_in_the_note() -> None:
    identifier = uuid4()
    assert only(HOUSE | {"ID": str(identifier)}).id == identifier
    row = only(HOUSE | {"ID": "受-12"})
    assert (row.id, (row.note or "").splitlines()[-1]) == (None, "ID: 受-12")


def test_a_column_that_is_not_read_is_named() -> None:
    (problem,) = parsed(HOUSE | {"天気": "雨"}).problems
    assert (problem.row, problem.column, problem.taken) == (None, "天気", True)


def test_a_feature_has_its_place_from_its_geometry() -> None:
    feature = {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [139.403497, 35.333827]},
        "properties": {"category": "bridge", "note": "橋台に亀裂"},
    }
    text = json.dumps({"type": "FeatureCollection", "features": [feature]})
    (row,) = parse_reports(text.encode(), TODAY).rows
    assert (row.category, row.location) == (DamageCategory.BRIDGE, (139.403497, 35.333827))


def workbook(*rows: Sequence[object]) -> bytes:
    book, stream = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.worksheets[0].append([*row])
    book.save(stream)
    return stream.getvalue()


def test_a_workbook_says_what_the_text_says() -> None:
    columns, cells = list(HOUSE), list(HOUSE.values())
    assert parse_reports(workbook(["被害一覧"], columns, cells), TODAY).rows[0].content() == (
        only(HOUSE).content()
    )


def test_a_workbook_that_calculates_is_refused() -> None:
    with pytest.raises(FormulaFound):
        parse_reports(workbook(["種別", "備考"], ["道路", '=HYPERLINK("http://x")']), TODAY)


def test_a_file_without_reports_is_refused_as_a_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    assert outcome(b"") is EmptyReportFile
    assert outcome("種別,備考\n".encode()) is EmptyReportFile
    assert outcome("名称,住所\n学校,茅ヶ崎\n".encode()) is UnrecognisedReports
    monkeypatch.setattr(damage_reports, "ROWS_MOST", 1)
    assert outcome(csv_text(HOUSE, HOUSE).encode()) is TooManyRows


CELL = st.text('住家道路甚大1２.-:/時分"\n,=<b>\ufffd〓年月日 ', max_size=8)
ROW = st.builds(
    lambda cells: HOUSE | cells,
    st.fixed_dictionaries({}, optional=dict.fromkeys(HOUSE, CELL)),
)
ROWS = st.lists(ROW, min_size=1, max_size=3)


@given(ROWS)
def test_every_row_is_taken_refused_or_said_before(rows: list[dict[str, str]]) -> None:
    found = parsed(*rows)
    assert len(found.rows) + len(found.refused_rows) + found.repeated == found.row_count


@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_of_columns_does_not_matter(rows: list[dict[str, str]], random: Random) -> None:
    columns = random.sample(list(HOUSE), len(HOUSE))
    shuffled = parse_reports(csv_text(*rows, columns=columns).encode(), TODAY)
    # A broken line stands otherwise where its columns do.
    whole = parsed(*rows)
    if not whole.refused_rows and not shuffled.refused_rows:
        assert shuffled.rows == whole.rows


@given(ROWS, st.sampled_from(["utf-8-sig", "cp932", "utf-16"]))
def test_the_encoding_does_not_matter(rows: list[dict[str, str]], encoding: str) -> None:
    text = csv_text(*rows).replace("\ufffd", "")
    assert outcome(text.encode(encoding)) == outcome(text.encode())


@given(st.binary(max_size=400), st.integers(3, 400))
def test_no_bytes_make_more_than_a_refusal(noise: bytes, place: int) -> None:
    # The containers have such a test of their own; here every file begins as a text.
    content = csv_text(HOUSE).encode()
    outcome(b"ID," + noise)
    outcome(content[:place] + noise + content[place:])


def test_an_id_column_is_read_as_an_id() -> None:
    assert isinstance(only(HOUSE | {"ID": f"{{{uuid4()}}}"}).id, UUID)
