"""The tables of a summary: rows that CSV and xlsx write alike."""

from gis.occupancy import percent
from gis.reports.rendering import Cell, known_or_unknown, moment_text
from gis.reports.situation import DamageLine, ShelterLine, SituationSummary
from gis.text import N_, Language, translate
from gis.vocabulary import Severity

NUMBERS = frozenset({N_("Persons"), N_("Households"), N_("Capacity"), N_("Share (%)"), N_("Total")})
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
)


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
    return [_damage_row(line, language) for line in summary.damage]


def _damage_row(line: DamageLine, language: Language) -> list[Cell]:
    counts = [line.severe, line.moderate, line.minor, line.unknown, line.total]
    return [translate(line.category.label, language), *counts]
