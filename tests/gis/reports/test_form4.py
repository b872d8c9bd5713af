"""第4号様式: each figure in the box that the form has for it, the same in both files."""

import io
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from openpyxl.utils import get_column_letter
from pypdf import PdfReader

from gis.figures import Declared, IssueMark, Statement
from gis.figures import figures as figures_of
from gis.form4 import CELLS
from gis.reports import RENDERINGS, SituationSummary
from gis.reports.figure_wording import figure_text
from gis.reports.form4_filling import SEE_ANNEX, filled_form, form_figures
from gis.reports.form4_fitting import downwards_pt, letters_pt
from gis.reports.form4_grid import PARTS, Box, Part
from gis.reports.form4_wording import long_moment
from gis.text import Language, translate
from gis.vocabulary import FigureState, FormText, IssueState
from tests.conftest import NOON, shared_file
from tests.gis.reports.form4_reading import (
    boxes_of_pdf,
    boxes_of_xlsx,
    seen,
    without_spaces,
    words_of_pdf,
    workbook_of,
)
from tests.gis.reports.made import summary_of_noon
from tests.gis.reports.situations import summaries

JA = Language.JA
PART_1, PART_2 = PARTS
FIGURE_BOXES = [(part, box) for part in PARTS for box in part.boxes if box.figure]
quick = settings(max_examples=12, deadline=None, phases=[Phase.explicit, Phase.generate])
HOSTILE = '=1+1 #let x = 1 *bold* _it_ $ x^2 $ `raw` [a] \\ // <b> @ref {0} {incident} "q"'


def xlsx(summary: SituationSummary) -> bytes:
    return RENDERINGS["form4_xlsx"].render(summary, JA)


def pdf(summary: SituationSummary) -> bytes:
    return RENDERINGS["form4_pdf"].render(summary, JA)


READERS: dict[str, Callable[[SituationSummary], dict[tuple[str, str], str]]] = {
    "xlsx": lambda summary: boxes_of_xlsx(xlsx(summary)),
    "pdf": lambda summary: boxes_of_pdf(pdf(summary)),
}
in_both = pytest.mark.parametrize("read", READERS.values(), ids=READERS)
Read = Callable[[SituationSummary], dict[tuple[str, str], str]]


def declared(state: FigureState, value: float | None) -> Declared:
    return Declared(1, state, value, None, None, NOON, NOON, "本部")


def with_figures(**values: tuple[FigureState, float | None]) -> SituationSummary:
    told = {f"{row}.persons": declared(*each) for row, each in values.items()}
    return replace(summary_of_noon(), figures=figures_of(told))


def saying(*said: tuple[FormText, str]) -> SituationSummary:
    statements = tuple(Statement(1, key, text, NOON, "本部") for key, text in said)
    return replace(summary_of_noon(), statements=statements)


def box_of(part: Part, ask: str) -> Box:
    return next(box for box in part.boxes if ask in box.asks)


def layout() -> list[str]:
    """Return what the layout of the public form says of each part."""
    text = shared_file("domain/form4_layout.md").read_text(encoding="utf-8")
    return re.split(r"^## ", text, flags=re.MULTILINE)[1:]


def entries_of(part: str) -> dict[str, str]:
    """Return what the layout says of each range; an input is ``[ ]``."""
    lines = [line[2:] for line in part.splitlines() if line.startswith("- ")]
    entries = [entry.partition(" ") for line in lines for entry in line.split(" | ")]
    return {reference: text.replace("⏎", "\n") for reference, _, text in entries}


@pytest.mark.parametrize("number", [0, 1])
def test_the_merged_ranges_and_columns_are_those_of_the_public_form(number: int) -> None:
    told, part = layout()[number], PARTS[number]
    sheet = workbook_of(xlsx(summary_of_noon()))[part.name]
    merged = {reference for reference in entries_of(told) if ":" in reference}
    assert {str(each) for each in sheet.merged_cells.ranges} == merged
    for letter, width in re.findall(r"([A-Z])=(\d+)", told):
        assert sheet.column_dimensions[letter].width == float(width)


@pytest.mark.parametrize("number", [0, 1])
def test_the_words_and_the_inputs_are_those_of_the_public_form(number: int) -> None:
    boxes = {box.reference: box for box in PARTS[number].boxes if not box.runs_on}
    told = entries_of(layout()[number])
    assert boxes.keys() == told.keys()
    for reference, text in told.items():
        assert bool(boxes[reference].asks) == (text == "[ ]")
        if text != "[ ]":
            assert boxes[reference].text == text


