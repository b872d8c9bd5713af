import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis.importers import ShelterRow, parse_inventory
from gis.importers.errors import EmptyInventory, UnrecognisedInventory
from gis.importers.files.sheet import COLUMNS_MOST
from gis.vocabulary import DesignationKind, Hazard
from tests.gis.importers.lists import EIGHT, OLD_SITE, SHELTER, SITE, csv_text

LISTS = pytest.mark.parametrize("row", [SITE, SHELTER, OLD_SITE], ids=["site", "shelter", "old"])


def feature(row: Mapping[str, str]) -> dict[str, Any]:
    properties = {name: cell for name, cell in row.items() if name not in {"緯度", "経度"}}
    point = {"type": "Point", "coordinates": [float(row["経度"]), float(row["緯度"])]}
    return {"type": "Feature", "geometry": point, "properties": properties}


def geojson(*features: object) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def only(row: Mapping[str, str]) -> ShelterRow:
    found = parse_inventory(csv_text(row).encode())
    assert found.problems == ()
    return found.rows[0]


def test_an_emergency_site_is_read_whole() -> None:
    assert only(SITE) == ShelterRow(
        row=2,
        name="円蔵小学校",
        name_kana=None,
        address="神奈川県茅ヶ崎市円蔵1-13-1",
        lon=139.407668,
        lat=35.342381,
        phone=None,
        municipality_code="142077",
        hazards=EIGHT - {Hazard.VOLCANO},
        designations=((DesignationKind.EMERGENCY_SITE, "E1420700001201"),),
        capacity=None,
        capacity_is_fictitious=False,
        local_id=None,
        note="津波時は3階以上",
        details={"地方公共団体名": "神奈川県茅ヶ崎市"},
    )


def test_a_shared_address_is_no_second_designation() -> None:
    assert only(SITE).designations == only(SITE | {"指定避難所との住所同一": ""}).designations
    assert len(only(SHELTER).designations) == 1


def test_the_id_tells_welfare_shelters_from_general_ones() -> None:
    general = SHELTER | {"共通ID": "E1420700001111"}
    assert only(SHELTER).designations == ((DesignationKind.WELFARE_SHELTER, "E1420700063121"),)
    assert only(general).designations == ((DesignationKind.DESIGNATED_SHELTER, "E1420700001111"),)


def test_a_list_of_shelters_says_nothing_about_hazards() -> None:
    assert only(SHELTER).hazards is None


def test_whom_a_shelter_takes_in_and_what_the_mayor_adds_are_kept_as_a_note() -> None:
    row = SHELTER | {"備考": "2階のみ", "その他市町村長が必要と認める事項": "事前に調整した者"}
    assert only(row).note == (
        "2階のみ / 受入対象者: 要配慮者及びその家族等"
        " / その他市町村長が必要と認める事項: 事前に調整した者"
    )


@pytest.mark.parametrize("row", [SITE, SHELTER], ids=["site", "shelter"])
def test_the_file_of_one_municipality_says_the_same_without_naming_it(row: dict[str, str]) -> None:
    columns = [column for column in row if column != "都道府県名及び市町村名"]
    (found,) = parse_inventory(csv_text(row, columns=columns).encode()).rows
    assert found == replace(only(row), details={})


def test_before_the_common_id_the_overlap_was_a_designation() -> None:
    row = only(OLD_SITE)
    assert row.hazards == EIGHT
    assert row.designations == (
        (DesignationKind.EMERGENCY_SITE, None),
        (DesignationKind.DESIGNATED_SHELTER, None),
    )


@pytest.mark.parametrize(
    ("written", "code"),
    [("14207", "142077"), ("1100", "011002"), ("12203", "122033"), ("142077", "142077")],
)
def test_the_code_before_the_common_id_has_no_check_digit(written: str, code: str) -> None:
    assert only(OLD_SITE | {"市町村コード": written, "市町村名": ""}).municipality_code == code


