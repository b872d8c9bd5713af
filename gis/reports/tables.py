"""The tables of a summary: rows that CSV and xlsx write alike."""

from gis.damage_cells import DamageCell
from gis.figures import Figure
from gis.occupancy import Tally, percent
from gis.reports.damage_wording import amount_cell
from gis.reports.figure_wording import change_cell, figure_cell
from gis.reports.order_wording import areas_text, people_text, total_text
from gis.reports.rendering import Cell, known_or_unknown, moment_text
from gis.reports.situation import DamageLine, OrderLine, ShelterLine, SituationSummary
from gis.text import N_, Language, translate
from gis.vocabulary import OrderAction, ReportState, Severity

NUMBERS = frozenset(
    {
        N_("Persons"),
        N_("Households"),
        N_("Capacity"),
        N_("Share (%)"),
        N_("Total"),
        N_("Households concerned"),
        N_("Persons concerned"),
        ReportState.CONFIRMED.label,
        ReportState.UNCONFIRMED.label,
        N_("Reports confirmed"),
        N_("Reports unconfirmed"),
        N_("Sources that differ"),
        N_("Figure"),
        N_("Confirmed by reports"),
    }
)
"""Columns of figures, which stand under each other."""

SHELTER_COLUMNS = (
    N_("Shelter"),
    N_("State"),
    N_("Persons"),
    N_("Households"),
    N_("Capacity"),
    N_("Share (%)"),
    N_("Crowding"),
    N_("Vacancy"),
    N_("Observed"),
    N_("Old or missing"),
    N_("Recorded by"),
    N_("Opened"),
    N_("Closed at"),
    N_("Remarks"),
)

DAMAGE_COLUMNS = (
    N_("Category"),
    Severity.SEVERE.label,
    Severity.MODERATE.label,
    Severity.MINOR.label,
    N_("Unknown"),
    N_("Total"),
    ReportState.CONFIRMED.label,
    ReportState.UNCONFIRMED.label,
)

CELL_COLUMNS = (
    N_("Row of the form"),
    N_("Unit"),
    ReportState.CONFIRMED.label,
    N_("Reports confirmed"),
    ReportState.UNCONFIRMED.label,
    N_("Reports unconfirmed"),
    N_("Sources that differ"),
)
"""Those of the cells of 消防庁 第4号様式 その2 that damage reports feed."""

FIGURE_COLUMNS = (
    N_("Row of the form"),
    N_("Unit"),
    N_("Figure"),
    N_("Certainty"),
    N_("Change"),
    N_("Confirmed by reports"),
    N_("Why it differs"),
    N_("How it was counted"),
    N_("Declared"),
    N_("Declared by"),
)

ORDER_COLUMNS = (
    N_("Reason for issuing or lifting"),
    N_("Municipality code"),
    N_("Name of the prefecture"),
    N_("Name of the municipality"),
    N_("Kind of order"),
    N_("Issued or lifted"),
    N_("Area concerned"),
    N_("Time of issue, change or lifting"),
    N_("Warning level"),
    N_("Supplementary information"),
    N_("How to act"),
    N_("Households concerned"),
    N_("Persons concerned"),
    N_("Households and persons in total"),
    N_("Kind of disaster"),
)
"""Those of EEI (DS-455-1, 避難指示等（発令毎）), in its order."""


def shelter_rows(summary: SituationSummary, language: Language) -> list[list[Cell]]:
    """Return one row per shelter that was opened, in :data:`SHELTER_COLUMNS`."""
    return [_shelter_row(line, language) for line in summary.shelters]


