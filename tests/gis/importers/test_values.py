import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis.importers import values
from gis.importers.values import Unreadable
from gis.vocabulary import DesignationKind


@pytest.mark.parametrize(
    "mark", ["1", "１", "○", "◯", "〇", "●", "有", "true", "TRUE", "該当", " 1 "]
)
def test_every_mark_that_municipalities_use_for_yes_is_yes(mark: str) -> None:
    assert values.flag(mark) is True


@pytest.mark.parametrize("mark", ["", "0", "０", "×", "-", "－", "無", "false", "　"])
def test_every_mark_that_municipalities_use_for_no_is_no(mark: str) -> None:
    assert values.flag(mark) is False


@pytest.mark.parametrize("mark", ["△", "2", "一部", "yes?", "ー"])
def test_a_mark_that_nobody_agreed_on_is_neither_yes_nor_no(mark: str) -> None:
    with pytest.raises(Unreadable):
        values.flag(mark)


@pytest.mark.parametrize(
    ("cell", "persons"),
    [("810", 810), ("50,700 ", 50700), ("１，２００", 1200), ("300人", 300), ("300 名", 300)],
)
def test_a_capacity_is_read_with_its_commas_blanks_width_and_unit(cell: str, persons: int) -> None:
    assert values.capacity(cell) == persons


@pytest.mark.parametrize(
    "cell", ["可", "0", "-3", "屋内1,371人／屋外5,470人", "1e9", "9999999999", "2.5"]
)
def test_a_capacity_that_is_no_number_of_persons_is_not_guessed(cell: str) -> None:
    with pytest.raises(Unreadable):
        values.capacity(cell)


@pytest.mark.parametrize(
    ("five", "six"),
    [("14207", "142077"), ("13101", "131016"), ("01100", "011002"), ("27100", "271004")],
)
def test_the_check_digit_is_that_of_the_official_list(five: str, six: str) -> None:
    assert values.completed(five) == six
    assert values.municipality_code(six) == six


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("92011", "092011"),  # a spreadsheet dropped the zero
        ("13101", "131016"),  # the check digit was never there
        ("1100", "011002"),  # both
        ("１４２０７７", "142077"),
    ],
)
def test_a_shortened_code_is_repaired_where_only_one_can_be_meant(cell: str, code: str) -> None:
    assert values.municipality_code(cell) == code


@pytest.mark.parametrize("cell", ["142078", "12203", "990000", "茅ヶ崎市", "1420777", "٣٣١٣١٣"])
def test_a_wrong_or_ambiguous_code_is_refused(cell: str) -> None:
    with pytest.raises(Unreadable):
        values.municipality_code(cell)


@given(st.integers(1000, 47999).map("{:05}".format), st.integers(0, 9).map(str))
def test_of_the_ten_last_digits_only_one_makes_a_code(five: str, digit: str) -> None:
    code = five + digit
    if digit == values.check_digit(five):
        assert values.municipality_code(code) == code
    else:
        with pytest.raises(Unreadable):
            values.municipality_code(code)


@given(st.integers(1000, 47999).map("{:05}".format))
def test_a_repair_never_makes_another_municipality_of_a_code(five: str) -> None:
    code = values.completed(five)
    for shortened in {code.lstrip("0"), five, five.lstrip("0")}:
        try:
            assert values.municipality_code(shortened) == code
        except Unreadable:
            assert len(shortened) == 5


def test_a_common_id_tells_its_designation() -> None:
    assert values.kind_of_id("E1420700001201") is DesignationKind.EMERGENCY_SITE
    assert values.kind_of_id("E1420700001111") is DesignationKind.DESIGNATED_SHELTER
    assert values.kind_of_id("E1420700063121") is DesignationKind.WELFARE_SHELTER


@pytest.mark.parametrize(
    "cell", ["CC0100022200", "E1420700001301", "E142070000120", "E14207000012010"]
)
def test_what_has_not_the_form_of_a_common_id_is_none(cell: str) -> None:
    with pytest.raises(Unreadable):
        values.common_id(cell)


def test_degrees_make_a_place_whatever_their_width() -> None:
    place = values.place(lon="１３９．４０３４９７", lat=" 35.333827 ")
    assert (place.lon, place.lat) == (139.403497, 35.333827)


@pytest.mark.parametrize(
    ("lon", "lat", "reason"),
    [
        ("35.333827", "139.403497", "swapped"),
        ("0", "0.0", "0/0"),
        ("", "", "put on the map"),
        ("139.4", "", "put on the map"),
        ("2.35", "48.85", "in Japan"),
        ("東経139度", "35.3", "decimal degrees"),
        ("nan", "inf", "decimal degrees"),
    ],
)
def test_what_is_no_place_in_japan_says_why(lon: str, lat: str, reason: str) -> None:
    with pytest.raises(Unreadable, match=re.escape(reason)):
        values.place(lon, lat)


def test_text_is_kept_as_written_but_on_one_line() -> None:
    assert (
        values.written(" ＧＤＯ茅ヶ崎\r\n  ゴルフ　リンクス　") == "ＧＤＯ茅ヶ崎 ゴルフ　リンクス"
    )


@pytest.mark.parametrize(
    "cell", ["35°20'02\"", "35.20.02", "３５度２０分２秒", "35°20′2.0″", "35度20分02.0秒"]
)
def test_degrees_may_come_with_minutes_and_seconds(cell: str) -> None:
    assert values.degrees(cell) == pytest.approx(35 + 20 / 60 + 2 / 3600)


@pytest.mark.parametrize("cell", ["35°60'02\"", "35.20.75", "35度"])
def test_what_is_no_angle_is_not_read(cell: str) -> None:
    with pytest.raises(Unreadable):
        values.degrees(cell)
