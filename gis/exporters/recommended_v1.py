"""推奨データセット v1 「10.指定緊急避難場所一覧」: 26 columns, the forerunner of 自治体標準 v2.

It has no column for an ID: its NO counts rows. A shelter that is no emergency site cannot be told
from one here, and is left out.
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
    "NO",
    "名称",
    "名称_カナ",
    "住所",
    "方書",
    "緯度",
    "経度",
    "標高",
    "電話番号",
    "内線番号",
    "市区町村コード",
    "都道府県名",
    "市区町村名",
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
    "備考",
)
RENAMED = {
    "方書": "建物名等(方書)",
    "都道府県名": "所在地_都道府県",
    "市区町村名": "所在地_市区町村",
}
"""Columns that 自治体標準 v2, under whose headings details are kept, calls otherwise."""


def rows(shelters: Sequence[RegisteredShelter]) -> Iterator[dict[str, str]]:
    """Yield one row per emergency site."""
    for number, site in enumerate(filter(_is_held, shelters), start=1):
        yield {
            **site.details,
            **municipal_cells(site),
            **{column: site.details.get(kept, "") for column, kept in RENAMED.items()},
            "NO": str(number),
            "住所": site.address or "",
        }


def remarks(shelters: Sequence[RegisteredShelter]) -> Iterator[Remark]:
    """Yield what the list does not say."""
    held = [*filter(_is_held, shelters)]
    yield from counted(
        N_("Shelters left out, because they are no emergency sites: {count}."),
        len(shelters) - len(held),
    )
    own = sum(site.local_id is not None for site in held)
    yield from ids_left_out(own + sum(len(site.common_ids) for site in held))
    yield from hazards_left_open(held)
    yield from capacities_left_out(held)


def _is_held(shelter: RegisteredShelter) -> bool:
    return shelter.is_designated(DesignationKind.EMERGENCY_SITE)


LIST = ShelterList(
    "recommended_v1",
    N_("Recommended data set v1, emergency sites"),
    "{code}_evacuation_space_v1",
    "evacuation_space_v1",
    COLUMNS,
    rows,
    remarks,
)
