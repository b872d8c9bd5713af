"""The map of what an import would change: added, changed, and in no row of the file."""

from typing import Final

import folium
from streamlit_folium import st_folium

from dashboard.maps.elements import Changes
from dashboard.maps.picker import still_map
from dashboard.maps.words import map_words
from gis.config import CityProfile
from gis.operations.inventories import ImportPlan
from gis.text import N_, Language, translate

HEIGHT_PX: Final = 450
LABELS: Final = {
    "added": N_("Would be added"),
    "changed": N_("Would be changed"),
    "missing": N_("Not in the file"),
    "unplaced": N_("Without a place on the map: {count}"),
}


def change_map(profile: CityProfile, plan: ImportPlan, language: Language) -> folium.Map:
    """Return the map of a plan; it shows the shelters that the plan names."""
    chart = still_map(profile)
    labels = {name: translate(message, language) for name, message in LABELS.items()}
    box = profile.bounds
    Changes(
        words=map_words(language),
        labels=labels,
        places=_places(plan),
        bounds=[[box.south, box.west], [box.north, box.east]],
    ).add_to(chart)
    return chart


def _places(plan: ImportPlan) -> list[dict[str, object]]:
    """Return the shelters that a plan names; those without a place are counted in the legend."""
    kinds = {
        "missing": plan.missing,
        "changed": tuple(change.shelter for change in plan.changed),
        "added": plan.added,
    }
    return [
        {"kind": kind, "name": one.name, "address": one.address, "lon": one.lon, "lat": one.lat}
        for kind, shelters in kinds.items()
        for one in shelters
    ]


def draw_change_map(profile: CityProfile, plan: ImportPlan, language: Language, key: str) -> None:
    """Show the map; nothing on it can be chosen, the lists beside it say the same in words."""
    st_folium(
        change_map(profile, plan, language),
        key=key,
        height=HEIGHT_PX,
        use_container_width=True,
        returned_objects=[],
    )
