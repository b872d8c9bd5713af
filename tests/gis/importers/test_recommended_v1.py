from gis.importers import Inventory, ShelterRow, parse_inventory
from gis.vocabulary import DesignationKind
from tests.gis.importers.lists import EIGHT, RECOMMENDED, csv_text


def inventory(**cells: str) -> Inventory:
    return parse_inventory(csv_text(RECOMMENDED | cells).encode())


def test_a_row_of_the_26_columns_is_read_whole() -> None:
    assert len(RECOMMENDED) == 26
    assert inventory() == Inventory(
        (
            ShelterRow(
                row=2,
                name="円蔵小学校",
                name_kana="エンゾウショウガッコウ",
                address="神奈川県茅ヶ崎市円蔵1-13-1",
                lon=139.407668,
                lat=35.342381,
                phone="0467-81-7127",
                municipality_code="142077",
                hazards=EIGHT,
                designations=(
                    (DesignationKind.EMERGENCY_SITE, None),
                    (DesignationKind.DESIGNATED_SHELTER, None),
                ),
                capacity=810,
                capacity_is_fictitious=False,
                local_id=None,
                note="北側の門から",
                details={"所在地_都道府県": "神奈川県", "所在地_市区町村": "茅ヶ崎市"},
            ),
        ),
        problems=(),
        row_count=1,
        format="推奨データセット v1 指定緊急避難場所一覧",
    )


def test_the_running_number_identifies_nothing() -> None:
    assert inventory(NO="2").rows == inventory(NO="1").rows


def test_a_site_outside_the_municipality_is_taken_and_reported() -> None:
    found = inventory(住所="神奈川県高座郡寒川町田端2483-1")
    assert [(p.row, p.column, p.taken) for p in found.problems] == [(2, "住所", True)]
    assert len(found.rows) == 1
