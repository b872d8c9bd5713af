"""Lists of shelters as people drop them on the page: one row as it is, others with other cells."""

import io
from collections.abc import Iterable, Mapping

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.gis.importers.lists import RECOMMENDED

SCHOOL = RECOMMENDED
OTHER_SCHOOL = SCHOOL | {
    "名称": "室田小学校",
    "名称_カナ": "ムロタショウガッコウ",
    "住所": "神奈川県茅ヶ崎市室田1-1-1",
    "緯度": "35.346074",
    "経度": "139.420429",
}
CHANGED = SCHOOL | {"電話番号": "0467-00-0000"}
NEW = SCHOOL | {
    "名称": "芹沢の新しい公園",
    "名称_カナ": "",
    "住所": "神奈川県茅ヶ崎市芹沢5678",
    "緯度": "35.379012",
    "経度": "139.415123",
}
BAD = SCHOOL | {"名称": "", "住所": "神奈川県茅ヶ崎市香川1-1-1"}
DOUBTFUL = OTHER_SCHOOL | {"名称": "室田小学校 体育館", "名称_カナ": ""}
SWAPPED = NEW | {"緯度": NEW["経度"], "経度": NEW["緯度"]}

Row = Mapping[str, str]


def workbook(rows: Iterable[Row], *, headings: Mapping[str, str] | None = None) -> bytes:
    """Return rows as a workbook, its headings perhaps spelt another way."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    columns = [*(headings or SCHOOL)]
    sheet.append([(headings or {}).get(column, column) for column in columns])
    for row in rows:
        sheet.append([row[column] for column in columns])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
