"""The two national lists of 国土地理院, for peers that know nothing of their columns."""

from pathlib import Path

from gis.importers.columns import ACCEPTED_PERSONS, HAZARDS, MAYORS_MATTERS

FILES = ("mergeFromCity_2.csv", "mergeFromCity_1.csv")
"""指定緊急避難場所, 指定避難所."""

ID, NAME, ADDRESS, NOTE = "共通ID", "施設・場所名", "住所", "備考"
MUNICIPALITY = "都道府県名及び市町村名"
LON, LAT = "経度", "緯度"
MARKS = {column.removeprefix("災害種別_"): hazard.value for column, hazard in HAZARDS.items()}
KINDS = {"11": "designated_shelter", "12": "welfare_shelter", "20": "emergency_site"}
"""By the twelfth and thirteenth character of the ID."""
CHECK_WEIGHTS = (6, 5, 4, 3, 2)
"""Of the check digit that a municipality's code has in the register and lacks in the ID."""


def has_marks(file: Path) -> bool:
    """Tell whether a list marks hazards: that of the emergency sites does."""
    return file.name == FILES[0]


def notes(file: Path) -> dict[str, str]:
    """Return what becomes the remarks, joined by " / ": by heading, what goes before a cell."""
    if has_marks(file):
        return {NOTE: ""}
    further = {heading: f"{heading}: " for heading in (ACCEPTED_PERSONS, MAYORS_MATTERS)}
    return {NOTE: "", **further}
