"""Spellings of one name or address, invented but of the kinds that lists really hold."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis.identity.spelling import (
    comparable_address,
    comparable_name,
    modern_name,
    ownerless_name,
)

LETTERS = "茅ケ崎三和第中学校ンタガプボコミ(旧)2Bほ"
HALF_WIDTH = {
    unicodedata.normalize("NFKC", mark): mark
    for code in range(0xFF66, 0xFF9E)
    for mark in (chr(code), chr(code) + "ﾞ", chr(code) + "ﾟ")
}
FULL_WIDTH = {chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)}


@st.composite
def respelled(draw: st.DrawFn) -> tuple[str, str]:
    """Draw a text and the same text in other widths, with blanks strewn in."""
    text = draw(st.text(LETTERS, min_size=1, max_size=20))
    written = [
        draw(st.sampled_from([letter, HALF_WIDTH.get(letter) or FULL_WIDTH.get(letter) or letter]))
        + draw(st.sampled_from(["", "", " ", "\u3000"]))
        for letter in text
    ]
    return text, "".join(written)


@given(respelled())
def test_width_kana_and_blanks_make_no_difference(pair: tuple[str, str]) -> None:
    text, written = pair
    assert comparable_name(written) == comparable_name(text)
    assert comparable_address(written) == comparable_address(text)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("夏目ヶ丘会館", "夏目ケ丘会館"),
        ("夏目が丘会館", "夏目ｹ丘会館"),
        ("(旧)夏目小学校", "旧夏目小学校"),
        ("夏目コミュニティーセンター", "夏目コミュニティセンタ-"),
        ("第一中学校", "第１中学校"),
        ("第二十三分団詰所", "第23分団詰所"),
        ("夏目学園体育館　二階", "夏目学園体育館2階"),
        ("山﨑会館", "山崎会館"),
        ("集会所・公民館", "集会所､公民館"),
        ("Ｂ＆Ｇ海洋センター", "b&g海洋センター"),
    ],
)
def test_one_name_is_written_in_many_ways(name: str, other: str) -> None:
    assert comparable_name(name) == comparable_name(other)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("第一中学校", "第二中学校"),
        ("第一中学校", "第十一中学校"),
        ("1-2集会所", "12集会所"),
        ("体育館(本館)", "体育館(南館)"),
        ("夏目小学校", "旧夏目小学校"),
        ("夏目小学校", "夏目中学校"),
        ("夏目小学校", "夏目小学校体育館"),
        ("夏目市立第一小学校", "第一小学校"),
    ],
)
def test_two_names_stay_two(name: str, other: str) -> None:
    assert comparable_name(name) != comparable_name(other)


@pytest.mark.parametrize(
    "written",
    [
        "夏目市本町一丁目2番地の3",
        "夏目市本町１丁目２番３号",
        "海山県夏目市本町1-2-3",
        "夏目市大字本町字1‐2−3",
        "夏目市 本町1ー2ー3",
        "夏目市本町1丁2の3",
    ],
)
def test_one_address_is_written_in_many_ways(written: str) -> None:
    assert comparable_address(written) == "夏目市本町1-2-3"


def test_a_district_is_dropped_but_not_from_the_name_of_a_city() -> None:
    assert comparable_address("海山県花野郡夏目町北5") == "夏目町北5"
    assert comparable_address("愛知県蒲郡市三谷町5") == "蒲郡市三谷町5"
    assert comparable_address("福島県郡山市逢瀬町5") == "郡山市逢瀬町5"


def test_a_town_keeps_what_only_looks_like_a_lot_or_a_section() -> None:
    assert comparable_address("夏目市十文字町5") == "夏目市十文字町5"
    assert comparable_address("夏目市六番町61番地2") == "夏目市六番町61-2"


@pytest.mark.parametrize("owner", ["市立", "夏目市立", "海山県立"])
def test_the_owner_is_taken_from_a_name(owner: str) -> None:
    assert ownerless_name(owner + "第1小学校") == "第1小学校"


def test_old_letters_have_new_ones() -> None:
    assert modern_name("龍ノ口小学校附属体育館") == "竜の口小学校付属体育館"
    assert comparable_address("夏目市龍ノ口5") == comparable_address("夏目市竜の口5")
