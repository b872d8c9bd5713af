"""Shelters: the register with its state; open several at once, record counts."""

from collections.abc import Sequence
from uuid import UUID

import streamlit as st

from dashboard import actions, cached, session
from dashboard.components.chooser import choose
from dashboard.components.live import live_badge
from dashboard.components.shell import follow_incident, nothing_open, shell
from dashboard.components.shelter_panel import shelter_panel
from dashboard.components.wording import age_text, capacity_text, number_text
from dashboard.roles import DECIDES
from dashboard.session import _
from gis.occupancy import crowding, percent
from gis.operations.openings import open_shelters
from gis.queries.shelters import ShelterStatus
from gis.text import N_
from gis.vocabulary import ShelterState

STATES = (
    ShelterState.OPEN,
    ShelterState.PERMANENT,
    ShelterState.UNKNOWN,
    ShelterState.PREPARING,
    ShelterState.NOT_OPENED,
    ShelterState.CLOSED,
)
"""In the order of the list."""
PERSONS, CAPACITY, SHARE = N_("Persons"), N_("Capacity"), N_("Share")


@st.fragment
@session.explained
def register() -> None:
    """Draw the list and the shelter chosen in it; runs again when a shelter changes."""
    live_badge(("shelters", "photographs"), session.language(), key="shelters-live")
    follow_incident()
    actions.show_notice()
    with st.container():
        if cached.incident() is None:
            nothing_open()
    list_side, panel_side = st.columns([3, 2])
    with list_side:
        chosen = choose_shelters(shown())
    with panel_side:
        if len(chosen) == 1:
            shelter_panel(chosen[0])
        elif chosen:
            opening(chosen)
        else:
            st.info(_("Choose one shelter to see it, or several to open them together."))


def shown() -> list[ShelterStatus]:
    """Return the shelters that the filters leave, open ones first."""
    search, states = st.columns([2, 3])
    with search:
        text = st.text_input(_("Search"), key="shelters-search", placeholder=_("Name or address"))
    with states:
        wanted = st.pills(
            _("State"),
            STATES,
            selection_mode="multi",
            key="shelters-states",
            format_func=lambda state: _(state.label),
        )
    found = [
        shelter
        for shelter in cached.shelters()
        if (not wanted or shelter.state in wanted)
        and text.strip() in f"{shelter.name} {shelter.address or ''}"
    ]
    return sorted(
        found,
        key=lambda shelter: (
            STATES.index(shelter.state),
            not shelter.is_designated_shelter,
            shelter.name,
        ),
    )


def choose_shelters(shelters: Sequence[ShelterStatus]) -> list[ShelterStatus]:
    """Draw the list and return what is chosen in it."""
    st.caption(_("{count} shelters").format(count=len(shelters)))
    if not shelters:
        st.info(
            _(
                "No shelter fits. Change the filter, or import an inventory:"
                " python -m scripts.import_shelters FILE"
            )
        )
        return []
    rows = {shelter.id: row(shelter) for shelter in shelters}
    incident = cached.incident()
    # A choice made in one incident must not be waiting in the next.
    key = f"shelters-{incident.id if incident else None}"
    chosen = choose(key, rows, "multi-row", right=[_(PERSONS), _(CAPACITY), _(SHARE)])
    return [shelter for shelter in shelters if shelter.id in chosen]


def row(shelter: ShelterStatus) -> dict[str, str]:
    """Return a line of the list, all of it text: what is unknown says so."""
    language = session.language()
    now = session.desk().workspace.clock.now()
    level = crowding(shelter.share, session.desk().city.crowding)
    return {
        _("Shelter"): shelter.name,
        _("State"): _(shelter.state.label),
        _(PERSONS): number_text(shelter.persons, language) if shelter.is_open else "",
        _(CAPACITY): capacity_text(
            shelter.capacity, is_fictitious=shelter.capacity_is_fictitious, language=language
        ),
        _(SHARE): share_text(shelter) if shelter.is_open else "",
        _("Crowding"): _(level.label) if shelter.is_open else "",
        _("Age"): age_text(shelter.observed_at, now, language) if shelter.is_open else "",
        _("Address"): shelter.address or "",
    }


def share_text(shelter: ShelterStatus) -> str:
    """Return how full a shelter is in per cent, or that nobody knows."""
    share = percent(shelter.share)
    return number_text(None, session.language()) if share is None else f"{share}%"


def opening(chosen: Sequence[ShelterStatus]) -> None:
    """Offer to open the chosen shelters together."""
    closed = [shelter for shelter in chosen if not shelter.takes_part]
    st.subheader(_("{count} shelters chosen").format(count=len(chosen)))
    st.write("、".join(shelter.name for shelter in chosen))
    if closed and session.may(DECIDES) and (incident := cached.incident()):
        st.button(
            _("Open {count} shelters").format(count=len(closed)),
            type="primary",
            on_click=_open,
            args=(incident.id, [shelter.id for shelter in closed]),
        )


def _open(incident_id: UUID, shelter_ids: list[UUID]) -> None:
    actions.act(
        DECIDES,
        lambda store: open_shelters(store, incident_id, shelter_ids),
        _("{count} shelters are open now.").format(count=len(shelter_ids)),
    )


shell()
register()
