"""The situation summary as 消防庁 第4号様式, a workbook to fill in further, to send and to print.

The form is Japanese by law, so it is the same one whatever language is asked for. It is marked
「第4号様式に準拠（参考）」, because it follows the form from before the revision of 2017.
"""

import io
from typing import Final

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from gis.reports.form4_filling import ANNEX, Entry, FilledForm, Page, filled_form
from gis.reports.form4_grid import Part, Range
from gis.reports.form4_page import across, down, heading_of_annex, paragraphs
from gis.reports.rendering import Rendering, safe_cell
from gis.reports.situation import SituationSummary
from gis.reports.workbook import MEDIA_TYPE
from gis.text import N_, Language, translate

FONT: Final = "ＭＳ 明朝"
"""What offices print forms in; a machine without it takes another Mincho."""
MARGIN_INCHES: Final = 0.47
DOWNWARDS: Final = 255
"""As spreadsheets call letters that stand one below the other."""
ANNEX_WIDTH: Final = 80
ANNEX_PT: Final = 10
_THIN: Final = Side(style="thin")


def render(summary: SituationSummary, language: Language) -> bytes:
    """Return a workbook with a sheet for each part, and one for what did not fit into them."""
    del language  # the form is Japanese, see above
    form = filled_form(summary)
    book = Workbook()
    book.remove(book.worksheets[0])
    for page in form.pages:
        _write(book.create_sheet(page.part.name), page)
    if form.annex:
        _write_annex(book.create_sheet(translate(ANNEX, Language.JA)), form)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _write(sheet: Worksheet, page: Page) -> None:
    _measure(sheet, page.part)
    for entry in page.entries:
        _fill(sheet, entry, page.part)
    for frame in page.part.frames:
        _frame(sheet, frame)
    printed = page.part.printed
    last = f"{get_column_letter(printed.right)}{printed.bottom}"
    sheet.print_area = f"A1:{last}"
    _on_paper(sheet, pages_high=1)


def _measure(sheet: Worksheet, part: Part) -> None:
    for index, width in enumerate(part.columns, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = width
    for index, height in enumerate(part.rows, start=1):
        sheet.row_dimensions[index].height = height
    sheet.sheet_view.showGridLines = False


def _fill(sheet: Worksheet, entry: Entry, part: Part) -> None:
    box = entry.box
    cell = _cell(sheet, box.cells.top, box.cells.left)
    if entry.number is None:
        cell.value = safe_cell(entry.text) or None
    else:
        cell.value, cell.number_format = entry.number, entry.number_format
    cell.font = Font(name=FONT, size=entry.letters_pt, bold=box.runs_on)
    cell.alignment = _alignment(entry, part)
    if box.is_merged:
        sheet.merge_cells(box.reference)
    if box.has_border:
        _frame(sheet, box.cells)


def _alignment(entry: Entry, part: Part) -> Alignment:
    if entry.box.is_vertical:
        return Alignment("center", "center", text_rotation=DOWNWARDS, wrap_text="\n" in entry.text)
    if entry.box.runs_on:
        return Alignment("left", "center")
    is_number = entry.number is not None
    return Alignment(
        across(entry), down(entry, part), wrap_text=not is_number, shrink_to_fit=is_number
    )


def _frame(sheet: Worksheet, cells: Range) -> None:
    """Draw a line around a range; a border that is there already stays."""
    for row in range(cells.top, cells.bottom + 1):
        for column in range(cells.left, cells.right + 1):
            at = sheet.cell(row, column)
            before = at.border
            at.border = Border(
                left=_THIN if column == cells.left else before.left,
                right=_THIN if column == cells.right else before.right,
                top=_THIN if row == cells.top else before.top,
                bottom=_THIN if row == cells.bottom else before.bottom,
            )


def _write_annex(sheet: Worksheet, form: FilledForm) -> None:
    sheet.column_dimensions["A"].width = ANNEX_WIDTH
    rows = [(heading_of_annex(form), 1, True)]
    for title, text in form.annex:
        rows.append((title, 1, True))
        rows += [(piece, lines, False) for piece, lines in paragraphs(text, ANNEX_WIDTH / 2 - 2)]
    for index, (text, lines, is_title) in enumerate(rows, start=1):
        cell = _cell(sheet, index, 1)
        cell.value = safe_cell(text)
        cell.font = Font(name=FONT, size=ANNEX_PT, bold=is_title)
        cell.alignment = Alignment("left", "top", wrap_text=True)
        sheet.row_dimensions[index].height = ANNEX_PT * (1.4 * lines + 0.4)
    _on_paper(sheet, pages_high=0)


def _cell(sheet: Worksheet, row: int, column: int) -> Cell:
    cell = sheet.cell(row, column)
    if isinstance(cell, MergedCell):  # the grid has no box within another
        raise TypeError(cell.coordinate)
    return cell


def _on_paper(sheet: Worksheet, *, pages_high: int) -> None:
    """Print on A4, upright, one page wide; 0 pages high is as many as it takes."""
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = sheet.ORIENTATION_PORTRAIT
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, pages_high
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.left = margins.right = margins.top = margins.bottom = MARGIN_INCHES
    margins.header = margins.footer = 0


RENDERING = Rendering("form4_xlsx", N_("Form 4 (Excel)"), ".xlsx", MEDIA_TYPE, render, stem="form4")
