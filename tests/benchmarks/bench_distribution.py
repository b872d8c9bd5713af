"""What to send from where to where in a city: how long it takes, and how much shorter the ways are.

The peer solves the same as a flow of whole numbers (network simplex), item by item. The ways are
compared with those of the simple rule: the most urgent first, from the nearest that has any.
"""

import random
import time
from collections.abc import Callable
from math import dist
from statistics import median
from uuid import UUID

import pytest

from gis.distribution import Demand, Supply, urgency_weight
from tests.benchmarks.conftest import Measured, Page
from tests.gis.distributing import Case, cost, least, nearest_first

SHELTERS, DEPOTS, ITEMS = 120, 8, 10
CITY_M = 8_000
SEED = 20_260_901
RUNS = 11
LIMIT_S = 2.0


def bench_distribution(measured: Measured, page: Page) -> None:
    """Each shelter lacks each item; the depots have a little more, half of it, or are not alone."""
    city, scarce, shared = planted(1.1), planted(0.5), planted(0.5, sparing=SHELTERS // 2)
    subject = f"what to send: {SHELTERS} shelters, {ITEMS} items, {DEPOTS} depots"
    measured(subject, seconds(city.suggest), LIMIT_S)
    measured("the same, with half of what is lacking", seconds(scarce.suggest), LIMIT_S)
    measured("the same, half of the shelters can spare some", seconds(shared.suggest), LIMIT_S)
    ours_s = median(seconds(city.suggest))
    items = [city.of(str(item)) for item in range(ITEMS)]
    flow_s = median(seconds(lambda: [least(item) for item in items]))
    ours, simple = cost(city), nearest_first(city)
    assert ours.lacking == simple.lacking == 0
    assert ours.metres == pytest.approx(sum(least(item).metres for item in items), rel=1e-12)
    page.remarks.append(
        f"What to send takes {ours_s / flow_s:.2f} of the time of networkx (network simplex), which"
        f" finds the same least: {ours.metres / simple.metres:.0%} of the distance, by quantity and"
        " urgency, of serving the most urgent first from the nearest depot that has any."
    )


def planted(of_need: float, sparing: int = 0) -> Case:
    """Return a city whose depots have a share of what is lacking, unevenly.

    Parameters
    ----------
    sparing
        How many shelters lack nothing and can give a little.
    """
    chance = random.Random(SEED)  # noqa: S311 - the same city each time
    depots, shelters = (
        [UUID(int=chance.getrandbits(128)) for _ in range(count)] for count in (DEPOTS, SHELTERS)
    )
    spots = {
        place: (chance.uniform(0, CITY_M), chance.uniform(0, CITY_M))
        for place in [*depots, *shelters]
    }
    demands = [
        Demand(place, str(item), chance.randint(1, 600), urgency_weight(chance.uniform(0, 96)))
        for place in shelters[sparing:]
        for item in range(ITEMS)
    ]
    each = of_need * sum(demand.quantity for demand in demands) / ITEMS / DEPOTS
    supplies = [
        Supply(place, str(item), round(each * share))
        for item in range(ITEMS)
        for place, share in zip(depots, uneven(chance, DEPOTS), strict=True)
    ]
    spare = [
        Supply(place, str(item), chance.randint(0, 60))
        for place in shelters[:sparing]
        for item in range(ITEMS)
    ]
    ways = {
        (origin, destination): float(round(dist(spots[origin], spots[destination])))
        for origin in spots
        for destination in shelters
    }
    return Case(supplies + spare, demands, ways)


def uneven(chance: random.Random, count: int) -> list[float]:
    """Return shares about 1, one as much above as the other is below."""
    shares = [chance.uniform(0, 0.9) for _ in range(count // 2)]
    return [1 + share for share in shares] + [1 - share for share in shares]


def seconds(ask: Callable[[], object]) -> list[float]:
    """Return how long each of some runs takes."""
    taken = []
    for _ in range(RUNS):
        began = time.perf_counter()
        ask()
        taken.append(time.perf_counter() - began)
    return taken
