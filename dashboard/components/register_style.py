"""What the pages about the register look like beyond the style of every page."""

import streamlit as st
from markupsafe import Markup

from dashboard.assets import OWN
from dashboard.components.markup import render
from dashboard.session import _


def apply_register_style() -> None:
    """Dress the page; Streamlit's uploader knows no language but English."""
    # Our own file, so there is nothing to escape.
    style = Markup((OWN / "register.css").read_text(encoding="utf-8"))  # noqa: S704
    words = _("Choose a file, or drop it here")
    st.html(render("register_style.html", style=style, drop_words=words))
