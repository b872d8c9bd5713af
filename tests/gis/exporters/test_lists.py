"""Each list as its standard wants it, and what it says of the cases that no standard foresaw."""

from dataclasses import replace

import pytest

from gis.exporters import ENCODINGS, LISTS, export
from gis.vocabulary import DesignationKind, Hazard
from tests.gis.exporters.shelters import (
    CITY,
    GENERAL,
    SCHOOL,
    SITE,
    WELFARE,
    by_csv,
    cells,
    exported,
    said,
)

STANDARD_V2 = (
    "全国地方公共団体コード,ID,名称,名称_カナ,名称_英字,所在地_全国地方公共団体コード,町字ID,"
    "所在地_連結表記,所在地_都道府県,所在地_市区町村,所在地_町字,所在地_番地以下,建物名等(方書),"
    "緯度,経度,標高,電話番号,内線番号,連絡先メールアドレス,連絡先FormURL,"
    "連絡先備考（その他、SNSなど）,郵便番号,市区町村コード,地方公共団体名,災害種別_洪水,"
    "災害種別_崖崩れ、土石流及び地滑り,災害種別_高潮,災害種別_地震,災害種別_津波,"
    "災害種別_大規模な火事,災害種別_内水氾濫,災害種別_火山現象,指定避難所との重複,想定収容人数,"
    "対象となる町会・自治会,URL,画像,画像_ライセンス,備考"
)
RECOMMENDED_V1 = (
    "NO,名称,名称_カナ,住所,方書,緯度,経度,標高,電話番号,内線番号,市区町村コード,都道府県名,"
    "市区町村名,災害種別_洪水,災害種別_崖崩れ、土石流及び地滑り,災害種別_高潮,災害種別_地震,"
    "災害種別_津波,災害種別_大規模な火事,災害種別_内水氾濫,災害種別_火山現象,指定避難所との重複,"
    "想定収容人数,対象となる町会・自治会,URL,備考"
)
GSI_SITES = (
    "NO,共通ID,都道府県名及び市町村名,施設・場所名,住所,洪水,崖崩れ、土石流及び地滑り,高潮,地震,津波,"
    "大規模な火事,内水氾濫,火山現象,指定避難所との住所同一,緯度,経度,備考"
)
GSI_SHELTERS = (
    "NO,共通ID,都道府県名及び市町村名,施設・場所名,住所,指定緊急避難場所との住所同一,"
    "その他市町村長が必要と認める事項,受入対象者,緯度,経度,備考"
)
MUNICIPAL = ("municipal_standard", "recommended_v1")
GYMNASIUM = replace(
    SCHOOL, name="総合体育館", address="別の所1", designations=((WELFARE, "E1420700063121"),)
)


@pytest.mark.parametrize(
    ("code", "city", "count", "header"),
    [
        ("municipal_standard", CITY, 39, STANDARD_V2),
        ("municipal_standard", None, 39, STANDARD_V2),
        ("recommended_v1", CITY, 26, RECOMMENDED_V1),
        ("recommended_v1", None, 26, RECOMMENDED_V1),
        ("gsi_emergency_site", None, 17, GSI_SITES),
        ("gsi_emergency_site", CITY, 16, GSI_SITES.replace("都道府県名及び市町村名,", "")),
        ("gsi_designated_shelter", None, 11, GSI_SHELTERS),
        ("gsi_designated_shelter", CITY, 10, GSI_SHELTERS.replace("都道府県名及び市町村名,", "")),
    ],
)
def test_the_columns_are_those_of_the_standard(
    code: str, city: str | None, count: int, header: str
) -> None:
    (written,) = by_csv(exported(code, city=city).content, "utf-8-sig")
    assert written == header.split(",")
    assert len(written) == count


@pytest.mark.parametrize(
    ("code", "city", "name"),
    [
        ("municipal_standard", CITY, "142077_evacuation_space"),
        ("recommended_v1", CITY, "142077_evacuation_space_v1"),
        ("gsi_emergency_site", CITY, "14207_2"),
        ("gsi_emergency_site", None, "mergeFromCity_2"),
        ("gsi_designated_shelter", CITY, "14207_1"),
        ("gsi_designated_shelter", None, "mergeFromCity_1"),
    ],
)
@pytest.mark.parametrize(
    ("encoding", "suffix"), [("csv_utf8", ".csv"), ("csv_cp932", ".csv"), ("xlsx", ".xlsx")]
)
def test_a_file_is_named_as_such_lists_are(
    code: str, city: str | None, name: str, encoding: str, suffix: str
) -> None:
    assert exported(code, SCHOOL, encoding=encoding, city=city).file_name == name + suffix


def test_the_file_of_a_drill_says_so() -> None:
    drill = export(LISTS["gsi_emergency_site"], [SCHOOL], ENCODINGS["csv_utf8"], is_drill=True)
    assert drill.file_name == "kunren_mergeFromCity_2.csv"
    assert said(drill) == ["This is a drill."]


