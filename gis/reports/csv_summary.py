"""The situation summary as CSV."""

from collections.abc import Iterable

from gis.reports.csv_blocks import csv_blocks
from gis.reports.rendering import Cell, Rendering, figures, heading
from gis.reports.situation import SituationSummary
from gis.reports.tables import (
    CELL_COLUMNS,
    DAMAGE_COLUMNS,
    FIGURE_COLUMNS,
    ORDER_COLUMNS,
    SHELTER_COLUMNS,
    cell_rows,
    damage_rows,
    figure_rows,
    order_rows,
    shelter_rows,
)
from gis.text import N_, Language, translate


def render(summary: SituationSummary, language: Language) -> bytes:
    """Return heading, figures and tables as blocks with an empty line between them."""

    def names(columns: Iterable[str]) -> list[Cell]:
        return [translate(column, language) for column in columns]

    return csv_blocks(
        (
            heading(summary, language),
            figures(summary, language),
            [names(SHELTER_COLUMNS), *shelter_rows(summary, language)],
            [names(DAMAGE_COLUMNS), *damage_rows(summary, language)],
            [names(CELL_COLUMNS), *cell_rows(summary, language)],
            [names(ORDER_COLUMNS), *order_rows(summary, language)],
            [names(FIGURE_COLUMNS), *figure_rows(summary, language)],
        )
    )


RENDERING = Rendering("csv", N_("CSV"), ".csv", "text/csv; charset=utf-8", render)
