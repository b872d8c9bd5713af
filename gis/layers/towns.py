"""Town names."""

from typing import Any

from sqlalchemy.orm import Session

from gis.layers.layer import Layer, View, point_feature
from gis.queries.places import towns
from gis.text import N_


def features(session: Session, view: View) -> list[dict[str, Any]]:
    """Return one feature per town, the most populous first."""
    return [
        point_feature(
            town.code, town.lon, town.lat, {"name": town.name, "population": town.population}
        )
        for town in towns(session, view.city.code)
    ]


LAYER = Layer("towns", N_("Towns"), frozenset({"places"}), features)
