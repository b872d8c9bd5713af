from datetime import UTC, datetime, timedelta

import pytest

from dashboard.components.wording import age_text, count_text, lacking_text, number_text
from gis.text import Language

NOW = datetime(2026, 4, 1, 3, 0, tzinfo=UTC)


def test_none_is_zero_and_unknown_is_not() -> None:
    assert number_text(0, Language.EN) == "0"
    assert number_text(None, Language.EN) == "Unknown"


def test_a_total_says_what_it_lacks() -> None:
    assert count_text(6483, 5, Language.EN) == "6,483 + unknown at 5"
    assert count_text(6483, 5, Language.JA) == "6,483 + 不明 5か所"


def test_a_complete_total_stands_alone() -> None:
    assert count_text(6483, 0, Language.EN) == "6,483"
    assert lacking_text(12, 0, Language.EN) == ""


def test_a_total_of_nothing_known_is_no_zero() -> None:
    assert count_text(None, 5, Language.EN) == "Unknown at 5"


@pytest.mark.parametrize(
    ("age", "text"),
    [
        (timedelta(seconds=-30), "Just now"),
        (timedelta(seconds=59), "Just now"),
        (timedelta(minutes=12), "12 min ago"),
        (timedelta(minutes=59, seconds=59), "59 min ago"),
        (timedelta(hours=3, minutes=7), "3 h 07 min ago"),
        (timedelta(days=2, hours=1), "2 d ago"),
    ],
)
def test_an_age_is_told_in_its_own_unit(age: timedelta, text: str) -> None:
    assert age_text(NOW - age, NOW, Language.EN) == text


def test_what_was_never_seen_has_no_age() -> None:
    assert age_text(None, NOW, Language.EN) == "Not reported"
