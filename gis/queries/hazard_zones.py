"""Hazard zones: which layers count, in which zones places lie, and how they are drawn."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from gis.hazard_zones import OWN_HAZARD, THREATENING, is_designated_for
from gis.queries import SQL
from gis.queries.incidents import IncidentView
from gis.queries.shelters import ShelterStatus
from gis.sql import id_array, statement
from gis.vocabulary import DepthClass, Hazard, IncidentKind, ZoneWarning

TILE_BYTES_MOST = 100_000
AREAS_BYTES_MOST = 1_500_000
_FINENESSES = ((512, 10_000), (256, 5_000), (128, 2_500), (64, 1_000), (32, 400))
"""Cells on a side of a tile, and zones in it at most: the first that makes it small enough."""
_TOLERANCES_M = (2.0, 5.0, 15.0, 50.0, 150.0, 500.0)
_ALWAYS = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class HazardLayerView:
    """A layer of hazard zones with the edition that counts."""

    id: UUID
    hazard: Hazard
    title: str
    edition_id: UUID
    number: int
    """The number of the edition."""
    source: str | None
    credit: str | None
    is_fictitious: bool
    recorded_at: datetime
    recorded_by: str
    is_active: bool
    """Whether it counts in the incident: as headquarters said, else by the incident's kind."""


@dataclass(frozen=True)
class Zone:
    """What is known of a hazard zone beside where it is; None is unknown."""

    layer: HazardLayerView
    label: str | None
    """Its class in the file's own words."""
    name: str | None
    min_depth_m: float | None
    max_depth_m: float | None
    """None is open upwards where the lower boundary is known."""
    depth_class: DepthClass | None
    warning: ZoneWarning | None


@dataclass(frozen=True)
class ZonePart:
    """How much of an area lies in the zones of one class, whatever their names."""

    zone: Zone
    area_m2: float


@dataclass(frozen=True)
class DrawnZone:
    """A zone and its simplified area."""

    id: UUID
    zone: Zone
    area: dict[str, Any]
    """A GeoJSON MultiPolygon or Polygon, EPSG:4326."""


@dataclass(frozen=True)
class ShelterAtOdds:
    """An open shelter about whose place or designation headquarters should think."""

    status: ShelterStatus
    not_designated_for: Hazard | None
    """The incident's hazard, where the shelter is designated for others only."""
    zones: tuple[Zone, ...]
    """The zones that count in which it lies; an upper floor may be meant."""

    def designation(self, zone: Zone) -> bool | None:
        """Tell whether it is designated for a zone's hazard; None where nobody has said."""
        return is_designated_for(zone.layer.hazard, self.status.hazards)


def hazard_layers(
    session: Session, incident: IncidentView | None, *, known_at: datetime | None = None
) -> list[HazardLayerView]:
    """Return the layers of hazard zones, by hazard and title.

    Parameters
    ----------
    incident
        In which :attr:`HazardLayerView.is_active` is meant; in none no layer is.
    known_at
        As it was known then; None is now.
    """
    asked = {"incident_id": incident and incident.id, "known_at": known_at or _ALWAYS}
    rows = session.execute(statement(SQL / "hazard_layers.sql"), asked)
    return [_layer(dict(row), incident) for row in rows.mappings()]


def active_layers(
    session: Session, incident: IncidentView | None, *, known_at: datetime | None = None
) -> list[HazardLayerView]:
    """Return the layers that count in an incident, as :func:`hazard_layers` does."""
    layers = hazard_layers(session, incident, known_at=known_at)
    return [layer for layer in layers if layer.is_active]


def _layer(row: dict[str, Any], incident: IncidentView | None) -> HazardLayerView:
    said, hazard = row.pop("said"), Hazard(row.pop("hazard"))
    if incident is None:
        is_active = False
    elif said is not None:
        is_active = said
    else:
        is_active = hazard in THREATENING[IncidentKind(incident.kind)]
    return HazardLayerView(hazard=hazard, is_active=is_active, **row)


def zones_at(
    session: Session, points: Sequence[tuple[float, float]], layers: Iterable[HazardLayerView]
) -> list[list[Zone]]:
    """Return in which zones each of many places lies; one statement, however many.

    Of each layer the deepest zone counts. A place on the edge of a zone lies inside.

    Parameters
    ----------
    points
        Longitude and latitude, degrees, EPSG:4326.
    layers
        Those to look in (:func:`hazard_layers`).

    Returns
    -------
    For each place, in the order of ``points``, its zones in the order of ``layers``.
    """
    editions = {layer.edition_id: layer for layer in layers}
    found: list[dict[UUID, Zone]] = [{} for _ in points]
    if points and editions:
        asked = {
            "lons": [float(lon) for lon, _ in points],
            "lats": [float(lat) for _, lat in points],
            "edition_ids": id_array(editions),
        }
        for row in session.execute(statement(SQL / "zones_at.sql"), asked).mappings():
            found[row["number"] - 1][row["edition_id"]] = _zone(row, editions)
    return [[zones[edition] for edition in editions if edition in zones] for zones in found]


