"""How many people live where: by the points of the towns, for of a town no more is known."""

from typing import Any

from sqlalchemy.orm import Session

from gis.layers import towns
from gis.layers.layer import Layer, View
from gis.text import N_


def features(session: Session, view: View) -> list[dict[str, Any]]:
    """Return one feature per town, the most populous first; unknown figures are None."""
    return towns.features(session, view)


LAYER = Layer("population", N_("Population"), frozenset({"places"}), features, is_shown=False)
