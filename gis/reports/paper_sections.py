"""The pages behind the first one: words, curve, tables, what is short and what happened."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from itertools import compress
from typing import Final

from gis.damage_cells import Amount, DamageCell
from gis.figures import Figure
from gis.form4 import CELLS, key_of
from gis.reports.chronology_wording import standing_text, subject_text, what_text
from gis.reports.curve_drawing import draw_curve
from gis.reports.damage_wording import amount_cell
from gis.reports.evacuee_curve import CurvePoint
from gis.reports.events import Event
from gis.reports.figure_wording import change_text, figure_cell
from gis.reports.order_wording import areas_text, order_text, people_text
from gis.reports.paper_front import shown
from gis.reports.paper_look import Said
from gis.reports.rendering import Cell, known_or_unknown, moment_text, tally_note
from gis.reports.shortages import Shortages
from gis.reports.situation import OrderLine, SituationSummary
from gis.reports.supply_wording import goods_text, shortage_text
from gis.reports.tables import (
    DAMAGE_COLUMNS,
    NUMBERS,
    SHELTER_COLUMNS,
    damage_rows,
    shelter_rows,
)
from gis.text import N_, Language, translate
from gis.vocabulary import FigureState, OrderAction, ReportState

PAGE_MM: Final = 186.0
CURVE_MM: Final = 62.0
SHELTER_WIDTHS: Final = {
    N_("Shelter"): "1fr",
    N_("State"): "15mm",
    N_("Persons"): "15mm",
    N_("Households"): "15mm",
    N_("Capacity"): "15mm",
    N_("Share (%)"): "14mm",
    N_("Crowding"): "25mm",
    N_("Observed"): "18.5mm",
    N_("Old or missing"): "13mm",
    N_("Opened"): "18.5mm",
    N_("Closed at"): "18.5mm",
}
"""The columns of a shelter that paper has room for, with how wide they are."""
FIGURES: Final = frozenset({"Declared", "Change"})
"""Columns of figures that only paper has."""
MOMENTS: Final = frozenset({"Observed", "Opened", "Closed at"})
"""Columns of moments: the year stands at the top of each page."""
INVENTED: Final = N_("* This capacity is invented.")
SHOWN_NAMES: Final = 6
"""Shelters by name of those that opened or closed together."""


@dataclass(frozen=True)
class Column:
    """A column of a table on paper."""

    name: str
    width: str
    """As Typst says it: ``1fr``, ``auto`` or millimetres."""
    is_number: bool = False


@dataclass(frozen=True)
class Table:
    """Rows under headings, which stand again on each page."""

    columns: list[Column]
    rows: list[list[str]]


@dataclass(frozen=True)
class Section:
    """A part of the summary under a title of its own."""

    title: str
    above: list[str] = field(default_factory=list)
    """Sentences between title and table."""
    drawing: Said = None
    tables: list[Table] = field(default_factory=list)
    beneath: list[str] = field(default_factory=list)
    """Notes in small print."""


def sections(summary: SituationSummary, language: Language) -> list[Said]:
    """Return the sections that a summary has, in their order."""
    parts: Iterable[Callable[[SituationSummary, Language], Section | None]] = (
        _words, _curve, _shelters, _cells, _damage, _shortages, _orders, _events
    )  # fmt: skip
    found = (part(summary, language) for part in parts)
    return [asdict(section) for section in found if section]


def _columns(language: Language, *columns: tuple[str, str]) -> list[Column]:
    numbers = NUMBERS | FIGURES
    return [Column(translate(name, language), width, name in numbers) for name, width in columns]


def _words(summary: SituationSummary, language: Language) -> Section | None:
    """Return what headquarters say in words."""
    if not summary.statements:
        return None
    rows = [
        [translate(said.key.label, language), said.text]
        for said in summary.statements
        if said.text is not None
    ]
    columns = _columns(language, (N_("About"), "40mm"), (N_("What headquarters say"), "1fr"))
    return Section(translate(N_("Outline"), language), tables=[Table(columns, rows)])


def _curve(summary: SituationSummary, language: Language) -> Section | None:
    if summary.curve is None:
        return None
    title = translate(N_("Persons in shelters over time"), language)
    if not summary.curve:
        return Section(title, [translate(N_("The incident has only begun."), language)])
    drawn = draw_curve(summary.curve, PAGE_MM, CURVE_MM)
    dashed = translate(N_("Dashed: some shelters are unknown and not included."), language)
    lacks = any(point.persons.unknown_places for point in summary.curve)
    above = [_now(summary.curve[-1], language), *_highest(summary.curve, language)]
    return Section(
        title, above, {**asdict(drawn), "words": [asdict(word) for word in drawn.words]},
        beneath=[dashed] if lacks else [],
    )  # fmt: skip


def _now(last: CurvePoint, language: Language) -> str:
    known = shown(known_or_unknown(last.persons.known, language))
    message = translate(N_("{moment}: {persons}"), language)
    said = message.format(moment=moment_text(last.at), persons=known)
    note = tally_note(last.persons, language)
    return f"{said} ({note})" if note else said


def _highest(points: Sequence[CurvePoint], language: Language) -> Iterable[str]:
    known = [point for point in points if point.persons.known is not None]
    if not known:
        return
    highest = max(known, key=lambda point: point.persons.known or 0)
    yield translate(N_("Highest in this time: {persons} at {moment}"), language).format(
        persons=shown(highest.persons.known), moment=moment_text(highest.at)
    )


def _shelters(summary: SituationSummary, language: Language) -> Section:
    title = translate(N_("Shelters"), language)
    if not summary.shelters:
        return Section(title, [translate(N_("No shelter was opened."), language)])
    wanted = [name in SHELTER_WIDTHS for name in SHELTER_COLUMNS]
    rows = [
        list(compress(_short(row, is_invented=line.capacity_is_fictitious), wanted))
        for line, row in zip(summary.shelters, shelter_rows(summary, language), strict=True)
    ]
    columns = _columns(language, *SHELTER_WIDTHS.items())
    is_invented = any(line.capacity_is_fictitious for line in summary.shelters)
    notes = [translate(INVENTED, language)] if is_invented else []
    return Section(title, tables=[_without_empty(Table(columns, rows))], beneath=notes)


def _without_empty(table: Table) -> Table:
    """Return a table without the columns in which nothing stands, so that others have room."""
    filled = [any(cells) for cells in zip(*table.rows, strict=True)]
    rows = [list(compress(row, filled)) for row in table.rows]
    return Table(list(compress(table.columns, filled)), rows)


def _short(row: Sequence[Cell], *, is_invented: bool) -> Iterable[str]:
    """Yield the cells of a shelter: moments without year, a star at an invented capacity."""
    for name, cell in zip(SHELTER_COLUMNS, row, strict=True):
        said = shown(cell)
        if name in MOMENTS:
            said = said.partition("-")[2]
        yield f"{said}*" if is_invented and name == "Capacity" else said


def _cells(summary: SituationSummary, language: Language) -> Section:
    """Return every cell of the form of which anything is told, and how many are silent."""
    told = [figure for figure in summary.figures if _is_told(summary, figure)]
    silent = len(summary.figures) - len(told)
    rows = [_figure_row(summary, figure, language) for figure in told]
    rows += [
        _unclassed_row(cell, language)
        for cell in summary.cells
        if key_of(cell.row, cell.unit) not in CELLS and _is_reported(cell)
    ]
    columns = _columns(
        language,
        (N_("Row of the form"), "1fr"),
        (N_("Unit"), "15mm"),
        (N_("Declared"), "34mm"),
        (N_("Change"), "22mm"),
        (ReportState.CONFIRMED.label, "26mm"),
        (ReportState.UNCONFIRMED.label, "26mm"),
        (N_("Sources that differ"), "15mm"),
    )
    message = N_("Of {count} other cells nothing is declared and nothing reported: unconfirmed.")
    note = translate(message, language).format(count=silent)
    beside = translate(N_("Confirmed and unconfirmed: what damage reports add up to."), language)
    return Section(
        translate(N_("Damage by the cells of form 4, part 2"), language),
        tables=[Table(columns, rows)] if rows else [],
        beneath=[beside, note] if silent else [beside],
    )


def _is_told(summary: SituationSummary, figure: Figure) -> bool:
    if figure.value is not None or figure.declared or summary.change(figure.key):
        return True
    return figure.state is not FigureState.UNCONFIRMED or _is_reported(summary.reported(figure.key))


def _is_reported(cell: DamageCell | None) -> bool:
    return cell is not None and bool(cell.confirmed.reports or cell.unconfirmed.reports)


def _figure_row(summary: SituationSummary, figure: Figure, language: Language) -> list[str]:
    cell, declared = figure.cell, figure.declared
    reasons = (declared.reason, declared.definition) if declared else ()
    return [
        "\n".join([translate(cell.row.label, language), *(said for said in reasons if said)]),
        translate(cell.unit.label, language),
        shown(figure_cell(figure, language)),
        change_text(summary.change(figure.key), language),
        *_reported(summary.reported(figure.key), language),
    ]


def _unclassed_row(cell: DamageCell, language: Language) -> list[str]:
    """Return what reports say of a cell that the form does not have."""
    names = [translate(term.label, language) for term in (cell.row, cell.unit)]
    return [*names, "", "", *_reported(cell, language)]


def _reported(cell: DamageCell | None, language: Language) -> list[str]:
    if cell is None or not _is_reported(cell):
        return ["", "", ""]
    amounts = (_amount(cell, each, language) for each in (cell.confirmed, cell.unconfirmed))
    return [*amounts, shown(cell.conflicts)]


def _amount(cell: DamageCell, amount: Amount, language: Language) -> str:
    """Return what some reports add up to; where there is none, that is not 0."""
    return shown(amount_cell(cell, amount, language)) if amount.reports else "—"


def _damage(summary: SituationSummary, language: Language) -> Section:
    title = translate(N_("Damage reports"), language)
    if not summary.damage:
        return Section(title, [translate(N_("No damage has been reported."), language)])
    widths = ["1fr", *["18mm"] * (len(DAMAGE_COLUMNS) - 1)]
    columns = [
        Column(translate(name, language), width, is_number=name != "Category")
        for name, width in zip(DAMAGE_COLUMNS, widths, strict=True)
    ]
    rows = [[shown(cell) for cell in row] for row in damage_rows(summary, language)]
    return Section(title, tables=[Table(columns, rows)])


def _shortages(summary: SituationSummary, language: Language) -> Section | None:
    told = summary.shortages
    if told is None:
        return None
    title = translate(N_("Needs and shortages"), language)
    tables = [table for table in (_first(told, language), _lacks(told, language)) if table]
    nothing = translate(N_("As far as is known, nothing runs out within a day."), language)
    return Section(
        title, [] if told.first else [nothing], tables=tables, beneath=_gaps(told, language)
    )


def _first(told: Shortages, language: Language) -> Table | None:
    columns = _columns(language, (N_("Shelter"), "1fr"), (N_("Runs out first"), "1.4fr"))
    rows = [
        [
            line.shelter,
            shortage_text(line.item_code, line.hours, line.runs_out_at, line.bound, language),
        ]
        for line in told.first
    ]
    return Table(columns, rows) if rows else None


def _lacks(told: Shortages, language: Language) -> Table | None:
    columns = [
        *_columns(language, (N_("Lacking in all"), "1fr")),
        Column(translate(N_("Shelters that lack it"), language), "34mm", is_number=True),
        Column(translate(N_("Shelters of which it is unknown"), language), "42mm", is_number=True),
    ]
    rows = [
        [
            goods_text(lack.item_code, lack.units, language, is_counted=not lack.unknown_shelters),
            shown(lack.shelters),
            shown(lack.unknown_shelters),
        ]
        for lack in told.lacks
    ]
    return Table(columns, rows) if rows else None


def _gaps(told: Shortages, language: Language) -> list[str]:
    """Return what the tables of shortages leave out."""
    horizon = translate(
        N_("Lacking: until {days} days from now, with what is on the road."), language
    )
    notes = [horizon.format(days=f"{told.horizon_days:g}")] if told.lacks else []
    if told.in_all > len(told.first):
        message = translate(N_("Further items that run out within a day: {count}"), language)
        notes.append(message.format(count=shown(told.in_all - len(told.first))))
    if told.unknown:
        message = translate(
            N_("Items of which nobody can tell how long they last: {count}"), language
        )
        notes.append(message.format(count=shown(told.unknown)))
    return notes


def _orders(summary: SituationSummary, language: Language) -> Section:
    title = translate(N_("Evacuation orders"), language)
    if not summary.orders:
        return Section(title, [translate(N_("No evacuation order has been issued."), language)])
    columns = _columns(
        language,
        (N_("Kind of order"), "34mm"),
        (N_("Issued or lifted"), "20mm"),
        (N_("Area concerned"), "1fr"),
        (N_("Time of issue, change or lifting"), "24.5mm"),
        (N_("Households concerned"), "21mm"),
        (N_("Persons concerned"), "21mm"),
        (N_("Reason and how to act"), "1fr"),
    )
    return Section(
        title, tables=[Table(columns, [_order(line, language) for line in summary.orders])]
    )


def _order(line: OrderLine, language: Language) -> list[str]:
    action = OrderAction.ISSUED if line.is_in_force else OrderAction.LIFTED
    words = (line.reason, line.guidance, line.note)
    return [
        order_text(line.kind, line.hazard, language),
        translate(action.label, language),
        areas_text(line.areas, language, is_whole=line.is_whole, is_drawn=line.is_drawn),
        moment_text(line.announced_at),
        people_text(line.households, language),
        people_text(line.persons, language),
        "\n".join(word for word in words if word),
    ]


def _events(summary: SituationSummary, language: Language) -> Section | None:
    if summary.events is None:
        return None
    title = translate(N_("From the chronology"), language)
    if not summary.events:
        return Section(title, [translate(N_("Nothing has been recorded yet."), language)])
    columns = _columns(
        language,
        (N_("When"), "24mm"),
        (N_("Kind"), "26mm"),
        (N_("About"), "52mm"),
        (N_("What happened"), "1fr"),
    )
    rows = [_event(event, language) for event in summary.events]
    note = translate(
        N_("The latest first. Counts and single damage reports are left out."), language
    )
    return Section(title, tables=[Table(columns, rows)], beneath=[note])


def _event(event: Event, language: Language) -> list[str]:
    line = event.line
    told = (what_text(line, language), standing_text(line, language))
    return [
        moment_text(line.happened_at),
        translate(line.kind.label, language),
        _subjects(event, language) or subject_text(line, language),
        " · ".join(said for said in told if said),
    ]


def _subjects(event: Event, language: Language) -> str:
    """Return the shelters that an event is about: the first by name, the others by number."""
    comma = "、" if language is Language.JA else ", "
    names = comma.join(event.subjects[:SHOWN_NAMES])
    if len(event.subjects) <= SHOWN_NAMES:
        return names
    more = translate(N_("{names} and others, {count} shelters in all"), language)
    return more.format(names=names, count=len(event.subjects))
