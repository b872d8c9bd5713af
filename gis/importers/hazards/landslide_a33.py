"""国土数値情報 A33 土砂災害警戒区域 (国土交通省).

A33_001 is what may come down, A33_002 the kind of zone, A33_005 its name
(国土数値情報ダウンロードサイト, 土砂災害警戒区域データ, code lists 現象種別コード and 区域コード).
"""

from gis.importers.hazards.zones import Cells, ZoneClass, ZoneFormat
from gis.text import N_
from gis.vocabulary import Hazard, ZoneWarning

PHENOMENON, ZONE, NAME = "A33_001", "A33_002", "A33_005"

PHENOMENA = {"1": "急傾斜地の崩壊", "2": "土石流", "3": "地すべり"}
ZONES = {
    "1": ZoneWarning.WARNING,
    "2": ZoneWarning.SPECIAL,
    "3": ZoneWarning.WARNING_PLANNED,
    "4": ZoneWarning.SPECIAL_PLANNED,
}

_CODE = N_("a code of its list, 1 to 4; the zone was taken with its class unknown")


def _recognises(columns: frozenset[str]) -> bool:
    return {PHENOMENON, ZONE} <= columns


def _read(cells: Cells) -> ZoneClass:
    warning = ZONES.get(cells[ZONE])
    return ZoneClass(
        label=PHENOMENA.get(cells[PHENOMENON]),
        name=cells.get(NAME) or None,
        warning=warning,
        problem=None if warning else (ZONE, _CODE),
    )


FORMAT = ZoneFormat(
    code="landslide_a33",
    name="国土数値情報 A33 土砂災害警戒区域",
    hazard=Hazard.LANDSLIDE,
    source="「国土数値情報（土砂災害警戒区域データ）」（国土交通省）",
    recognises=_recognises,
    read=_read,
)
