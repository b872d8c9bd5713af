import pytest

from gis.importers.table import heading


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("所在地＿連結標記", " 所在地_連結\n表記"),
        ("災害種別_崖崩れ/土石流及び地滑り", "災害種別_崖崩れ、土石流及び地滑り"),
        ("想定収容人数（架空）", "想定収容人数(架空)"),
        ("利用可能時間特記事項", "利用可能日時特記事項"),
        ("ＩＤ", "ID"),
        ("名称\r\n_カナ", "名称_ｶﾅ"),
    ],
)
def test_headings_that_differ_by_width_blanks_and_habit_are_one(one: str, other: str) -> None:
    assert heading(one) == heading(other)


def test_headings_that_mean_something_else_stay_apart() -> None:
    assert heading("標高") == "標高"
    assert heading("名称_カナ") != heading("名称")
