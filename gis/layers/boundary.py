"""The municipal boundary."""

from typing import Any

from sqlalchemy.orm import Session

from gis.layers.layer import Layer, View
from gis.queries.places import boundary
from gis.text import N_


def features(session: Session, view: View) -> list[dict[str, Any]]:
    """Return the boundary as one feature."""
    area = boundary(session, view.city.code)
    properties = {"name_ja": view.city.name_ja, "name_en": view.city.name_en}
    if area is None:
        return []
    return [{"type": "Feature", "id": view.city.code, "geometry": area, "properties": properties}]


LAYER = Layer("boundary", N_("Municipal boundary"), frozenset({"places"}), features)
