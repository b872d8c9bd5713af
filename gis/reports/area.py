"""What lies in an area that somebody has drawn: compiled once, shown and handed out alike."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

import shapely
from shapely.geometry import MultiPolygon, shape
from sqlalchemy.orm import Session

from gis.config import CityProfile
from gis.geometry.area import Extent, ewkt, extent
from gis.occupancy import Tally, crowding, free_places, ranking_share
from gis.past import PastMoment
from gis.queries.damage_in_area import DamageInArea, damage_in_area
from gis.queries.evacuation_orders import Announcement, areas, orders_in_force
from gis.queries.hazard_zones import Zone, ZonePart, hazard_layers, zones_in
from gis.queries.incidents import IncidentView
from gis.queries.neighbourhood import population_of
from gis.queries.places import towns_within
from gis.queries.road_closures import ClosureStatement, closures_in_force
from gis.queries.shelters import ShelterStatus, shelter_statuses
from gis.reports.situation import Compiled, OrderLine, damage_lines, order_line
from gis.reports.totals import totals
from gis.vocabulary import ClosureGrade, Crowding, ShelterState

LISTED_MOST: Final = 1_000
"""Rows of each list; sums hold all of them."""


@dataclass(frozen=True)
class AreaShelter:
    """A shelter that lies in an area; its figures are None where unknown, never 0.

    Of one that is not open, persons, free places and crowding do not apply, and are None as well.
    """

    id: UUID
    name: str
    lon: float
    lat: float
    state: ShelterState
    persons: int | None
    capacity: int | None
    capacity_is_fictitious: bool
    free_places: int | None
    crowding: Crowding | None
    observed_at: datetime | None

    @property
    def is_open(self) -> bool:
        """Whether people may be in it."""
        return self.state.holds_people


@dataclass(frozen=True)
class AreaClosure:
    """A road closure in force that touches an area."""

    id: UUID
    grade: ClosureGrade
    road_name: str | None
    section: str | None
    reason: str | None
    until_at: datetime | None
    confirmed_at: datetime
    confirmed_by: str


@dataclass(frozen=True)
class AreaZone:
    """The zones of one class in which part of an area lies."""

    zone: Zone
    area_m2: float
    share: float
    """Of the area, 0 to 1."""


@dataclass(frozen=True, kw_only=True)
class AreaSummary(Compiled):
    """What is known of an area at a moment. The sums of people in shelters are of the open ones."""

    incident_name: str | None
    """None where no incident was open: then there are no reports, closures and orders."""
    extent: Extent
    population: Tally
    """Of the towns whose point lies inside, with how many do not say; unknown without any."""
    towns: tuple[str, ...]
    """Names of these, by their codes."""
    shelters: tuple[AreaShelter, ...]
    """The open ones first, the emptiest before the others."""
    shelters_more: int
    """How many are not listed."""
    shelters_by_state: dict[ShelterState, int]
    shelters_unplaced: int
    """How many are open and have no place on the map: nobody can say whether they lie inside."""
    people_in_danger: Tally
    """With the number of reports that do not say it."""
    closures: tuple[AreaClosure, ...]
    closures_more: int
    closures_unplaced: int
    """How many are told by the name of the road alone."""
    orders: tuple[OrderLine, ...]
    """Those in force, the most urgent first."""
    zones: tuple[AreaZone, ...]
    """Of every layer of hazard zones that is kept, the deepest first."""


def compile_area(  # noqa: PLR0913 - an area, and of whom and when it is asked
    session: Session,
    area: MultiPolygon,
    city: CityProfile,
    incident: IncidentView | None,
    *,
    now: datetime,
    past: PastMoment | None = None,
    is_drill: bool,
) -> AreaSummary:
    """Compile what lies in an area, now or in the past; eight statements, whatever there is.

    Parameters
    ----------
    area
        EPSG:4326, checked (:func:`gis.geometry.area.checked_question`). What lies on its edge lies
        inside.
    city
        Whose towns are counted, as they are known today.
    past
        The moment to tell of; None is now.
    """
    asked, incident_id = ewkt(area), incident.id if incident else None
    as_of, known_at = (past.at, past.known_at(now)) if past else (now, now)
    found = shelter_statuses(session, incident_id, as_of=as_of, known_at=known_at, area=asked)
    inside = [status for status in found if status.lon is not None]
    towns = towns_within(session, city.code, asked)
    shelters = sorted((_shelter(one, city) for one in inside), key=_room)
    damage = DamageInArea([], Tally(0, 0))
    closures: list[ClosureStatement] = []
    orders: list[Announcement] = []
    if incident_id:
        # What stands now is told by the reports themselves, without a look at what was said when.
        then = (as_of, known_at) if past else (None, None)
        damage = damage_in_area(session, incident_id, asked, as_of=then[0], known_at=then[1])
        closures = closures_in_force(session, incident_id, as_of=as_of, known_at=known_at)
        orders = orders_in_force(session, incident_id, as_of=as_of, known_at=known_at)
    touching = _touching_closures(area, closures)
    layers = hazard_layers(session, incident, known_at=known_at)
    zones = zones_in(session, asked, layers, plane_epsg=city.plane_epsg)
    size = extent(area)
    return AreaSummary(
        city_code=city.code,
        city_name_ja=city.name_ja,
        city_name_en=city.name_en,
        is_drill=is_drill,
        is_demonstration=incident is not None and incident.is_demonstration,
        incident_name=incident.name if incident else None,
        as_of=as_of,
        extent=size,
        population=population_of(towns),
        towns=tuple(town.name for town in towns),
        **vars(totals(inside)),
        shelters=tuple(shelters[:LISTED_MOST]),
        shelters_more=max(len(shelters) - LISTED_MOST, 0),
        shelters_by_state=_by_state(inside),
        shelters_unplaced=sum(one.is_open for one in found if one.lon is None),
        damage=tuple(damage_lines(damage.counts)),
        people_in_danger=damage.people_in_danger,
        closures=tuple(map(_closure, touching[:LISTED_MOST])),
        closures_more=max(len(touching) - LISTED_MOST, 0),
        closures_unplaced=sum(one.path is None for one in closures),
        orders=tuple(map(order_line, _touching_orders(session, area, orders))),
        zones=tuple(_zone(part, size) for part in zones),
    )


def _shelter(status: ShelterStatus, city: CityProfile) -> AreaShelter:
    if status.lon is None or status.lat is None:
        raise ValueError("a shelter without a place lies in no area")
    is_open = status.is_open
    return AreaShelter(
        id=status.id,
        name=status.name,
        lon=status.lon,
        lat=status.lat,
        state=status.state,
        persons=status.persons if is_open else None,
        capacity=status.capacity,
        capacity_is_fictitious=status.capacity_is_fictitious,
        free_places=free_places(status.persons, status.capacity) if is_open else None,
        crowding=crowding(status.share, city.crowding) if is_open else None,
        observed_at=status.observed_at if is_open else None,
    )


def _room(shelter: AreaShelter) -> tuple[bool, bool, float, str]:
    """Sort the open ones by how much of them is free; the others by whether they take part."""
    share = None
    if shelter.is_open and shelter.persons is not None and shelter.capacity:
        share = shelter.persons / shelter.capacity
    return (not shelter.is_open, shelter.state.is_over, ranking_share(share), shelter.name)


def _by_state(statuses: Iterable[ShelterStatus]) -> dict[ShelterState, int]:
    """Return how many are in each state, the open ones first and those that take no part last."""
    states = [status.state for status in statuses]
    order = sorted(ShelterState, key=lambda state: (not state.holds_people, state.is_over))
    return {state: states.count(state) for state in order if state in states}


def _touching_closures(
    area: MultiPolygon, closures: Iterable[ClosureStatement]
) -> list[ClosureStatement]:
    shapely.prepare(area)
    return [one for one in closures if one.path and area.intersects(shape(one.path))]


def _touching_orders(
    session: Session, area: MultiPolygon, orders: Sequence[Announcement]
) -> list[Announcement]:
    """Return the orders that apply inside: as drawn, else about where their towns lie."""
    shapely.prepare(area)
    applies = areas(session, [one.id for one in orders]) if orders else {}
    return [
        one
        for one in orders
        if one.id in applies and area.intersects(shape(applies[one.id].geometry))
    ]


def _closure(told: ClosureStatement) -> AreaClosure:
    return AreaClosure(
        id=told.closure_id,
        grade=told.grade,
        road_name=told.road_name,
        section=told.section,
        reason=told.reason,
        until_at=told.until_at,
        confirmed_at=told.observed_at,
        confirmed_by=told.recorded_by,
    )


def _zone(part: ZonePart, whole: Extent) -> AreaZone:
    # Plane and ellipsoid differ by some ten thousandths: a share is no more than the whole.
    return AreaZone(part.zone, part.area_m2, min(part.area_m2 / whole.area_m2, 1.0))
