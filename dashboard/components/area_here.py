"""What lies in the area that somebody has drawn on the map."""

from collections.abc import Iterator
from functools import partial
from typing import Any, Final

import streamlit as st

from dashboard import cached, session
from dashboard.components.markup import render
from dashboard.components.place_here import distance_text
from dashboard.components.wording import age_text, clock_text, count_text, number_text
from dashboard.components.zone_words import zone_text
from dashboard.session import _
from gis.errors import Refused
from gis.geometry.area import M2_PER_KM2
from gis.occupancy import Tally
from gis.past import PastMoment
from gis.reports.area import AreaClosure, AreaShelter, AreaSummary
from gis.reports.area_tables import AREA_RENDERINGS
from gis.reports.order_wording import order_text, people_text
from gis.reports.rendering import file_name
from gis.reports.situation import DamageLine

LISTED: Final = 8
"""Rows of each list beside the map; the files hold all."""

Corners = tuple[tuple[float, float], ...]


def area_here(corners: Corners, past: PastMoment | None = None) -> None:
    """Draw what lies inside, and offer it as files; or why nothing can be said of it."""
    try:
        area = cached.area(corners, past)
    except Refused as refused:
        st.error(refused.explain(session.language()))
        return
    st.html(
        render(
            "area.html",
            title=_("Inside the area"),
            size=_size_text(area),
            facts=list(_facts(area)),
            headings=_headings(),
            shelters=[_shelter_row(one, area) for one in _open(area)[:LISTED]],
            damage=[_damage_row(line) for line in area.damage],
            lists=_lists(area),
            notes=list(_notes(area)),
        )
    )
    _downloads(area)


def _size_text(area: AreaSummary) -> str:
    return _("{area} km², {length} around").format(
        area=f"{area.extent.area_m2 / M2_PER_KM2:,.2f}",
        length=distance_text(area.extent.around_m),
    )


def _facts(area: AreaSummary) -> Iterator[tuple[str, str]]:
    language = session.language()
    yield _("Population"), _population_text(area)
    yield _("Shelters"), _states_text(area)
    yield _("Persons in shelters"), _tally_text(area.persons)
    yield _("Free places"), _tally_text(area.free_places)
    yield _("Damage reports"), number_text(area.damage_total, language)
    if area.people_in_danger.known:
        yield _("People in danger"), f"≥ {area.people_in_danger.known:,}"


def _states_text(area: AreaSummary) -> str:
    """Return how many shelters are in which state; that none is there is said as well."""
    states = area.shelters_by_state.items()
    return " / ".join(f"{_(state.label)} {count:,}" for state, count in states) or "0"


def _tally_text(tally: Tally) -> str:
    return count_text(tally.known, tally.unknown_places, session.language())


def _population_text(area: AreaSummary) -> str:
    """Return how many people live inside, and of which towns that is the sum."""
    if not area.towns:
        return _("Unknown: no town has its point there")
    return _("{persons} (by the points of {towns} towns)").format(
        persons=people_text(area.population, session.language()), towns=len(area.towns)
    )


def _open(area: AreaSummary) -> list[AreaShelter]:
    return [one for one in area.shelters if one.is_open]


def _headings() -> dict[str, str]:
    return {
        "shelter": _("Open shelters"),
        "persons": _("Persons"),
        "free": _("Free places"),
        "crowding": _("Crowding"),
        "observed": _("Observed"),
        "damage": _("Damage reports"),
        "confirmed": _("Confirmed"),
        "unconfirmed": _("Unconfirmed"),
        "worst": _("Gravest"),
    }


def _shelter_row(shelter: AreaShelter, area: AreaSummary) -> dict[str, Any]:
    language, crowding = session.language(), shelter.crowding
    free = number_text(shelter.free_places, language)
    if shelter.free_places is not None and shelter.capacity_is_fictitious:
        free = _("{capacity} (fict.)").format(capacity=free)
    return {
        "name": shelter.name,
        "persons": number_text(shelter.persons, language),
        "free": free,
        "crowding": crowding.value if crowding else "unknown",
        "crowding_label": _(crowding.label) if crowding else "",
        "age": age_text(shelter.observed_at, area.as_of, language),
        "is_silent": shelter.observed_at is None,
    }


def _damage_row(line: DamageLine) -> dict[str, Any]:
    return {
        "category": _(line.category.label),
        "confirmed": line.confirmed,
        "unconfirmed": line.unconfirmed,
        "worst": line.worst.value if line.worst else "unknown",
        "worst_label": _(line.worst.label) if line.worst else _("Unknown"),
    }


def _lists(area: AreaSummary) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the lists of two columns, each with its heading."""
    language = session.language()
    orders = [
        (order_text(one.kind, one.hazard, language), clock_text(one.announced_at))
        for one in area.orders
    ]
    zones = [(zone_text(one.zone), _share_text(one.share)) for one in area.zones]
    return [
        (_("Evacuation orders"), orders),
        (
            _("Road closures (last confirmed)"),
            [_closure_row(one) for one in area.closures[:LISTED]],
        ),
        (_("Hazard zones (share of the area)"), zones),
    ]


def _closure_row(closure: AreaClosure) -> tuple[str, str]:
    where = " ".join(part for part in (closure.road_name, closure.section) if part)
    said = " · ".join(part for part in (_(closure.grade.label), where) if part)
    return said, clock_text(closure.confirmed_at)


def _share_text(share: float) -> str:
    percent = 100 * share
    return _("less than 1 %") if percent < 1 else f"{percent:.0f} %"


def _notes(area: AreaSummary) -> Iterator[str]:
    """Yield what the figures leave out, and what the lists do."""
    if area.incident_name is None:
        yield _("No incident is open.")
    if area.towns:
        yield _("Towns: {names}").format(names="、".join(area.towns[:LISTED]) + _more(area.towns))
    left_out = len(_open(area)) - LISTED
    if left_out > 0:
        yield _("More open shelters: {count}. The files hold all.").format(count=left_out)
    if len(area.closures) > LISTED:
        more = len(area.closures) - LISTED + area.closures_more
        yield _("More road closures: {count}. The files hold all.").format(count=more)
    if area.shelters_unplaced:
        unplaced = _("Open, but without a place on the map: {count}")
        yield unplaced.format(count=area.shelters_unplaced)
    if area.closures_unplaced:
        told = _("Road closures told by the name of the road alone: {count}")
        yield told.format(count=area.closures_unplaced)
    if area.damage:
        yield _("Damage reports without a place are in no area.")


def _more(names: tuple[str, ...]) -> str:
    return " …" if len(names) > LISTED else ""


def _downloads(area: AreaSummary) -> None:
    """Offer the value that is on the screen in each form, not a newer one."""
    language = session.language()
    with st.container(horizontal=True):
        for rendering in AREA_RENDERINGS.values():
            st.download_button(
                _(rendering.title),
                partial(rendering.render, area, language),
                file_name(area, rendering),
                rendering.media_type,
                key=f"area-{rendering.name}",
                icon=":material/download:",
                on_click="ignore",
            )
