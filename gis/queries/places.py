"""Municipality and towns."""

import json
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from gis.models import Municipality, Town


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
