"""How much goes each way from stock to where it lacks: two linear programs, of numbers alone.

HiGHS solves them by the dual simplex method, which ends at a vertex.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy.optimize import linprog
from scipy.sparse import csr_array, vstack

Counts = npt.NDArray[np.int64]
Figures = npt.NDArray[np.float64]

QUANTITY_MOST = 2**31 - 1
"""What an integer of the store holds; the solver's tolerances stay far below one up to here."""

_M_PER_KM = 1000
"""Costs count in kilometres: near to 1, as the solver's tolerances expect them."""


@dataclass(frozen=True)
class Transportation:
    """What there is of one thing, where it lacks, and the ways between.

    A way is an origin and a destination, by their numbers, and the metres between.
    """

    stock: Counts
    lacks: Counts
    weights: Figures
    """How much a unit that is lacking hurts, by destination; above 0."""
    origins: Counts
    destinations: Counts
    distances_m: Figures

    def quantities(self) -> Counts:
        """Return how much goes each way.

        The sum of weight × what stays lacking is the least possible, and among all plans that
        reach it the sum of weight × quantity × distance is. The order of the two is strict, since
        one is solved after the other, and exact. What can be met is, unit by unit, a transversal
        matroid, and of matroids two things are known:

        - Which of their bases weigh most depends on the order of the weights alone. So the first
          program takes their ranks: whole numbers, however near to each other the weights are. A
          base is also the most that can be sent: nothing is held back.
        - All bases that weigh most have as many units of each weight. So the second program holds
          these numbers, and no sum that would have been rounded.

        Both have whole numbers at their vertices: their rows are sums by origin on one side, and on
        the other sums by destination and by weight, which takes destinations as a whole.

        Raises
        ------
        ArithmeticError
            Where the solver fails, or rounding breaks a limit; up to :data:`QUANTITY_MOST` neither
            has been seen.
        """
        if not len(self.origins):
            return np.zeros(0, np.int64)
        most = self._cheapest(-(self._ranks + 1).astype(np.float64))
        sent = np.bincount(self._ranks, most).round()
        costs = self.weights[self.destinations] * self.distances_m / _M_PER_KM
        return self._cheapest(costs, A_eq=_sums(self._ranks, len(sent)), b_eq=sent)

    @cached_property
    def _ranks(self) -> Counts:
        """The rank of the weight at the end of each way, from 0 for the least."""
        return np.unique(self.weights[self.destinations], return_inverse=True)[1]

    def _cheapest(self, costs: Figures, **held: object) -> Counts:
        """Return the cheapest quantities within what there is, what is lacking and what is held."""
        by_origin = _sums(self.origins, len(self.stock))
        by_destination = _sums(self.destinations, len(self.lacks))
        solved = linprog(
            costs,
            A_ub=vstack([by_origin, by_destination]),
            b_ub=np.concatenate([self.stock, self.lacks]),
            method="highs-ds",
            **held,
        )
        if not solved.success:
            raise ArithmeticError(solved.message)
        quantities: Counts = np.rint(solved.x).astype(np.int64)
        if (by_origin @ quantities > self.stock).any() or (
            by_destination @ quantities > self.lacks
        ).any():
            raise ArithmeticError("more would be sent than there is, or than is lacking")
        return quantities


def _sums(groups: Counts, count: int) -> csr_array:
    """Return the matrix that adds up the ways of each group."""
    ways = np.arange(len(groups))
    return csr_array((np.ones(len(ways)), (groups, ways)), shape=(count, len(ways)))