def test_every_figure_has_one_box_in_part_2_but_the_related_dead_who_stand_in_the_remarks() -> None:
    asked = [box.figure for box in PART_2.boxes if box.figure]
    assert len(asked) == len(set(asked))
    assert set(CELLS) - set(asked) == {"related_dead.persons"}
    assert "related_dead" in box_of(PART_2, "remarks").asks


@quick
@given(summary=summaries)
def test_every_figure_stands_in_its_cell_as_a_number_or_says_why_not(
    summary: SituationSummary,
) -> None:
    book, known = workbook_of(xlsx(summary)), form_figures(summary)
    for part, box in FIGURE_BOXES:
        figure = known[str(box.figure)]
        cell = book[part.name][box.reference.split(":")[0]]
        state = translate(figure.state.label, JA)
        is_number = figure.value is not None and not figure.unknown_parts
        if part is PART_1:
            is_number = is_number and figure.state is FigureState.CONFIRMED
        assert isinstance(cell.value, int | float) == is_number
        if is_number:
            assert cell.value == figure.value
        if figure.state is not FigureState.CONFIRMED or figure.value is None:
            assert without_spaces(state) in without_spaces(seen(cell))
        if figure.unknown_parts and figure.value is not None:
            assert str(figure.unknown_parts) in seen(cell)
            assert f"{int(figure.value):,}" in seen(cell)
        if figure.value is None:
            assert not re.search(r"\d", seen(cell))


@quick
@given(summary=summaries)
def test_workbook_and_pdf_agree_figure_by_figure(summary: SituationSummary) -> None:
    in_workbook, in_pdf = boxes_of_xlsx(xlsx(summary)), boxes_of_pdf(pdf(summary))
    for part, box in FIGURE_BOXES:
        at = (part.name, box.reference)
        assert in_workbook[at]
        assert without_spaces(in_pdf[at]) == without_spaces(in_workbook[at])


@in_both
def test_part_2_reads_as_the_words_of_the_screen_say_it(read: Read) -> None:
    summary = with_figures(
        dead=(FigureState.CONFIRMED, 1234.0),
        missing=(FigureState.UNCONFIRMED, 3.0),
        seriously_injured=(FigureState.INVESTIGATING, None),
        slightly_injured=(FigureState.NOT_APPLICABLE, None),
    )
    boxes = read(summary)
    for part, box in FIGURE_BOXES:
        if part is PART_2:
            words = figure_text(summary.figure(str(box.figure)), JA)
            found = boxes[part.name, box.reference]
            assert without_spaces(found) == without_spaces(words), box.reference
    assert boxes[PART_2.name, "F13"].strip() == "1,234"


def injured(serious: tuple[FigureState, float | None], read: Read) -> str:
    summary = with_figures(seriously_injured=serious, slightly_injured=(FigureState.CONFIRMED, 8.0))
    return read(summary)[PART_1.name, "E18"].strip()


@in_both
def test_the_injured_of_part_1_are_both_kinds_together_and_say_what_lacks(read: Read) -> None:
    assert injured((FigureState.CONFIRMED, 4.0), read) == "12人"
    assert injured((FigureState.NOT_APPLICABLE, None), read) == "8人"
    in_part = injured((FigureState.INVESTIGATING, None), read)
    assert in_part.startswith("8人")
    assert "1" in in_part
    unsure = without_spaces(injured((FigureState.UNCONFIRMED, 4.0), read))
    assert unsure.startswith("12人")
    assert translate(FigureState.UNCONFIRMED.label, JA) in unsure


def test_a_number_of_hectares_keeps_its_fraction() -> None:
    told = {"paddy_lost.hectares": declared(FigureState.UNCONFIRMED, 1234.25)}
    summary = replace(summary_of_noon(), figures=figures_of(told))
    cell = workbook_of(xlsx(summary))[PART_2.name]["K6"]
    assert cell.value == 1234.25
    assert seen(cell).startswith("1,234.25")
    assert translate(FigureState.UNCONFIRMED.label, JA) in seen(cell)


