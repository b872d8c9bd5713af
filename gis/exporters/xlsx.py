"""An Excel workbook of one sheet, every cell of it text: no date, no number, no formula."""

import io
from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from gis.exporters.encoding import Encoded, Encoding, Row
from gis.text import N_

MISREAD = ("=", "#")
"""What begins like a formula or an error of a spreadsheet is written as text on purpose."""


def encode(rows: Iterable[Row]) -> Encoded:
    """Return the workbook, written row by row, its header in sight whatever is scrolled to."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Sheet1")
    sheet.freeze_panes = "A2"
    each = iter(rows)
    header = next(each)
    _set_widths(sheet, header)
    sheet.append([_text(sheet, heading, Font(bold=True)) for heading in header])
    for row in each:
        sheet.append([_cell(sheet, value) for value in row])
    target = io.BytesIO()
    book.save(target)
    return Encoded(target.getvalue())


def _set_widths(sheet: Worksheet, header: Sequence[str]) -> None:
    """Make columns as wide as their headings; a Japanese character takes two places."""
    for index, heading in enumerate(header, start=1):
        width = max(10, 2 * len(heading) + 2)
        sheet.column_dimensions[get_column_letter(index)].width = width


def _cell(sheet: Worksheet, value: str) -> Cell | str | None:
    """Return a cell; plain text and blanks need none made for them, which is half the time."""
    return _text(sheet, value) if value.startswith(MISREAD) else value or None


def _text(sheet: Worksheet, value: str, font: Font | None = None) -> Cell:
    cell = WriteOnlyCell(sheet, value)
    cell.data_type = "s"
    if font:
        cell.font = font
    return cell


ENCODING = Encoding(
    "xlsx",
    N_("Excel workbook"),
    ".xlsx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    encode,
)
