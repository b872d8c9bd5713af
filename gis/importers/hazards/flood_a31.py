"""国土数値情報 A31 and A31a 洪水浸水想定区域 (国土交通省), of all its editions.

The depth is a rank, whose column and table differ (国土数値情報ダウンロードサイト,
洪水浸水想定区域データ, with its lists of codes):

- 2012 (第1.1版): A31_001, 11 to 15 in five classes, 21 to 27 in seven;
- 2019 to 2021, by river: A31_105 計画規模, A31_205 想定最大規模, 1 to 6; A31_102 and A31_202
  name the river;
- from 2022, by river the same as A31a; by mesh A31_101 and A31_201 hold the rank, which in the
  editions before were the number of a river.

A31_405, A31a_405 and by mesh A31_401 are 家屋倒壊等氾濫想定区域, which has no depth. How long the
water stays (A31_305, A31a_305, A31_301) is nothing that a zone is drawn by.
"""

from gis.importers.hazards.depths import depth_words, ranks
from gis.importers.hazards.zones import Cells, ZoneClass, ZoneFormat
from gis.text import N_
from gis.vocabulary import Hazard

FIVE = ranks(11, 0.5, 1, 2, 5)
SEVEN = ranks(21, 0.5, 1, 2, 3, 4, 5)
SIX = ranks(1, 0.5, 3, 5, 10, 20)
RANKS = FIVE | SEVEN | SIX

DEPTH_COLUMNS = ("A31a_205", "A31a_105", "A31_205", "A31_105", "A31_201", "A31_101", "A31_001")
"""Where a rank of depth stands; the first that is there, for A31_101 may be a river."""

COLLAPSE_COLUMNS = ("A31a_405", "A31_405", "A31_401")
COLLAPSE = {
    "1": "家屋倒壊等氾濫想定区域（氾濫流）",
    "2": "家屋倒壊等氾濫想定区域（河岸侵食）",
    "3": "家屋倒壊等氾濫想定区域（氾濫流・河岸侵食）",
}

_RANK = N_("a rank of its code list; the zone was taken with its depth unknown")


def _recognises(columns: frozenset[str]) -> bool:
    return not columns.isdisjoint((*DEPTH_COLUMNS, *COLLAPSE_COLUMNS))


def _read(cells: Cells) -> ZoneClass:
    column = next(name for name in (*DEPTH_COLUMNS, *COLLAPSE_COLUMNS) if name in cells)
    name = _river(cells, column)
    rank = cells[column]
    if column in COLLAPSE_COLUMNS:
        return ZoneClass(label=COLLAPSE.get(rank, rank) or None, name=name)
    depth = RANKS.get(rank)
    if depth is None:
        return ZoneClass(name=name, problem=(column, _RANK))
    return ZoneClass(depth_words(depth), name, depth)


def _river(cells: Cells, column: str) -> str | None:
    """Return the river, which files by river name three columns before the rank."""
    return cells.get(f"{column[:-1]}2") or None if column.endswith("5") else None


FORMAT = ZoneFormat(
    code="flood_a31",
    name="国土数値情報 A31 洪水浸水想定区域",
    hazard=Hazard.FLOOD,
    source="「国土数値情報（洪水浸水想定区域データ）」（国土交通省）",
    recognises=_recognises,
    read=_read,
)