@in_both
def test_nobody_having_said_anything_leaves_no_figure_at_0(read: Read) -> None:
    boxes = read(summary_of_noon())
    unconfirmed = translate(FigureState.UNCONFIRMED.label, JA)
    for part, box in FIGURE_BOXES:
        assert unconfirmed in without_spaces(boxes[part.name, box.reference])
        assert "0" not in boxes[part.name, box.reference]


@in_both
def test_each_page_says_drill_form_moment_incident_city_and_issue(read: Read) -> None:
    issue = IssueMark(3, IssueState.COMPILED, "本部")
    summary = replace(
        summary_of_noon(), is_drill=True, is_demonstration=True, issue=issue, incident_name="大雨"
    )
    boxes = read(summary)
    for part in PARTS:
        page = {reference: text for (name, reference), text in boxes.items() if name == part.name}
        head = without_spaces(page[part.boxes[0].reference])
        assert head.startswith("【訓練】第４号様式に準拠（参考）")
        assert head.endswith(without_spaces(long_moment(NOON)) + "現在")
        said = without_spaces("".join(page.values()))
        assert "茅ヶ崎市" in said
        assert "大雨" in said
        draft = translate("Issue {number} (draft)", JA).format(number=3)
        assert without_spaces(draft) in said
        note = translate("Demonstration with invented capacities, stocks and counts.", JA)
        assert without_spaces(note) in said


@pytest.mark.parametrize(
    ("issue", "message"),
    [
        (None, "Issue (no number)"),
        (IssueMark(7, IssueState.SIGNED_OFF, "本部", NOON, "本部長"), "Issue {number}"),
        (IssueMark(7, IssueState.REVIEWED, "本部"), "Issue {number} (draft)"),
        (IssueMark(7, IssueState.WITHDRAWN, "本部"), "Issue {number} ({state})"),
    ],
)
def test_an_issue_says_whether_it_is_one(issue: IssueMark | None, message: str) -> None:
    boxes = boxes_of_xlsx(xlsx(replace(summary_of_noon(), issue=issue)))
    state = translate(issue.state.label, JA) if issue else ""
    expected = translate(message, JA).format(number=7, state=state)
    assert boxes[PART_1.name, "F6:G6"] == f"（{expected}）"


IN_PART_2 = {
    FormText.REPORTER,
    FormText.EMERGENCY_CALLS,
    FormText.HEADQUARTERS_NAME,
    FormText.HEADQUARTERS_SET_UP,
    FormText.HEADQUARTERS_DISSOLVED,
    FormText.REMARKS,
}


@in_both
def test_what_headquarters_said_stands_where_the_form_asks_it(read: Read) -> None:
    moment = "2026-09-01T08:30:00+09:00"
    said = [
        (text, moment if text.is_moment else f"語{index}") for index, text in enumerate(FormText)
    ]
    boxes = read(saying(*said))
    texts = {part.name: "" for part in PARTS}
    for (name, _), text in boxes.items():
        texts[name] += without_spaces(text)
    for text, words in said:
        shown = "2026年9月1日08時30分" if text.is_moment else words
        if text is not FormText.REMARKS:
            assert shown in texts[PART_1.name], text
        if text in IN_PART_2:
            assert shown in texts[PART_2.name], text


@in_both
def test_without_remarks_the_orders_and_the_shelters_stand_there(read: Read) -> None:
    at = (PART_2.name, "C52:K74")
    compiled = read(summary_of_noon())[at]
    assert "1,200" in compiled
    assert without_spaces(translate("none in force", JA)) in without_spaces(compiled)
    remarks = read(saying((FormText.REMARKS, "特になし")))[at]
    assert "特になし" in remarks
    assert "1,200" not in remarks


@in_both
def test_what_people_wrote_stands_there_as_they_wrote_it(read: Read) -> None:
    boxes = read(saying((FormText.OVERVIEW, f"概況 {HOSTILE}\x0b\x00"), (FormText.PLACE, HOSTILE)))
    assert without_spaces(boxes[PART_1.name, "C9:L16"]) == without_spaces(f"概況{HOSTILE}")
    assert without_spaces(boxes[PART_1.name, "D8:F8"]).lstrip("'") == without_spaces(HOSTILE)


def test_no_cell_of_the_workbook_is_a_formula() -> None:
    book = workbook_of(xlsx(saying(*((text, "=1+1") for text in FormText if not text.is_moment))))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    assert "'=1+1" in {cell.value for cell in cells}


LONG = "".join(f"{number}番目の堤防が切れ、低地で浸水が続いている。\n" for number in range(300))


