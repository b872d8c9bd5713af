import pytest

from dashboard.components.heading_guess import guessed_headings
from dashboard.components.mapping_maker import SHOWN
from gis.importers import columns


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("施設名", columns.NAME),
        ("避難所名", columns.NAME),
        ("名　称", columns.NAME),
        ("住所", columns.ADDRESS),
        ("所在地", columns.ADDRESS),
        ("緯 度", columns.LAT),
        ("経度", columns.LON),
        ("収容可能人数", columns.CAPACITY),
        ("想定収容人数（人）", columns.CAPACITY),
        ("収容人数\n(人)", columns.CAPACITY),
        ("管理番号", columns.LOCAL_ID),
        ("TEL", columns.PHONE),
        ("災害種別_津波", "災害種別_津波"),
        ("津波", "災害種別_津波"),
    ],
)
def test_a_heading_is_guessed(heading: str, column: str) -> None:
    assert guessed_headings([heading, "設置者", "更新日"], SHOWN) == {column: heading}


def test_no_heading_is_guessed_for_two_columns() -> None:
    guessed = guessed_headings(["名称", "名称カナ", "住所", "緯度", "経度"], SHOWN)
    assert guessed == {
        columns.NAME: "名称",
        columns.NAME_KANA: "名称カナ",
        columns.ADDRESS: "住所",
        columns.LAT: "緯度",
        columns.LON: "経度",
    }


def test_what_resembles_nothing_is_left_to_the_person() -> None:
    assert guessed_headings(["設置年", "構造", "担当課"], SHOWN) == {}


@pytest.mark.parametrize("heading", ["No", "NO.", "番号", "連番"])
def test_a_number_that_counts_rows_is_no_id(heading: str) -> None:
    assert guessed_headings([heading], SHOWN) == {}
