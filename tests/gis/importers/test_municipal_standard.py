import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gis.importers import Choices, Inventory, ShelterRow, parse_inventory
from gis.importers.errors import EmptyInventory, UnrecognisedInventory
from gis.text import Language
from gis.vocabulary import DesignationKind, Hazard
from tests.gis.importers.lists import EIGHT, csv_text, outcome, widened

HAZARD_COLUMNS = (
    "災害種別_洪水",
    "災害種別_崖崩れ、土石流及び地滑り",
    "災害種別_高潮",
    "災害種別_地震",
    "災害種別_津波",
    "災害種別_大規模な火事",
    "災害種別_内水氾濫",
    "災害種別_火山現象",
)
SCHOOL = {
    "ID": "",
    "名称": "円蔵小学校",
    "所在地_連結表記": "神奈川県茅ヶ崎市円蔵1-13-1",
    "緯度": "35.342381",
    "経度": "139.407668",
    "電話番号": "",
    "市区町村コード": "142077",
    **dict.fromkeys(HAZARD_COLUMNS, "1"),
    "指定避難所との重複": "",
    "想定収容人数": "810",
    "備考": "",
    "共通ID": "E1420700001201",
    "避難所種別": "",
    "想定収容人数（架空）": "",
}


def inventory(*rows: dict[str, str]) -> Inventory:
    return parse_inventory(csv_text(*rows).encode())


def only(**cells: str) -> ShelterRow:
    return inventory(SCHOOL | cells).rows[0]


def test_a_row_is_read_whole() -> None:
    assert only(電話番号="0467-81-7127", 備考="北側の門から") == ShelterRow(
        row=2,
        name="円蔵小学校",
        name_kana=None,
        address="神奈川県茅ヶ崎市円蔵1-13-1",
        lon=139.407668,
        lat=35.342381,
        phone="0467-81-7127",
        municipality_code="142077",
        hazards=EIGHT,
        designations=((DesignationKind.EMERGENCY_SITE, "E1420700001201"),),
        capacity=810,
        capacity_is_fictitious=False,
        local_id=None,
        note="北側の門から",
    )


def test_an_emergency_site_that_doubles_as_a_shelter_has_both_designations() -> None:
    assert only(指定避難所との重複="○").designations == (
        (DesignationKind.EMERGENCY_SITE, "E1420700001201"),
        (DesignationKind.DESIGNATED_SHELTER, None),
    )


def test_the_same_columns_carry_designated_shelters() -> None:
    unmarked = dict.fromkeys(HAZARD_COLUMNS, "")
    general = only(**unmarked, 共通ID="E1420700001111", 避難所種別="一般", 指定避難所との重複="1")
    welfare = only(**unmarked, 共通ID="", 避難所種別="福祉避難所")
    assert general.designations == ((DesignationKind.DESIGNATED_SHELTER, "E1420700001111"),)
    assert welfare.designations == ((DesignationKind.WELFARE_SHELTER, None),)
    assert general.hazards is welfare.hazards is None


def test_an_emergency_site_without_any_mark_serves_for_no_hazard() -> None:
    assert only(**dict.fromkeys(HAZARD_COLUMNS, "")).hazards == frozenset()


def test_an_unknown_mark_is_reported_and_never_read_as_no() -> None:
    found = inventory(SCHOOL | {"災害種別_津波": "△"})
    assert found.rows[0].hazards is None
    assert [(p.row, p.column, p.found, p.taken) for p in found.problems] == [
        (2, "災害種別_津波", "△", True)
    ]


def test_the_common_id_is_found_where_publishers_put_it_in_place_of_their_own() -> None:
    row = only(ID="E3820100602201", 共通ID="")
    assert row.designations == ((DesignationKind.EMERGENCY_SITE, "E3820100602201"),)
    assert row.local_id is None
    assert only(ID="CC0100022200").local_id == "CC0100022200"


def test_an_id_that_contradicts_the_kind_of_shelter_is_believed_and_reported() -> None:
    found = inventory(SCHOOL | {"共通ID": "E1420700063121", "避難所種別": "一般"})
    assert found.rows[0].designations == ((DesignationKind.WELFARE_SHELTER, "E1420700063121"),)
    assert [problem.column for problem in found.problems] == ["共通ID"]


