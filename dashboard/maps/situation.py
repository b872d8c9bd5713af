"""The situation map: land and towns, and over them the layers that change, live."""

from dataclasses import dataclass
from math import isfinite
from typing import Final
from uuid import UUID

import folium
from streamlit_folium import st_folium

from dashboard.maps.elements import (
    Annotations,
    AreaAsking,
    BaseMap,
    DamageReports,
    Depots,
    Dispatches,
    EvacuationOrders,
    Frame,
    HazardZones,
    Land,
    LayerControl,
    MapPrint,
    Measuring,
    ModuleNames,
    OfflineMap,
    PlaceSearch,
    Population,
    RoadClosures,
    Shelters,
    Shortages,
    TownNames,
)
from dashboard.maps.words import map_words
from gis.config import CityProfile
from gis.geometry.place import Place
from gis.layers import LAYERS
from gis.text import Language

SELECTABLE: Final = frozenset(
    {
        "shelters",
        "damage_reports",
        "evacuation_orders",
        "road_closures",
        "annotations",
        "depots",
        "dispatches",
    }
)
HEIGHT_PX: Final = 700
POLE_LAT: Final = 90

Corners = tuple[tuple[float, float], ...]
"""Longitude and latitude of each, degrees, EPSG:4326, in the order in which they were set."""


@dataclass(frozen=True)
class Selection:
    """What somebody has clicked on the map."""

    layer: str
    """One of :data:`SELECTABLE`."""
    id: UUID


@dataclass(frozen=True)
class Answer:
    """What a map tells: what is selected on it, and where it was tapped beside everything."""

    selected: Selection | None = None
    tapped: Place | None = None
    area: Corners | None = None
    """The corners of the area that is asked about."""


def situation_map(profile: CityProfile, language: Language) -> folium.Map:
    """Return the map of a city; constant, so that the browser keeps it while its layers move."""
    box = profile.bounds
    lon, lat = (box.west + box.east) / 2, (box.south + box.north) / 2
    words = map_words(language)
    chart = OfflineMap(
        location=[lat, lon],
        zoom_start=13,
        tiles=None,
        zoom_control=False,
        min_zoom=9,
        zoom_snap=0.25,
    )
    for part in (
        ModuleNames(),
        Frame(words=words, bounds=[[box.south, box.west], [box.north, box.east]]),
        PlaceSearch(words=words),
        BaseMap(words=words, url="/api/base-maps", place={"lon": lon, "lat": lat}),
        Land(url="/api/layers/boundary.geojson"),
        HazardZones(words=words, url="/api/layers/hazard-zones.geojson", subject="hazard_zones"),
        Population(words=words, url="/api/layers/population.geojson", subject="places"),
        EvacuationOrders(
            words=words, url="/api/layers/evacuation-orders.geojson", subject="evacuation_orders"
        ),
        TownNames(url="/api/layers/towns.geojson"),
        Annotations(words=words, url="/api/layers/annotations.geojson", subject="annotations"),
        RoadClosures(words=words, url="/api/layers/road-closures.geojson", subject="road_closures"),
        DamageReports(
            words=words,
            url="/api/tiles/damage-reports",
            subject="damage_reports",
            tiles="damage_cells",
        ),
        Dispatches(words=words, url="/api/layers/dispatches.geojson", subject="dispatches"),
        Depots(words=words, url="/api/layers/depots.geojson", subject="depots"),
        Shelters(words=words, url="/api/layers/shelters.geojson", subject="shelters"),
        Shortages(
            words=words,
            url="/api/layers/shortages.geojson",
            subject="shortages",
            shelters="shelters",
        ),
        LayerControl(words=words, layers=[*LAYERS]),
        MapPrint(words=words, url="/api/map.pdf"),
        AreaAsking(words=words),
        Measuring(words=words),
    ):
        part.add_to(chart)
    return chart


def answer_of(returned: object) -> Answer:
    """Return what the map says; nothing for what makes no sense."""
    if not isinstance(returned, dict):
        return Answer()
    return Answer(
        _selection(returned.get("selected")),
        _place(returned.get("tapped")),
        _corners(returned.get("area")),
    )


def _selection(told: object) -> Selection | None:
    match told:
        case {"layer": str(layer), "id": str(identity)} if layer in SELECTABLE:
            try:
                return Selection(layer, UUID(identity))
            except ValueError:
                return None
        case _:
            return None


def _place(told: object) -> Place | None:
    match told:
        case {"lon": float() | int() as lon, "lat": float() | int() as lat} if (
            isfinite(lon) and abs(lat) <= POLE_LAT
        ):
            return Place(lon, lat)
        case _:
            return None


def _corners(told: object) -> Corners | None:
    """Return corners that are numbers; whether they are an area is told to whoever drew them."""
    match told:
        case [_, _, _, *_]:
            corners = [_corner(each) for each in told]
            return tuple(each for each in corners if each) if all(corners) else None
        case _:
            return None


def _corner(told: object) -> tuple[float, float] | None:
    match told:
        case [float() | int() as lon, float() | int() as lat] if isfinite(lon) and isfinite(lat):
            return lon, lat
        case _:
            return None


def draw_situation_map(
    profile: CityProfile, language: Language, key: str, height_px: int = HEIGHT_PX
) -> Answer:
    """Show the map and return what is selected on it, or where it was tapped.

    Moving or zooming the map never runs the page again; only selecting does.
    """
    returned = st_folium(
        situation_map(profile, language),
        key=key,
        height=height_px,
        use_container_width=True,
        returned_objects=[],
    )
    return answer_of(returned)
