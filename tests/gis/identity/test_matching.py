"""Which known facility a row means; the town of 夏目市 is invented."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis.identity import Facility, Match, Outcome, match_facilities
from gis.identity.evidence import distance_m

SCHOOL = Facility("school", "夏目小学校", "海山県夏目市本町1-2-3", 139.4, 35.33)
GYM = Facility("gym", "夏目小学校体育館", "海山県夏目市本町1-2-3", 139.4, 35.33)
FIRST = Facility("first", "第一中学校", "海山県夏目市北町10-1", 139.41, 35.34)
SECOND = Facility("second", "第二中学校", "海山県夏目市南町20-1", 139.42, 35.35)
HALL = Facility("hall", "浜の会館", "海山県夏目市浜301", 139.43, 35.31)
KNOWN = [SCHOOL, GYM, FIRST, SECOND, HALL]


def meant(row: Facility, *known: Facility) -> Match:
    (match,) = match_facilities([row], known or KNOWN)
    return match


def keys(match: Match) -> list[str]:
    return [candidate.facility.key for candidate in match.candidates]


def row_of(known: Facility, **said: str | float | None) -> Facility:
    return replace(known, key="row", **said)  # type: ignore[arg-type]


def test_the_same_name_and_address_is_a_match() -> None:
    match = meant(Facility("row", "夏目　小学校", "夏目市本町一丁目2番3号"))
    assert match.outcome is Outcome.MATCHED
    assert keys(match) == ["school"]
    assert match.candidates[0].likeness == 1.0
    assert match.candidates[0].distance_m is None


def test_a_name_that_is_there_once_is_enough_when_nothing_contradicts() -> None:
    assert meant(Facility("row", "浜の会館")).outcome is Outcome.MATCHED


def test_the_same_name_far_away_is_doubtful() -> None:
    match = meant(row_of(SCHOOL, lat=35.34))
    assert match.outcome is Outcome.DOUBTFUL
    assert keys(match)[0] == "school"


def test_the_same_name_at_another_address_is_doubtful() -> None:
    assert meant(row_of(SCHOOL, address="夏目市本町4-5-6")).outcome is Outcome.DOUBTFUL
    assert meant(row_of(SCHOOL, address="夏目市西町")).outcome is Outcome.DOUBTFUL


@pytest.mark.parametrize("address", ["夏目市301", "浜301番地", "夏目市大字浜301-2", "夏目市浜"])
def test_an_address_that_says_less_or_more_does_not_contradict(address: str) -> None:
    assert meant(Facility("row", "浜の会館", address)).outcome is Outcome.MATCHED


def test_a_town_written_anew_agrees_only_by_a_lot_that_tells_places_apart() -> None:
    known = Facility("hall", "浜の会館", "夏目市上花野町301")
    assert (
        meant(Facility("row", "浜の会館", "夏目市花野町上花野301"), known).outcome
        is Outcome.MATCHED
    )
    known = Facility("hall", "浜の会館", "夏目市上花野町3")
    assert (
        meant(Facility("row", "浜の会館", "夏目市花野町上花野3"), known).outcome is Outcome.DOUBTFUL
    )


def test_another_name_at_the_same_address_is_never_a_match() -> None:
    match = meant(Facility("row", "花野高等学校", "夏目市北町10-1", 139.41, 35.34))
    assert match.outcome is Outcome.DOUBTFUL
    assert keys(match) == ["first"]


def test_another_name_at_the_same_address_waits_for_a_person_without_places_too() -> None:
    assert keys(meant(Facility("row", "花野アリーナ", "夏目市北町10番地1"))) == ["first"]


def test_another_name_at_the_same_place_waits_for_a_person() -> None:
    match = meant(Facility("row", "花野アリーナ", None, 139.4101, 35.34))
    assert match.outcome is Outcome.DOUBTFUL
    assert keys(match) == ["first"]


@pytest.mark.parametrize(
    "name", ["第三中学校", "第1小学校", "第一中学校グラウンド", "旧第一中学校"]
)
def test_another_number_kind_or_part_is_never_a_match(name: str) -> None:
    assert meant(row_of(FIRST, name=name)).outcome is Outcome.DOUBTFUL


def test_a_gymnasium_is_not_its_school() -> None:
    match = meant(row_of(GYM), SCHOOL)
    assert match.outcome is Outcome.DOUBTFUL
    assert keys(match) == ["school"]


def test_a_name_with_its_owner_matches_only_when_address_and_place_agree() -> None:
    named = row_of(SCHOOL, name="夏目市立夏目小学校")
    assert meant(named).outcome is Outcome.MATCHED
    assert meant(replace(named, lon=None)).outcome is Outcome.DOUBTFUL
    assert meant(replace(named, address=None)).outcome is Outcome.DOUBTFUL
    assert meant(replace(named, name="夏目市夏目小学校")).outcome is Outcome.MATCHED


def test_schools_of_two_owners_are_not_one() -> None:
    known = replace(SCHOOL, name="県立夏目小学校")
    assert meant(row_of(SCHOOL, name="市立夏目小学校"), known).outcome is Outcome.DOUBTFUL


def test_two_known_ones_of_one_name_are_for_a_person_to_choose() -> None:
    match = meant(row_of(HALL), HALL, replace(HALL, key="welfare"))
    assert match.outcome is Outcome.SEVERAL
    assert keys(match) == ["hall", "welfare"]


def test_of_two_known_ones_of_one_name_the_address_tells_which() -> None:
    other = Facility("other", "浜の会館", "夏目市山55")
    assert keys(meant(Facility("row", "浜の会館", "夏目市山55"), HALL, other)) == ["other"]


def test_an_old_letter_matches_a_new_one_unless_both_are_known() -> None:
    old, new = replace(HALL, name="龍の会館"), replace(HALL, key="new", name="竜の会館")
    assert keys(meant(row_of(old), new)) == ["new"]
    assert meant(row_of(old), new).outcome is Outcome.MATCHED
    assert meant(row_of(old), new, old).outcome is Outcome.MATCHED
    assert keys(meant(row_of(old), new, old)) == ["hall"]


def test_a_known_facility_may_have_two_names() -> None:
    renamed = replace(HALL, name="花野ホール")
    assert meant(row_of(HALL), HALL, renamed).outcome is Outcome.MATCHED
    assert keys(meant(row_of(renamed), HALL, renamed)) == ["hall"]


def test_two_rows_for_one_known_facility_are_both_doubtful() -> None:
    rows = [Facility("a", "浜の会館", "夏目市浜301"), Facility("b", "浜の会館")]
    found = match_facilities([*rows, row_of(SCHOOL)], KNOWN)
    assert [match.outcome for match in found] == [
        Outcome.DOUBTFUL,
        Outcome.DOUBTFUL,
        Outcome.MATCHED,
    ]


def test_one_that_needs_a_person_is_doubtful_however_alike() -> None:
    match = meant(row_of(HALL), replace(HALL, needs_person=True))
    assert match.outcome is Outcome.DOUBTFUL
    assert match.candidates[0].likeness == 1.0


def test_a_likelier_one_that_needs_a_person_puts_the_certain_one_in_doubt() -> None:
    nameless = replace(HALL, key="elsewhere", address=None, lon=None)
    match = meant(row_of(HALL), nameless, replace(HALL, needs_person=True))
    assert match.outcome is Outcome.DOUBTFUL
    assert keys(match) == ["hall", "elsewhere"]


def test_nothing_like_it_is_no_match() -> None:
    match = meant(Facility("row", "花野高等学校", "夏目市西町7", 139.5, 35.4))
    assert match.outcome is Outcome.NONE
    assert match.candidates == ()


def test_a_person_is_shown_three_candidates_at_most() -> None:
    many = [replace(HALL, key=str(number)) for number in range(9)]
    assert keys(meant(row_of(HALL), *many)) == ["0", "1", "2"]


def test_empty_lists_have_empty_answers() -> None:
    assert match_facilities([], KNOWN) == []
    assert match_facilities([row_of(HALL)], []) == [Match(Outcome.NONE)]


def test_distance_is_in_metres_with_longitude_first() -> None:
    assert distance_m(139.0, 35.0, 140.0, 35.0) == pytest.approx(91_288, rel=1e-3)


def test_among_many_names_alike_the_order_does_not_decide_who_is_looked_at() -> None:
    many = [Facility(letter, f"夏目{letter}地区会館") for letter in "上東西南北中奥前後左右天地下"]
    row = Facility("row", "夏目春地区会館")
    assert meant(row, *many) == meant(row, *reversed(many))


names = st.sampled_from(
    ["夏目小学校", "夏目市立夏目小学校", "夏目小学校体育館", "第一中学校", "第二中学校", "浜の会館"]
)
addresses = st.sampled_from([None, "夏目市本町1-2-3", "夏目市本町1-2", "夏目市浜301", "浜", ""])
degrees = st.sampled_from([None, 35.33, 35.3301, 35.34])
facilities = st.builds(Facility, st.just(""), names, addresses, st.just(139.4), degrees)
lists = st.lists(facilities, max_size=6).map(
    lambda found: [replace(one, key=str(number)) for number, one in enumerate(found)]
)


@given(lists, lists, st.randoms(use_true_random=False))
def test_the_order_of_the_lists_changes_nothing(
    rows: list[Facility], known: list[Facility], chance: Random
) -> None:
    expected = dict(zip((row.key for row in rows), match_facilities(rows, known), strict=True))
    shuffled, among = chance.sample(rows, len(rows)), chance.sample(known, len(known))
    found = match_facilities(shuffled, among)
    assert dict(zip((row.key for row in shuffled), found, strict=True)) == expected


@given(lists, lists)
def test_no_known_facility_is_matched_twice_and_none_without_its_name(
    rows: list[Facility], known: list[Facility]
) -> None:
    found = match_facilities(rows, known)
    matched = [keys(match)[0] for match in found if match.outcome is Outcome.MATCHED]
    assert len(matched) == len(set(matched))
    assert all(len(match.candidates) <= 3 for match in found)
    assert all(bool(match.candidates) != (match.outcome is Outcome.NONE) for match in found)
    for row, match in zip(rows, found, strict=True):
        if match.outcome is Outcome.MATCHED:
            (candidate,) = match.candidates
            assert row.name.removeprefix("夏目市立") == candidate.facility.name.removeprefix(
                "夏目市立"
            )
