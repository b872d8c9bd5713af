"""What can be done with a shelter's state: open, change, close, take back."""

from collections.abc import Sequence
from datetime import timedelta

import streamlit as st

from dashboard import actions, cached, session
from dashboard.components.wording import age_text, number_text
from dashboard.roles import DECIDES
from dashboard.session import _
from gis.operations.openings import change_state, open_shelters, take_back
from gis.queries.shelters import ShelterStatus
from gis.store import now
from gis.vocabulary import ShelterState

BEGINS_AS = (ShelterState.PREPARING, ShelterState.PERMANENT, ShelterState.UNKNOWN)
"""As what a shelter may take part besides open."""
GOES_ON_AS = (ShelterState.OPEN, *BEGINS_AS)
MINUTES_MOST = 7 * 24 * 60


def state_controls(shelter: ShelterStatus) -> None:
    """Draw what the reader may do with the state of a shelter."""
    if not session.may(DECIDES) or cached.incident() is None:
        return
    with st.container(horizontal=True):
        if shelter.takes_part:
            _changing(shelter)
            _closing(shelter)
        else:
            _opening(shelter)
        if shelter.opening_id is not None:
            _taking_back(shelter)


def _opening(shelter: ShelterStatus) -> None:
    st.button(
        _("Open this shelter"),
        type="primary",
        key=f"open-{shelter.id}",
        on_click=_open,
        args=(shelter, ShelterState.OPEN),
    )
    with st.popover(_("Open otherwise")):
        _state(shelter, BEGINS_AS)
        _circumstances(shelter)
        st.button(
            _("Save"), key=f"begin-{shelter.id}",
            on_click=_begin, args=(shelter,),
        )  # fmt: skip


def _changing(shelter: ShelterStatus) -> None:
    with st.popover(_("Change the state")):
        _state(shelter, [each for each in GOES_ON_AS if each is not shelter.state])
        _circumstances(shelter)
        st.button(
            _("Save"), type="primary", key=f"change-{shelter.id}",
            on_click=_go_on, args=(shelter,),
        )  # fmt: skip


def _closing(shelter: ShelterStatus) -> None:
    language = session.language()
    with st.popover(_("Close this shelter")):
        st.write(
            _(
                "{shelter}, last count: {persons} ({age}). Has everybody left?"
                " Counts stay on record."
            ).format(
                shelter=shelter.name,
                persons=number_text(shelter.persons, language),
                age=age_text(shelter.observed_at, session.desk().workspace.clock.now(), language),
            )
        )
        st.button(
            _("Yes, close it"), key=f"close-{shelter.id}",
            on_click=_change, args=(shelter, ShelterState.CLOSED, _("The shelter is closed.")),
        )  # fmt: skip


def _taking_back(shelter: ShelterStatus) -> None:
    with st.popover(_("Take back")):
        st.write(
            _("“{state}” was a mistake: what was before holds again. It stays on record.").format(
                state=_(shelter.state.label)
            )
        )
        st.button(
            _("Yes, take it back"),
            key=f"take-back-{shelter.id}",
            on_click=_take_back,
            args=(shelter,),
        )


def _state(shelter: ShelterStatus, states: Sequence[ShelterState]) -> None:
    st.radio(_("State"), states, key=_key(shelter, "state"), format_func=lambda term: _(term.label))


def _key(shelter: ShelterStatus, field: str) -> str:
    """Return the key of a field; with each state told, the fields are new ones."""
    return f"{field}-{shelter.id}-{shelter.opening_version or 0}"


def _circumstances(shelter: ShelterStatus) -> None:
    st.text_input(_("Reason"), key=_key(shelter, "reason"), max_chars=200)
    st.number_input(
        _("Since how many minutes?"), 0, MINUTES_MOST, None,
        key=_key(shelter, "ago"), placeholder=_("now"),
    )  # fmt: skip


def _said(shelter: ShelterStatus) -> tuple[str | None, timedelta]:
    """Return the reason, and how long ago it began."""
    reason = st.session_state.get(_key(shelter, "reason")) or None
    return reason, timedelta(minutes=st.session_state.get(_key(shelter, "ago")) or 0)


def _open(shelter: ShelterStatus, state: ShelterState) -> None:
    incident = cached.incident()
    if incident is None:
        return
    reason, ago = _said(shelter)
    actions.act(
        DECIDES,
        lambda store: open_shelters(
            store, incident.id, [shelter.id], state=state, since_at=now(store) - ago, reason=reason
        ),
        _("The shelter is open.") if state.holds_people else _("The state is saved."),
    )


def _begin(shelter: ShelterStatus) -> None:
    _open(shelter, st.session_state[_key(shelter, "state")])


def _go_on(shelter: ShelterStatus) -> None:
    _change(shelter, st.session_state[_key(shelter, "state")], _("The state is saved."))


def _change(shelter: ShelterStatus, state: ShelterState, done: str) -> None:
    opening_id, version = shelter.opening_id, shelter.opening_version
    if opening_id is None or version is None:
        return
    reason, ago = (None, timedelta()) if state is ShelterState.CLOSED else _said(shelter)
    actions.act(
        DECIDES,
        lambda store: change_state(
            store, opening_id, state, version=version, since_at=now(store) - ago, reason=reason
        ),
        done,
    )


def _take_back(shelter: ShelterStatus) -> None:
    opening_id, version = shelter.opening_id, shelter.opening_version
    if opening_id is not None and version is not None:
        actions.act(
            DECIDES,
            lambda store: take_back(store, opening_id, version=version),
            _("It is taken back."),
        )
