"""What lies around a place: its town, the people near it, and the shelters that take some in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy.orm import Session

from gis.config import CityProfile, CrowdingThresholds
from gis.geometry.distance import distances_m
from gis.geometry.place import Place
from gis.occupancy import Tally, crowding, free_places
from gis.queries.places import TownPoint, towns
from gis.queries.shelters import ShelterStatus, shelter_statuses
from gis.vocabulary import Crowding

POPULATION_WITHIN_M: Final = 500
SHELTERS_MOST: Final = 5


@dataclass(frozen=True)
class NearTown:
    """The town whose point lies nearest; of a town no more is known than a point."""

    town: TownPoint
    distance_m: float


@dataclass(frozen=True)
class NearShelter:
    """An open shelter, how far away it is, and how many more people it takes."""

    shelter: ShelterStatus
    distance_m: float
    crowding: Crowding
    free_places: int | None
    """None where nobody can know, for want of a capacity or of a count."""

    @property
    def is_full(self) -> bool:
        """Whether nobody is to be sent there; up to which share of capacity the city says."""
        return self.crowding is Crowding.FULL or self.free_places == 0


@dataclass(frozen=True)
class NearShelters:
    """The nearest open shelters that are not full, and those that were left out."""

    listed: list[NearShelter]
    """The nearest first, at most :data:`SHELTERS_MOST`."""
    passed_over: int
    """How many are full, of those no farther away than the last one listed."""
    unplaced: int
    """How many open ones have no place on the map, so that nobody can say how far they are."""

    @property
    def is_none_open(self) -> bool:
        """Whether no shelter is open at all, be it full or without a place."""
        return not self.listed and not self.passed_over and not self.unplaced

    @property
    def is_all_full(self) -> bool:
        """Whether some are open, and all of them are known to be full."""
        return not self.listed and not self.unplaced and self.passed_over > 0


@dataclass(frozen=True)
class Neighbourhood:
    """What the store knows of the surroundings of a place."""

    place: Place
    town: NearTown | None
    """None where the municipality has no towns in the store."""
    population: Tally
    """Of the towns whose point lies within :data:`POPULATION_WITHIN_M`; unknown without any."""
    towns_counted: int
    """How many towns these are."""
    shelters: NearShelters


def neighbourhood(  # noqa: PLR0913 - a place, and of whom and when it is asked
    session: Session,
    place: Place,
    city: CityProfile,
    incident_id: UUID | None,
    *,
    as_of: datetime,
    known_at: datetime | None = None,
) -> Neighbourhood:
    """Return what lies around a place as it stood at a moment; two statements.

    Parameters
    ----------
    place
        Degrees in EPSG:4326.
    city
        Whose towns are looked at, as they are known today, and whose thresholds count.
    as_of, known_at
        As of :func:`~gis.queries.shelters.shelter_statuses`.
    """
    around = _by_distance(place, towns(session, city.code))
    counted = [near.town for near in around if near.distance_m <= POPULATION_WITHIN_M]
    statuses = shelter_statuses(
        session, incident_id, as_of=as_of, known_at=known_at, opened_only=True
    )
    return Neighbourhood(
        place,
        around[0] if around else None,
        population_of(counted),
        len(counted),
        near_shelters(place, statuses, city.crowding),
    )


def _by_distance(place: Place, known: Sequence[TownPoint]) -> list[NearTown]:
    distances = distances_m(place, [(town.lon, town.lat) for town in known])
    near = [NearTown(town, away) for town, away in zip(known, distances, strict=True)]
    return sorted(near, key=lambda one: (one.distance_m, one.town.code))


def population_of(counted: Sequence[TownPoint]) -> Tally:
    """Return how many people live in some towns; no town is nobody known, not nobody there."""
    if not counted:
        return Tally(None, 0)
    return Tally.of([town.population for town in counted])


def near_shelters(
    place: Place, statuses: Sequence[ShelterStatus], thresholds: CrowdingThresholds
) -> NearShelters:
    """Return the nearest of some shelters that are open and not full.

    One of which nobody knows how full it is, is listed: it may have free places.
    """
    opened = [status for status in statuses if status.is_open]
    near = _shelters_by_distance(place, opened, thresholds)
    listed: list[NearShelter] = []
    passed_over = 0
    for one in near:
        if len(listed) == SHELTERS_MOST:
            break
        if one.is_full:
            passed_over += 1
        else:
            listed.append(one)
    return NearShelters(listed, passed_over, len(opened) - len(near))


def _shelters_by_distance(
    place: Place, opened: Sequence[ShelterStatus], thresholds: CrowdingThresholds
) -> list[NearShelter]:
    placed = [
        (one, (one.lon, one.lat)) for one in opened if one.lon is not None and one.lat is not None
    ]
    distances = distances_m(place, [point for _, point in placed])
    near = [
        NearShelter(
            one, away, crowding(one.share, thresholds), free_places(one.persons, one.capacity)
        )
        for (one, _), away in zip(placed, distances, strict=True)
    ]
    return sorted(near, key=lambda each: (each.distance_m, each.shelter.name))
