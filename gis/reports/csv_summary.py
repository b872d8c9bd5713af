"""The situation summary as CSV: UTF-8 with BOM, so that Excel reads the Japanese."""

import csv
import io
from collections.abc import Iterable

from gis.reports.rendering import Cell, Rendering, figures, heading, safe_cell
from gis.reports.situation import SituationSummary
from gis.reports.tables import (
    CELL_COLUMNS,
    DAMAGE_COLUMNS,
    ORDER_COLUMNS,
    SHELTER_COLUMNS,
    cell_rows,
    damage_rows,
    order_rows,
    shelter_rows,
)
from gis.text import N_, Language, translate


def render(summary: SituationSummary, language: Language) -> bytes:
    """Return heading, figures and tables as blocks with an empty line between them."""
    target = io.StringIO(newline="")
    writer = csv.writer(target)

    def write(rows: Iterable[Iterable[Cell]]) -> None:
        writer.writerows([safe_cell(value) for value in row] for row in rows)
        writer.writerow([])

    def names(columns: Iterable[str]) -> list[Cell]:
        return [translate(column, language) for column in columns]

    write(heading(summary, language))
    write(figures(summary, language))
    write([names(SHELTER_COLUMNS), *shelter_rows(summary, language)])
    write([names(DAMAGE_COLUMNS), *damage_rows(summary, language)])
    write([names(CELL_COLUMNS), *cell_rows(summary, language)])
    write([names(ORDER_COLUMNS), *order_rows(summary, language)])
    return target.getvalue().encode("utf-8-sig")


RENDERING = Rendering("csv", N_("CSV"), ".csv", "text/csv; charset=utf-8", render)