def _shelter_row(line: ShelterLine, language: Language) -> list[Cell]:
    fictitious = translate(N_("Capacity is fictitious"), language)

    def figure(value: int | None) -> Cell:
        # What does not apply to a closed shelter stays empty; unknown would be another thing.
        return known_or_unknown(value, language) if line.is_open else None

    return [
        line.name,
        translate(line.state.label, language),
        figure(line.persons),
        figure(line.households),
        known_or_unknown(line.capacity, language),
        figure(percent(line.share)),
        translate(line.crowding.label, language) if line.crowding else "",
        translate(line.crowding.vacancy.label, language) if line.crowding else "",
        moment_text(line.observed_at),
        translate(N_("Yes"), language) if line.is_stale else "",
        line.recorded_by or "",
        moment_text(line.opened_at),
        moment_text(line.closed_at),
        fictitious if line.capacity_is_fictitious else "",
    ]


def damage_rows(summary: SituationSummary, language: Language) -> list[list[Cell]]:
    """Return one row per category that was reported, in :data:`DAMAGE_COLUMNS`."""
    return [damage_row(line, language) for line in summary.damage]


def damage_row(line: DamageLine, language: Language) -> list[Cell]:
    """Return how many reports speak of a category, in :data:`DAMAGE_COLUMNS`."""
    counts = [line.severe, line.moderate, line.minor, line.unknown, line.total]
    states = [line.confirmed, line.unconfirmed]
    return [translate(line.category.label, language), *counts, *states]


def cell_rows(summary: SituationSummary, language: Language) -> list[list[Cell]]:
    """Return one row per cell of the form, in :data:`CELL_COLUMNS` and the order of the form."""
    return [_cell_row(cell, language) for cell in summary.cells]


def _cell_row(cell: DamageCell, language: Language) -> list[Cell]:
    return [
        translate(cell.row.label, language),
        translate(cell.unit.label, language),
        amount_cell(cell, cell.confirmed, language),
        cell.confirmed.reports,
        amount_cell(cell, cell.unconfirmed, language),
        cell.unconfirmed.reports,
        cell.conflicts,
    ]


def figure_rows(summary: SituationSummary, language: Language) -> list[list[Cell]]:
    """Return one row per figure of the form, in :data:`FIGURE_COLUMNS` and the form's order."""
    return [_figure_row(summary, figure, language) for figure in summary.figures]


def _figure_row(summary: SituationSummary, figure: Figure, language: Language) -> list[Cell]:
    reported, declared = summary.reported(figure.key), figure.declared
    return [
        translate(figure.cell.row.label, language),
        translate(figure.cell.unit.label, language),
        figure_cell(figure, language),
        translate(figure.state.label, language),
        change_cell(summary.change(figure.key), language),
        amount_cell(reported, reported.confirmed, language) if reported else "",
        (declared.reason if declared else None) or "",
        (declared.definition if declared else None) or "",
        moment_text(declared.observed_at) if declared else "",
        declared.recorded_by if declared else "",
    ]


def order_rows(summary: SituationSummary, language: Language) -> list[list[Cell]]:
    """Return one row per evacuation order, in :data:`ORDER_COLUMNS`: in force, then lifted."""
    is_japanese = language is Language.JA
    city: list[Cell] = [
        summary.city_code,
        summary.prefecture_ja if is_japanese else summary.prefecture_en,
        summary.city_name_ja if is_japanese else summary.city_name_en,
    ]
    return [_order_row(line, city, language) for line in summary.orders]


def _order_row(line: OrderLine, city: list[Cell], language: Language) -> list[Cell]:
    action = OrderAction.ISSUED if line.is_in_force else OrderAction.LIFTED
    return [
        line.reason or "",
        *city,
        translate(line.kind.label, language),
        translate(action.label, language),
        areas_text(line.areas, language, is_whole=line.is_whole, is_drawn=line.is_drawn),
        moment_text(line.announced_at),
        # A tsunami has no level: that does not apply, and is not unknown.
        line.level,
        line.note or "",
        line.guidance or "",
        _people(line.households, language),
        _people(line.persons, language),
        total_text(line.households, line.persons, language),
        translate(line.hazard.label, language),
    ]


def _people(people: Tally, language: Language) -> Cell:
    """Return a number where all of it is known; otherwise a text that says what is not."""
    is_complete = people.known is not None and not people.unknown_places
    return people.known if is_complete else people_text(people, language)
