"""The chronology as a file: written page by page, whatever its length, for the house alone."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy.orm import Session

from gis.clock import jst
from gis.config import CityProfile
from gis.queries.chronology import ChronologyLine, EntryFacts, Selection, whole_chronology
from gis.queries.incidents import IncidentView
from gis.reports.chronology_wording import standing_text, subject_text, what_text, who_text
from gis.reports.rendering import DEMONSTRATION, Cell, moment_text, safe_cell
from gis.store import now
from gis.text import N_, Language, translate

COLUMNS = {
    N_("When"): 18,
    N_("Kind"): 16,
    N_("About"): 26,
    N_("What happened"): 60,
    N_("From"): 18,
    N_("To"): 18,
    N_("Action"): 40,
    N_("Assignee"): 18,
    N_("Standing"): 18,
    N_("Recorded"): 18,
    N_("Recorded by"): 18,
}
"""The headings, with the width of each column in characters."""

ROWS_AT_ONCE = 500


@dataclass(frozen=True)
class Chronology:
    """Part of an incident's chronology as it was known at a moment; its lines are read once."""

    city: CityProfile
    is_drill: bool
    incident: IncidentView
    as_of: datetime
    selection: Selection
    lines: Iterable[ChronologyLine]


@dataclass(frozen=True)
class ChronologyRendering:
    """A form in which a chronology is handed out."""

    name: str
    title: str
    """English, marked for translation."""
    suffix: str
    media_type: str
    render: Callable[[Chronology, Language], Iterator[bytes]]
    """Yields the file piece by piece."""

    def file_name(self, city_code: str, moment: datetime, *, is_drill: bool) -> str:
        """Return a name that is safe everywhere and says city, moment (JST) and drill."""
        prefix = "kunren_" if is_drill else ""
        stamp = jst(moment).strftime("%Y%m%dT%H%M%S")
        return f"{prefix}chronology_{city_code}_{stamp}{self.suffix}"


def read_chronology(
    session: Session,
    city: CityProfile,
    incident: IncidentView,
    selection: Selection,
    *,
    is_drill: bool,
) -> Chronology:
    """Return a chronology to render while the session lasts; without ``as_of`` it is as of now."""
    as_of = selection.as_of or now(session)
    known = replace(selection, as_of=as_of)
    lines = whole_chronology(session, incident.id, known)
    return Chronology(city, is_drill, incident, as_of, selection, lines)


def heading(chronology: Chronology, language: Language) -> list[tuple[str, Cell]]:
    """Return what stands above the lines: that it stays in the house, of what it is, as of when."""
    city, incident = chronology.city, chronology.incident
    lines: list[tuple[str, Cell]] = [
        (
            translate(N_("Internal document"), language),
            translate(N_("Holds free text; not for publication."), language),
        ),
        (
            translate(N_("Municipality"), language),
            city.name_ja if language is Language.JA else city.name_en,
        ),
        (translate(N_("Incident"), language), incident.name),
        (translate(N_("As of"), language), moment_text(chronology.as_of)),
    ]
    if chosen := _chosen(chronology.selection, language):
        lines.append((translate(N_("Only a part"), language), chosen))
    if incident.is_demonstration:
        lines.append((translate(N_("Note"), language), translate(DEMONSTRATION, language)))
    if chronology.is_drill:
        lines.insert(0, ("【訓練】", translate(N_("This is a drill."), language)))
    return lines


def _chosen(selection: Selection, language: Language) -> str:
    """Return by what the lines were chosen, or nothing where all of them are there."""
    kinds = selection.kinds or ()
    parts = [translate(kind.label, language) for kind in sorted(kinds)]
    if selection.unfinished:
        parts.append(translate(N_("Not done"), language))
    if selection.shelter_id:
        parts.append(translate(N_("One shelter"), language))
    if selection.search:
        message = translate(N_("Search: {text}"), language)
        parts.append(message.format(text=selection.search))
    if selection.since or selection.until:
        parts.append(f"{moment_text(selection.since)} – {moment_text(selection.until)}")
    return ", ".join(parts)


def cells(line: ChronologyLine, language: Language) -> list[Cell]:
    """Return a line in the order of :data:`COLUMNS`."""
    facts = line.facts
    entry = facts if isinstance(facts, EntryFacts) else None
    return [
        moment_text(line.happened_at),
        translate(line.kind.label, language),
        subject_text(line, language),
        what_text(line, language),
        entry.sender if entry else who_text(line),
        entry.recipient if entry else "",
        entry.action if entry else "",
        entry.assignee if entry else "",
        standing_text(line, language),
        moment_text(line.recorded_at),
        line.recorded_by,
    ]


def _rows(chronology: Chronology, language: Language) -> Iterator[list[Cell]]:
    """Yield head, headings and lines, safe for every spreadsheet."""
    above = [*heading(chronology, language), (), [translate(name, language) for name in COLUMNS]]
    for row in above:
        yield [safe_cell(cell) for cell in row]
    for line in chronology.lines:
        yield [safe_cell(cell) for cell in cells(line, language)]


def csv_pieces(chronology: Chronology, language: Language) -> Iterator[bytes]:
    """Yield a CSV with a byte order mark, some hundred rows at a time."""
    rows = _rows(chronology, language)
    encoding = "utf-8-sig"
    while some := list(islice(rows, ROWS_AT_ONCE)):
        piece = io.StringIO(newline="")
        csv.writer(piece).writerows(some)
        yield piece.getvalue().encode(encoding)
        encoding = "utf-8"


def xlsx_pieces(chronology: Chronology, language: Language) -> Iterator[bytes]:
    """Yield a workbook, which is written row by row but is one piece in the end."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(translate(N_("Chronology"), language))
    for number, width in enumerate(COLUMNS.values(), start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    head = len(heading(chronology, language)) + 2
    sheet.freeze_panes = f"A{head + 1}"
    for number, row in enumerate(_rows(chronology, language), start=1):
        sheet.append([_cell(sheet, value, is_bold=number == head) for value in row])
    target = io.BytesIO()
    book.save(target)
    yield target.getvalue()


def _cell(sheet: Worksheet, value: Cell, *, is_bold: bool) -> SheetCell:
    cell = WriteOnlyCell(sheet, value)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if is_bold:
        cell.font = Font(bold=True)
    return cell


RENDERINGS = {
    rendering.name: rendering
    for rendering in (
        ChronologyRendering(
            "xlsx",
            N_("Excel workbook"),
            ".xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            xlsx_pieces,
        ),
        ChronologyRendering("csv", N_("CSV"), ".csv", "text/csv; charset=utf-8", csv_pieces),
    )
}
