"""Every rendering carries the figures of the one summary, and nothing that a spreadsheet runs."""

import csv
import io
import pkgutil
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from itertools import groupby
from uuid import UUID

import openpyxl
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import gis.reports
from gis.damage_cells import Amount, DamageCell
from gis.occupancy import Tally, percent
from gis.reports import RENDERINGS, Rendering, SituationSummary, file_name
from gis.reports.damage_wording import amount_cell
from gis.reports.rendering import safe_cell
from gis.reports.situation import OrderLine
from gis.reports.tables import CELL_COLUMNS, DAMAGE_COLUMNS, ORDER_COLUMNS, SHELTER_COLUMNS
from gis.text import Language, translate
from gis.vocabulary import DamageUnit, FormRow, Hazard, OrderKind
from tests.conftest import NOON
from tests.gis.reports import test_eei, test_sip4d
from tests.gis.reports.form4_reading import blocks_of, boxes_of_pdf, boxes_of_xlsx
from tests.gis.reports.made import summary_of_noon
from tests.gis.reports.situations import FORMULA_SIGNS, summaries

Block = list[list[str]]
languages = st.sampled_from(Language)


def blocks_of_csv(content: bytes) -> list[Block]:
    assert content.startswith(b"\xef\xbb\xbf")
    rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    return [list(block) for has_cells, block in groupby(rows, key=bool) if has_cells]


def blocks_of_xlsx(content: bytes) -> list[Block]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell.value for cell in cells if cell.data_type == "f"]
    first, *tables = (
        [["" if cell is None else str(cell) for cell in row] for row in sheet.values]
        for sheet in book
    )
    heading, figures = (list(block) for has_cells, block in groupby(first, key=any) if has_cells)
    return [[row[:2] for row in heading], figures, *tables]


READERS: dict[str, Callable[[bytes], list[Block]]] = {
    "csv": blocks_of_csv,
    "xlsx": blocks_of_xlsx,
    "form4_xlsx": lambda content: blocks_of(boxes_of_xlsx(content)),
    "form4_pdf": lambda content: blocks_of(boxes_of_pdf(content)),
}
"""Those that tell the whole summary."""
OF_ONE_SUBJECT = {*test_sip4d.FORMS, *test_eei.FORMS, "hxl_shelters"}
"""Those that have tests of their own, as they tell of one subject only."""
ON_PAPER = {"pdf"}
"""What has pages and no cells: test_pdf_summary.py reads it."""
TABLES = ("csv", "xlsx")
"""Those that list all there is; the form shows what it asks, and test_form4.py reads it."""
every_table = pytest.mark.parametrize("name", TABLES)
every_rendering = pytest.mark.parametrize("name", READERS)
every_file = pytest.mark.parametrize("name", RENDERINGS)
any_summary = given(summary=summaries, language=languages)
quick = settings(max_examples=12, deadline=None, phases=set(Phase) - {Phase.explain})


def read_back(name: str, summary: SituationSummary, language: Language) -> list[Block]:
    return READERS[name](RENDERINGS[name].render(summary, language))


def shown(figure: float | None, language: Language) -> str:
    return translate("Unknown", language) if figure is None else str(figure)


def neutral(value: str) -> str:
    return f"'{value}" if value[0] in FORMULA_SIGNS else value


@every_table
@quick
@any_summary
def test_the_headline_figures_are_those_of_the_summary(
    name: str, summary: SituationSummary, language: Language
) -> None:
    _, figures, *_ = read_back(name, summary, language)
    assert [row[1] for row in figures] == [
        shown(summary.persons.known, language),
        shown(summary.households.known, language),
        str(len(summary.open_shelters)),
        str(summary.shelters_registered),
        str(len(summary.stale_shelters)),
        shown(summary.free_places.known, language),
        shown(summary.persons_over_capacity.known, language),
        str(summary.damage_confirmed),
        str(summary.damage_unconfirmed),
        str(len(summary.orders_in_force)),
    ]


@every_table
@quick
@any_summary
def test_every_total_says_what_it_leaves_out(
    name: str, summary: SituationSummary, language: Language
) -> None:
    _, figures, *_ = read_back(name, summary, language)
    for row, tally in (
        (figures[0], summary.persons),
        (figures[1], summary.households),
        (figures[5], summary.free_places),
    ):
        assert (str(tally.unknown_places) in row[2]) == bool(tally.unknown_places)


@every_table
@quick
@any_summary
def test_every_shelter_is_there_with_its_figures(
    name: str, summary: SituationSummary, language: Language
) -> None:
    _, _, shelters, *_ = read_back(name, summary, language)
    heading, *rows = shelters
    assert heading == [translate(column, language) for column in SHELTER_COLUMNS]
    for row, line in zip(rows, summary.shelters, strict=True):
        counts = (line.persons, line.households)
        applying = [shown(figure, language) if line.is_open else "" for figure in counts]
        share = shown(percent(line.share), language) if line.is_open else ""
        assert row[:6] == [
            neutral(line.name),
            translate(line.state.label, language),
            *applying,
            shown(line.capacity, language),
            share,
        ]
        levels = (line.crowding.label, line.crowding.vacancy.label) if line.crowding else ("", "")
        assert row[6:8] == [label and translate(label, language) for label in levels]


