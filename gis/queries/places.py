"""Municipality and towns."""

import json
import re
from collections.abc import Collection, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from gis.errors import NotFound
from gis.models import Municipality, Town
from gis.queries import SQL
from gis.sql import id_array, statement
from gis.text import N_

_BLOCK = re.compile("[0-9０-９〇一二三四五六七八九十百]+丁目$")  # as in sql/districts.sql


class TownPoint(NamedTuple):
    """A 町丁目 at its representative point (degrees, EPSG:4326).

    Population and households are None where unknown.
    """

    code: str
    name: str
    population: int | None
    lon: float
    lat: float
    households: int | None = None

    @property
    def district(self) -> str:
        """The part of the municipality that it is a 丁目 of; its own name where it is none."""
        return _BLOCK.sub("", self.name) or self.name


def towns(session: Session, municipality_code: str) -> list[TownPoint]:
    """Return the towns of a municipality, the most populous first."""
    query = _points().where(Town.municipality_code == municipality_code)
    rows = session.execute(query.order_by(Town.population.desc().nulls_last(), Town.code))
    return [TownPoint(*row) for row in rows]


def towns_coded(session: Session, codes: Collection[str]) -> dict[str, list[TownPoint]]:
    """Return towns by their codes, in that order, under the code of their municipality."""
    query = _points().add_columns(Town.municipality_code).where(Town.code.in_(codes))
    found: dict[str, list[TownPoint]] = {}
    for *point, municipality_code in session.execute(query.order_by(Town.code)):
        found.setdefault(municipality_code, []).append(TownPoint(*point))
    return found


def towns_within(session: Session, municipality_code: str, area: str) -> list[TownPoint]:
    """Return the towns of a municipality whose point lies in an area (EWKT), by code."""
    query = _points().where(
        Town.municipality_code == municipality_code,
        func.ST_Covers(func.ST_GeomFromEWKT(area), Town.location),
    )
    return [TownPoint(*row) for row in session.execute(query.order_by(Town.code))]


def touches_municipality(session: Session, municipality_code: str, area: str) -> bool:
    """Tell whether any of an area (EWKT, EPSG:4326) lies in a municipality.

    Raises
    ------
    gis.errors.NotFound
        There is no such municipality.
    """
    touches: bool | None = session.scalar(
        select(func.ST_Intersects(Municipality.area, func.ST_GeomFromEWKT(area))).where(
            Municipality.code == municipality_code
        )
    )
    if touches is None:
        raise NotFound(
            field="municipality_code", received=municipality_code, kind=N_("municipality")
        )
    return touches


def _points() -> Select[tuple[Any, ...]]:
    return select(
        Town.code,
        Town.name,
        Town.population,
        func.ST_X(Town.location),
        func.ST_Y(Town.location),
        Town.households,
    )


def boundary(session: Session, municipality_code: str) -> dict[str, Any] | None:
    """Return the municipal boundary as a GeoJSON geometry, six decimals, or None."""
    area = session.scalar(
        select(func.ST_AsGeoJSON(Municipality.area, 6)).where(
            Municipality.code == municipality_code
        )
    )
    return json.loads(area) if area else None


Ring = tuple[tuple[float, float], ...]
OUTLINE_STEPS = 400
"""Into how many steps an outline divides the width of a city; what is finer is left out."""


def outline(session: Session, municipality_code: str) -> tuple[Ring, ...]:
    """Return the municipal boundary simplified for a small map: closed rings in degrees.

    Holes are rings too; what lies in an even number of rings is outside. Empty without a boundary.
    """
    box = func.ST_Envelope(Municipality.area)
    tolerance = (func.ST_XMax(box) - func.ST_XMin(box)) / OUTLINE_STEPS
    simple = func.ST_SimplifyPreserveTopology(Municipality.area, tolerance)
    area = session.scalar(
        select(func.ST_AsGeoJSON(func.ST_Multi(simple), 5)).where(
            Municipality.code == municipality_code
        )
    )
    polygons = json.loads(area)["coordinates"] if area else []
    return tuple(tuple((lon, lat) for lon, lat in ring) for polygon in polygons for ring in polygon)


def districts(session: Session, shelter_ids: Sequence[UUID]) -> dict[UUID, str | None]:
    """Return in which district each of some shelters lies; one statement for all of them.

    A district is a part of the municipality under one name, whatever its 丁目: that of the nearest
    town. None where the shelter has no place, or its municipality no towns.
    """
    rows = session.execute(
        statement(SQL / "districts.sql"), {"shelter_ids": id_array(shelter_ids)}
    ).all()
    return dict.fromkeys(shelter_ids) | {row.id: row.district for row in rows}
