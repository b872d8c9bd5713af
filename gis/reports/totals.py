"""How many people there are and how much room is left: added up once, for board and summary."""

from collections.abc import Iterable
from dataclasses import dataclass

from gis.occupancy import Tally, free_places, persons_over
from gis.queries.shelters import ShelterStatus
from gis.vocabulary import ShelterState


@dataclass(frozen=True, kw_only=True)
class Totals:
    """Sums over the shelters that are open.

    A shelter of which nobody knows whether it is open adds nobody, and lacks in ``persons`` and
    ``households`` as one that nobody has counted: the people last seen there are somewhere.
    ``free_places`` adds up the places left where both persons and capacity are known,
    ``persons_over_capacity`` the people too many.
    """

    persons: Tally
    households: Tally
    free_places: Tally
    persons_over_capacity: Tally


def totals(statuses: Iterable[ShelterStatus]) -> Totals:
    """Return the totals of some shelters."""
    every = list(statuses)
    open_ones = [one for one in every if one.is_open]
    adrift: list[int | None] = [None for one in every if one.state is ShelterState.UNKNOWN]
    return Totals(
        persons=Tally.of([one.persons for one in open_ones] + adrift),
        households=Tally.of([one.households for one in open_ones] + adrift),
        free_places=Tally.of([free_places(one.persons, one.capacity) for one in open_ones]),
        persons_over_capacity=Tally.of(
            [persons_over(one.persons, one.capacity) for one in open_ones]
        ),
    )
