"""A prefecture's list of open shelters against the national lists, which others matched by hand.

Names and addresses only: the list's own coordinates were taken from its matches.
"""

import csv
import gzip
from collections import Counter, defaultdict
from functools import cache

import pytest

from gis.identity import Facility, Match, Outcome, match_facilities
from tests.conftest import shared_file

Row = dict[str, str]


@cache
def open_shelters() -> dict[str, list[Row]]:
    """Return the rows of the prefecture's list by municipality."""
    path = shared_file("data/kumamoto2026/2026-07-30.csv")
    towns: defaultdict[str, list[Row]] = defaultdict(list)
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            towns[row["municipality"]].append(row)
    return towns


@cache
def national_list(number: int) -> dict[str, list[Row]]:
    """Return 熊本県's rows of a national list, 1 the shelters, 2 the emergency sites."""
    path = shared_file(f"data/gsi/mergeFromCity_{number}.csv.gz")
    towns: defaultdict[str, list[Row]] = defaultdict(list)
    with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            if row["都道府県名及び市町村名"].startswith("熊本県"):
                towns[row["都道府県名及び市町村名"].removeprefix("熊本県")].append(row)
    return towns


def known_of(town: str, *, with_sites: bool) -> list[Facility]:
    shelters = [
        Facility(row["共通ID"], row["施設・場所名"], row["住所"]) for row in national_list(1)[town]
    ]
    sites = [
        Facility(row["共通ID"], row["施設・場所名"], row["住所"], needs_person=True)
        for row in national_list(2)[town]
    ]
    return shelters + sites if with_sites else shelters


def linked(*, with_sites: bool) -> list[tuple[Row, Match]]:
    pairs: list[tuple[Row, Match]] = []
    for town, listed in open_shelters().items():
        rows = [Facility(row["shelter_id"], row["shelter_name"], row["address"]) for row in listed]
        known = known_of(town, with_sites=with_sites)
        pairs += zip(listed, match_facilities(rows, known), strict=True)
    return pairs


@pytest.mark.parametrize("with_sites", [False, True])
def test_rows_that_others_matched_are_matched_to_the_same_facility(*, with_sites: bool) -> None:
    found: Counter[Outcome] = Counter()
    for row, match in linked(with_sites=with_sites):
        if row["reference_match_status"] == "matched":
            found[match.outcome] += 1
            if match.outcome is Outcome.MATCHED:
                assert match.candidates[0].facility.key == row["reference_common_id"]
    assert found[Outcome.MATCHED] >= 0.98 * found.total()


@pytest.mark.parametrize("with_sites", [False, True])
def test_rows_that_others_could_not_match_are_not_linked_without_a_person(
    *, with_sites: bool
) -> None:
    outcomes = {
        match.outcome
        for row, match in linked(with_sites=with_sites)
        if row["reference_match_status"] == "unmatched"
    }
    assert outcomes == {Outcome.DOUBTFUL, Outcome.NONE}


def test_rows_with_several_ids_are_left_to_a_person() -> None:
    for row, match in linked(with_sites=False):
        if row["reference_match_status"] == "matched_multiple":
            shown = {candidate.facility.key for candidate in match.candidates}
            assert match.outcome in {Outcome.SEVERAL, Outcome.DOUBTFUL}
            assert shown >= set(row["reference_common_ids"].split(";"))