def test_the_municipal_standard_holds_all_that_is_known_of_a_shelter() -> None:
    (row,) = cells("municipal_standard", SCHOOL)
    assert {column: cell for column, cell in row.items() if cell} == {
        "全国地方公共団体コード": "142077",
        "ID": "E1420700051201",
        "名称": "鶴嶺小学校",
        "名称_カナ": "ツルミネショウガッコウ",
        "所在地_連結表記": "神奈川県茅ヶ崎市浜之郷462",
        "緯度": "35.3377",
        "経度": "139.3897",
        "標高": "5.0",
        "電話番号": "0467-82-7215",
        "市区町村コード": "142077",
        "地方公共団体名": "神奈川県茅ヶ崎市",
        "災害種別_地震": "1",
        "災害種別_津波": "1",
        "指定避難所との重複": "1",
        "想定収容人数": "850",
        "URL": "https://example.jp/a?b=1",
        "備考": "津波時は3階以上",
    }


@pytest.mark.parametrize(
    ("designations", "local_id", "identifier"),
    [
        (((GENERAL, "E1420700051111"), (SITE, "E1420700051201")), None, "E1420700051201"),
        (((GENERAL, "E1420700051111"),), None, "E1420700051111"),
        (((GENERAL, "E1420700051111"), (SITE, None)), None, "E1420700051111"),
        (((SITE, None),), "51", "51"),
        (((SITE, None),), None, ""),
    ],
)
def test_a_shelter_goes_by_its_sites_common_id_else_its_shelters_else_the_publishers(
    designations: tuple[tuple[DesignationKind, str | None], ...],
    local_id: str | None,
    identifier: str,
) -> None:
    shelter = replace(SCHOOL, designations=designations, local_id=local_id)
    (row,) = cells("municipal_standard", shelter)
    assert row["ID"] == identifier


@pytest.mark.parametrize("kind", [GENERAL, WELFARE])
def test_a_welfare_shelter_is_a_designated_shelter_too(kind: DesignationKind) -> None:
    both = replace(SCHOOL, designations=((SITE, None), (kind, None)))
    alone = replace(SCHOOL, designations=((SITE, None),))
    first, second = cells("municipal_standard", both, alone)
    assert (first["指定避難所との重複"], second["指定避難所との重複"]) == ("1", "")


def test_the_forerunner_calls_three_columns_otherwise_and_counts_its_rows() -> None:
    details = {
        "建物名等(方書)": "2階",
        "所在地_都道府県": "神奈川県",
        "所在地_市区町村": "茅ヶ崎市",
    }
    first, second = cells("recommended_v1", replace(SCHOOL, details=details), SCHOOL)
    assert (first["方書"], first["都道府県名"], first["市区町村名"]) == (
        "2階",
        "神奈川県",
        "茅ヶ崎市",
    )
    assert (first["NO"], second["NO"]) == ("1", "2")
    assert (first["住所"], second["標高"]) == (SCHOOL.address, "5.0")


def test_the_forerunner_says_that_ids_are_lost() -> None:
    own = replace(SCHOOL, designations=((SITE, None),), local_id="51")
    assert said(exported("recommended_v1", SCHOOL, own)) == [
        "IDs left out, because the list has no column for them: 3."
    ]


def test_a_row_of_the_municipal_standard_has_room_for_one_id() -> None:
    assert said(exported("municipal_standard", SCHOOL)) == [
        "IDs left out, because the list has no column for them: 1."
    ]


@pytest.mark.parametrize("code", MUNICIPAL)
def test_an_invented_capacity_is_not_for_others_and_an_unknown_one_is_no_0(code: str) -> None:
    invented = replace(SCHOOL, capacity_is_fictitious=True)
    unknown = replace(SCHOOL, capacity=None)
    assert [row["想定収容人数"] for row in cells(code, invented, unknown)] == ["", ""]
    assert "Invented capacities left out: 1." in said(exported(code, invented, unknown, SCHOOL))


@pytest.mark.parametrize(
    ("code", "prefix"), [*((code, "災害種別_") for code in MUNICIPAL), ("gsi_emergency_site", "")]
)
def test_hazards_that_nobody_stated_are_no_no(code: str, prefix: str) -> None:
    unstated, none = replace(SCHOOL, hazards=None), replace(SCHOOL, hazards=frozenset())
    first, second = cells(code, unstated, none)
    assert [first[prefix + hazard] for hazard in ("洪水", "火山現象")] == ["不明", "不明"]
    assert [second[prefix + hazard] for hazard in ("洪水", "火山現象")] == ["", ""]
    remark = "Shelters whose hazards nobody has stated in full: 1. Their cells say 不明."
    assert remark in said(exported(code, unstated, none))


def test_a_flood_of_no_known_kind_leaves_all_three_kinds_unknown() -> None:
    flood = frozenset({Hazard.FLOOD_UNSPECIFIED, Hazard.EARTHQUAKE})
    (row,) = cells("gsi_emergency_site", replace(SCHOOL, hazards=flood))
    assert [row[name] for name in ("洪水", "高潮", "内水氾濫", "地震", "津波")] == [
        *["不明"] * 3,
        "1",
        "",
    ]


