"""Cells of a workbook that are calculated, and values from other files."""

import html
import re
from collections.abc import Iterator

from gis.importers.errors import FormulaFound, LinkedWorkbook
from gis.importers.files.archive import Archive

_OVERLAP_BYTES = 1_000
"""Carried from one block into the next, lest a tag be cut in two."""

_XLSX_SHEET = re.compile(r"xl/(worksheets|macrosheets)/[^/]+\.xml")
_XLSX_LINK = "xl/externalLinks/"

# Lists to choose from and little charts in a cell have formulas as well, <xm:f>; they alter none.
_XLSX_FORMULA = re.compile(rb'(?:\br="([A-Z]{1,3}[0-9]+)"[^<>]*>\s*)?<(?!xm:)(?:\w+:)?f[\s/>]')
_ODS_TABLE = re.compile(rb'<table:table\s[^>]*?table:name="([^"]*)"')
_ODS_FORMULA = re.compile(rb':formula\s*=\s*["\']([^"\'<>]{0,80})')


def check_xlsx(archive: Archive) -> None:
    """Refuse a workbook with a formula or a link to another file.

    Raises
    ------
    FormulaFound
        With the first calculated cell, as sheet and cell.
    LinkedWorkbook
        With the part that is linked.
    """
    for part in archive.members:
        if part.startswith(_XLSX_LINK):
            raise LinkedWorkbook(received=part)
    for part in filter(_XLSX_SHEET.fullmatch, archive.members):
        for block in _overlapping(archive, part):
            # Looking for two bytes is far quicker than for the pattern, and sheets are long.
            if (b"<f" in block or b":f" in block) and (found := _XLSX_FORMULA.search(block)):
                cell = (found[1] or b"?").decode()
                raise FormulaFound(received=f"{_sheet_name(archive, part)}!{cell}")


def check_ods(archive: Archive) -> None:
    """Refuse a workbook with a formula.

    Raises
    ------
    FormulaFound
        With the first formula and the sheet it is in.
    """
    sheet = b""
    for block in _overlapping(archive, "content.xml"):
        found = _ODS_FORMULA.search(block)
        above = _ODS_TABLE.findall(block, 0, found.start() if found else len(block))
        sheet = above[-1] if above else sheet
        if found:
            shown = b"!".join((sheet, found[1])).decode("utf-8", "replace")
            raise FormulaFound(received=html.unescape(shown))


def _overlapping(archive: Archive, part: str) -> Iterator[bytes]:
    tail = b""
    for block in archive.blocks(part):
        yield tail + block
        tail = block[-_OVERLAP_BYTES:]


def _sheet_name(archive: Archive, part: str) -> str:
    """Return the name on the tab of a sheet, or the part's where the workbook does not tell."""
    links = _attributes(archive, "xl/_rels/workbook.xml.rels", "Relationship")
    ids = {link.get("Id") for link in links if part.endswith(link.get("Target", "-").lstrip("/"))}
    tabs = _attributes(archive, "xl/workbook.xml", "sheet")
    return next((tab["name"] for tab in tabs if tab.get("r:id") in ids and "name" in tab), part)


def _attributes(archive: Archive, part: str, element: str) -> Iterator[dict[str, str]]:
    if part not in archive.members:
        return
    markup = archive.content(part).decode("utf-8", "replace")
    for tag in re.findall(rf"<(?:\w+:)?{element}\s[^>]*>", markup):
        pairs = re.findall(r'([\w:]+)\s*=\s*"([^"]*)"', tag)
        yield {name: html.unescape(value) for name, value in pairs}
