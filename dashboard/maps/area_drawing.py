"""A map on which a person draws an area, or a stretch of road, corner by corner."""

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

LINE_LABELS: Final = {
    "begin": N_("Tap the places of the stretch one after another; one alone is a single spot."),
    "undo": N_("Undo the last place"),
    "again": N_("Start again"),
    "use": N_("Use this stretch"),
    "used": N_("This stretch is used. Start again to draw another one."),
}


def drawing_map(profile: CityProfile, language: Language, *, is_line: bool = False) -> folium.Map:
    """Return the map of a city, on which nothing is drawn yet."""
    chart = still_map(profile)
    box = profile.bounds
    said = LINE_LABELS if is_line else LABELS
    labels = {name: translate(message, language) for name, message in said.items()}
    AreaDrawing(
        words=map_words(language),
        labels=labels,
        bounds=[[box.south, box.west], [box.north, box.east]],
        is_line=is_line,
    ).add_to(chart)
    return chart


def drawn_of(returned: object) -> dict[str, Any] | None:
    """Return what the map says was drawn, as a GeoJSON Polygon; ``None`` for anything else.

    Degrees, EPSG:4326, longitude first.
    """
    corners = _corners_of(returned)
    if len(corners) < LEAST_CORNERS:
        return None
    return {"type": "Polygon", "coordinates": [[*corners, *corners[:1]]]}


def drawn_path_of(returned: object) -> dict[str, Any] | None:
    """Return what the map says was drawn, as a GeoJSON LineString, or a Point of one place alone.

    Degrees, EPSG:4326, longitude first; ``None`` for anything else.
    """
    corners = _corners_of(returned)
    if len(corners) == 1:
        return {"type": "Point", "coordinates": corners[0]}
    return {"type": "LineString", "coordinates": corners} if corners else None


def _corners_of(returned: object) -> list[list[float]]:
    match returned:
        case {"drawn": [*corners]} if all(map(_is_place, corners)):
            return corners
        case _:
            return []


def _is_place(corner: object) -> bool:
    match corner:
        case [float() | int(), float() | int()]:
            return True
        case _:
            return False


def draw_area(profile: CityProfile, language: Language, key: str) -> dict[str, Any] | None:
    """Show the map and return the area drawn on it, once the person says that it is the one."""
    return drawn_of(_draw(drawing_map(profile, language), key))


def draw_path(profile: CityProfile, language: Language, key: str) -> dict[str, Any] | None:
    """Show the map and return the stretch drawn on it, once the person says that it is the one."""
    return drawn_path_of(_draw(drawing_map(profile, language, is_line=True), key))


def _draw(chart: folium.Map, key: str) -> object:
    return st_folium(
        chart, key=key, height=HEIGHT_PX, use_container_width=True, returned_objects=[]
    )
