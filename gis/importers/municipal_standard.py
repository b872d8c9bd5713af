"""自治体標準オープンデータセット v2 指定緊急避難場所一覧: 39 columns, and what we add to them.

The definition is the Digital Agency's (デジタル庁, sheet 03). It has no list of 指定避難所, so that
the same columns carry one here, told apart by our column 避難所種別 or by the 共通ID.
"""

from gis.importers.format import HAZARDS, Format

FORMAT = Format(
    "自治体標準オープンデータセット v2 指定緊急避難場所一覧",
    facility="名称",
    address="所在地_連結表記",
    hazards={f"災害種別_{name}": hazard for name, hazard in HAZARDS.items()},
    also_shelter="指定避難所との重複",
)
