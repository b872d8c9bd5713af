"""The parts of a preview: what is added, changed, wrong, in question, and in no row."""

from collections.abc import Callable

import streamlit as st

from dashboard.components import inventory_preview as lists
from dashboard.components.inventory_draft import Draft, Preview
from dashboard.components.inventory_missing import missing
from dashboard.components.inventory_questions import questions
from dashboard.session import _
from gis.text import N_

Part = tuple[str, Callable[[Draft, Preview], int], Callable[[Draft, Preview], None]]
PARTS: dict[str, Part] = {
    "added": (
        N_("Added"),
        lambda _draft, seen: seen.plan.counts.added,
        lambda _draft, seen: lists.added(seen),
    ),
    "changed": (
        N_("Changed"),
        lambda _draft, seen: seen.plan.counts.changed,
        lambda _draft, seen: lists.changed(seen),
    ),
    "problems": (
        N_("Rows with problems"),
        lambda _draft, seen: len(seen.inventory.problems),
        lambda _draft, seen: lists.problems(seen),
    ),
    "questions": (
        N_("Rows to decide"),
        lambda draft, _seen: len(draft.questions),
        lambda draft, _seen: questions(draft),
    ),
    "missing": (
        N_("Not in the file"),
        lambda _draft, seen: seen.plan.missing_count,
        missing,
    ),
}


FIRST = ("questions", "added", "changed", "problems")
"""What is looked at first: the first of these that has anything in it."""


def look_at_part(found: Draft, seen: Preview) -> None:
    """Offer the parts with what is in each, and draw the one that is looked at."""

    def count(name: str) -> int:
        return PARTS[name][1](found, seen)

    chosen = st.segmented_control(
        _("What to look at"),
        [*PARTS],
        default=next(filter(count, FIRST), "added"),
        key=f"inventory-part-{found.key}",
        format_func=lambda name: " ".join((_(PARTS[name][0]), f"{count(name):,}")),
        label_visibility="collapsed",
        required=True,
    )
    PARTS[chosen][2](found, seen)
