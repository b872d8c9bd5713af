"""自治体標準オープンデータセット v2 指定緊急避難場所一覧 (デジタル庁, sheet 03): 39 columns.

It has no list of 指定避難所, so that a shelter that is no emergency site stands here, too, told
apart by its 共通ID; without one it would be taken for an emergency site, and is left out.
"""

from collections.abc import Iterator, Sequence

from gis.exporters.cells import municipal_cells
from gis.exporters.remark import (
    Remark,
    capacities_left_out,
    counted,
    hazards_left_open,
    ids_left_out,
)
from gis.exporters.shelter_list import ShelterList
from gis.queries.register import RegisteredShelter
from gis.text import N_
from gis.vocabulary import DesignationKind

COLUMNS = (
    "全国地方公共団体コード",
    "ID",
    "名称",
    "名称_カナ",
    "名称_英字",
    "所在地_全国地方公共団体コード",
    "町字ID",
    "所在地_連結表記",
    "所在地_都道府県",
    "所在地_市区町村",
    "所在地_町字",
    "所在地_番地以下",
    "建物名等(方書)",
    "緯度",
    "経度",
    "標高",
    "電話番号",
    "内線番号",
    "連絡先メールアドレス",
    "連絡先FormURL",
    "連絡先備考（その他、SNSなど）",
    "郵便番号",
    "市区町村コード",
    "地方公共団体名",
    "災害種別_洪水",
    "災害種別_崖崩れ、土石流及び地滑り",
    "災害種別_高潮",
    "災害種別_地震",
    "災害種別_津波",
    "災害種別_大規模な火事",
    "災害種別_内水氾濫",
    "災害種別_火山現象",
    "指定避難所との重複",
    "想定収容人数",
    "対象となる町会・自治会",
    "URL",
    "画像",
    "画像_ライセンス",
    "備考",
)


def rows(shelters: Sequence[RegisteredShelter]) -> Iterator[dict[str, str]]:
    """Yield one row per shelter."""
    for shelter in filter(_is_held, shelters):
        yield {
            **shelter.details,
            **municipal_cells(shelter),
            "全国地方公共団体コード": shelter.municipality_code,
            "ID": next(iter(shelter.common_ids), shelter.local_id) or "",
            "所在地_連結表記": shelter.address or "",
        }


def remarks(shelters: Sequence[RegisteredShelter]) -> Iterator[Remark]:
    """Yield what the list does not say."""
    held = [*filter(_is_held, shelters)]
    yield from counted(
        N_(
            "Shelters left out, because without a common ID this list would call them"
            " emergency sites: {count}."
        ),
        len(shelters) - len(held),
    )
    yield from ids_left_out(sum(len(shelter.common_ids[1:]) for shelter in held))
    yield from hazards_left_open(held)
    yield from capacities_left_out(held)


def _is_held(shelter: RegisteredShelter) -> bool:
    return bool(shelter.common_ids) or shelter.is_designated(DesignationKind.EMERGENCY_SITE)


LIST = ShelterList(
    "municipal_standard",
    N_("Municipal standard data set v2, emergency sites"),
    "{code}_evacuation_space",
    "evacuation_space",
    COLUMNS,
    rows,
    remarks,
)
