"""推奨データセット v1 「10.指定緊急避難場所一覧」: 26 columns, the forerunner of 自治体標準 v2.

Its NO counts rows and changes when a town publishes anew, so that it identifies nothing here.
"""

from gis.importers import municipal_standard
from gis.importers.columns import ADDRESS
from gis.importers.format import Format

RENAMED = {
    ADDRESS: "住所",
    "建物名等(方書)": "方書",
    "所在地_都道府県": "都道府県名",
    "所在地_市区町村": "市区町村名",
}

FORMAT = Format(
    code="recommended_v1",
    name="推奨データセット v1 指定緊急避難場所一覧",
    columns=dict(municipal_standard.FORMAT.columns) | RENAMED,
)
