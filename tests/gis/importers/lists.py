"""Lists made for a test, a row of each format, and what comes of reading them."""

import csv
import io
from collections.abc import Iterable, Mapping

from gis.errors import Refused
from gis.importers import Inventory, parse_inventory
from gis.importers.columns import HAZARDS as MARKED

EIGHT = frozenset(MARKED.values())
"""The hazards that emergency sites are designated for."""
HAZARDS = [column.removeprefix("災害種別_") for column in MARKED]

RECOMMENDED = {
    "NO": "1",
    "名称": "円蔵小学校",
    "名称_カナ": "エンゾウショウガッコウ",
    "住所": "神奈川県茅ヶ崎市円蔵1-13-1",
    "方書": "",
    "緯度": "35.342381",
    "経度": "139.407668",
    "標高": "",
    "電話番号": "0467-81-7127",
    "内線番号": "",
    "市区町村コード": "142077",
    "都道府県名": "神奈川県",
    "市区町村名": "茅ヶ崎市",
    **{f"災害種別_{name}": "1" for name in HAZARDS},
    "指定避難所との重複": "1",
    "想定収容人数": "810",
    "対象となる町会・自治会": "",
    "URL": "",
    "備考": "北側の門から",
}
SITE = {
    "NO": "37760",
    "共通ID": "E1420700001201",
    "都道府県名及び市町村名": "神奈川県茅ヶ崎市",
    "施設・場所名": "円蔵小学校",
    "住所": "神奈川県茅ヶ崎市円蔵1-13-1",
    **dict.fromkeys(HAZARDS, "1"),
    "火山現象": "",
    "指定避難所との住所同一": "1",
    "緯度": "35.342381",
    "経度": "139.407668",
    "備考": "津波時は3階以上",
}
SHELTER = {
    "NO": "29033",
    "共通ID": "E1420700063121",
    "都道府県名及び市町村名": "神奈川県茅ヶ崎市",
    "施設・場所名": "茅ヶ崎市総合体育館",
    "住所": "神奈川県茅ヶ崎市茅ヶ崎1-9-63",
    "指定緊急避難場所との住所同一": "1",
    "その他市町村長が必要と認める事項": "",
    "受入対象者": "要配慮者及びその家族等",
    "緯度": "35.334908",
    "経度": "139.403291",
    "備考": "",
}
OLD_SITE = {
    "市町村コード": "14207",
    "市町村名": "茅ヶ崎市",
    "NO": "1",
    "施設・場所名": "円蔵小学校",
    "住所": "神奈川県茅ヶ崎市円蔵1-13-1",
    **{name.replace("、", "/"): "1" for name in HAZARDS},
    "指定避難所との重複": "1",
    "緯度": "35.342381",
    "経度": "139.407668",
    "備考": "",
}


def csv_text(*rows: Mapping[str, str], columns: Iterable[str] | None = None) -> str:
    """Return rows as CSV; the columns are those of the first row unless given."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, list(columns or rows[0]), extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()


def outcome(content: bytes) -> Inventory | type[Refused]:
    """Return what a file says, or how it was refused."""
    try:
        return parse_inventory(content)
    except Refused as refused:
        return type(refused)


def widened(cell: str) -> str:
    """Return a cell in full-width letters and digits."""
    return "".join(chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter for letter in cell)
