"""A card: what belongs together, on white."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator


def card(key: str) -> DeltaGenerator:
    """Return a container that looks like a card; the key is its own on the page."""
    return st.container(border=True, key=f"card-{key}")
