"""Large figures in a row: what is known, how sure we are, and how old it is."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from dashboard.components.markup import render


@dataclass(frozen=True)
class Figure:
    """One figure; all of it is text, made with :mod:`dashboard.components.wording`."""

    label: str
    value: str
    unit: str = ""
    """Small beside the value: a unit, or what the value lacks."""
    note: str = ""
    """A line under it: uncertainty, age, what to do next."""


def figure_row(figures: Sequence[Figure]) -> None:
    """Show figures side by side; they wrap on a phone."""
    st.html(render("figures.html", figures=figures))
