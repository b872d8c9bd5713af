"""Shelters with their state and latest count."""

import math
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from gis.config import CityProfile
from gis.layers.layer import Layer, View, iso, point_feature
from gis.occupancy import crowding, percent, reporting_interval
from gis.queries.shelters import ShelterStatus, shelter_statuses
from gis.text import N_


def features(session: Session, view: View) -> list[dict[str, Any]]:
    """Return one feature per shelter of the register."""
    statuses = shelter_statuses(session, view.incident_id, as_of=view.as_of, known_at=view.known_at)
    started_at = view.incident.started_at if view.incident else view.as_of
    interval = reporting_interval(view.city.reporting, started_at, view.as_of)
    return [
        point_feature(status.id, status.lon, status.lat, properties(status, view.city, interval))
        for status in statuses
    ]


def properties(status: ShelterStatus, city: CityProfile, interval: timedelta) -> dict[str, Any]:
    """Return what the map shows of a shelter; unknown figures are None."""
    share = status.share
    return {
        "name": status.name,
        "state": status.state.value,
        "self_organised": status.is_self_organised,
        "designations": status.designations,
        # What applies to open shelters only is null for the others.
        "crowding": crowding(share, city.crowding).value if status.is_open else None,
        "persons": status.persons if status.is_open else None,
        "capacity": status.capacity,
        "capacity_is_fictitious": status.capacity_is_fictitious,
        # JSON knows no infinity: the gauge of a place for nobody is drawn full.
        "share": 1.0 if share is not None and math.isinf(share) else share,
        "percent": percent(share),
        "observed_at": iso(status.observed_at),
        "stale_at": iso(status.stale_at(interval)),
        "escalates_at": iso(status.escalates_at(interval)),
    }


LAYER = Layer("shelters", N_("Shelters"), frozenset({"shelters", "incidents"}), features)
