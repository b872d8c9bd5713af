"""Cells that several lists write alike. An empty cell is what nobody has stated, or a no."""

from collections.abc import Collection, Mapping

from gis.queries.register import RegisteredShelter
from gis.vocabulary import DesignationKind, Hazard

HAZARDS = {
    Hazard.FLOOD: "洪水",
    Hazard.LANDSLIDE: "崖崩れ、土石流及び地滑り",
    Hazard.STORM_SURGE: "高潮",
    Hazard.EARTHQUAKE: "地震",
    Hazard.TSUNAMI: "津波",
    Hazard.LARGE_FIRE: "大規模な火事",
    Hazard.INLAND_FLOOD: "内水氾濫",
    Hazard.VOLCANO: "火山現象",
}
"""The eight hazards as the decree names them (災害対策基本法施行令 20条の4), in its order."""

UNKNOWN = "不明"
"""In a hazard's column, where an empty cell would say no."""

WATERS = (Hazard.FLOOD, Hazard.STORM_SURGE, Hazard.INLAND_FLOOD)
"""One of which, if not more, is what 国土数値情報 P20 calls 水害; nobody says which."""

SHELTER_KINDS = (DesignationKind.DESIGNATED_SHELTER, DesignationKind.WELFARE_SHELTER)
"""What the law calls 指定避難所; a 指定福祉避難所 is one (災害対策基本法施行令 20条の6)."""


def flag(holds: bool) -> str:  # noqa: FBT001 - the one thing a flag is made of
    """Return a flag as the lists write it: 1 or nothing."""
    return "1" if holds else ""


def hazard_cells(shelter: RegisteredShelter, prefix: str = "") -> dict[str, str]:
    """Return the eight hazards by heading."""
    unknown, known = hazards_unknown(shelter), shelter.hazards or frozenset()
    return {
        prefix + name: UNKNOWN if hazard in unknown else flag(hazard in known)
        for hazard, name in HAZARDS.items()
    }


def hazards_unknown(shelter: RegisteredShelter) -> Collection[Hazard]:
    """Return for which hazards nobody has said whether a shelter serves.

    What is no emergency site is not designated per hazard, so that there is nothing to say.
    """
    if shelter.hazards is None:
        return HAZARDS if shelter.is_designated(DesignationKind.EMERGENCY_SITE) else ()
    return WATERS if Hazard.FLOOD_UNSPECIFIED in shelter.hazards else ()


def place_cells(shelter: RegisteredShelter) -> dict[str, str]:
    """Return 緯度 and 経度 (degrees, EPSG:4326), as short as the same number can be written."""
    return {
        "緯度": "" if shelter.lat is None else repr(shelter.lat),
        "経度": "" if shelter.lon is None else repr(shelter.lon),
    }


def municipal_cells(shelter: RegisteredShelter) -> Mapping[str, str]:
    """Return what both data sets of municipalities write under the same headings."""
    has_capacity = shelter.capacity is not None and not shelter.capacity_is_fictitious
    return {
        "名称": shelter.name,
        "名称_カナ": shelter.name_kana or "",
        **place_cells(shelter),
        "電話番号": shelter.phone or "",
        "市区町村コード": shelter.municipality_code,
        **hazard_cells(shelter, "災害種別_"),
        "指定避難所との重複": flag(shelter.is_designated(*SHELTER_KINDS)),
        "想定収容人数": str(shelter.capacity) if has_capacity else "",
        "備考": shelter.note or "",
    }
