"""The chronology as files: what the query says, in both languages, and nothing that runs."""

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import openpyxl
import pytest

from gis.config import city_profile
from gis.occupancy import Tally
from gis.queries.chronology import (
    AssignmentFacts,
    ChronologyKind,
    ChronologyLine,
    ClosureFacts,
    EntryFacts,
    Facts,
    IncidentFacts,
    OrderFacts,
    ReadingFacts,
    ReportFacts,
    Selection,
    StateFacts,
)
from gis.queries.incidents import IncidentView
from gis.reports.chronology import COLUMNS, RENDERINGS, ROWS_AT_ONCE, Chronology, cells
from gis.reports.chronology_wording import (
    change_text,
    standing_text,
    subject_text,
    what_text,
)
from gis.text import Language, translate
from gis.vocabulary import (
    ClosureAction,
    ClosureGrade,
    Hazard,
    IncidentKind,
    OrderAction,
    OrderKind,
    Severity,
    ShelterState,
    Source,
)
from tests.conftest import NOON

CITY = city_profile("142077")
INCIDENT = IncidentView(
    UUID(int=1), "地震", "earthquake", NOON, None, is_demonstration=False, version=1
)
KINDS = {
    EntryFacts: ChronologyKind.ENTRY,
    StateFacts: ChronologyKind.STATE,
    ReadingFacts: ChronologyKind.READING,
    ReportFacts: ChronologyKind.DAMAGE_REPORT,
    AssignmentFacts: ChronologyKind.ASSIGNMENT,
    OrderFacts: ChronologyKind.EVACUATION_ORDER,
    ClosureFacts: ChronologyKind.ROAD_CLOSURE,
    IncidentFacts: ChronologyKind.INCIDENT_OPENED,
}
ENTRY = EntryFacts("県", "本部", "毛布が届く", "返答する", "連絡班", None, 1)
STATE = StateFacts(ShelterState.OPEN, NOON, "避難指示", None, is_taken_back=False)
READING = ReadingFacts(52, 12, 12, None, Source.PHONE, corrects=False, is_corrected=False)
REPORT = ReportFacts(Severity.SEVERE, None, 139.4, 35.33, "亀裂", "第3班", Source.RADIO)

ORDER = OrderFacts(
    UUID(int=2), Hazard.FLOOD, OrderAction.ISSUED, OrderKind.EVACUATE, ("南湖", "汐見台"),
    is_whole=False, is_drawn=False, persons=Tally(1200, 1), reason="氾濫", guidance=None,
    note=None, is_taken_back=False,
)  # fmt: skip

CLOSURE = ClosureFacts(
    UUID(int=3), ClosureAction.CONFIRMED, ClosureGrade.ONE_LANE, "国道1号", "本村から", "冠水",
    Source.RADIO, is_taken_back=False,
)  # fmt: skip


def line(facts: Facts, subject: str | None = "鶴嶺小学校") -> ChronologyLine:
    kind = KINDS[type(facts)]
    named = {ChronologyKind.ENTRY: None, ChronologyKind.DAMAGE_REPORT: "bridge"}.get(kind, subject)
    return ChronologyLine(kind, uuid4(), NOON, NOON, "本部", named, None, None, facts)


LINES = [
    line(ENTRY),
    line(STATE),
    line(READING),
    line(REPORT),
    line(AssignmentFacts("第2班")),
    line(ORDER, None),
    line(CLOSURE, None),
    line(IncidentFacts(IncidentKind.FLOOD), "台風"),
]


def chronology(
    lines: list[ChronologyLine] | None = None,
    selection: Selection | None = None,
    *,
    is_drill: bool = False,
) -> Chronology:
    chosen = selection or Selection()
    return Chronology(CITY, is_drill, INCIDENT, NOON, chosen, LINES if lines is None else lines)


