"""推奨データセット v1 「10.指定緊急避難場所一覧」: 26 columns, the forerunner of 自治体標準 v2.

Its NO counts rows and changes when a town publishes anew, so that it identifies nothing here.
"""

from gis.importers import municipal_standard
from gis.importers.format import Format

FORMAT = Format(
    "推奨データセット v1 指定緊急避難場所一覧",
    facility="名称",
    address="住所",
    hazards=municipal_standard.FORMAT.hazards,
    also_shelter="指定避難所との重複",
)
