"""What to send from where to where, in cities small enough to tell by hand."""

import math
from uuid import UUID

import pytest

from gis.distribution import (
    URGENCY_MOST,
    Demand,
    Lacking,
    Plan,
    Shipment,
    Supply,
    suggest,
    urgency_weight,
)
from gis.transportation import QUANTITY_MOST
from gis.vocabulary import ShipmentReason

NORTH, SOUTH, EAST = (UUID(int=number) for number in (1, 2, 3))
SCHOOL, HALL, GYM = (UUID(int=number) for number in (11, 12, 13))
URGENT = 10.0


def test_the_nearest_depot_sends_what_a_shelter_lacks() -> None:
    plan = suggest(
        [Supply(NORTH, "water", 50), Supply(SOUTH, "water", 50)],
        [Demand(SCHOOL, "water", 30)],
        {(NORTH, SCHOOL): 900.0, (SOUTH, SCHOOL): 400.0},
    )
    assert plan == Plan(
        (Shipment(SOUTH, SCHOOL, "water", 30, 400.0, ShipmentReason.NEAREST),), lacking=()
    )


def test_what_the_nearer_depot_has_not_comes_from_the_next() -> None:
    plan = suggest(
        [Supply(NORTH, "water", 50), Supply(SOUTH, "water", 20)],
        [Demand(SCHOOL, "water", 30)],
        {(NORTH, SCHOOL): 900.0, (SOUTH, SCHOOL): 400.0},
    )
    assert sent(plan) == {(SOUTH, SCHOOL): 20, (NORTH, SCHOOL): 10}
    assert reasons(plan)[NORTH, SCHOOL] == (ShipmentReason.USED_UP, SOUTH)


def test_a_depot_without_any_is_told_as_such() -> None:
    plan = suggest(
        [Supply(NORTH, "water", 50), Supply(SOUTH, "water", 0)],
        [Demand(SCHOOL, "water", 30)],
        {(NORTH, SCHOOL): 900.0, (SOUTH, SCHOOL): 400.0},
    )
    assert reasons(plan) == {(NORTH, SCHOOL): (ShipmentReason.NONE_NEARER, SOUTH)}


def test_who_is_more_urgent_is_served_from_near_and_the_other_is_told_why() -> None:
    plan = suggest(
        [Supply(NORTH, "water", 30), Supply(SOUTH, "water", 30)],
        [Demand(SCHOOL, "water", 30, URGENT), Demand(HALL, "water", 30)],
        {
            (NORTH, SCHOOL): 900.0,
            (SOUTH, SCHOOL): 500.0,
            (NORTH, HALL): 900.0,
            (SOUTH, HALL): 400.0,
        },
    )
    assert sent(plan) == {(SOUTH, SCHOOL): 30, (NORTH, HALL): 30}
    assert reasons(plan)[NORTH, HALL] == (ShipmentReason.MORE_URGENT, SOUTH)


def test_somebody_goes_a_little_farther_so_that_another_goes_far_less() -> None:
    plan = suggest(
        [Supply(NORTH, "water", 30), Supply(SOUTH, "water", 30)],
        [Demand(SCHOOL, "water", 30), Demand(HALL, "water", 30)],
        {
            (NORTH, SCHOOL): 500.0,
            (SOUTH, SCHOOL): 400.0,
            (NORTH, HALL): 9_000.0,
            (SOUTH, HALL): 600.0,
        },
    )
    assert sent(plan) == {(NORTH, SCHOOL): 30, (SOUTH, HALL): 30}
    assert reasons(plan)[NORTH, SCHOOL] == (ShipmentReason.OTHERS_FARTHER, SOUTH)


def test_what_nobody_has_is_lacking_where_it_can_wait() -> None:
    plan = suggest(
        [Supply(NORTH, "water", 40)],
        [Demand(SCHOOL, "water", 30), Demand(HALL, "water", 30, URGENT)],
        {(NORTH, SCHOOL): 1.0, (NORTH, HALL): 9_000.0},
    )
    assert sent(plan) == {(NORTH, HALL): 30, (NORTH, SCHOOL): 10}
    assert plan.lacking == (Lacking(SCHOOL, "water", 20),)


def test_a_hair_more_urgent_is_more_urgent_however_far() -> None:
    plan = suggest(
        [Supply(NORTH, "water", 30)],
        [Demand(SCHOOL, "water", 30, 5.0), Demand(HALL, "water", 30, math.nextafter(5.0, 6.0))],
        {(NORTH, SCHOOL): 1.0, (NORTH, HALL): 1_000_000.0},
    )
    assert plan.lacking == (Lacking(SCHOOL, "water", 30),)


def test_between_the_equally_urgent_the_distance_decides_who_goes_without() -> None:
    plan = suggest(
        [Supply(NORTH, "water", 30)],
        [Demand(SCHOOL, "water", 30), Demand(HALL, "water", 30)],
        {(NORTH, SCHOOL): 800.0, (NORTH, HALL): 700.0},
    )
    assert plan.lacking == (Lacking(SCHOOL, "water", 30),)


