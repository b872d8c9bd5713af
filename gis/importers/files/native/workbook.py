"""Says as JSON what stands in the worksheets of the workbook in a folder."""

import json
import sys
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook, SheetTypeEnum


def worksheets(folder: Path) -> list[dict[str, Any]]:
    """Return the worksheets, each with its rows from the first row on."""
    with CalamineWorkbook.from_path(folder / "workbook") as workbook:
        return [
            {"name": sheet.name, "rows": list(workbook.get_sheet_by_name(sheet.name).iter_rows())}
            for sheet in workbook.sheets_metadata
            if sheet.typ is SheetTypeEnum.WorkSheet
        ]


def moment(value: object) -> str:
    """Return a moment as ISO 8601 writes it; midnight is how a workbook stores a bare date."""
    match value:
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime():
            return value.isoformat(" ")
        case date() | time():
            return value.isoformat()
    return str(value)


if __name__ == "__main__":
    json.dump(worksheets(Path(sys.stdin.readline().strip())), sys.stdout, default=moment)