def test_what_is_too_long_for_its_box_stands_in_the_annex_to_the_last_word() -> None:
    summary = saying((FormText.OVERVIEW, LONG), (FormText.REPORTER, "長" * 400))
    see = without_spaces(translate(SEE_ANNEX, JA))
    for boxes in (boxes_of_xlsx(xlsx(summary)), boxes_of_pdf(pdf(summary))):
        assert without_spaces(boxes[PART_1.name, "C9:L16"]) == see
        assert without_spaces(boxes[PART_1.name, "J6:L6"]) == see
    _, _, annex = workbook_of(xlsx(summary))
    in_workbook = "\n".join(str(row[0]) for row in annex.values)
    _, _, *pages = words_of_pdf(pdf(summary))
    in_pdf = without_spaces("".join(pages))
    for line in LONG.splitlines():
        assert line in in_workbook
        assert without_spaces(line) in in_pdf
    assert "長" * 400 in in_workbook
    assert in_pdf.count("長") >= 400


def test_a_form_that_holds_everything_has_two_pages_and_no_annex() -> None:
    assert len(words_of_pdf(pdf(summary_of_noon()))) == 2
    assert len(workbook_of(xlsx(summary_of_noon())).worksheets) == 2


def test_a_sheet_is_one_page_of_a4_upright() -> None:
    for sheet, part in zip(workbook_of(xlsx(summary_of_noon())), PARTS, strict=True):
        assert str(sheet.page_setup.paperSize) == "9"
        assert sheet.page_setup.orientation == "portrait"
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 1)
        properties = sheet.sheet_properties.pageSetUpPr
        assert properties is not None
        assert properties.fitToPage
        last = f"${get_column_letter(part.printed.right)}${part.printed.bottom}"
        assert sheet.print_area.endswith(f"$A$1:{last}")


def test_every_word_of_the_form_fits_its_box_at_a_size_that_can_be_read() -> None:
    for part in PARTS:
        for box in part.boxes:
            if not box.asks:
                fits = downwards_pt if box.is_vertical else letters_pt
                assert fits(box.text, part.size(box.cells)), box.reference


def test_a_size_of_letters_is_the_largest_that_holds_all() -> None:
    assert letters_pt("十文字の言葉がここに", (105, 14)) == 10
    assert letters_pt("十文字の言葉がここに", (85, 14)) == 8
    assert letters_pt("十文字の言葉がここに", (40, 14)) is None
    assert letters_pt("十文字の言葉がここに", (50, 40)) == 10
    assert letters_pt("十文字の言葉がここに", (50, 40), wraps=False) is None


def test_no_two_boxes_of_a_page_share_a_cell() -> None:
    for part in PARTS:
        taken = [
            (row, column)
            for box in part.boxes
            if not box.runs_on
            for row in range(box.cells.top, box.cells.bottom + 1)
            for column in range(box.cells.left, box.cells.right + 1)
        ]
        assert len(taken) == len(set(taken))


def test_the_letters_of_the_pdf_are_embedded_and_japanese_is_among_them() -> None:
    first, second = PdfReader(io.BytesIO(pdf(summary_of_noon()))).pages
    assert "災害の概況" in without_spaces("".join(boxes_of_pdf(pdf(summary_of_noon())).values()))
    for page in (first, second):
        assert (float(page.mediabox.width), float(page.mediabox.height)) == pytest.approx(
            (595.28, 841.89), abs=0.1
        )
        resources: Any = page["/Resources"]
        for font in resources["/Font"].values():
            told = font.get_object()
            below = told["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
            assert re.fullmatch(r"/[A-Z]{6}\+BIZUDGothic.*", told["/BaseFont"])
            assert {"/FontFile2", "/FontFile3"} & set(below)


def test_the_form_is_the_same_whatever_language_is_asked_for() -> None:
    forms = [
        boxes_of_xlsx(RENDERINGS["form4_xlsx"].render(summary_of_noon(), language))
        for language in Language
    ]
    assert forms[0] == forms[1]


def test_numbers_come_in_the_size_of_letters_that_their_box_holds() -> None:
    for page in filled_form(with_figures(dead=(FigureState.UNCONFIRMED, 9999.0))).pages:
        for entry in page.entries:
            if entry.number is not None:
                assert letters_pt(entry.text, page.part.size(entry.box.cells), wraps=False)
