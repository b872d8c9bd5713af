"""Which hazard zones count in the incident: a switch for each layer, beside the map."""

from uuid import uuid4

import streamlit as st

from dashboard import actions, cached, session
from dashboard.components.folded import folded
from dashboard.components.plain import plain
from dashboard.roles import DECIDES
from dashboard.session import _
from gis.operations.hazard_zones import Choice, choose_hazard_layer
from gis.queries.hazard_zones import HazardLayerView


def zone_choice() -> None:
    """Draw the switches, folded until somebody wants them; none for who decides nothing."""
    layers = cached.hazard_layers()
    if not layers or cached.incident() is None or not session.may(DECIDES):
        return
    with folded(_("Choose the hazard zones that count"), "zone-choice") as wanted:
        if wanted:
            st.caption(
                _(
                    "For everybody, in this incident: what counts is drawn on the map, and open"
                    " shelters in it are named. At first the incident's kind decides."
                )
            )
            for layer in layers:
                _switch(layer)


def _switch(layer: HazardLayerView) -> None:
    key = f"zone-choice-{layer.id}"
    # As the store has it, whoever said so.
    st.session_state[key] = layer.is_active
    st.toggle(
        f"{_(layer.hazard.label)} · {plain(layer.title)}",
        key=key,
        help=plain(layer.credit or layer.source or "") or None,
        on_change=_choose,
        args=(layer, key),
    )


def _choose(layer: HazardLayerView, key: str) -> None:
    choice = Choice(uuid4(), layer.id, is_active=st.session_state[key])
    done = _("{title}: counts from now on.") if choice.is_active else _("{title}: counts no more.")
    actions.act(
        DECIDES,
        lambda store: choose_hazard_layer(store, choice),
        done.format(title=plain(layer.title)),
    )
