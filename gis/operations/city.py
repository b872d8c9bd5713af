"""Loading a municipality from its profile: boundary, towns, resource items, stocks."""

import csv
import json
from pathlib import Path
from typing import Any

from shapely.geometry import MultiPolygon, shape
from sqlalchemy import func
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from gis.config import CityProfile, settings
from gis.geometry.place import Place
from gis.items import ItemList, item_list
from gis.models import Base, Municipality, ResourceItem, Town


def load_city(session: Session, profile: CityProfile) -> None:
    """Bring municipality, towns and resource items to what the files of the profile say.

    Doing it again changes nothing.
    """
    folder = settings().cities
    area = _boundary(folder / profile.boundary)
    _put(
        session,
        Municipality,
        [
            {
                "code": profile.code,
                "name_ja": profile.name_ja,
                "name_en": profile.name_en,
                "area": f"SRID=4326;{area.wkt}",
            }
        ],
    )
    _put(session, Town, _towns(folder / profile.towns, profile.code))
    _put(session, ResourceItem, _items(item_list()))


def _put(session: Session, table: type[Base], rows: list[dict[str, Any]]) -> None:
    """Insert rows by their code, or update those that differ, in one statement."""
    statement = insert(table).values(rows)
    given = [name for name in rows[0] if name != "code"]
    excluded = statement.excluded
    ours = table.__table__.c
    differs = func.row(*(ours[name] for name in given)).is_distinct_from(
        func.row(*(excluded[name] for name in given))
    )
    session.execute(
        statement.on_conflict_do_update(
            index_elements=["code"],
            set_={name: excluded[name] for name in given},
            where=differs,
        )
    )


def _boundary(file: Path) -> MultiPolygon:
    collection = json.loads(file.read_text(encoding="utf-8"))
    area = shape(collection["features"][0]["geometry"])
    return area if isinstance(area, MultiPolygon) else MultiPolygon([area])


def _towns(file: Path, municipality_code: str) -> list[dict[str, Any]]:
    with file.open(encoding="utf-8", newline="") as source:
        return [
            {
                "code": row["town_code"],
                "municipality_code": municipality_code,
                "name": row["town_name"],
                "population": int(row["population"]) if row["population"] else None,
                # A column of its own, which few cities publish: without it, unknown.
                "households": int(row["households"]) if row.get("households") else None,
                "location": Place(float(row["lon"]), float(row["lat"])).ewkt(),
            }
            for row in csv.DictReader(source)
        ]


def _items(listed: ItemList) -> list[dict[str, Any]]:
    return [
        {
            "code": item.code,
            "name_ja": item.name_ja,
            "name_en": item.name_en,
            "unit_ja": item.unit_ja,
            "unit_en": item.unit_en,
            "is_consumable": item.consumable,
        }
        for item in listed.items.values()
    ]
