"""国土数値情報 A40 津波浸水想定 (国土交通省).

A40_001 is the prefecture, A40_002 its code, A40_003 the depth in the words of the prefecture's own
report (国土数値情報ダウンロードサイト, 津波浸水想定データ, 製品仕様書 第1.1版).
"""

from gis.importers.hazards.depths import UNREADABLE, read_depth
from gis.importers.hazards.zones import Cells, ZoneClass, ZoneFormat
from gis.vocabulary import Hazard

DEPTH = "A40_003"


def _recognises(columns: frozenset[str]) -> bool:
    return DEPTH in columns


def _read(cells: Cells) -> ZoneClass:
    words = cells[DEPTH]
    depth = read_depth(words)
    problem = None if depth else (DEPTH, UNREADABLE)
    return ZoneClass(label=words or None, depth=depth, problem=problem)


FORMAT = ZoneFormat(
    code="tsunami_a40",
    name="国土数値情報 A40 津波浸水想定",
    hazard=Hazard.TSUNAMI,
    source="「国土数値情報（津波浸水想定データ）」（国土交通省）",
    recognises=_recognises,
    read=_read,
)
