"""The situation summary as an Excel workbook: one sheet per subject."""

from gis.reports.rendering import Rendering, figures, heading
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
from gis.reports.workbook import MEDIA_TYPE, workbook
from gis.text import N_, Language, translate


def render(summary: SituationSummary, language: Language) -> bytes:
    """Return a workbook with a sheet each for figures, shelters, damage, the form and orders."""
    tables = (
        (N_("Shelters"), SHELTER_COLUMNS, shelter_rows),
        (N_("Damage reports"), DAMAGE_COLUMNS, damage_rows),
        (N_("Cells of form 4"), CELL_COLUMNS, cell_rows),
        (N_("Evacuation orders"), ORDER_COLUMNS, order_rows),
        (N_("Declared figures"), FIGURE_COLUMNS, figure_rows),
    )
    return workbook(
        (
            translate(N_("Summary"), language),
            [*heading(summary, language), (), *figures(summary, language)],
        ),
        [
            (
                translate(title, language),
                [translate(column, language) for column in columns],
                rows(summary, language),
            )
            for title, columns, rows in tables
        ],
    )


RENDERING = Rendering("xlsx", N_("Excel workbook"), ".xlsx", MEDIA_TYPE, render)