def test_an_invented_capacity_is_never_taken_for_a_published_one() -> None:
    invented = only(想定収容人数="", **{"想定収容人数（架空）": "520"})
    published = only(想定収容人数="810", **{"想定収容人数（架空）": "520"})
    neither = only(想定収容人数="")
    assert (invented.capacity, invented.capacity_is_fictitious) == (520, True)
    assert (published.capacity, published.capacity_is_fictitious) == (810, False)
    assert (neither.capacity, neither.capacity_is_fictitious) == (None, False)


@pytest.mark.parametrize(
    ("words", "capacity"),
    [
        ("屋内1,371人／屋外5,470人", 1371),
        ("屋外5,470人／屋内1,371人", 1371),
        ("256【屋内1人／3㎡】 6135【屋外1人／2㎡】", 256),
        ("約500人", 500),
        ("体育館300名程度", 300),
        ("屋外5,470人", None),
        ("体育館300人、校舎1,200人", None),
        ("1人／3㎡", None),
        ("可", None),
        ("0", None),
    ],
)
def test_a_capacity_in_words_is_a_number_where_one_is_meant_and_its_words_are_kept(
    words: str, capacity: int | None
) -> None:
    found = inventory(SCHOOL | {"想定収容人数": words, "備考": "要確認"})
    (row,) = found.rows
    assert row.capacity == capacity
    assert row.note == f"要確認 / 想定収容人数: {words}"
    assert [(p.column, p.found, p.taken) for p in found.problems] == [("想定収容人数", words, True)]


@pytest.mark.parametrize(
    ("lat", "lon"),
    [("", ""), ("0", "0"), ("139.407668", "35.342381"), ("48.85", "2.35"), ("35.3", "x")],
)
def test_a_shelter_without_a_usable_place_is_taken_without_one_and_reported(
    lat: str, lon: str
) -> None:
    found = inventory(SCHOOL | {"緯度": lat, "経度": lon})
    assert (found.rows[0].lon, found.rows[0].lat) == (None, None)
    assert [(p.row, p.column, p.taken) for p in found.problems] == [(2, "緯度, 経度", True)]


def test_the_address_is_put_together_where_its_whole_is_missing() -> None:
    columns = [*SCHOOL, "所在地_都道府県", "所在地_市区町村", "所在地_町字", "所在地_番地以下"]
    parts = {"所在地_連結表記": "", "所在地_都道府県": "神奈川県", "所在地_市区町村": "茅ヶ崎市"}
    row = SCHOOL | parts | {"所在地_町字": "円蔵一丁目", "所在地_番地以下": "13-1"}
    found = parse_inventory(csv_text(row, columns=columns).encode())
    assert found.rows[0].address == "神奈川県茅ヶ崎市円蔵一丁目13-1"


def test_the_municipality_comes_from_the_id_or_the_caller_where_the_row_is_silent() -> None:
    silent = SCHOOL | {"市区町村コード": ""}
    nameless = csv_text(silent | {"共通ID": ""}).encode()
    assert inventory(silent).rows[0].municipality_code == "142077"
    assert parse_inventory(nameless, Choices("142077")).rows[0].municipality_code == "142077"
    assert parse_inventory(nameless).rows == ()


def test_a_row_without_a_name_is_refused_and_the_others_go_in() -> None:
    found = inventory(SCHOOL | {"名称": " ", "共通ID": "", "想定収容人数": "可"}, SCHOOL)
    assert [row.row for row in found.rows] == [3]
    assert {(p.row, p.column, p.taken) for p in found.problems} == {
        (2, "名称", False),
        (2, "想定収容人数", False),
    }


@pytest.mark.parametrize("identifier", [{}, {"共通ID": "", "ID": "CC01"}])
def test_an_id_stands_for_one_row_of_a_file(identifier: dict[str, str]) -> None:
    found = inventory(SCHOOL | identifier, SCHOOL | identifier | {"名称": "別の学校"})
    assert [row.name for row in found.rows] == ["円蔵小学校"]
    assert found.refused_rows == {3}


def test_one_broken_letter_costs_its_row_and_not_the_file() -> None:
    content = csv_text(SCHOOL, SCHOOL | {"共通ID": "", "名称": "?"}).encode("utf-8-sig")
    found = parse_inventory(content.replace(b"?", b"\xe8\x8c"))
    assert [row.row for row in found.rows] == [2]
    assert found.refused_rows == {3}


