"""What the page of the chronology needs beyond the style of all pages."""

import streamlit as st
from markupsafe import Markup

from dashboard.assets import OWN
from dashboard.components.markup import render


def apply_chronology_style() -> None:
    """Keep what a line came from in sight."""
    # Our own file, so there is nothing to escape.
    style = Markup((OWN / "chronology-page.css").read_text(encoding="utf-8"))  # noqa: S704
    st.html(render("chronology_style.html", style=style))
