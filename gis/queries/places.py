"""Municipality and towns."""

import json
from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from gis.models import Municipality, Town
from gis.queries import SQL
from gis.sql import statement


class TownPoint(NamedTuple):
    """A 町丁目 at its representative point (degrees, EPSG:4326); population None is unknown."""

    code: str
    name: str
    population: int | None
    lon: float
    lat: float


def towns(session: Session, municipality_code: str) -> list[TownPoint]:
    """Return the towns of a municipality, the most populous first."""
    rows = session.execute(
        select(
            Town.code,
            Town.name,
            Town.population,
            func.ST_X(Town.location),
            func.ST_Y(Town.location),
        )
        .where(Town.municipality_code == municipality_code)
        .order_by(Town.population.desc().nulls_last(), Town.code)
    )
    return [TownPoint(*row) for row in rows]


def boundary(session: Session, municipality_code: str) -> dict[str, Any] | None:
    """Return the municipal boundary as a GeoJSON geometry, six decimals, or None."""
    area = session.scalar(
        select(func.ST_AsGeoJSON(Municipality.area, 6)).where(
            Municipality.code == municipality_code
        )
    )
    return json.loads(area) if area else None


def districts(session: Session, shelter_ids: Sequence[UUID]) -> dict[UUID, str | None]:
    """Return in which district each of some shelters lies; one statement for all of them.

    A district is a part of the municipality under one name, whatever its 丁目: that of the nearest
    town. None where the shelter has no place, or its municipality no towns.
    """
    rows = session.execute(
        statement(SQL / "districts.sql"), {"shelter_ids": list(shelter_ids)}
    ).all()
    return dict.fromkeys(shelter_ids) | {row.id: row.district for row in rows}
