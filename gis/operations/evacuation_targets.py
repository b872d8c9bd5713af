"""Whom an evacuation order is for: towns that are chosen, or those inside a drawn area."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from gis.errors import (
    AmountImpossible,
    AreaGivenTwice,
    AreaMissing,
    AreaOutside,
    NotFound,
    TownElsewhere,
)
from gis.geometry.area import checked_area, ewkt
from gis.models.evacuation_order import PEOPLE_MOST
from gis.occupancy import Tally
from gis.queries.evacuation_orders import Announcement, drawn_area
from gis.queries.places import TownPoint, touches_municipality, towns_coded, towns_within
from gis.text import N_
from gis.vocabulary import FIGURE_LABELS


@dataclass(frozen=True)
class Target:
    """Towns by their codes, or an area as drawn: one of the two."""

    town_codes: frozenset[str] = frozenset()
    area: Mapping[str, Any] | None = None
    """A GeoJSON Polygon or MultiPolygon: degrees, EPSG:4326, longitude first."""
    persons: int | None = None
    households: int | None = None
    """The city's own figures; None has them counted from the table of towns."""


@dataclass(frozen=True)
class CheckedTarget:
    """A target that can be: its towns by code, and the people who live there."""

    towns: Sequence[TownPoint]
    area: str | None
    """EWKT in EPSG:4326; None where towns were chosen."""
    persons: Tally
    households: Tally


def checked_target(session: Session, municipality_code: str, target: Target) -> CheckedTarget:
    """Return what a target names in a municipality, with its people counted.

    Raises
    ------
    gis.errors.AreaMissing, gis.errors.AreaGivenTwice
        It names no place, or names it twice.
    gis.errors.AreaUnreadable, gis.errors.AreaTooDetailed, gis.errors.AreaCrossesItself,
    gis.errors.AreaOutside
        The drawn area cannot be, or none of it lies in the municipality.
    gis.errors.NotFound, gis.errors.TownElsewhere
        There is no such town, or it is another municipality's.
    gis.errors.AmountImpossible
        A figure of the city cannot be.
    """
    if target.town_codes and target.area:
        raise AreaGivenTwice(field="area")
    if target.area:
        area = ewkt(checked_area(target.area))
        if not touches_municipality(session, municipality_code, area):
            raise AreaOutside(field="area")
        towns = towns_within(session, municipality_code, area)
    else:
        area, towns = None, _chosen(session, municipality_code, target.town_codes)
    return CheckedTarget(
        towns,
        area,
        persons=_people("persons", target.persons, [town.population for town in towns]),
        households=_people("households", target.households, [town.households for town in towns]),
    )


def target_of(session: Session, announcement: Announcement) -> CheckedTarget:
    """Return the target of an announcement, to be repeated as it was told."""
    found = towns_coded(session, announcement.town_codes)
    return CheckedTarget(
        found.get(announcement.municipality_code, []),
        drawn_area(session, announcement.id),
        announcement.persons,
        announcement.households,
    )


def _chosen(session: Session, municipality_code: str, codes: frozenset[str]) -> list[TownPoint]:
    if not codes:
        raise AreaMissing(field="town_codes")
    found = towns_coded(session, codes)
    known = {town.code: town for towns in found.values() for town in towns}
    if missing := sorted(codes - known.keys()):
        raise NotFound(field="town_codes", received=missing[0], kind=N_("town"))
    ours = found.pop(municipality_code, [])
    for elsewhere in found.values():
        raise TownElsewhere(field="town_codes", received=elsewhere[0].name)
    return ours


def _people(figure: str, typed: int | None, counted: list[int | None]) -> Tally:
    """Return the city's own figure, else the sum over towns; unknown where there is no town."""
    if typed is None:
        return Tally.of(counted) if counted else Tally(None, 0)
    if not 0 <= typed <= PEOPLE_MOST:
        item = FIGURE_LABELS[figure]
        raise AmountImpossible(field=figure, received=typed, item=item, least=0, most=PEOPLE_MOST)
    return Tally(typed, 0)
