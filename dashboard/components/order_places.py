"""Whom an order is for, as a person chooses it: the whole municipality, districts, towns."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from dashboard.session import _
from gis.queries.evacuation_orders import Announcement
from gis.queries.places import TownPoint


@dataclass(frozen=True)
class Choice:
    """Something that can be chosen, and the towns that it stands for."""

    label: str
    codes: frozenset[str]


def choices(towns: Sequence[TownPoint]) -> list[Choice]:
    """Return what can be chosen: everything, then each district followed by its towns."""
    by_code = sorted(towns, key=lambda town: town.code)
    districts: dict[str, list[TownPoint]] = {}
    for town in by_code:
        districts.setdefault(town.district, []).append(town)
    found = [Choice(_("The whole municipality"), frozenset(town.code for town in by_code))]
    for name, members in districts.items():
        if len(members) > 1:
            label = _("All of {district}").format(district=name)
            found.append(Choice(label, frozenset(town.code for town in members)))
        found += [Choice(town.name, frozenset({town.code})) for town in members]
    return found


def chosen_before(order: Announcement, found: Sequence[Choice]) -> list[Choice]:
    """Return the choices that make up an order's towns, the fewest that do."""
    left, taken = set(order.town_codes), []
    for choice in sorted(found, key=lambda choice: -len(choice.codes)):
        if choice.codes <= left:
            taken.append(choice)
            left -= choice.codes
    return [choice for choice in found if choice in taken]


def choose_towns(
    towns: Sequence[TownPoint], key: str, order: Announcement | None
) -> frozenset[str]:
    """Draw the list of places and return the towns that are chosen, by their codes."""
    found = choices(towns)
    if order and key not in st.session_state:
        st.session_state[key] = chosen_before(order, found)
    chosen: list[Choice] = st.multiselect(
        _("Towns"),
        found,
        key=key,
        format_func=lambda choice: choice.label,
        placeholder=_("Choose towns or districts"),
    )
    return frozenset[str]().union(*(choice.codes for choice in chosen))
