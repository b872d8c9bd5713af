"""The situation summary as an Excel workbook: one sheet per subject."""

import io
from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

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

BOLD = Font(bold=True)
WIDEST = 40
"""Characters; a longer text wraps rather than pushing the figures off the page."""


def render(summary: SituationSummary, language: Language) -> bytes:
    """Return a workbook with a sheet each for figures, shelters, damage, the form and orders."""
    book = Workbook()
    book.remove(book.worksheets[0])
    first = book.create_sheet(translate(N_("Summary"), language))
    _write(first, [*heading(summary, language), (), *figures(summary, language)])
    _table(
        book.create_sheet(translate(N_("Shelters"), language)),
        [translate(column, language) for column in SHELTER_COLUMNS],
        shelter_rows(summary, language),
    )
    _table(
        book.create_sheet(translate(N_("Damage reports"), language)),
        [translate(column, language) for column in DAMAGE_COLUMNS],
        damage_rows(summary, language),
    )
    _table(
        book.create_sheet(translate(N_("Cells of form 4"), language)),
        [translate(column, language) for column in CELL_COLUMNS],
        cell_rows(summary, language),
    )
    _table(
        book.create_sheet(translate(N_("Evacuation orders"), language)),
        [translate(column, language) for column in ORDER_COLUMNS],
        order_rows(summary, language),
    )
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _table(sheet: Worksheet, columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
    _write(sheet, [columns, *rows])
    for cell in sheet[1]:
        cell.font = BOLD
    sheet.freeze_panes = "B2"


def _write(sheet: Worksheet, rows: Iterable[Sequence[Cell]]) -> None:
    for row in rows:
        sheet.append([safe_cell(value) for value in row])
    for index, column in enumerate(sheet.iter_cols(values_only=True), start=1):
        widest = max((_width(str(value)) for value in column if value is not None), default=8)
        sheet.column_dimensions[get_column_letter(index)].width = min(widest + 2, WIDEST)
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _width(text: str) -> int:
    """Return how many half-width columns a text takes; Japanese characters take two."""
    return sum(1 if character.isascii() else 2 for character in text)


RENDERING = Rendering(
    "xlsx",
    N_("Excel workbook"),
    ".xlsx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    render,
)
