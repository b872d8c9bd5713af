"""A map on which a person taps where a shelter is."""

from typing import Final

import folium
from streamlit_folium import st_folium

from dashboard.maps.elements import Land, ModuleNames, PlacePicker, StillMap, TownNames
from dashboard.maps.words import map_words
from gis.config import CityProfile
from gis.geometry.place import Place
from gis.text import N_, Language, translate

HEIGHT_PX: Final = 520
LABELS: Final = {"picked": N_("Chosen place")}
NEAR_ZOOM: Final = 15


def still_map(profile: CityProfile) -> folium.Map:
    """Return a city's map with its land and the names of its towns, and nothing else yet."""
    box = profile.bounds
    chart = StillMap(
        location=[(box.south + box.north) / 2, (box.west + box.east) / 2],
        zoom_start=13,
        tiles=None,
        zoom_control=False,
        min_zoom=4,
        zoom_snap=0.25,
    )
    for part in (
        ModuleNames(),
        Land(url="/api/layers/boundary.geojson"),
        TownNames(url="/api/layers/towns.geojson"),
    ):
        part.add_to(chart)
    return chart


def picker_map(profile: CityProfile, near: Place | None, language: Language) -> folium.Map:
    """Return the map, of the whole city or of what lies near a place."""
    chart = still_map(profile)
    box = profile.bounds
    labels = {name: translate(message, language) for name, message in LABELS.items()}
    PlacePicker(
        words=map_words(language),
        labels=labels,
        bounds=[[box.south, box.west], [box.north, box.east]],
        near=near and {"lon": near.lon, "lat": near.lat, "zoom": NEAR_ZOOM},
    ).add_to(chart)
    return chart


def picked_of(returned: object) -> Place | None:
    """Return the place that the map says was tapped; ``None`` for anything else."""
    match returned:
        case {"picked": {"lon": float() | int() as lon, "lat": float() | int() as lat}}:
            return Place(lon, lat)
        case _:
            return None


def draw_picker(
    profile: CityProfile, near: Place | None, language: Language, key: str
) -> Place | None:
    """Show the map and return the place tapped on it."""
    returned = st_folium(
        picker_map(profile, near, language),
        key=key,
        height=HEIGHT_PX,
        use_container_width=True,
        returned_objects=[],
    )
    return picked_of(returned)