def test_a_shelter_that_is_no_site_is_not_designated_per_hazard() -> None:
    (row,) = cells("municipal_standard", replace(GYMNASIUM, hazards=None))
    assert row["ID"] == "E1420700063121"
    assert not [column for column in row if column.startswith("災害種別_") and row[column]]


def test_a_list_leaves_out_what_it_would_call_an_emergency_site_and_says_so() -> None:
    self_organised = replace(SCHOOL, designations=())
    unnamed = replace(SCHOOL, designations=((GENERAL, None),))
    shelters = (SCHOOL, GYMNASIUM, self_organised, unnamed)
    assert len(cells("municipal_standard", *shelters)) == 2
    assert len(cells("recommended_v1", *shelters)) == 1
    assert said(exported("municipal_standard", *shelters))[0].endswith("emergency sites: 2.")
    assert said(exported("recommended_v1", *shelters))[0].endswith("no emergency sites: 3.")


def test_the_national_lists_have_a_row_per_designation_of_their_kind() -> None:
    both = replace(SCHOOL, designations=(*SCHOOL.designations, (WELFARE, "E1420700051121")))
    sites = cells("gsi_emergency_site", both, GYMNASIUM)
    shelters = cells("gsi_designated_shelter", both, GYMNASIUM)
    assert [row["共通ID"] for row in sites] == ["E1420700051201"]
    assert [row["共通ID"] for row in shelters] == [
        "E1420700051111",
        "E1420700051121",
        "E1420700063121",
    ]
    assert [row["NO"] for row in shelters] == ["1", "2", "3"]


def test_the_national_lists_name_who_designated_in_the_list_of_all_only() -> None:
    (of_all,) = cells("gsi_emergency_site", SCHOOL, city=None)
    (of_one,) = cells("gsi_emergency_site", SCHOOL)
    assert of_all.pop("都道府県名及び市町村名") == "神奈川県茅ヶ崎市"
    assert of_all == of_one


def test_one_address_is_one_address_whoever_is_designated_there() -> None:
    hall = replace(SCHOOL, name="公民館", designations=((GENERAL, "E1420700077111"),))
    park = replace(SCHOOL, name="公園", designations=((SITE, "E1420700078201"),), address="別の所2")
    field = replace(SCHOOL, name="校庭", designations=((SITE, "E1420700079201"),))
    elsewhere = replace(field, municipality_code="143219")
    sites = cells("gsi_emergency_site", hall, park, field, elsewhere, city=None)
    assert [row["指定避難所との住所同一"] for row in sites] == ["", "1", ""]
    (row,) = cells("gsi_designated_shelter", hall, park)
    assert row["指定緊急避難場所との住所同一"] == ""


@pytest.mark.parametrize(
    ("note", "accepted", "further", "rest"),
    [
        (None, "", "", ""),
        ("北側の門から", "", "", "北側の門から"),
        ("受入対象者: 高齢者", "高齢者", "", ""),
        (
            "門 / 受入対象者: 高齢者 / その他市町村長が必要と認める事項: 2 / 3階",
            "高齢者",
            "2 / 3階",
            "門",
        ),
        ("その他市町村長が必要と認める事項: 2階", "", "2階", ""),
        ("対象: 受入対象者: 高齢者", "", "", "対象: 受入対象者: 高齢者"),
    ],
)
def test_a_note_goes_back_into_the_columns_that_it_came_from(
    note: str | None, accepted: str, further: str, rest: str
) -> None:
    (row,) = cells("gsi_designated_shelter", replace(GYMNASIUM, note=note))
    assert row["受入対象者"] == accepted
    assert row["その他市町村長が必要と認める事項"] == further
    assert row["備考"] == rest


def test_a_row_without_its_common_id_is_counted() -> None:
    unnamed = replace(SCHOOL, designations=((GENERAL, None), (SITE, None), (WELFARE, None)))
    for code in ("gsi_emergency_site", "gsi_designated_shelter"):
        (row,) = cells(code, unnamed)
        assert row["共通ID"] == ""
        (remark,) = [each for each in said(exported(code, unnamed)) if each.startswith("Rows")]
        assert remark.startswith("Rows without a common ID: 1.")
    assert said(exported("gsi_designated_shelter", unnamed))[0] == (
        "Welfare shelters left out, because they have no common ID: 1."
    )


@pytest.mark.parametrize("code", LISTS)
def test_a_place_is_the_very_same_number_or_nothing(code: str) -> None:
    exact = replace(SCHOOL, lon=139.40766800000003, lat=35.1)
    nowhere = replace(SCHOOL, lon=None, lat=None)
    first, second = cells(code, exact, nowhere)
    assert (first["経度"], first["緯度"]) == ("139.40766800000003", "35.1")
    assert (second["経度"], second["緯度"]) == ("", "")