def rows_of_csv(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def rows_of_xlsx(content: bytes) -> list[list[str]]:
    (sheet,) = openpyxl.load_workbook(io.BytesIO(content))
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    return [["" if cell is None else str(cell) for cell in row] for row in sheet.values]


READERS: dict[str, Callable[[bytes], list[list[str]]]] = {
    "xlsx": rows_of_xlsx,
    "csv": rows_of_csv,
}
every_rendering = pytest.mark.parametrize("name", RENDERINGS)
both_languages = pytest.mark.parametrize("language", Language)


def read_back(name: str, told: Chronology, language: Language) -> tuple[list[str], list[list[str]]]:
    """Return what stands above the lines, and the lines with their headings."""
    rows = READERS[name](b"".join(RENDERINGS[name].render(told, language)))
    width = len(COLUMNS)
    end = next(number for number, row in enumerate(rows) if not any(row))
    return [" ".join(row).strip() for row in rows[:end]], [row[:width] for row in rows[end + 1 :]]


@every_rendering
@both_languages
def test_every_line_is_there_word_for_word(name: str, language: Language) -> None:
    _, (headings, *rows) = read_back(name, chronology(), language)
    assert headings == [translate(column, language) for column in COLUMNS]
    assert rows == [[str(cell or "") for cell in cells(each, language)] for each in LINES]


@every_rendering
@both_languages
def test_a_file_says_above_all_that_it_stays_in_the_house(name: str, language: Language) -> None:
    above, _ = read_back(name, chronology(), language)
    assert above[0].startswith(translate("Internal document", language))
    assert any("地震" in each for each in above)
    assert any("2026-09-01 12:00" in each for each in above)


@every_rendering
def test_a_drill_s_file_says_so_in_its_name_and_first_line(name: str) -> None:
    above, _ = read_back(name, chronology(is_drill=True), Language.JA)
    assert above[0].startswith("【訓練】")
    form = RENDERINGS[name]
    assert form.file_name("142077", NOON, is_drill=True) == (
        f"kunren_chronology_142077_20260901T120000{form.suffix}"
    )
    assert form.file_name("142077", NOON, is_drill=False).startswith("chronology_")


@every_rendering
def test_a_file_that_holds_a_part_says_which(name: str) -> None:
    part = Selection(frozenset({ChronologyKind.READING}), UUID(int=2), "毛布", unfinished=True)
    above, _ = read_back(name, chronology([], part), Language.EN)
    (said,) = (each for each in above if each.startswith("Only a part"))
    assert said == "Only a part Head count, Not done, One shelter, Search: 毛布"
    whole, _ = read_back(name, chronology(), Language.EN)
    assert not [each for each in whole if each.startswith("Only a part")]


@every_rendering
@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_nothing_that_people_wrote_is_run_as_a_formula(name: str, sign: str) -> None:
    evil = f"{sign}HYPERLINK(1)"
    told = replace(ENTRY, content=evil, sender=evil, recipient=evil, action=evil, assignee=evil)
    nasty = chronology([line(told), line(STATE, evil)])
    _, (_, *rows) = read_back(
        name, replace(nasty, incident=replace(INCIDENT, name=evil)), Language.JA
    )
    told_cells = [cell for row in rows for cell in row if "HYPERLINK" in cell]
    assert len(told_cells) == 6
    assert {cell[0] for cell in told_cells} == {"'"}


def test_a_long_csv_is_written_while_it_is_read() -> None:
    read = 0

    def lines() -> Iterator[ChronologyLine]:
        nonlocal read
        for _ in range(3 * ROWS_AT_ONCE):
            read += 1
            yield LINES[2]

    pieces = RENDERINGS["csv"].render(replace(chronology(), lines=lines()), Language.JA)
    next(pieces)
    assert read < ROWS_AT_ONCE
    whole = b"".join(pieces).decode()
    assert whole.count("\r\n") == 2 * ROWS_AT_ONCE + len(["above"]) * 6
    assert "\ufeff" not in whole


@pytest.mark.parametrize(
    ("facts", "said", "standing"),
    [
        (STATE, "Open · 避難指示", ""),
        (replace(STATE, takes_back=ShelterState.CLOSED, reason=None),
         "“Closed” was taken back: Open", ""),
        (replace(STATE, is_taken_back=True), "Open · 避難指示", "Taken back"),
        (READING, "52 persons (+12) · 12 households", ""),
        (replace(READING, persons=1234, change=-3, households=None, note="体育館"),
         "1,234 persons (−3) · 体育館", ""),
        (replace(READING, persons=0, change=None, households=None), "0 persons", ""),
        (replace(READING, persons=None, households=None), "Other figures only", ""),
        (replace(READING, corrects=True), "52 persons (+12) · 12 households", "Correction"),
        (replace(READING, is_corrected=True), "52 persons (+12) · 12 households", "Corrected"),
        (REPORT, "Severe · 35.33000, 139.40000 · 亀裂", ""),
        (replace(REPORT, severity=None, lon=None, lat=None, note=None),
         "Severity unknown · Place unknown", ""),
        (AssignmentFacts("第2班"), "第2班 asks from now on", ""),
        (AssignmentFacts(None), "Nobody asks any more", ""),
        (ORDER, "Issued · 南湖, 汐見台 · Persons concerned: 1,200 + unknown in 1 towns · 氾濫", ""),
        (replace(ORDER, is_whole=True, is_taken_back=True, persons=Tally(None, 3), reason=None),
         "Issued · The whole municipality · Persons concerned: Unknown", "Taken back"),
        (replace(ORDER, is_drawn=True, areas=(), reason=None, persons=Tally(0, 0)),
         "Issued · Area as drawn · Persons concerned: 0", ""),
        (IncidentFacts(IncidentKind.FLOOD), "Flood", ""),
        (ENTRY, "毛布が届く", "Not done"),
        (replace(ENTRY, done_at=NOON + timedelta(hours=1)), "毛布が届く", "Done 09-01 13:00"),
        (replace(ENTRY, action=None, assignee=None), "毛布が届く", ""),
    ],
)  # fmt: skip
def test_what_happened_is_said_in_words(facts: Facts, said: str, standing: str) -> None:
    told = line(facts)
    assert what_text(told, Language.EN) == said
    assert standing_text(told, Language.EN) == standing


@pytest.mark.parametrize(
    ("change", "said"), [(None, ""), (0, "±0"), (12, "+12"), (-1234, "−1,234")]
)
def test_a_change_wears_its_sign(change: int | None, said: str) -> None:
    assert change_text(change) == said


@both_languages
def test_a_road_closure_is_told_with_its_grade_road_and_reason(language: Language) -> None:
    told = line(CLOSURE, None)
    assert subject_text(told, language).endswith(" · 国道1号")
    confirmed = translate("Confirmed again", language)
    assert what_text(told, language) == f"{confirmed} · 本村から · 冠水"