def test_a_site_outside_the_municipality_is_taken_and_reported() -> None:
    outside = SITE | {"住所": "神奈川県平塚市馬入2124-39"}
    found = parse_inventory(csv_text(outside).encode())
    assert [(p.row, p.column, p.found, p.taken) for p in found.problems] == [
        (2, "住所", "神奈川県平塚市馬入2124-39", True)
    ]
    assert len(found.rows) == 1


@LISTS
def test_geojson_says_the_same_as_the_table_and_numbers_its_features(row: dict[str, str]) -> None:
    found = parse_inventory(geojson(feature(row)))
    assert found.rows == (replace(only(row), row=1),)
    assert found.problems == ()


def test_blank_properties_may_be_null() -> None:
    blank = {name: value or None for name, value in feature(SITE)["properties"].items()}
    found = parse_inventory(geojson(feature(SITE) | {"properties": blank}))
    assert found == parse_inventory(geojson(feature(SITE)))


@pytest.mark.parametrize("broken", ["x", None, {}, {"type": "Feature", "properties": None}])
def test_a_feature_that_is_none_is_refused_under_its_number(broken: object) -> None:
    found = parse_inventory(geojson(feature(SITE), broken))
    assert [row.row for row in found.rows] == [1]
    assert found.refused_rows == {2}


@pytest.mark.parametrize(
    "geometry",
    [
        None,
        {"type": "Point", "coordinates": []},
        {"type": "Point", "coordinates": [35.342381, 139.407668]},
    ],
)
def test_a_feature_without_a_usable_point_is_taken_without_a_place(geometry: object) -> None:
    found = parse_inventory(geojson(feature(SITE) | {"geometry": geometry}))
    assert (found.rows[0].lon, found.rows[0].lat) == (None, None)
    assert [(p.row, p.column, p.taken) for p in found.problems] == [(1, "緯度, 経度", True)]


@pytest.mark.parametrize("letter", ["\x00", "\ud800"])
def test_an_escape_that_stands_for_no_letter_refuses_its_feature(letter: str) -> None:
    found = parse_inventory(geojson(feature(SITE | {"施設・場所名": f"円蔵{letter}小学校"})))
    assert found.refused_rows == {1}


@pytest.mark.parametrize(
    "features",
    [[], [feature(SITE | {str(number): "" for number in range(COLUMNS_MOST)})]],
    ids=["none", "more columns than a table has"],
)
def test_json_without_a_list_of_shelters_is_refused(features: list[object]) -> None:
    with pytest.raises(EmptyInventory):
        parse_inventory(geojson(*features))


@pytest.mark.parametrize(
    "content",
    [b"{", b'{"features": 1}', b'{"a":' * 20_000, geojson(feature({"緯度": "1", "経度": "2"}))],
    ids=["cut", "no list", "too deep", "no columns"],
)
def test_json_of_another_kind_is_refused(content: bytes) -> None:
    with pytest.raises(UnrecognisedInventory):
        parse_inventory(content)


KEYS = st.sampled_from(["type", "geometry", "properties", "coordinates", *SITE])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=8,
)


@given(JSON)
def test_any_json_in_place_of_a_feature_is_taken_or_refused(value: object) -> None:
    found = parse_inventory(geojson(feature(SITE), value, {"properties": value}))
    assert len(found.rows) + len(found.refused_rows) == found.row_count == 3


def test_a_mark_that_may_be_cut_off_the_end_of_a_file_is_not_taken_for_a_no() -> None:
    columns = [column for column in SITE if column != "津波"]
    text = csv_text(SITE, columns=[*columns, "津波"])
    for cut in (1, 2, 3):
        found = parse_inventory(text.encode()[:-cut])
        assert all(row.hazards == only(SITE).hazards for row in found.rows)
    assert parse_inventory(text.encode()[:-3]).refused_rows == {2}