def zones_in(
    session: Session, area: str, layers: Iterable[HazardLayerView], *, plane_epsg: int
) -> list[ZonePart]:
    """Return the zones in which part of an area lies; one statement, a layer's deepest first.

    Parameters
    ----------
    area
        EWKT, EPSG:4326.
    layers
        Those to look in (:func:`hazard_layers`), in whose order they are returned.
    plane_epsg
        The plane in which metres are computed.
    """
    editions = {layer.edition_id: layer for layer in layers}
    if not editions:
        return []
    asked = {"area": area, "plane_epsg": plane_epsg, "edition_ids": id_array(editions)}
    found: dict[UUID, list[ZonePart]] = {edition: [] for edition in editions}
    for row in session.execute(statement(SQL / "zones_in_area.sql"), asked).mappings():
        # Of what only touches its edge nothing lies inside.
        if row["area_m2"] > 0:
            found[row["edition_id"]].append(ZonePart(_zone(row, editions), row["area_m2"]))
    return [part for parts in found.values() for part in parts]


def hazard_tile(
    session: Session, z: int, x: int, y: int, layers: Iterable[HazardLayerView]
) -> bytes:
    """Return the zones of layers in a tile as a Mapbox vector tile, at most 100 kB.

    Its one layer is ``hazard-zones``; what it says of a zone is named as in :class:`Zone`.

    Parameters
    ----------
    z, x, y
        A tile of the web's grid (EPSG:3857, XYZ), which the caller has checked.
    layers
        Those to draw (:func:`active_layers`).
    """
    asked = {"z": z, "x": x, "y": y, "edition_ids": id_array(one.edition_id for one in layers)}
    tile = b""
    for fineness, most in _FINENESSES:
        bounded = asked | {"fineness": fineness, "most": most}
        tile = bytes(session.scalar(statement(SQL / "hazard_tile.sql"), bounded) or b"")
        if len(tile) <= TILE_BYTES_MOST:
            break
    return tile


def hazard_areas(session: Session, layers: Iterable[HazardLayerView]) -> list[DrawnZone]:
    """Return the zones of layers with their areas, those that lie over others last.

    They are simplified as far as it takes to stay within 1.5 MB.
    """
    editions = {layer.edition_id: layer for layer in layers}
    rows: Sequence[Any] = []
    for tolerance_m in _TOLERANCES_M if editions else ():
        asked = {"edition_ids": id_array(editions), "tolerance_m": tolerance_m}
        rows = session.execute(statement(SQL / "hazard_areas.sql"), asked).mappings().all()
        if sum(len(row["area"]) for row in rows) <= AREAS_BYTES_MOST:
            break
    return [DrawnZone(row["id"], _zone(row, editions), json.loads(row["area"])) for row in rows]


def _zone(row: Any, editions: dict[UUID, HazardLayerView]) -> Zone:  # noqa: ANN401 - a row as named
    drawn, warning = row["depth_class"], row["warning"]
    return Zone(
        editions[row["edition_id"]],
        row["label"],
        row.get("name"),
        row["min_depth_m"],
        row["max_depth_m"],
        DepthClass(drawn) if drawn else None,
        ZoneWarning(warning) if warning else None,
    )


def shelters_at_odds(
    session: Session,
    incident: IncidentView,
    statuses: Iterable[ShelterStatus],
    *,
    known_at: datetime | None = None,
) -> list[ShelterAtOdds]:
    """Return the open shelters that are not designated for the incident, or lie in a zone.

    Not designated is one that is designated for other hazards only: where nobody has said for
    which ones, there is nothing to point out.

    Parameters
    ----------
    statuses
        The shelters as they stand (:func:`gis.queries.shelters.shelter_statuses`).
    known_at
        As it was known then; None is now.
    """
    opened = [status for status in statuses if status.is_open]
    placed = {
        status.id: (status.lon, status.lat)
        for status in opened
        if status.lon is not None and status.lat is not None
    }
    layers = active_layers(session, incident, known_at=known_at)
    lies_in = dict(zip(placed, zones_at(session, [*placed.values()], layers), strict=True))
    own = OWN_HAZARD.get(IncidentKind(incident.kind))
    looked_at = [
        ShelterAtOdds(status, _not_designated(own, status), tuple(lies_in.get(status.id, ())))
        for status in opened
    ]
    return [one for one in looked_at if one.zones or one.not_designated_for]


def _not_designated(own: Hazard | None, status: ShelterStatus) -> Hazard | None:
    if own is None or is_designated_for(own, status.hazards) is not False:
        return None
    return own
