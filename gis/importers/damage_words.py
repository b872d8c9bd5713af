"""The headings and words of damage reports in files, as offices and teams write them."""

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from gis.importers.values import plain
from gis.text import Language, translate
from gis.vocabulary import (
    DamageCategory,
    DwellingClass,
    FloodLevel,
    Phenomenon,
    QuickInspection,
    Severity,
    Term,
)

HEADINGS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "id": ("id", "uuid", "報告id", "管理番号", "受付番号", "整理番号"),
        "category": ("区分", "種別", "被害区分", "被害種別", "被害の種別", "分類", "category"),
        "severity": ("程度", "被害程度", "被害の程度", "重大度", "severity"),
        "phenomenon": ("現象", "被害の現象", "被害内容", "phenomenon"),
        "dwelling_class": ("被害認定の区分", "被害認定", "認定区分", "dwelling_class"),
        "flood_level": ("浸水", "浸水区分", "床上床下", "flood_level"),
        "depth_cm": ("浸水深", "床上の浸水深", "床上浸水深", "depth", "depth_cm"),
        "quick_inspection": ("応急危険度判定", "応急危険度", "危険度判定", "quick_inspection"),
        "people_in_danger": (
            "危険にさらされている人数",
            "危険な状況にある人数",
            "要救助者数",
            "要救助者",
            "people_in_danger",
        ),
        "affected": (
            "被害の数",
            "被害数",
            "数量",
            "棟数",
            "箇所数",
            "戸数",
            "件数",
            "affected",
            "how_many",
        ),
        "households": ("世帯数", "世帯", "り災世帯数", "households"),
        "residents": ("居住者数", "人数", "り災者数", "residents"),
        "lat": ("緯度", "北緯", "lat", "latitude", "y"),
        "lon": ("経度", "東経", "lon", "lng", "long", "longitude", "x"),
        "address": ("住所", "所在地", "町名", "地区", "address"),
        "place": ("場所", "発生場所", "被害場所", "目標物", "目印", "place", "place_text"),
        "observed_at": (
            "日時",
            "確認日時",
            "発見日時",
            "発生日時",
            "覚知日時",
            "受付日時",
            "報告日時",
            "observed_at",
            "observed",
            "datetime",
            "timestamp",
        ),
        "date": ("日付", "月日", "年月日", "確認日", "発生日", "受付日", "date"),
        "time": ("時刻", "時間", "確認時刻", "発生時刻", "受付時刻", "time"),
        "situation": ("状況", "被害状況", "被害の状況", "situation"),
        "note": ("内容", "備考", "概要", "note", "notes", "description"),
        "remarks": ("特記事項", "補足", "対応", "remarks", "comment"),
        "reporter": ("報告者", "班", "班名", "チーム", "報告班", "通報者", "team", "reporter"),
    }
)
"""What a report holds, and under which headings; of several in one file the first one named."""

SYNONYMS: Mapping[str, Mapping[str, Term]] = MappingProxyType(
    {
        "category": {
            **dict.fromkeys(("住宅", "家屋", "住居", "民家"), DamageCategory.DWELLING),
            **dict.fromkeys(("公共の建物", "公共施設"), DamageCategory.PUBLIC_BUILDING),
            **dict.fromkeys(("学校", "文化財"), DamageCategory.SCHOOL),
            **dict.fromkeys(("医療機関", "医療施設"), DamageCategory.HOSPITAL),
            **dict.fromkeys(("ブロック塀", "塀"), DamageCategory.BLOCK_WALL),
            **dict.fromkeys(("市道", "県道", "国道", "道路損壊"), DamageCategory.ROAD),
            **dict.fromkeys(("橋", "橋梁", "橋りよう"), DamageCategory.BRIDGE),
            **dict.fromkeys(("鉄道",), DamageCategory.RAILWAY),
            **dict.fromkeys(
                ("がけ崩れ", "崖崩れ", "がけくずれ", "土砂崩れ", "土砂災害", "がけ", "崖"),
                DamageCategory.CLIFF,
            ),
            **dict.fromkeys(("堤防", "河川護岸"), DamageCategory.RIVER),
            **dict.fromkeys(("断水", "上水道"), DamageCategory.WATER),
            **dict.fromkeys(("停電", "電力"), DamageCategory.ELECTRICITY),
            **dict.fromkeys(("ガス漏れ", "都市ガス"), DamageCategory.GAS),
            **dict.fromkeys(("通信",), DamageCategory.TELEPHONE),
        },
        "severity": {
            **dict.fromkeys(("重大", "大", "重度"), Severity.SEVERE),
            **dict.fromkeys(("中", "中等度"), Severity.MODERATE),
            **dict.fromkeys(("小", "軽度"), Severity.MINOR),
        },
        "phenomenon": {
            **dict.fromkeys(("損壊", "崩壊"), Phenomenon.COLLAPSE),
            **dict.fromkeys(("焼失", "延焼", "出火"), Phenomenon.FIRE),
            **dict.fromkeys(("冠水",), Phenomenon.FLOODING),
        },
        "dwelling_class": dict.fromkeys(("一部破損",), DwellingClass.PARTIAL),
        "flood_level": {"床上浸水": FloodLevel.OVER_FLOOR, "床下浸水": FloodLevel.UNDER_FLOOR},
        "quick_inspection": {},
    }
)
"""What else people write for a term of the vocabulary."""


def word(cell: str) -> str:
    """Return a word in the one spelling that all its variants have in common."""
    return plain(cell).casefold()


def _words(field: str, terms: Iterable[Term]) -> dict[str, Term]:
    """Return what each word means: codes and labels first, then parts of labels, then others."""
    whole: dict[str, Term] = {}
    parts: dict[str, Term] = {}
    for term in terms:
        labels = [term.label, translate(term.label, Language.JA)]
        whole |= {word(text): term for text in (term.value, term.value.replace("_", ""), *labels)}
        for label in map(word, labels):
            parts |= {part: term for part in re.split(r"[()]", label) if part}
    synonyms = {word(text): term for text, term in SYNONYMS[field].items()}
    return parts | synonyms | whole


WORDS: Mapping[str, Mapping[str, Term]] = MappingProxyType(
    {
        "category": _words("category", DamageCategory),
        "severity": _words("severity", Severity),
        "phenomenon": _words("phenomenon", Phenomenon),
        "dwelling_class": _words("dwelling_class", DwellingClass),
        "flood_level": _words("flood_level", FloodLevel),
        "quick_inspection": _words("quick_inspection", QuickInspection),
    }
)
"""What a word means, by field: codes, English and Japanese labels, and :data:`SYNONYMS`."""
