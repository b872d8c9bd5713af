"""How much goes each way, as numbers; what they mean is tested in test_distribution.py."""

import numpy as np
import pytest

from gis.transportation import Transportation


def between(stock: list[int], lacks: list[int], ways: list[tuple[int, int]]) -> Transportation:
    """Return a problem whose places are all a metre apart and equally urgent."""
    return Transportation(
        stock=np.array(stock, np.int64),
        lacks=np.array(lacks, np.int64),
        weights=np.ones(len(lacks)),
        origins=np.array([origin for origin, _ in ways], np.int64),
        destinations=np.array([destination for _, destination in ways], np.int64),
        distances_m=np.ones(len(ways)),
    )


def test_each_way_has_its_quantity() -> None:
    assert between([3, 4], [9], [(0, 0), (1, 0)]).quantities().tolist() == [3, 4]


def test_as_much_is_sent_as_can_be_where_not_every_way_is_open() -> None:
    ways = [(0, 0), (0, 1), (1, 0)]
    assert between([5, 5], [5, 5], ways).quantities().tolist() == [0, 5, 5]


def test_where_there_is_no_way_there_is_nothing_to_solve() -> None:
    assert between([3], [3], []).quantities().tolist() == []


def test_what_cannot_be_solved_is_told() -> None:
    with pytest.raises(ArithmeticError, match="infeasible"):
        between([-1], [3], [(0, 0)]).quantities()
