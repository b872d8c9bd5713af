"""The headings, names of items and marks of stock lists, as offices and depots write them."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from gis.importers.values import plain
from gis.items import Item

HEADINGS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "common_id": ("共通ID", "共通避難所ID", "施設ID", "common_id"),
        "place": (
            "場所",
            "保管場所",
            "備蓄場所",
            "保管場所名",
            "備蓄場所名",
            "保管先",
            "拠点",
            "拠点名",
            "物資拠点",
            "備蓄倉庫",
            "倉庫",
            "倉庫名",
            "避難所",
            "避難所名",
            "施設名",
            "施設名称",
            "施設",
            "名称",
            "place",
            "location",
        ),
        "kind": ("種別", "場所の種別", "場所種別", "kind"),
        "item_code": ("item_code", "品目コード", "物資コード", "コード"),
        "item": (
            "品目",
            "品目名",
            "品名",
            "物資名",
            "物資",
            "備蓄品",
            "備蓄品名",
            "備蓄品目",
            "資機材名",
            "item",
        ),
        "quantity": (
            "数量",
            "在庫数",
            "在庫数量",
            "在庫",
            "備蓄数",
            "備蓄数量",
            "備蓄量",
            "現在数",
            "現在庫",
            "実数",
            "個数",
            "数",
            "quantity",
        ),
        "unit": ("単位", "数量単位", "unit"),
        "expires_on": (
            "期限",
            "賞味期限",
            "消費期限",
            "使用期限",
            "有効期限",
            "保存期限",
            "賞味期限等",
            "expires_on",
            "expiry",
        ),
        "lot": ("ロット", "ロット番号", "ロットNo", "製造番号", "lot"),
        "observed_at": (
            "基準日",
            "基準日時",
            "確認日",
            "確認日時",
            "棚卸日",
            "棚卸し日",
            "調査日",
            "現在日",
            "observed_at",
        ),
        "counted_at": ("数えた日時", "数えた日", "counted_at"),
        "note": ("備考", "摘要", "note"),
    }
)
"""What a row of stock holds, and under which headings; of several in one file the first one."""

UNUSED = ("うち確保済み", "確保済み", "NO", "番号", "連番")
"""Headings of what follows from other things; the columns are passed over without a word."""

ITEM_NAMES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "drinking_water": ("水", "保存水", "備蓄水", "飲料用水", "長期保存水", "ペットボトル水"),
        "food": ("食糧", "食品", "食事", "非常食", "備蓄食", "備蓄食料", "アルファ米"),
        "blanket": ("ブランケット", "アルミブランケット"),
        "infant_formula_powder": ("粉ミルク(乳児用)", "乳児用粉ミルク", "乳児用調製粉乳"),
        "infant_formula_liquid": ("乳児用液体ミルク", "液体ミルク(乳児用)", "乳児用調製液状乳"),
        "portable_toilet": ("携帯トイレ", "簡易トイレ(便袋)", "携帯・簡易トイレ", "便袋"),
        "diaper_child": ("紙おむつ(子ども)", "紙おむつ(乳幼児)", "子ども用おむつ", "ベビーおむつ"),
        "diaper_adult": ("紙おむつ(大人)", "大人用おむつ", "大人用紙おむつ", "おとな用おむつ"),
        "sanitary_product": ("生理用ナプキン", "ナプキン", "生理用品(ナプキン)"),
        "toilet_paper": ("トイレ紙", "ちり紙"),
        "generator": ("発動発電機", "可搬式発電機", "ポータブル発電機", "非常用発電機"),
        "temporary_toilet": ("組立式トイレ", "組立トイレ", "仮設式トイレ"),
        "floodlight": ("投光機", "バルーン投光器", "LED投光器"),
        "partition": ("間仕切り", "パーテーション", "間仕切", "プライベートテント"),
        "camp_bed": ("段ボールベッド", "ダンボールベッド", "折りたたみベッド", "簡易ベット"),
        "radio": ("トランシーバー", "携帯無線機", "MCA無線機", "簡易無線機"),
        "aed": ("自動体外式除細動器",),
    }
)
"""What else people call an item of the item list, by its code."""

NONE = frozenset({"-", "ー", "―", "—", "なし", "無", "無し", "無期限", "期限なし", "該当なし"})
"""Cells of a last day of use, or of a lot, that mean what an empty one means."""

FICTITIOUS = "架空"
"""In the heading of the quantity, or in the remarks: what stands there is invented."""

_PARENTHESES = re.compile(r"\((.*?)\)")
_WORDS_OF_UNIT = re.compile(r"単位|[:：\s]")
_BETWEEN = re.compile(r"[・･\s]")


def item_word(cell: str) -> str:
    """Return the name of an item in the one spelling that all its variants have in common."""
    return _BETWEEN.sub("", plain(cell).casefold())


def items_by_word(items: Mapping[str, Item]) -> dict[str, Item]:
    """Return what each word means: codes and the names of the item list first, then others."""
    others = {
        item_word(name): items[code]
        for code, names in ITEM_NAMES.items()
        if code in items
        for name in names
    }
    own = {item_word(name): each for each in items.values() for name in _own_names(each)}
    return others | own


def _own_names(item: Item) -> Iterable[str]:
    return (item.code, item.name_ja, item.name_en)


def unit_of_heading(heading: str) -> str | None:
    """Return the unit that stands in parentheses in a heading, as in 数量（箱）."""
    found = _PARENTHESES.search(unicodedata.normalize("NFKC", heading))
    unit = _WORDS_OF_UNIT.sub("", found[1]) if found else ""
    # 数量（4月1日現在） and 数量（架空） name none.
    is_unit = unit and FICTITIOUS not in unit and not re.search(r"\d|現在|時点", unit)
    return unit if is_unit else None
