"""A map on which a person draws an area, corner by corner."""

from typing import Any, Final

import folium
from streamlit_folium import st_folium

from dashboard.maps.elements import AreaDrawing
from dashboard.maps.picker import still_map
from dashboard.maps.words import map_words
from gis.config import CityProfile
from gis.text import N_, Language, translate

HEIGHT_PX: Final = 600
LEAST_CORNERS: Final = 3
LABELS: Final = {
    "begin": N_("Tap the corners of the area, in the order in which one walks around it."),
    "undo": N_("Undo the last corner"),
    "again": N_("Start again"),
    "use": N_("Use this area"),
    "used": N_("This area is used. Start again to draw another one."),
}


def drawing_map(profile: CityProfile, language: Language) -> folium.Map:
    """Return the map of a city, on which nothing is drawn yet."""
    chart = still_map(profile)
    box = profile.bounds
    labels = {name: translate(message, language) for name, message in LABELS.items()}
    AreaDrawing(
        words=map_words(language),
        labels=labels,
        bounds=[[box.south, box.west], [box.north, box.east]],
    ).add_to(chart)
    return chart


def drawn_of(returned: object) -> dict[str, Any] | None:
    """Return what the map says was drawn, as a GeoJSON Polygon; ``None`` for anything else.

    Degrees, EPSG:4326, longitude first.
    """
    match returned:
        case {"drawn": [*corners]} if all(map(_is_place, corners)):
            ring = [*corners, *corners[:1]]
            is_area = len(corners) >= LEAST_CORNERS
            return {"type": "Polygon", "coordinates": [ring]} if is_area else None
        case _:
            return None


def _is_place(corner: object) -> bool:
    match corner:
        case [float() | int(), float() | int()]:
            return True
        case _:
            return False


def draw_area(profile: CityProfile, language: Language, key: str) -> dict[str, Any] | None:
    """Show the map and return the area drawn on it, once the person says that it is the one."""
    returned = st_folium(
        drawing_map(profile, language),
        key=key,
        height=HEIGHT_PX,
        use_container_width=True,
        returned_objects=[],
    )
    return drawn_of(returned)
