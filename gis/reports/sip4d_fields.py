"""The fields of the SIP4D-ZIP data types that we send: names, kinds, lists, what is required.

Source: the field templates of SIP4D-ZIP (JSA-S1016:2023), version 1.1. Of each type those fields
stand here of which the store can know something; free-text notes are never among them.
"""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What the values of a field are."""

    STRING = "String"
    INTEGER = "Integer"
    LIST = "List"
    DATETIME = "Datetime"


@dataclass(frozen=True)
class Field:
    """A property of a feature; ``values`` are the only ones that it may have, if there are any."""

    name: str
    title: str
    kind: Kind = Kind.STRING
    values: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    """What the values are called where systems are connected, one each."""
    pattern: str | None = None
    is_required: bool = False
    description: str = ""


@dataclass(frozen=True)
class DataType:
    """A kind of information that is exchanged as a file of its own."""

    code: str
    title: str
    stem: str
    """What its files inside the ZIP are called."""
    category: str
    tags: tuple[str, ...]
    fields: tuple[Field, ...]
    note: str


_INTEGER, _LIST, _DATETIME = Kind.INTEGER, Kind.LIST, Kind.DATETIME
_GENERATED = "システムが記す。自由記述は含まない"
_CITY_CODE = Field("citycode", "市区町村コード", pattern=r"[0-9]{5}")
_CITY_CODE_REQUIRED = Field("citycode", "市区町村コード", pattern=r"[0-9]{5}", is_required=True)
_CITY = Field("cityname", "市区町村名")
_CITY_REQUIRED = Field("cityname", "市区町村名", is_required=True)
_NOTE = Field("note", "備考", description=_GENERATED)
_NULL = "値が分からない項目は空（null）です。0は「なし」を意味します。"

SHELTERS = DataType(
    "01-001-01",
    "避難所",
    "shelters",
    "避難",
    ("避難所", "避難者数"),
    (
        Field("id", "全国共通避難所・避難場所ID"),
        _CITY_CODE,
        Field(
            "eststts",
            "開設状況",
            values=("未開設", "開設", "閉鎖", "常設", "不明", "その他"),
            codes=("notopen", "open", "close", "permanent", "unknown", "other"),
            is_required=True,
        ),
        Field(
            "type",
            "種別",
            values=("避難所", "臨時避難所", "福祉避難所", "不明"),
            codes=("shelter", "temp_shelter", "welf_shelter", "unknown"),
        ),
        Field(
            "division",
            "指定区分",
            values=("指定避難所", "指定緊急避難場所兼避難所", "指定緊急避難場所", "指定なし"),
            codes=("spec_shelter", "spec_emg_evacueeplace", "assign_emg_shelter", "unspecified"),
        ),
        Field("name", "避難所名", is_required=True),
        Field("namekana", "避難所名（かな）"),
        Field("phoneno", "電話番号"),
        _CITY_REQUIRED,
        Field("address", "住所"),
        Field("capacity", "収容人数", _INTEGER),
        Field("reason", "開設理由"),
        Field(
            "crowdstts",
            "空き状況",
            values=("空き", "混雑", "定員一杯", "不明"),
            codes=("free", "congestion", "full", "unknown"),
        ),
        Field("evacueeno", "避難者数", _INTEGER),
        Field("sevacueeno", "自主避難者数", _INTEGER, description="避難者数の内数"),
        Field("houseno", "避難世帯数", _INTEGER),
        Field("shouseno", "自主避難世帯数", _INTEGER, description="避難世帯数の内数"),
        Field("starttime", "開設日時", _DATETIME),
        Field("endtime", "閉鎖日時", _DATETIME),
        _NOTE,
    ),
    _NULL + "架空の収容人数は含みません。",
)

CLOSURES = DataType(
    "01-005-01",
    "道路規制",
    "road_closures",
    "交通",
    ("道路", "通行規制"),
    (
        Field("id", "識別子"),
        _CITY_CODE,
        Field(
            "roadtype",
            "道路種別",
            _LIST,
            values=("高速自動車国道", "一般国道", "都道府県道", "市区町村道", "不明"),
            codes=("expressway", "national_road", "pref_road", "municipal_road", "unknown"),
        ),
        Field("roadname", "路線名"),
        Field(
            "passstts",
            "規制種別",
            _LIST,
            values=(
                "通行止め・閉鎖",
                "大型通行止め",
                "チェーン必要",
                "車線規制",
                "片側交互通行",
                "対面通行",
                "その他の規制",
                "不明",
            ),
            codes=(
                "road_close",
                "close_road_large",
                "chain_regulation",
                "lane_regulation",
                "one_sided_alternating_traffic",
                "face_to_face_traffic",
                "other",
                "unknown",
            ),
            is_required=True,
        ),
        _CITY_REQUIRED,
        Field("detail", "規制の区間"),
        Field("starttime", "規制開始日時", _DATETIME),
        Field("endtime", "規制終了予定日時", _DATETIME),
        _NOTE,
    ),
    _NULL + "現在行われている規制だけを含みます。",
)

LANDSLIDES = DataType(
    "01-010-01",
    "土砂災害",
    "landslides",
    "土砂災害",
    ("土砂災害", "がけ崩れ"),
    (
        _CITY_CODE,
        _CITY,
        Field(
            "type",
            "災害の種類",
            _LIST,
            values=("がけ崩れ", "地すべり", "土石流", "雪崩", "その他"),
            codes=("rockfall", "landslide", "debris_flow", "avalanche", "other"),
        ),
        Field("detail", "被害の状況"),
        Field("measures", "対応状況"),
        Field(
            "occurday",
            "発生日",
            pattern=r"\d{4}-\d{2}-\d{2}",
            description="確認された日（発生した日は分からない）",
        ),
        Field("occurtime", "発生時刻", description="確認された時刻（発生した時刻は分からない）"),
        _NOTE,
    ),
    _NULL + "本部が確認したものだけを含みます。発生日・発生時刻は、確認された日時です。",
)

DAMAGE = DataType(
    "01-011-01",
    "被害集計",
    "damage",
    "人的被害",
    ("被害集計", "人的被害", "建物被害"),
    (
        _CITY_CODE_REQUIRED,
        _CITY,
        Field("deadno", "死者数", _INTEGER),
        Field("missingno", "行方不明者数", _INTEGER),
        Field("seriousno", "重傷者数", _INTEGER),
        Field("slightno", "軽傷者数", _INTEGER),
        Field("alldstno", "全壊棟数", _INTEGER),
        Field("halfdstno", "半壊棟数", _INTEGER),
        Field("partdstno", "一部破損棟数", _INTEGER),
        Field("floorfno", "床上浸水棟数", _INTEGER),
        Field("ufloorfno", "床下浸水棟数", _INTEGER),
        Field("fireno", "火災件数", _INTEGER),
        Field("pubfacno", "公共建物被害棟数", _INTEGER),
        _NOTE,
    ),
    _NULL + "災害対策本部が報告する値です。位置は市区町村の代表点です。",
)

DATA_TYPES = (SHELTERS, CLOSURES, LANDSLIDES, DAMAGE)