def test_cells_that_slipped_under_other_headings_refuse_their_row() -> None:
    lines = csv_text(SCHOOL, SCHOOL | {"共通ID": "E1420700002201"}).splitlines()
    slipped = lines[1].replace("円蔵1-13-1", "円蔵1-13-1,2号館")
    cut = lines[2][:40]
    found = parse_inventory("\n".join([lines[0], slipped, cut]).encode())
    assert found.refused_rows == {2, 3}
    assert (found.rows, found.row_count) == ((), 2)


def test_blank_cells_left_out_at_the_end_of_a_row_do_no_harm() -> None:
    text = csv_text(SCHOOL | {"想定収容人数": "", "共通ID": ""})
    assert parse_inventory(text.replace(",,,,,", "").encode()).row_count == 1
    assert parse_inventory(text.replace("\r\n", ",,\r\n").encode()).refused_rows == frozenset()


def test_a_missing_column_is_a_problem_of_the_whole_file() -> None:
    columns = [column for column in SCHOOL if column != "災害種別_火山現象"]
    found = parse_inventory(csv_text(SCHOOL, columns=columns).encode())
    assert [(p.row, p.column, p.taken) for p in found.problems] == [
        (None, "災害種別_火山現象", True)
    ]
    assert found.rows[0].hazards == EIGHT - {Hazard.VOLCANO}


def test_a_title_above_the_header_and_variants_of_its_spelling_are_read() -> None:
    text = (
        csv_text(SCHOOL)
        .replace("所在地_連結表記", "所在地＿連結標記")
        .replace("、土石流", "/土石流")
    )
    found = parse_inventory(("避難場所一覧,令和7年\r\n\r\n" + text).encode("cp932"))
    assert [(row.row, row.address) for row in found.rows] == [(4, SCHOOL["所在地_連結表記"])]
    assert found.problems == ()


def test_another_list_is_refused_with_the_header_that_was_found() -> None:
    with pytest.raises(UnrecognisedInventory) as refusal:
        parse_inventory("名称,電話番号\n茅ヶ崎駅,0467\n".encode())
    assert "名称,電話番号" in refusal.value.explain(Language.EN)


@pytest.mark.parametrize(
    "content", [b"", b"\r\n ,\r\n", b"\xef\xbb\xbf", csv_text(columns=SCHOOL).encode()]
)
def test_a_file_without_rows_is_refused(content: bytes) -> None:
    with pytest.raises(EmptyInventory):
        parse_inventory(content)


# Laws. Cells are drawn from what lists hold and from what they should not.

TEXT = st.text('茅ヶ崎市円蔵小学校1-2,"\n （）ＡＢｶﾅ', max_size=12)
MARK = st.sampled_from(["", "1", "0", "○", "×", "有", "△", "true"])
ROW = st.fixed_dictionaries(
    {
        "ID": st.sampled_from(["", "CC01", "E1420700002201"]),
        "名称": TEXT,
        "所在地_連結表記": TEXT,
        "緯度": st.sampled_from(["35.3", "0", "", "139.4", "北緯"]),
        "経度": st.sampled_from(["139.4", "0", "", "35.3"]),
        "電話番号": TEXT,
        "市区町村コード": st.sampled_from(["142077", "14207", "92011", "12203", "", "142070"]),
        **dict.fromkeys(HAZARD_COLUMNS, MARK),
        "指定避難所との重複": MARK,
        "想定収容人数": st.sampled_from(["", "0", "1,200 ", "可", "300人", "-1"]),
        "備考": TEXT,
        "共通ID": st.sampled_from(["", "E1420700001201", "E1420700001111", "E14207"]),
        "避難所種別": st.sampled_from(["", "一般", "福祉", "臨時"]),
        "想定収容人数（架空）": st.sampled_from(["", "500", "不明"]),
    }
)
ROWS = st.lists(ROW, min_size=1, max_size=4)
RULED = (
    "緯度",
    "経度",
    "市区町村コード",
    *HAZARD_COLUMNS,
    "指定避難所との重複",
    "共通ID",
    "避難所種別",
)


@given(ROWS)
def test_every_row_is_taken_or_refused(rows: list[dict[str, str]]) -> None:
    found = inventory(*rows)
    assert len(found.rows) + len(found.refused_rows) == found.row_count <= len(rows)
    assert not {row.row for row in found.rows} & found.refused_rows


