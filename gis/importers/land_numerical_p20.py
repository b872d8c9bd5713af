"""国土数値情報 P20 避難施設 (国土交通省), of the years before shelters were designated by law.

P20_009 水害 does not tell a flood of a river from one of rain or of the sea, so that it becomes a
hazard of its own. -1 is an unknown number. P20_012 (no hazard named) and P20_011 (another one) say
nothing that a hazard could be made of.
"""

from gis.importers import values
from gis.importers.columns import (
    ADDRESS,
    CAPACITY,
    FLOOD_UNSPECIFIED,
    FLOOR_AREA,
    LAT,
    LON,
    MUNICIPALITY_CODES,
    NAME,
    NOTE,
    SHELTER_KIND,
)
from gis.importers.format import Format
from gis.vocabulary import DesignationKind

FORMAT = Format(
    code="land_numerical_p20",
    name="国土数値情報 P20 避難施設",
    columns={
        MUNICIPALITY_CODES[0]: "P20_001",
        NAME: "P20_002",
        ADDRESS: "P20_003",
        SHELTER_KIND: "P20_004",
        CAPACITY: "P20_005",
        FLOOR_AREA: "P20_006",
        "災害種別_地震": "P20_007",
        "災害種別_津波": "P20_008",
        FLOOD_UNSPECIFIED: "P20_009",
        "災害種別_火山現象": "P20_010",
        LAT: "緯度",
        LON: "経度",
        NOTE: "備考",
    },
    kind=DesignationKind.DESIGNATED_SHELTER,
    unknown=frozenset({"-1", "-1.0"}),
    municipality_code=values.short_municipality_code,
    shelter_kind=values.facility_kind,
)
