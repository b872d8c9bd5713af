"""A moment of the past as an address names it."""

from datetime import timedelta

import pytest

from gis.errors import FieldInvalid, MomentOutOfReach, MomentWithoutZone, Refused
from gis.past import PastMoment
from gis.vocabulary import Knowledge
from tests.conftest import NOON

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    "text", ["2026-09-01T12:00:00+09:00", "2026-09-01T03:00:00Z", "2026-09-01T12:00:00 09:00"]
)
def test_a_moment_is_read_with_its_offset_even_where_an_address_lost_its_plus(text: str) -> None:
    assert PastMoment.read(text, "now", NOON).at == NOON


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("2026-09-01T12:00:00", MomentWithoutZone),
        ("2026-09-01 12:00", MomentWithoutZone),
        ("2026-09-01T12:00:01+09:00", MomentOutOfReach),
        ("0001-01-01T00:00:00+09:00", MomentOutOfReach),
        ("9999-12-31T23:59:59-09:00", MomentOutOfReach),
        ("noon", FieldInvalid),
        ("", FieldInvalid),
    ],
)
def test_a_moment_that_makes_no_sense_is_refused(text: str, refusal: type[Refused]) -> None:
    with pytest.raises(refusal):
        PastMoment.read(text, "then", NOON)


def test_what_is_known_is_known_then_or_now_and_nothing_else() -> None:
    noon = PastMoment(NOON)
    assert noon.known_at(NOON + HOUR) == NOON
    assert PastMoment(NOON, Knowledge.NOW).known_at(NOON + HOUR) == NOON + HOUR
    with pytest.raises(FieldInvalid):
        PastMoment.read("2026-09-01T12:00:00+09:00", "always", NOON)
