"""The summary on paper, read back: every figure stands on its pages, and nothing else is in it."""

import re
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter
from pypdf import PdfReader

from gis.figures import Declared, FigureBefore, IssueBefore, IssueMark, Statement, figures
from gis.occupancy import Tally, percent
from gis.reports.evacuee_curve import CurvePoint
from gis.reports.figure_wording import change_text, figure_cell
from gis.reports.paper_front import GROUPS, shown
from gis.reports.pdf_summary import RENDERING, issue_text
from gis.reports.rendering import figures as headline
from gis.reports.rendering import moment_text
from gis.reports.shelter_facts import ShelterFacts
from gis.reports.situation import ShelterLine, SituationSummary
from gis.text import Language, translate
from gis.vocabulary import Crowding, FigureState, FormText, IssueState, ShelterState, Source
from tests.conftest import NOON
from tests.gis.reports.made import summary_of_noon
from tests.gis.reports.situations import SQUARE, summaries

HOSTILE = '#let x = 1 *太字* $a$ <b> ] } \\ #image("x") @label 髙﨑'
quick = settings(max_examples=25, deadline=None, phases=set(Phase) - {Phase.explain})
any_summary = given(summary=summaries, language=st.sampled_from(Language))
in_both = pytest.mark.parametrize("language", Language)


def pages(summary: SituationSummary, language: Language = Language.JA) -> list[str]:
    """Return what stands on each page, without spaces and the breaks of its lines."""
    read = PdfReader(BytesIO(RENDERING.render(summary, language))).pages
    return [squeezed(page.extract_text()) for page in read]


def words(summary: SituationSummary, language: Language = Language.JA) -> str:
    return "".join(pages(summary, language))


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u200b]+", "", text)