@given(ROWS, st.permutations(list(SCHOOL)))
def test_the_order_of_columns_does_not_matter(
    rows: list[dict[str, str]], columns: list[str]
) -> None:
    shuffled = outcome(csv_text(*rows, columns=columns).encode())
    assert shuffled == outcome(csv_text(*rows).encode())


@given(ROWS, st.sampled_from(["utf-8-sig", "cp932", "utf-16", "utf-16-le", "utf-16-be"]))
def test_the_encoding_does_not_matter(rows: list[dict[str, str]], encoding: str) -> None:
    text = csv_text(*rows)
    assert outcome(text.encode(encoding)) == outcome(text.encode())


@given(ROWS)
def test_the_width_of_what_is_read_by_rule_does_not_matter(rows: list[dict[str, str]]) -> None:
    wide = [row | {column: widened(row[column]) for column in RULED} for row in rows]
    assert inventory(*wide).rows == inventory(*rows).rows


@given(ROWS, st.integers(0, 2000))
def test_a_truncated_file_never_turns_a_mark_into_a_no(
    rows: list[dict[str, str]], length: int
) -> None:
    content = csv_text(*rows).encode()
    whole, cut = outcome(content), outcome(content[:length])
    if isinstance(whole, Inventory) and isinstance(cut, Inventory):
        hazards = {row.row: row.hazards for row in whole.rows}
        # None is unknown, and said to be so among the problems.
        assert all(row.hazards in (None, hazards.get(row.row, row.hazards)) for row in cut.rows)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.binary(max_size=300))
def test_random_bytes_are_refused_or_read_and_never_break_anything(content: bytes) -> None:
    outcome(content)
    outcome(csv_text(SCHOOL).encode() + content)
    outcome(csv_text(SCHOOL).encode("cp932") + content)


def test_names_are_kept_as_written() -> None:
    name = "ＴＯＴＯ株式会社茅ケ崎工場（ｺｳｼﾞｮｳ）"
    assert only(名称=name).name == name != unicodedata.normalize("NFKC", name)


def test_a_letter_that_was_lost_on_the_way_costs_its_row() -> None:
    assert inventory(SCHOOL | {"名称": "円蔵小〓校"}).refused_rows == {2}


def test_two_sites_of_one_name_and_address_are_told_apart_by_their_ids() -> None:
    sites = [
        SCHOOL | {"共通ID": f"E14207{number:05}201", "指定避難所との重複": "1"} for number in (1, 2)
    ]
    assert len(inventory(*sites).rows) == 2


def test_a_row_that_names_another_municipality_is_not_filed_under_ours() -> None:
    other = SCHOOL | {"市区町村コード": "", "共通ID": "", "地方公共団体名": "藤沢市"}
    unknown = parse_inventory(csv_text(other).encode(), Choices("142077"))
    assert [(p.column, p.found) for p in unknown.problems if not p.taken] == [
        ("地方公共団体名", "藤沢市")
    ]
    known = Choices("142077", {"神奈川県藤沢市": frozenset({"142051"})})
    assert parse_inventory(csv_text(other).encode(), known).rows[0].municipality_code == "142051"


def test_a_code_that_cannot_be_read_is_not_taken_for_ours() -> None:
    row = SCHOOL | {"市区町村コード": "12203", "共通ID": ""}
    assert parse_inventory(csv_text(row).encode(), Choices("142077")).refused_rows == {2}


@pytest.mark.parametrize("name", ["蒲郡市", "小郡市", "大和郡山市"])
def test_a_city_with_a_district_in_its_name_is_itself(name: str) -> None:
    row = SCHOOL | {"市区町村コード": "", "共通ID": "", "地方公共団体名": name}
    codes = Choices(None, {"愛知県蒲郡市": frozenset({"232149"})})
    found = parse_inventory(csv_text(row).encode(), codes)
    assert [each.municipality_code for each in found.rows] == ["232149"] * (name == "蒲郡市")


@pytest.mark.parametrize("column", ["所在地_連結表記", "ID"])
def test_what_is_too_long_costs_its_row(column: str) -> None:
    assert inventory(SCHOOL | {column: "茅" * 501}).refused_rows == {2}


def test_a_common_id_stands_in_a_file_once_whatever_else_the_row_says() -> None:
    assert inventory(SCHOOL, SCHOOL | {"市区町村コード": "142051"}).refused_rows == {3}