def test_a_place_beyond_reach_is_lacking_and_its_depot_serves_others() -> None:
    plan = suggest(
        [Supply(NORTH, "water", 30), Supply(SOUTH, "water", 30)],
        [Demand(SCHOOL, "water", 30), Demand(HALL, "water", 30, URGENT), Demand(GYM, "water", 5)],
        {(NORTH, SCHOOL): 1.0, (NORTH, HALL): 1.0, (SOUTH, HALL): 9.0, (SOUTH, GYM): math.inf},
    )
    assert sent(plan) == {(NORTH, SCHOOL): 30, (SOUTH, HALL): 30}
    assert plan.lacking == (Lacking(GYM, "water", 5),)


def test_nobody_sends_to_themselves() -> None:
    plan = suggest(
        [Supply(SCHOOL, "water", 30)], [Demand(SCHOOL, "water", 30)], {(SCHOOL, SCHOOL): 0.0}
    )
    assert plan == Plan(lacking=(Lacking(SCHOOL, "water", 30),))


def test_an_item_that_nobody_has_is_lacking_everywhere() -> None:
    plan = suggest([Supply(NORTH, "rice", 9)], [Demand(SCHOOL, "water", 3)], {(NORTH, SCHOOL): 1.0})
    assert plan == Plan(lacking=(Lacking(SCHOOL, "water", 3),))


def test_where_nothing_lacks_nothing_is_sent() -> None:
    ways = {(NORTH, SCHOOL): 1.0}
    assert suggest([Supply(NORTH, "water", 9)], [], ways) == Plan()
    assert suggest([Supply(NORTH, "water", 9)], [Demand(SCHOOL, "water", 0)], ways) == Plan()


def test_the_most_urgent_shelter_of_an_item_stands_first() -> None:
    plan = suggest(
        [Supply(NORTH, "water", 9), Supply(NORTH, "rice", 9)],
        [Demand(SCHOOL, "water", 1), Demand(HALL, "water", 1, URGENT), Demand(SCHOOL, "rice", 1)],
        {(NORTH, SCHOOL): 1.0, (NORTH, HALL): 1.0},
    )
    assert [(each.item, each.destination) for each in plan.shipments] == [
        ("rice", SCHOOL),
        ("water", HALL),
        ("water", SCHOOL),
    ]


def test_quantities_as_large_as_the_store_holds_come_out_to_the_piece() -> None:
    plan = suggest(
        [Supply(NORTH, "water", QUANTITY_MOST), Supply(SOUTH, "water", QUANTITY_MOST)],
        [Demand(SCHOOL, "water", QUANTITY_MOST - 1), Demand(HALL, "water", QUANTITY_MOST)],
        {(NORTH, SCHOOL): 1.0, (SOUTH, SCHOOL): 2.0, (NORTH, HALL): 1.0, (SOUTH, HALL): 2.5},
    )
    assert sent(plan) == {
        (NORTH, HALL): QUANTITY_MOST,
        (SOUTH, SCHOOL): QUANTITY_MOST - 1,
    }


@pytest.mark.parametrize(
    ("hours", "weight"),
    [(None, 1), (1_000, 1), (72, 1), (36, 5.5), (0, URGENCY_MOST), (-5, URGENCY_MOST)],
)
def test_the_sooner_something_runs_out_the_more_urgent_it_is(
    hours: float | None, weight: float
) -> None:
    assert urgency_weight(hours) == weight


def test_what_runs_out_within_the_same_half_hour_is_about_as_urgent() -> None:
    assert urgency_weight(12.0) == urgency_weight(12.25) == 8.5


@pytest.mark.parametrize("quantity", [-1, QUANTITY_MOST + 1])
def test_a_quantity_is_none_or_more_and_no_more_than_the_store_holds(quantity: int) -> None:
    with pytest.raises(ValueError, match="quantity"):
        Supply(NORTH, "water", quantity)
    with pytest.raises(ValueError, match="quantity"):
        Demand(SCHOOL, "water", quantity)


@pytest.mark.parametrize("weight", [0.0, -1.0, math.inf, math.nan])
def test_a_lack_without_a_weight_is_none(weight: float) -> None:
    with pytest.raises(ValueError, match="weight"):
        Demand(SCHOOL, "water", 1, weight)


def test_a_place_that_is_given_twice_for_an_item_is_refused() -> None:
    with pytest.raises(ValueError, match="twice for water"):
        suggest([Supply(NORTH, "water", 1)] * 2, [Demand(SCHOOL, "water", 1)], {})
    with pytest.raises(ValueError, match="twice for water"):
        suggest([], [Demand(SCHOOL, "water", 1), Demand(SCHOOL, "water", 2)], {})


def sent(plan: Plan) -> dict[tuple[UUID, UUID], int]:
    return {(each.origin, each.destination): each.quantity for each in plan.shipments}


def reasons(plan: Plan) -> dict[tuple[UUID, UUID], tuple[ShipmentReason, UUID | None]]:
    return {(each.origin, each.destination): (each.reason, each.nearer) for each in plan.shipments}
