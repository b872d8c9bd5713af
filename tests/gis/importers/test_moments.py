from datetime import date

import pytest

from gis.importers.moments import last_day, moment
from gis.importers.values import Unreadable

TODAY = date(2026, 9, 2)


@pytest.mark.parametrize(
    "cell",
    [
        "2026-09-01T14:30+09:00",
        "2026-09-01T05:30:00Z",
        "2026-09-01 14:30:00",
        "2026/9/1 14:30",
        "２０２６年９月１日（火）　１４時３０分",
        "令和8年9月1日 午後2時半",
        "R8.9.1 2:30PM",
        "26/9/1 14:30",
        "9月1日14時30分頃",
        "9/1 14:30",
    ],
)
def test_a_moment_is_read_in_all_forms(cell: str) -> None:
    told, has_time = moment(cell, TODAY)
    assert (told.isoformat(), has_time) in {
        ("2026-09-01T14:30:00+09:00", True),
        ("2026-09-01T05:30:00+00:00", True),
    }


def test_a_day_without_an_hour_is_told_as_such() -> None:
    told, has_time = moment("令和元年5月1日", TODAY)
    assert (told.isoformat(), has_time) == ("2019-05-01T00:00:00+09:00", False)


def test_a_day_without_a_year_is_the_last_one() -> None:
    assert moment("12/31 23:59", date(2027, 1, 2))[0].year == 2026


@pytest.mark.parametrize("cell", ["", "きのう", "2026-13-01", "2/29 10:00", "9/1/2026", "25時"])
def test_what_is_no_moment_is_named_as_none(cell: str) -> None:
    with pytest.raises(Unreadable):
        moment(cell, TODAY)


@pytest.mark.parametrize(
    "cell",
    [
        "2027-03-31",
        "2027-03-31 00:00:00",
        "20270331",
        "202703",
        "2027/3",
        "2027.3",
        "2027年3月",
        "２０２７年 ３月末",
        "令和9年3月",
        "令和9年 3月31日",
        "R9.3.31",
        "27/3",
    ],
)
def test_a_month_without_a_day_lasts_to_its_last(cell: str) -> None:
    assert last_day(cell) == date(2027, 3, 31)


def test_the_end_of_february_is_that_of_its_year() -> None:
    assert [last_day(cell).day for cell in ("2027/2", "2028/2")] == [28, 29]


@pytest.mark.parametrize("cell", ["3月31日", "3/31", "2027/13", "2027-02-30", "2027", "0/0", "末"])
def test_a_last_day_has_its_year_and_is_a_day(cell: str) -> None:
    with pytest.raises(Unreadable):
        last_day(cell)
