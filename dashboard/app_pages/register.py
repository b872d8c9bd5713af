"""Register: put it in order, and hand it out as lists that others read."""

from collections.abc import Callable

import streamlit as st

from dashboard import actions, cached, session
from dashboard.components.live import live_badge
from dashboard.components.register_export import register_export
from dashboard.components.register_style import apply_register_style
from dashboard.components.shell import follow_incident, shell
from dashboard.components.tidying import joinable, joined, retired
from dashboard.components.unplaced import choose_unplaced, near, save_place
from dashboard.maps.picker import draw_picker
from dashboard.session import _
from gis.text import N_


def unplaced(found: cached.Tidying) -> None:
    """Draw the shelters without a place, and the map on which one gets it."""
    list_side, map_side = st.columns([2, 3])
    with list_side:
        shelter = choose_unplaced(found.unplaced)
    if shelter is None:
        return
    with map_side:
        picked = draw_picker(
            session.desk().city,
            near(shelter, cached.town_points()),
            session.language(),
            f"picker-{shelter.id}",
        )
    with list_side:
        save_place(shelter, picked)


Part = tuple[str, Callable[[cached.Tidying], int] | None, Callable[[cached.Tidying], None]]
PARTS: dict[str, Part] = {
    "unplaced": (N_("Without a place"), lambda found: len(found.unplaced), unplaced),
    "joinable": (N_("Perhaps the same"), lambda found: len(found.joinable), joinable),
    "joined": (N_("Joined"), lambda found: len(found.joined), joined),
    "retired": (N_("Off the register"), lambda found: len(found.retired), retired),
    "export": (N_("Export"), None, lambda _found: register_export()),
}


FIRST = ("unplaced", "joinable")
"""What waits for a person is looked at first."""


@st.fragment
@session.explained
def register() -> None:
    """Draw the part that is looked at; runs again when a shelter changes."""
    live_badge(("shelters", "inventories"), session.language(), key="register-live")
    follow_incident()
    actions.show_notice()
    found = cached.tidying()
    chosen = st.segmented_control(
        _("What to look at"),
        [*PARTS],
        default=next((name for name in FIRST if count(name, found)), "export"),
        key="register-part",
        format_func=lambda name: label(name, found),
        label_visibility="collapsed",
        required=True,
    )
    PARTS[chosen][2](found)


def label(name: str, found: cached.Tidying) -> str:
    """Return what a part is called, with how many shelters wait in it."""
    title, counter, _draw = PARTS[name]
    words = _(title)
    return words if counter is None else f"{words} {counter(found):,}"


def count(name: str, found: cached.Tidying) -> int:
    """Return how many shelters wait in a part."""
    counter = PARTS[name][1]
    return counter(found) if counter else 0


shell()
apply_register_style()
register()