DAMAGE_COUNTS = ("severe", "moderate", "minor", "unknown", "total", "confirmed", "unconfirmed")


@every_table
@quick
@any_summary
def test_every_kind_of_damage_is_there_with_its_counts(
    name: str, summary: SituationSummary, language: Language
) -> None:
    *_, damage, _, _, _ = read_back(name, summary, language)
    heading, *rows = damage
    assert heading == [translate(column, language) for column in DAMAGE_COLUMNS]
    assert [row[1:] for row in rows] == [
        [
            str(getattr(line, name))
            for name in [
                "severe",
                "moderate",
                "minor",
                "unknown",
                "total",
                "confirmed",
                "unconfirmed",
            ]
        ]
        for line in summary.damage
    ]


@every_table
@quick
@any_summary
def test_every_cell_of_the_form_is_there_and_says_what_is_unknown(
    name: str, summary: SituationSummary, language: Language
) -> None:
    *_, cells, _, _ = read_back(name, summary, language)
    heading, *rows = cells
    assert heading == [translate(column, language) for column in CELL_COLUMNS]
    for row, cell in zip(rows, summary.cells, strict=True):
        assert row[:2] == [
            translate(cell.row.label, language),
            translate(cell.unit.label, language),
        ]
        reports = (cell.confirmed.reports, cell.unconfirmed.reports, cell.conflicts)
        assert [row[3], row[5], row[6]] == [str(figure) for figure in reports]
        for shown_amount, amount in ((row[2], cell.confirmed), (row[4], cell.unconfirmed)):
            if not amount.unknown and amount.known is not None:
                assert float(shown_amount) == amount.known
            assert (str(amount.unknown) in shown_amount) or not amount.unknown


def amount(unit: DamageUnit, known: float | None, unknown: int) -> str:
    told = Amount(reports=9, known=known, unknown=unknown)
    cell = DamageCell(FormRow.ROAD, unit, told, told, 0)
    return str(amount_cell(cell, told, Language.EN))


def test_what_is_seen_one_by_one_is_at_least_one_and_people_are_unknown() -> None:
    assert amount(DamageUnit.PLACES, 1200, 0) == "1200"
    assert amount(DamageUnit.PLACES, 1200, 3) == "≥ 1,203 (3 without a number)"
    assert amount(DamageUnit.BUILDINGS, None, 3) == "≥ 3 (3 without a number)"
    assert amount(DamageUnit.PERSONS, 12, 3) == "12 + unknown in 3 reports"
    assert amount(DamageUnit.PERSONS, None, 3) == "Unknown (3 reports)"
    assert amount(DamageUnit.HECTARES, 0.25, 0) == "0.25"


@every_table
@quick
@any_summary
def test_every_order_is_there_in_the_columns_of_eei(
    name: str, summary: SituationSummary, language: Language
) -> None:
    *_, orders, _ = read_back(name, summary, language)
    heading, *rows = orders
    assert heading == [translate(column, language) for column in ORDER_COLUMNS]
    for row, line in zip(rows, summary.orders, strict=True):
        assert len(row) == len(ORDER_COLUMNS) == 15
        assert row[1] == "142077"
        assert row[4] == translate(line.kind.label, language)
        assert row[5] == translate("Issued" if line.is_in_force else "Lifted", language)
        assert row[8] == ("" if line.level is None else str(line.level))
        assert row[0] == (neutral(line.reason) if line.reason else "")
        for cell, people in ((row[11], line.households), (row[12], line.persons)):
            assert ("0" in cell) or people.known != 0
            if people.unknown_places == 0:
                assert cell == shown(people.known, language)


EEI_HEADINGS = (
    "発令・解除理由,地方公共団体コード,都道府県名,市区町村名,発令区分,発令・解除区分,"
    "発令・解除対象地区,発令・移行・解除日時,警戒レベル,補足情報,避難行動指針,対象世帯数,対象人数,"
    "対象世帯・人数の総数,災害種別"
)
"""DS-455-1, 避難指示等（発令毎）."""


