"""What a map layer is."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from gis.config import CityProfile
from gis.geometry.tiles import Tile
from gis.queries.damage_tiles import Seen
from gis.queries.incidents import IncidentView


@dataclass(frozen=True)
class View:
    """For what a layer is drawn: city, incident (None: none is open), moment."""

    city: CityProfile
    incident: IncidentView | None
    as_of: datetime
    known_at: datetime | None = None
    """By what was known when; None is as it was known at that moment itself."""
    is_past: bool = False
    """Whether somebody looks back: then the moment is not now."""

    @property
    def incident_id(self) -> UUID | None:
        """The incident's id; None where none is open."""
        return self.incident.id if self.incident else None

    @property
    def past_moment(self) -> dict[str, datetime | None]:
        """The moment as those queries take it that now read what the store keeps; now: nothing."""
        return {"as_of": self.as_of, "known_at": self.known_at} if self.is_past else {}


@dataclass(frozen=True)
class Tiles:
    """A layer's vector tiles."""

    subject: str
    """On which changes tiles are drawn anew (gis.live): those of the cells that a change names."""
    draw: Callable[[Session, View, Tile, Seen], bytes]
    """A Mapbox vector tile; no bytes where there is nothing."""


@dataclass(frozen=True)
class Layer:
    """A layer of the map: its name in addresses, its title, its features."""

    name: str
    title: str
    """English, marked for translation."""
    subjects: frozenset[str]
    """On which changes it is read again (gis.live); empty for what does not change by itself."""
    features: Callable[[Session, View], list[dict[str, Any]]]
    """GeoJSON features: EPSG:4326, lon before lat; geometry None where the place is unknown."""
    tiles: Tiles | None = None
    """Its tiles, where it can grow large."""
    is_shown: bool = True
    """Whether the map shows it to whoever has not chosen."""
    kept: timedelta | None = None
    """How long it may be told again though the clock alone moves it; None: only changes do."""

    def geojson(self, session: Session, view: View) -> dict[str, Any]:
        """Return the layer as a GeoJSON FeatureCollection (RFC 7946)."""
        return {"type": "FeatureCollection", "features": self.features(session, view)}


def point_feature(
    identity: object, lon: float | None, lat: float | None, properties: dict[str, Any]
) -> dict[str, Any]:
    """Return a GeoJSON point feature; without coordinates its geometry is None."""
    placed = lon is not None and lat is not None
    return {
        "type": "Feature",
        "id": str(identity),
        "geometry": {"type": "Point", "coordinates": [lon, lat]} if placed else None,
        "properties": properties,
    }


def iso(moment: datetime | None) -> str | None:
    """Return a moment in ISO 8601 with its offset, or None."""
    return moment.isoformat() if moment else None
