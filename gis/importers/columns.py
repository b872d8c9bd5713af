"""The columns of an inventory: ours are the headings of 自治体標準 v2, and a few more.

Every other format says under which heading it has which of these.
"""

from gis.vocabulary import Hazard

NAME = "名称"
NAME_KANA = "名称_カナ"
ADDRESS = "所在地_連結表記"
ADDRESS_PARTS = (
    "所在地_都道府県",
    "所在地_市区町村",
    "所在地_町字",
    "所在地_番地以下",
    "建物名等(方書)",
)
LAT = "緯度"
LON = "経度"
PHONE = "電話番号"
MUNICIPALITY_CODES = ("市区町村コード", "全国地方公共団体コード")
MUNICIPALITY_NAME = "地方公共団体名"
MUNICIPALITY_NAMES = (MUNICIPALITY_NAME, "所在地_市区町村")
CAPACITY = "想定収容人数"
LOCAL_ID = "ID"
NOTE = "備考"
ALSO_SHELTER = "指定避難所との重複"

# Not in the standard, which has no list of 指定避難所: these tell a designated shelter, its ID and
# what the lists of 国土地理院 and 国土数値情報 say besides.
COMMON_ID = "共通ID"
SHELTER_KIND = "避難所種別"
FICTITIOUS_CAPACITY = "想定収容人数(架空)"
ACCEPTED_PERSONS = "受入対象者"
MAYORS_MATTERS = "その他市町村長が必要と認める事項"
FLOOR_AREA = "施設規模(㎡)"

HAZARDS = {
    "災害種別_洪水": Hazard.FLOOD,
    "災害種別_崖崩れ、土石流及び地滑り": Hazard.LANDSLIDE,
    "災害種別_高潮": Hazard.STORM_SURGE,
    "災害種別_地震": Hazard.EARTHQUAKE,
    "災害種別_津波": Hazard.TSUNAMI,
    "災害種別_大規模な火事": Hazard.LARGE_FIRE,
    "災害種別_内水氾濫": Hazard.INLAND_FLOOD,
    "災害種別_火山現象": Hazard.VOLCANO,
}
"""The eight hazards as the decree names them (災害対策基本法施行令 20条の4)."""

FLOOD_UNSPECIFIED = "災害種別_水害"
"""水害 of 国土数値情報 P20, which does not say whether of a river, of rain or of the sea."""

MARKS = {**HAZARDS, FLOOD_UNSPECIFIED: Hazard.FLOOD_UNSPECIFIED}

DETAILS = (
    "名称_英字",
    "所在地_全国地方公共団体コード",
    "町字ID",
    *ADDRESS_PARTS,
    "標高",
    "内線番号",
    "連絡先メールアドレス",
    "連絡先FormURL",
    "連絡先備考（その他、SNSなど）",
    "郵便番号",
    MUNICIPALITY_NAME,
    "対象となる町会・自治会",
    "URL",
    "画像",
    "画像_ライセンス",
)
"""Columns that have no field of their own in the register; it keeps them as the publisher wrote."""

NOTES = (ACCEPTED_PERSONS, MAYORS_MATTERS, FLOOR_AREA)
"""Columns that join the remarks, each under its heading."""

STANDARD = (
    NAME,
    NAME_KANA,
    ADDRESS,
    LAT,
    LON,
    PHONE,
    *MUNICIPALITY_CODES,
    CAPACITY,
    LOCAL_ID,
    NOTE,
    ALSO_SHELTER,
    *HAZARDS,
    *DETAILS,
)
"""The 39 columns of 自治体標準 v2, in an order of ours."""

OUR_OWN = (COMMON_ID, SHELTER_KIND, FICTITIOUS_CAPACITY, *NOTES, FLOOD_UNSPECIFIED)

COLUMNS = (*STANDARD, *OUR_OWN)
"""Every column that is read; a mapping chooses among these."""
