"""国土数値情報 P20 避難施設, with its unknowns and its flood that does not say which."""

import json
from typing import Any

import pytest

from gis.importers import Inventory, ShelterRow, parse_inventory
from gis.vocabulary import DesignationKind, Hazard

SCHOOL: dict[str, Any] = {
    "P20_001": "14207",
    "P20_002": "鶴嶺小学校",
    "P20_003": "茅ヶ崎市浜之郷462",
    "P20_004": "避難所，広域避難場所",
    "P20_005": 850,
    "P20_006": 1200,
    "P20_007": 1,
    "P20_008": 0,
    "P20_009": 1,
    "P20_010": 0,
    "P20_011": 0,
    "P20_012": 0,
}


def read(**properties: object) -> Inventory:
    feature = {
        "type": "Feature",
        "properties": SCHOOL | properties,
        "geometry": {"type": "Point", "coordinates": [139.3897, 35.3377]},
    }
    collection = {"type": "FeatureCollection", "features": [feature]}
    return parse_inventory(json.dumps(collection).encode())


def only(**properties: object) -> ShelterRow:
    found = read(**properties)
    assert found.problems == ()
    return found.rows[0]


def test_a_facility_is_read_whole() -> None:
    assert only() == ShelterRow(
        row=1,
        name="鶴嶺小学校",
        name_kana=None,
        address="茅ヶ崎市浜之郷462",
        lon=139.3897,
        lat=35.3377,
        phone=None,
        municipality_code="142077",
        hazards=frozenset({Hazard.EARTHQUAKE, Hazard.FLOOD_UNSPECIFIED}),
        designations=((DesignationKind.DESIGNATED_SHELTER, None),),
        capacity=850,
        capacity_is_fictitious=False,
        local_id=None,
        note="施設規模(㎡): 1200",
    )


def test_a_flood_is_neither_of_a_river_nor_of_rain_nor_of_the_sea() -> None:
    one_of_three = {Hazard.FLOOD, Hazard.INLAND_FLOOD, Hazard.STORM_SURGE}
    assert one_of_three.isdisjoint(only().hazards or one_of_three)


def test_minus_one_is_unknown_and_no_problem() -> None:
    row = only(P20_005=-1, P20_006=-1)
    assert (row.capacity, row.note) == (None, None)


def test_no_mark_says_nothing_about_hazards() -> None:
    assert only(P20_007=0, P20_009=0, P20_012=1).hazards is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("指定避難所", DesignationKind.DESIGNATED_SHELTER),
        ("福祉避難所", DesignationKind.WELFARE_SHELTER),
        ("広域避難場所", DesignationKind.EMERGENCY_SITE),
        ("収容避難施設", DesignationKind.DESIGNATED_SHELTER),
    ],
)
def test_its_kind_comes_from_its_words(text: str, kind: DesignationKind) -> None:
    assert only(P20_004=text).designations == ((kind, None),)


def test_a_kind_in_other_words_is_named_and_the_row_taken() -> None:
    found = read(P20_004="学校")
    assert [(p.column, p.found, p.taken) for p in found.problems] == [("P20_004", "学校", True)]
    assert len(found.rows) == 1
