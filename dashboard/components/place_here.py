"""What lies around a place that somebody has tapped on the map."""

from collections.abc import Iterator
from typing import Any

import streamlit as st

from dashboard import cached, session
from dashboard.components.markup import render
from dashboard.components.wording import number_text
from dashboard.components.zone_words import zones_text
from dashboard.session import _
from gis.geometry.place import Place
from gis.past import PastMoment
from gis.queries.neighbourhood import (
    POPULATION_WITHIN_M,
    NearShelter,
    NearShelters,
    NearTown,
    Neighbourhood,
)
from gis.reports.order_wording import people_text

_KILOMETRE_M = 1000


def place_here(place: Place, past: PastMoment | None = None) -> None:
    """Draw where it is, who lives there, what threatens it, and which open shelters are near."""
    around = cached.neighbourhood(place, past)
    st.html(
        render(
            "place.html",
            town=_town_text(around.town),
            coordinates=f"{place.lat:.5f}, {place.lon:.5f}",
            facts=list(_facts(around, past)),
            shelters=[_row(near) for near in around.shelters.listed],
            shelters_heading=_("Nearest open shelters"),
            distance_heading=_("Distance"),
            free_heading=_("Free places"),
            crowding_heading=_("Crowding"),
            notes=_notes(around.shelters),
        )
    )


def distance_text(distance_m: float) -> str:
    """Return a distance in whole metres, from a kilometre on in kilometres with one decimal."""
    if round(distance_m) < _KILOMETRE_M:
        return f"{distance_m:.0f} m"
    return f"{distance_m / _KILOMETRE_M:,.1f} km"


def _town_text(near: NearTown | None) -> str:
    if near is None:
        return _("Town unknown")
    return _("About {town}").format(town=near.town.name)


def _facts(around: Neighbourhood, past: PastMoment | None) -> Iterator[tuple[str, str]]:
    if around.town is not None:
        yield _("From the point of the town"), distance_text(around.town.distance_m)
    within = _("Population within {distance} m").format(distance=POPULATION_WITHIN_M)
    yield within, _population_text(around)
    yield _("Hazard zones"), zones_text(cached.zones_at(around.place.lon, around.place.lat, past))


def _population_text(around: Neighbourhood) -> str:
    """Return how many people live near, and of how many towns that is the sum."""
    if not around.towns_counted:
        return _("Unknown: no town has its point there")
    return _("{persons} (by the points of {towns} towns)").format(
        persons=people_text(around.population, session.language()), towns=around.towns_counted
    )


def _row(near: NearShelter) -> dict[str, Any]:
    language, shelter = session.language(), near.shelter
    free = number_text(near.free_places, language)
    if near.free_places is not None and shelter.capacity_is_fictitious:
        free = _("{capacity} (fict.)").format(capacity=free)
    return {
        "name": shelter.name,
        "distance": distance_text(near.distance_m),
        "free": free,
        "crowding": near.crowding.value,
        "crowding_label": _(near.crowding.label),
    }


def _notes(shelters: NearShelters) -> list[str]:
    """Return what the list leaves out, and that it is empty where it is."""
    notes = []
    if shelters.is_none_open:
        notes.append(_("No shelter is open."))
    elif shelters.is_all_full:
        notes.append(_("Every open shelter is full."))
    if shelters.passed_over:
        left_out = _("Left out, for they are full: {count}")
        notes.append(left_out.format(count=shelters.passed_over))
    if shelters.unplaced:
        unplaced = _("Open, but without a place on the map: {count}")
        notes.append(unplaced.format(count=shelters.unplaced))
    return notes
