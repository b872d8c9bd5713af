"""A table of a summary, with the same rows that its files carry."""

import streamlit as st

from dashboard.components.wording import cell_text
from dashboard.session import _
from gis.reports.rendering import Cell
from gis.reports.tables import NUMBERS


def summary_table(columns: tuple[str, ...], rows: list[list[Cell]], empty: str) -> None:
    """Draw it, or say why there is none."""
    if not rows:
        st.info(empty)
        return
    names = [_(column) for column in columns]
    # Text throughout: a column in which some figures are unknown is no column of numbers.
    st.dataframe(
        [dict(zip(names, map(cell_text, row), strict=True)) for row in rows],
        hide_index=True,
        height="content",
        column_config={_(name): st.column_config.Column(alignment="right") for name in NUMBERS},
    )
