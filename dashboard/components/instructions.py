"""How to use an item: sheets and films that lie with the product, so that they need no network."""

from collections.abc import Iterable

import streamlit as st

from dashboard import session
from dashboard.components.folded import folded
from dashboard.components.plain import plain
from dashboard.session import _
from gis.items import Instruction, Item

FILMS = {".mp4", ".webm"}
SHEETS = {".pdf"}
"""Browsers show these by themselves; inside a page not all of them do."""


def instructions(items: Iterable[Item], key: str) -> None:
    """Draw a folded part for each item that has any."""
    for item in items:
        if not item.instructions:
            continue
        name = plain(item.name(session.language()))
        label = _("How to use it: {item}").format(item=name)
        with folded(label, f"{key}-{item.code}") as wanted:
            if wanted:
                for instruction in item.instructions:
                    _instruction(instruction)


def _instruction(instruction: Instruction) -> None:
    title, path = instruction.title(session.language()), instruction.path
    if not path.is_file():
        words = _("The file {file} is missing.").format(file=instruction.file)
        st.warning(plain(words), icon=":material/info:")
    elif path.suffix in SHEETS:
        st.download_button(
            plain(title),
            path.read_bytes(),
            instruction.file,
            "application/pdf",
            key=f"instruction-{instruction.file}",
            icon=":material/download:",
            on_click="ignore",
        )
    elif path.suffix in FILMS:
        st.video(str(path))
        st.caption(plain(title))
    else:
        st.image(str(path), caption=plain(title), width="stretch")
