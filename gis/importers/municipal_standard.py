"""自治体標準オープンデータセット v2 指定緊急避難場所一覧: 39 columns, and what we add to them.

The definition is the Digital Agency's (デジタル庁, sheet 03). It has no list of 指定避難所, so that
the same columns carry one here, told apart by our column 避難所種別 or by the 共通ID.
"""

from gis.importers.columns import COLUMNS, FLOOD_UNSPECIFIED, FLOOR_AREA
from gis.importers.format import Format

FORMAT = Format(
    code="municipal_standard",
    name="自治体標準オープンデータセット v2 指定緊急避難場所一覧",
    columns={column: column for column in COLUMNS if column not in {FLOOD_UNSPECIFIED, FLOOR_AREA}},
)
