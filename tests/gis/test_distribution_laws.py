"""What holds of every plan, and what it costs beside two other ways to find one."""

import math
from collections import Counter
from random import Random
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gis.distribution import Demand, Plan, Shipment, Supply, suggest
from gis.vocabulary import ShipmentReason
from tests.gis.distributing import TENTHS, Case, cost, least, nearest_first

ITEMS = ["rice", "water"]
PLACES = [UUID(int=number) for number in range(1, 9)]
"""Some of them both give and lack, even the same."""
quantities = st.integers(0, 60)
weights = st.integers(TENTHS, 10 * TENTHS).map(lambda tenths: tenths / TENTHS)
distances = st.one_of(st.none(), st.integers(0, 9_000))
"""In whole metres; some ways there are not."""


@st.composite
def cases(draw: st.DrawFn) -> Case:
    rows = st.lists(
        st.tuples(st.sampled_from(PLACES), st.sampled_from(ITEMS)), unique=True, max_size=10
    )
    apart = draw(st.lists(distances, min_size=len(PLACES) ** 2, max_size=len(PLACES) ** 2))
    ways = [(origin, destination) for origin in PLACES for destination in PLACES]
    return Case(
        [Supply(*row, draw(quantities)) for row in draw(rows)],
        [Demand(*row, draw(quantities), draw(weights)) for row in draw(rows)],
        {way: float(m) for way, m in zip(ways, apart, strict=True) if m is not None},
    )


often = settings(max_examples=150, deadline=None)


@often
@given(cases())
def test_nobody_gives_more_than_there_is_and_each_gets_what_was_asked_or_lacks_it(
    case: Case,
) -> None:
    plan, given_away, got = case.suggest(), Counter[tuple[UUID, str]](), Counter[tuple[UUID, str]]()
    for each in plan.shipments:
        assert each.quantity > 0
        assert each.origin != each.destination
        assert each.distance_m == case.distances_m[each.origin, each.destination]
        given_away[each.origin, each.item] += each.quantity
        got[each.destination, each.item] += each.quantity
    stock = {(supply.place, supply.item): supply.quantity for supply in case.supplies}
    assert all(quantity <= stock[row] for row, quantity in given_away.items())
    assert all(each.quantity > 0 for each in plan.lacking)
    got.update({(each.place, each.item): each.quantity for each in plan.lacking})
    assert got == Counter({(demand.place, demand.item): demand.quantity for demand in case.demands})


@often
@given(cases())
def test_something_lacks_only_where_all_in_reach_is_given_to_the_equally_urgent_or_more(
    case: Case,
) -> None:
    plan = case.suggest()
    demands = {(demand.place, demand.item): demand for demand in case.demands}
    for each in plan.lacking:
        demand = demands[each.place, each.item]
        for supply in (supply for supply in case.supplies if case.reaches(supply, demand)):
            from_there = shipped_from(plan, supply.place, supply.item)
            assert sum(shipment.quantity for shipment in from_there) == supply.quantity
            for shipment in from_there:
                assert demands[shipment.destination, shipment.item].weight >= demand.weight


@often
@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_what_is_given_changes_nothing(case: Case, shuffler: Random) -> None:
    supplies, demands = list(case.supplies), list(case.demands)
    ways = list(case.distances_m.items())
    for rows in (supplies, demands, ways):
        shuffler.shuffle(rows)
    assert suggest(supplies, demands, dict(ways)) == case.suggest()


@often
@given(cases())
def test_items_have_nothing_to_do_with_each_other(case: Case) -> None:
    apart = [case.of(item).suggest() for item in ITEMS]
    assert case.suggest() == Plan(
        tuple(each for plan in apart for each in plan.shipments),
        tuple(each for plan in apart for each in plan.lacking),
    )


@often
@given(cases())
def test_a_nearer_place_has_given_all_to_whoever_is_farther_from_the_origin(case: Case) -> None:
    plan = case.suggest()
    stock = {(supply.place, supply.item): supply.quantity for supply in case.supplies}
    for each in plan.shipments:
        assert (each.nearer is None) == (each.reason is ShipmentReason.NEAREST)
        if each.nearer is None:
            continue
        assert case.distances_m[each.nearer, each.destination] < each.distance_m
        left = stock[each.nearer, each.item]
        assert (left == 0) == (each.reason is ShipmentReason.NONE_NEARER)
        from_nearer = shipped_from(plan, each.nearer, each.item)
        assert sum(other.quantity for other in from_nearer) == left
        others = [other for other in from_nearer if other.destination != each.destination]
        assert bool(others) == (
            each.reason in {ShipmentReason.MORE_URGENT, ShipmentReason.OTHERS_FARTHER}
        )
        for other in others:
            way = (each.origin, other.destination)
            assert other.distance_m < case.distances_m.get(way, math.inf) or len(set(way)) == 1


@often
@given(cases())
def test_it_is_never_worse_than_nearest_first(case: Case) -> None:
    ours = cost(case)
    theirs = nearest_first(case)
    assert ours.lacking < theirs.lacking + 1e-6
    if ours.lacking > theirs.lacking - 1e-6:
        assert ours.metres < theirs.metres + 1e-6


@often
@given(cases())
def test_it_costs_what_a_flow_of_whole_numbers_costs(case: Case) -> None:
    for item in ITEMS:
        one = case.of(item)
        ours = cost(one)
        assert ours == pytest.approx(least(one), rel=1e-12)


def shipped_from(plan: Plan, origin: UUID, item: str) -> list[Shipment]:
    return [each for each in plan.shipments if (each.origin, each.item) == (origin, item)]
