"""Shelters that are not on the map: which one, and what is near its address."""

from collections.abc import Sequence

import streamlit as st

from dashboard import actions
from dashboard.components.chooser import choose
from dashboard.components.markup import render
from dashboard.roles import DECIDES
from dashboard.session import _
from gis.geometry.place import Place
from gis.operations.register import place_shelter
from gis.queries.inventories import ShelterName
from gis.queries.places import TownPoint

LIST = "register-unplaced"


def choose_unplaced(shelters: Sequence[ShelterName]) -> ShelterName | None:
    """Draw the list, and return the shelter that is to be placed."""
    if not shelters:
        st.info(_("Every shelter of the register has its place on the map."))
        return None
    st.caption(_("Choose a shelter, tap its place on the map, and save."))
    rows = {
        one.id: {_("Shelter"): one.name, _("Address"): one.address or _("Unknown")}
        for one in shelters
    }
    chosen = choose(LIST, rows, "single-row")
    return next((one for one in shelters if one.id in chosen), None)


def near(shelter: ShelterName, towns: Sequence[TownPoint]) -> Place | None:
    """Return the town that an address names, the longest name that fits."""
    named = [town for town in towns if shelter.address and town.name in shelter.address]
    town = max(named, key=lambda town: len(town.name), default=None)
    return Place(town.lon, town.lat) if town else None


def save_place(shelter: ShelterName, picked: Place | None) -> None:
    """Draw what is being placed, and the button that saves it."""
    st.html(render("placing.html", name=shelter.name, address=shelter.address or ""))
    st.button(
        _("Save this place") if picked else _("Tap the place on the map"),
        type="primary",
        icon=":material/add_location:",
        disabled=picked is None,
        on_click=_place,
        args=(shelter, picked),
    )


def _place(shelter: ShelterName, place: Place) -> None:
    actions.act(
        DECIDES,
        lambda store: place_shelter(
            store, shelter.id, place.lon, place.lat, version=shelter.version
        ),
        _("The shelter is on the map."),
    )
