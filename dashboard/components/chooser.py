"""A list in which rows are chosen by what they are, not by where they stand."""

from collections.abc import Hashable, Mapping, Sequence
from types import MappingProxyType
from typing import Literal, TypeVar

import streamlit as st

Identity = TypeVar("Identity", bound=Hashable)

ROWS_SHOWN = 16
"""Rows that fit without scrolling; a shorter list is as high as its rows."""
PINNED_PX = 160
"""Room for the name of a shelter that leaves a telephone some of the other columns."""


def choose(  # noqa: PLR0913 - a list, and how its columns stand
    key: str,
    rows: Mapping[Identity, Mapping[str, str]],
    mode: Literal["single-row", "multi-row"],
    *,
    right: Sequence[str] = (),
    wide: Sequence[str] = (),
    pinned: Sequence[str] = (),
    widths_px: Mapping[str, int] = MappingProxyType({}),
) -> list[Identity]:
    """Draw a list and return the ids of the rows that are chosen in it.

    Streamlit knows chosen rows by their number. When rows come, go or move, the list is another
    one to it; the choice is carried over by id, so that a live change takes nothing from anybody.

    Parameters
    ----------
    key
        The list's own name on the page.
    rows
        The cells of each row by column, all of them text, under what stands for the row: an id.
    right, wide
        Columns of figures, and columns that need room.
    pinned
        Columns that stay in sight when others are scrolled to.
    widths_px
        How wide columns are whose texts would else push others out of sight.
    """
    identities = list(rows)
    kept = f"{key}-chosen"
    chosen: list[Identity] = st.session_state.get(kept, [])
    event = st.dataframe(
        list(rows.values()),
        hide_index=True,
        height="content" if len(rows) <= ROWS_SHOWN else 640,
        on_select="rerun",
        # A click anywhere in a row chooses it, not on its small box alone.
        selection_mode=[mode, "single-cell"],
        selection_default={
            "selection": {"rows": [identities.index(one) for one in chosen if one in rows]}
        },
        key=f"{key}-{hash(tuple(identities))}",
        column_config={
            name: st.column_config.Column(
                alignment="right" if name in right else None,
                width=widths_px.get(name, _width(name, right, wide, pinned)),
                pinned=name in pinned or None,
            )
            for name in {*right, *wide, *pinned, *widths_px}
        },
    )
    rows_chosen = event["selection"]["rows"]
    clicked = [row for row, _column in event["selection"]["cells"]]
    # Boxes that are ticked together outweigh a click; one alone gives way to it.
    numbers = rows_chosen if len(rows_chosen) > 1 or not clicked else clicked
    st.session_state[kept] = [identities[row] for row in numbers]
    return list(st.session_state[kept])


def _width(
    name: str, right: Sequence[str], wide: Sequence[str], pinned: Sequence[str]
) -> int | Literal["medium", "large"] | None:
    if name in pinned:
        return PINNED_PX
    return ("medium" if name in right else "large") if name in wide else None
