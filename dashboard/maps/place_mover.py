"""A small map on which the mark of a report is dragged to where it really was."""

from typing import Final

import folium
from streamlit_folium import st_folium

from dashboard.maps.elements import PlaceMover
from dashboard.maps.picker import picked_of, still_map
from dashboard.maps.words import map_words
from gis.config import CityProfile
from gis.geometry.place import Place
from gis.text import N_, Language, translate

HEIGHT_PX: Final = 320
LABELS: Final = {
    "place": N_("Where it is: drag the mark"),
    "filed": N_("Where the report said it was"),
}


def mover_map(
    profile: CityProfile, place: Place | None, filed: Place | None, language: Language
) -> folium.Map:
    """Return the map around a place; of the whole city where none is known."""
    chart = still_map(profile)
    box = profile.bounds
    PlaceMover(
        words=map_words(language),
        labels={name: translate(message, language) for name, message in LABELS.items()},
        bounds=[[box.south, box.west], [box.north, box.east]],
        place=place and {"lon": place.lon, "lat": place.lat},
        filed=filed and {"lon": filed.lon, "lat": filed.lat},
    ).add_to(chart)
    return chart


def draw_place_mover(
    profile: CityProfile, place: Place | None, filed: Place | None, language: Language, key: str
) -> Place | None:
    """Show the map and return where the mark was dragged to; None where it was left alone."""
    returned = st_folium(
        mover_map(profile, place, filed, language),
        key=key,
        height=HEIGHT_PX,
        use_container_width=True,
        returned_objects=[],
    )
    return picked_of(returned)
