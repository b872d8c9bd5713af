"""第4号様式 read back from its files: what stands in each box of the grid."""

import io
import re
from collections.abc import Iterator
from typing import Any

import openpyxl
from openpyxl.cell import Cell
from openpyxl.workbook import Workbook
from pypdf import PdfReader

from gis.reports.form4_grid import PARTS, Part, Range
from gis.reports.form4_pdf import A4_PT, page_corner, page_scale

NUMBER_FORMAT = re.compile(r'(?:"([^"]*)")?#,##0(?:\.(0+))?(?:"([^"]*)")?')


def workbook_of(content: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def boxes_of_xlsx(content: bytes) -> dict[tuple[str, str], str]:
    """Return what a reader sees in each box, by part and reference."""
    book = workbook_of(content)
    return {
        (part.name, box.reference): seen(book[part.name][box.reference.split(":")[0]])
        for part in PARTS
        for box in part.boxes
    }


def seen(cell: Cell) -> str:
    """Return what a spreadsheet shows of a cell."""
    if not isinstance(cell.value, int | float):
        return "" if cell.value is None else str(cell.value)
    told = NUMBER_FORMAT.fullmatch(cell.number_format)
    assert told, cell.number_format
    before, decimals, after = (group or "" for group in told.groups())
    return f"{before}{cell.value:,.{len(decimals)}f}{after}"


def boxes_of_pdf(content: bytes) -> dict[tuple[str, str], str]:
    """Return what is printed within the lines of each box, by part and reference."""
    pages = PdfReader(io.BytesIO(content)).pages
    found: dict[tuple[str, str], str] = {}
    for part, page in zip(PARTS, pages, strict=False):
        pieces = printed(page, part)
        for box in part.boxes:
            inside = (text for x, y, text in pieces if lies_in(part, box.cells, x, y))
            found[part.name, box.reference] = "".join(inside)
    return found


def printed(page: Any, part: Part) -> list[tuple[float, float, str]]:  # noqa: ANN401 - pypdf's own
    """Return the pieces of text of a page, each with where it begins on the grid, in points."""
    found: list[tuple[float, float, str]] = []
    (left, top), scale = page_corner(part), page_scale(part)

    def take(text: str, at: list[float], *_: object) -> None:
        if text.strip():
            y = A4_PT[1] - at[5]
            found.append(((at[4] - left) / scale, (y - top) / scale, text.replace("\n", "")))

    page.extract_text(visitor_text=take)
    return found


def lies_in(part: Part, cells: Range, x: float, y: float) -> bool:
    (left, top), (width, height) = part.place(cells), part.size(cells)
    return left <= x < left + width and top <= y < top + height


def words_of_pdf(content: bytes) -> list[str]:
    """Return the text of each page."""
    return [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]


def without_spaces(text: str) -> str:
    """Return a text as it is, whatever lines it was broken into."""
    return re.sub(r"[\s\u200b]", "", text)


def blocks_of(boxes: dict[tuple[str, str], str]) -> list[list[list[str]]]:
    """Return the boxes of each part in rows, text first."""
    return [list(_rows(boxes, part.name)) for part in PARTS]


def _rows(boxes: dict[tuple[str, str], str], name: str) -> Iterator[list[str]]:
    for (part, reference), text in boxes.items():
        if part == name:
            yield [text, reference]
