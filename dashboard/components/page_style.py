"""What every page looks like beyond Streamlit's own theme (``.streamlit/config.toml``)."""

from functools import cache

import streamlit as st

from dashboard.assets import OWN

FONT = "/assets/noto-sans-jp/index.css"


@cache
def style() -> str:
    """Return the page's style sheet; our own files only, so there is nothing to escape."""
    sheets = "\n".join(
        (OWN / name).read_text(encoding="utf-8")
        for name in ("palette.css", "page.css", "panels.css")
    )
    # The mark beside the style keeps it in the page: style alone goes where Streamlit puts its
    # passing messages, and the first of those would take its place.
    return f'<style>@import url("{FONT}");\n{sheets}</style><span class="hq-style"></span>'


def apply_page_style() -> None:
    """Dress the page; the entry page calls this once for all of them."""
    st.html(style())