@every_table
def test_in_japanese_an_order_reads_as_eei_says_it(name: str) -> None:
    flood = OrderLine(
        UUID(int=2), Hazard.FLOOD, OrderKind.EVACUATE, 4, is_in_force=True,
        areas=("南湖", "汐見台"), is_whole=False, is_drawn=False, announced_at=NOON,
        reason="氾濫危険水位", guidance="高い所へ", note="夜間に注意",
        persons=Tally(9121, 0), households=Tally(None, 8),
    )  # fmt: skip
    tsunami = replace(
        flood, hazard=Hazard.TSUNAMI, level=None, is_in_force=False, is_whole=True,
        persons=Tally(1200, 2), households=Tally(500, 0),
    )  # fmt: skip
    summary = replace(summary_of_noon(), orders=(flood, tsunami))
    *_, (heading, first, second), _ = read_back(name, summary, Language.JA)
    assert ",".join(heading) == EEI_HEADINGS
    assert first == [
        "氾濫危険水位", "142077", "神奈川県", "茅ヶ崎市", "避難指示", "発令", "南湖、汐見台",
        "2026-09-01 12:00", "4", "夜間に注意", "高い所へ", "不明", "9121",
        "世帯数不明 9,121人", "洪水",
    ]  # fmt: skip
    assert second[4:9] == ["避難指示", "解除", "市町村全域", "2026-09-01 12:00", ""]
    assert second[11:] == ["500", "1,200 + 不明 2町丁目", "500世帯 1,200人 + 不明 2町丁目", "津波"]


@pytest.mark.parametrize("name", [*TABLES, "form4_xlsx"])
@quick
@any_summary
def test_no_cell_begins_like_a_formula(
    name: str, summary: SituationSummary, language: Language
) -> None:
    blocks = read_back(name, summary, language)
    cells = [cell for block in blocks for row in block for cell in row]
    assert not [cell for cell in cells if cell[:1] in {*FORMULA_SIGNS, "\t", "\r", "\n"}]


@pytest.mark.parametrize("text", ["=1+1", "+81", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])
def test_a_text_that_a_spreadsheet_would_run_gets_an_apostrophe(text: str) -> None:
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize("value", [-3, 0, 2.5, None, "", "鶴嶺=小学校", "0467-82-7215"])
def test_other_cells_stay_as_they_are(value: str | float | None) -> None:
    assert safe_cell(value) == value


def test_an_invisible_character_hides_no_formula() -> None:
    assert safe_cell("\x0b=1+1") == "'=1+1"


@every_rendering
def test_control_characters_in_a_name_break_no_rendering(name: str) -> None:
    pasted = replace(summary_of_noon(), incident_name="相模\x0bトラフ\x00\x1f\uffff地震")
    cells = [
        cell for block in read_back(name, pasted, Language.JA) for row in block for cell in row
    ]
    assert any("相模トラフ地震" in cell for cell in cells)


@every_table
@pytest.mark.parametrize(("language", "word"), [(Language.JA, "不明"), (Language.EN, "Unknown")])
def test_unknown_is_a_word_and_never_0(name: str, language: Language, word: str) -> None:
    unknown = replace(
        summary_of_noon(),
        persons=Tally(None, 3),
        households=Tally(None, 3),
        free_places=Tally(None, 3),
    )
    _, figures, *_ = read_back(name, unknown, language)
    assert [figures[index][1] for index in (0, 1, 5)] == [word] * 3


@every_rendering
@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("is_drill", [True, False])
def test_a_drill_says_so_first_and_nothing_else_does(
    name: str, language: Language, *, is_drill: bool
) -> None:
    blocks = read_back(name, replace(summary_of_noon(), is_drill=is_drill), language)
    assert blocks[0][0][0].startswith("【訓練】") == is_drill
    assert ("【訓練】" in str(blocks)) == is_drill


@every_file
def test_a_file_is_named_after_city_and_moment_in_japan(name: str) -> None:
    rendering = RENDERINGS[name]
    live = replace(summary_of_noon(), is_drill=False)
    moment = f"142077_20260901T120000{rendering.suffix}"
    assert file_name(live, rendering) == f"{rendering.stem}_{moment}"


def test_no_two_files_of_a_moment_share_a_name() -> None:
    names = {file_name(summary_of_noon(), rendering) for rendering in RENDERINGS.values()}
    assert len(names) == len(RENDERINGS)


@every_file
def test_the_file_of_a_drill_says_so(name: str) -> None:
    drill = replace(summary_of_noon(), is_drill=True)
    assert file_name(drill, RENDERINGS[name]).startswith("kunren_")


@every_table
def test_one_summary_gives_the_same_figures_in_both_languages(name: str) -> None:
    japanese, english = (read_back(name, summary_of_noon(), language) for language in Language)
    assert [row[1] for row in japanese[1]] == [row[1] for row in english[1]]


def test_every_file_is_registered() -> None:
    modules = (
        import_module(f"gis.reports.{module.name}")
        for module in pkgutil.iter_modules(gis.reports.__path__)
    )
    written = {module.RENDERING.name for module in modules if hasattr(module, "RENDERING")}
    assert written == set(RENDERINGS) == set(READERS) | OF_ONE_SUBJECT | ON_PAPER


@pytest.mark.parametrize("rendering", RENDERINGS.values(), ids=lambda rendering: rendering.name)
def test_a_rendering_says_what_it_is(rendering: Rendering[SituationSummary]) -> None:
    assert rendering.title
    assert rendering.suffix.startswith(".")
    assert "/" in rendering.media_type