def shelter(number: int, **more: Any) -> ShelterLine:  # noqa: ANN401 - fields of any type
    line = ShelterLine(
        id=UUID(int=number),
        name=f"第{number}避難所",
        address=None,
        state=ShelterState.OPEN,
        opened_at=NOON - timedelta(hours=2),
        closed_at=None,
        persons=100 + number,
        households=40,
        capacity=1000,
        capacity_is_fictitious=False,
        share=0.1,
        crowding=Crowding.VACANT,
        observed_at=NOON,
        is_stale=False,
        source=Source.VISIT,
        recorded_by="本部",
        facts=ShelterFacts(lon=139.36 + number % 20 * 0.003, lat=35.32 + number // 20 * 0.002),
    )
    return replace(line, **more)


def declared(value: float | None, state: FigureState = FigureState.CONFIRMED) -> Declared:
    return Declared(1, state, value, None, None, NOON, NOON, "本部")


@quick
@any_summary
def test_every_headline_figure_is_on_the_first_page_with_what_it_leaves_out(
    summary: SituationSummary, language: Language
) -> None:
    first = pages(summary, language)[0]
    for label, value, note in headline(summary, language):
        assert squeezed(label + shown(value)) in first
        assert squeezed(note) in first


@quick
@any_summary
def test_the_main_figures_of_the_form_are_there_with_their_states(
    summary: SituationSummary, language: Language
) -> None:
    said = words(summary, language)
    for _, keys in GROUPS:
        for key in keys:
            cell = figure_cell(summary.figure(key), language)
            assert squeezed(shown(cell)) in said
            assert squeezed(change_text(summary.change(key), language)) in said


@quick
@any_summary
def test_every_figure_that_was_declared_is_in_the_table_with_its_change(
    summary: SituationSummary, language: Language
) -> None:
    said = words(summary, language)
    for figure in summary.figures:
        if figure.declared or summary.change(figure.key):
            cell = figure.cell
            names = translate(cell.row.label, language), translate(cell.unit.label, language)
            row = (shown(figure_cell(figure, language)), change_text(
                summary.change(figure.key), language
            ))  # fmt: skip
            for each in (*names, *row):
                assert squeezed(each) in said


@quick
@any_summary
def test_every_page_says_of_what_and_of_when_it_is(
    summary: SituationSummary, language: Language
) -> None:
    told = pages(summary, language)
    issue = issue_text(summary, language) or ""
    city = summary.city_name_ja if language is Language.JA else summary.city_name_en
    for number, page in enumerate(told, start=1):
        assert moment_text(summary.as_of).replace(" ", "") in page
        assert squeezed(city) in page
        assert squeezed(issue) in page
        assert f"{number}/{len(told)}" in page
        assert ("【訓練】" in page) == summary.is_drill
        demonstration = translate(
            "Demonstration with invented capacities, stocks and counts.", language
        )
        assert (squeezed(demonstration) in page) == summary.is_demonstration


@quick
@given(summary=summaries)
def test_a_summary_reads_back_from_json_as_it_was(summary: SituationSummary) -> None:
    # A share without an end is nothing that JSON knows.
    shelters = tuple(replace(line, share=0.5) for line in summary.shelters)
    told = replace(summary, shelters=shelters)
    adapter = TypeAdapter(SituationSummary)
    assert adapter.validate_json(adapter.dump_json(told)) == told


def test_an_older_summary_without_the_later_parts_is_read_and_printed() -> None:
    adapter = TypeAdapter(SituationSummary)
    told = adapter.dump_python(summary_of_noon(), mode="json")
    for name in ("curve", "shortages", "events", "outline"):
        del told[name]
    assert "状況報告" in words(adapter.validate_python(told))


@in_both
def test_unknown_is_a_word_and_never_0(language: Language) -> None:
    unknown = Tally(None, 3)
    summary = replace(
        summary_of_noon(), persons=unknown, households=unknown, free_places=unknown,
        shelters=(shelter(1, persons=None, share=None, crowding=Crowding.UNKNOWN),),
        curve=(CurvePoint(NOON - timedelta(hours=1), unknown), CurvePoint(NOON, unknown)),
    )  # fmt: skip
    first, second = pages(summary, language)
    word = translate("Unknown", language)
    assert first.count(word) >= 4
    label = squeezed(translate("Persons in shelters", language))
    assert label + word in first
    assert label + "0" not in first
    assert word in second


def test_a_figure_says_how_it_changed_since_the_issue_before() -> None:
    before = IssueBefore(
        2, NOON - timedelta(hours=3),
        {"dead.persons": FigureBefore(5.0, FigureState.CONFIRMED)},
        Tally(1000, 0), Tally(None, 4), 0, 0, 0,
    )  # fmt: skip
    told = figures({"dead.persons": declared(3.0)})
    summary = replace(summary_of_noon(), before=before, figures=told)
    first = pages(summary, Language.EN)[0]
    assert "Personsinshelters1,200+200" in first
    assert "Householdsinshelters500before:unknown" in first
    assert "-2(correction)" in first
    assert "issue2of2026-09-0109:00" in first


@pytest.mark.parametrize(
    ("state", "said", "across"),
    [
        (IssueState.COMPILED, "Issue7(draft)", "DRAFT"),
        (IssueState.REVIEWED, "Issue7(draft)", "DRAFT"),
        (IssueState.SIGNED_OFF, "Issue7", ""),
        (IssueState.WITHDRAWN, "Issue7(withdrawn)", "WITHDRAWN"),
    ],
)
def test_an_issue_says_on_every_page_whether_it_holds(
    state: IssueState, said: str, across: str
) -> None:
    issued = replace(summary_of_noon(), issue=IssueMark(7, state, "本部"))
    for page in pages(issued, Language.EN):
        assert said in page
        assert across in page
        assert across or "(draft)" not in page


def test_what_people_wrote_is_printed_as_it_was_written() -> None:
    said = Statement(1, FormText.OVERVIEW, f"一行目\n{HOSTILE}", NOON, "本部")
    told = replace(
        summary_of_noon(), incident_name=HOSTILE, shelters=(shelter(1, name=HOSTILE),),
        statements=(said,),
    )  # fmt: skip
    first, second = pages(told)
    assert squeezed(HOSTILE) in first
    assert second.count(squeezed(HOSTILE)) >= 2


@pytest.mark.parametrize("name", ["W" * 300, "長" * 300, "a b " * 80, "𠮷" * 30])
def test_a_long_name_stays_on_the_paper(name: str) -> None:
    told = replace(summary_of_noon(), incident_name=name, shelters=(shelter(1, name=name),))
    read = PdfReader(BytesIO(RENDERING.render(told, Language.JA)))
    width = float(read.pages[0].mediabox.width)
    for page in read.pages:
        lefts: list[float] = []
        page.extract_text(visitor_text=lambda _text, _cm, tm, _font, _size: lefts.append(tm[4]))  # noqa: B023
        assert max(lefts) < width
    if name != "𠮷" * 30:  # of which the font has no shape
        assert squeezed(name) in words(told)


def test_control_characters_break_nothing() -> None:
    told = replace(summary_of_noon(), incident_name="相模\x0bトラフ\x00\x1f\x85地震")
    assert "相模トラフ地震" in words(told)


@in_both
def test_the_same_summary_gives_the_same_bytes(language: Language) -> None:
    told = replace(summary_of_noon(), shelters=(shelter(1),), outline=(SQUARE,))
    assert RENDERING.render(told, language) == RENDERING.render(told, language)


@in_both
@pytest.mark.parametrize("count", [63, 400])
def test_many_shelters_flow_over_pages_with_their_headings(count: int, language: Language) -> None:
    lines = tuple(shelter(number) for number in range(1, count + 1))
    told = pages(replace(summary_of_noon(), shelters=lines), language)
    heading = squeezed(translate("Share (%)", language))
    listing = [page for page in told if re.search(r"第\d+避難所", page)]
    assert len(listing) >= 2
    assert all(heading in page for page in listing)
    found = re.findall(r"第(\d+)避難所", "".join(told))
    assert found == [str(number) for number in range(1, count + 1)]
    for line in lines[:: count // 9]:
        name, state = line.name, translate(line.state.label, language)
        assert f"{name}{state}{line.persons}401,000{percent(line.share)}" in "".join(listing)


def test_nothing_at_all_is_a_summary_too() -> None:
    nothing = replace(
        summary_of_noon(), persons=Tally(0, 0), households=Tally(0, 0), free_places=Tally(0, 0),
        persons_over_capacity=Tally(0, 0), curve=(), events=(), outline=(),
    )  # fmt: skip
    said = words(nothing, Language.EN)
    for each in (
        "Personsinshelters0", "Noshelterwasopened.", "Noevacuationorderisinforce.",
        "Nodamagehasbeenreported.", "Theincidenthasonlybegun.", "Nothinghasbeenrecordedyet.",
        "Noplaceisknownthatamapcouldshow.",
    ):  # fmt: skip
        assert each in said


def test_a_shelter_that_is_on_no_map_is_counted() -> None:
    lines = (shelter(1), shelter(2, facts=ShelterFacts()))
    told = replace(summary_of_noon(), shelters=lines, outline=(SQUARE,))
    assert "withoutaplaceonthemap:1" in words(told, Language.EN)


def test_all_fonts_are_ours_and_embedded_and_nothing_is_a_picture() -> None:
    told = replace(summary_of_noon(), shelters=(shelter(1),), outline=(SQUARE,), is_drill=True)
    for page in PdfReader(BytesIO(RENDERING.render(told, Language.JA))).pages:
        resources: Any = page["/Resources"]
        fonts = [font.get_object() for font in resources["/Font"].values()]
        assert fonts
        for font in fonts:
            assert re.fullmatch(r"/[A-Z]{6}\+BIZUDGothic.*", font["/BaseFont"])
        assert not page.images
        assert [float(side) for side in page.mediabox[2:]] == pytest.approx([595, 842], abs=1)
