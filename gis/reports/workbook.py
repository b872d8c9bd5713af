"""Tables as the sheets of an Excel workbook, to be read and printed."""

import io
from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from gis.reports.rendering import Cell, safe_cell

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BOLD = Font(bold=True)
WIDEST = 40
"""Characters; a longer text wraps rather than pushing the figures off the page."""

Rows = Iterable[Sequence[Cell]]


def workbook(first: tuple[str, Rows], tables: Iterable[tuple[str, Sequence[Cell], Rows]]) -> bytes:
    """Return a workbook; no cell runs as a formula.

    Parameters
    ----------
    first
        The title of the first sheet and its rows, which have no headings.
    tables
        The other sheets: title, headings and rows of each.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    _write(book.create_sheet(first[0]), first[1])
    for title, columns, rows in tables:
        _table(book.create_sheet(title), columns, rows)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _table(sheet: Worksheet, columns: Sequence[Cell], rows: Rows) -> None:
    _write(sheet, [columns, *rows])
    for cell in sheet[1]:
        cell.font = BOLD
    sheet.freeze_panes = "B2"


def _write(sheet: Worksheet, rows: Rows) -> None:
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
