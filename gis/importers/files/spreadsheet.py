"""Workbooks: xlsx (Office Open XML), ods (OpenDocument) and xls (Excel 97 to 2003)."""

from collections.abc import Sequence

from gis.importers.errors import PasswordNeeded
from gis.importers.files.archive import Archive, opened
from gis.importers.files.confined import confined
from gis.importers.files.formulas import check_ods, check_xlsx
from gis.importers.files.sheet import Record, Sheet, shown

_COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How xls begins ([MS-CFB] 2.2), and likewise what Excel wraps around an encrypted xlsx."""
_ENCRYPTED_XLSX = "EncryptedPackage".encode("utf-16-le")
_ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"


def read(content: bytes) -> tuple[Sheet, ...] | None:
    """Return the worksheets that hold anything, or None when the bytes are no workbook.

    Rows have the numbers that the spreadsheet shows. In xls, calculated cells cannot be told from
    others; what they showed when the workbook was saved is taken.

    Raises
    ------
    BrokenFile, FormulaFound, LinkedWorkbook, PasswordNeeded, ReadingTooCostly
        It cannot be read, or not as it stands.
    """
    if content.startswith(_COMPOUND_FILE):
        if _ENCRYPTED_XLSX in content:
            raise PasswordNeeded
        return _sheets(content)
    archive = opened(content)
    if archive is None or not is_workbook(archive):
        return None
    _check(archive)
    return _sheets(content)


def is_workbook(archive: Archive) -> bool:
    """Tell whether an archive is an xlsx or ods file."""
    return _is_xlsx(archive) or _is_ods(archive)


def _is_xlsx(archive: Archive) -> bool:
    return "xl/workbook.xml" in archive.members


def _is_ods(archive: Archive) -> bool:
    if not {"mimetype", "content.xml"} <= archive.members.keys():
        return False
    return next(archive.blocks("mimetype"), b"").strip() == _ODS_TYPE


def _check(archive: Archive) -> None:
    if _is_xlsx(archive):
        check_xlsx(archive)
        return
    manifest = "META-INF/manifest.xml"
    if manifest in archive.members and b"encryption-data" in archive.content(manifest):
        raise PasswordNeeded
    check_ods(archive)


def _sheets(content: bytes) -> tuple[Sheet, ...]:
    found = confined("workbook", {"workbook": content})
    tables = (Sheet(sheet["name"], _records(sheet["rows"])) for sheet in found)
    return tuple(table for table in tables if table.records)


def _records(rows: Sequence[Sequence[object]]) -> tuple[Record, ...]:
    texts = (tuple(map(shown, row)) for row in rows)
    return tuple(
        Record(number, cells)
        for number, cells in enumerate(texts, start=1)
        if any(map(str.strip, cells))
    )
