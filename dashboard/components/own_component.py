"""Components whose script and style are files of ours."""

from typing import Final

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from dashboard.assets import OWN, own

# Streamlit runs a component's script from a blob, which cannot name another file by a path alone.
_SCRIPT: Final = """
export default async function (component) {{
  const file = new URL("{address}", window.location.origin);
  return (await import(file.href)).{function}(component);
}}
"""


def own_component(name: str, script: str, function: str, *styles: str) -> ComponentRenderer:
    """Declare a component that a function of a script draws, in some styles over our colours."""
    return st.components.v2.component(
        name,
        css="\n".join(
            (OWN / style).read_text(encoding="utf-8") for style in ("palette.css", *styles)
        ),
        js=_SCRIPT.format(address=own(script), function=function),
    )
