"""Figures of 第4号様式 and their changes in words, as screens and files say them."""

from gis.figures import Change, Figure
from gis.reports.damage_wording import whole
from gis.reports.rendering import Cell
from gis.text import N_, Language, translate
from gis.vocabulary import FigureState

UNSURE = N_("{value} ({state})")
IN_PART = N_("{value} + {state} {count}")
CORRECTION = N_("{by} (correction)")
CORRECTED = N_("correction: {by}")
BEFORE_UNKNOWN = N_("before: unknown")
NOW_UNKNOWN = N_("before: {before}")


def figure_cell(figure: Figure, language: Language) -> Cell:
    """Return a figure as a number where it is confirmed; else a text that says how sure it is.

    What nobody knows is never 0: without a number the state alone stands there.
    """
    if is_complete(figure) and figure.state is FigureState.CONFIRMED:
        return whole(figure.value)
    return figure_text(figure, language)


def is_complete(figure: Figure) -> bool:
    """Tell whether its number is all of it: known, and of a sum no part lacks."""
    return figure.value is not None and not figure.unknown_parts


def figure_text(figure: Figure, language: Language, unit: str = "") -> str:
    """Return a figure as a text, its number with a unit behind it, where one is wanted."""
    state = translate(figure.state.label, language)
    if figure.value is None:
        return state
    value = f"{whole(figure.value):,}{unit}"
    if figure.unknown_parts:
        return translate(IN_PART, language).format(
            value=value, state=state, count=figure.unknown_parts
        )
    if figure.state is FigureState.CONFIRMED:
        return value
    return translate(UNSURE, language).format(value=value, state=state)


def change_text(change: Change | None, language: Language) -> str:
    """Return how a figure changed since the issue before: +12, -1 (correction), or nothing."""
    if change is None:
        return ""
    if change.by is None:
        if change.before is None:
            return translate(BEFORE_UNKNOWN, language)
        return translate(NOW_UNKNOWN, language).format(before=f"{whole(change.before):,}")
    by = f"{whole(change.by):+,}"
    return translate(CORRECTION, language).format(by=by) if change.is_correction else by


def change_cell(change: Change | None, language: Language) -> Cell:
    """Return a change as a number; as a text where one is unknown, or it is a correction.

    A text must not begin with a sign: a spreadsheet could take it for a formula.
    """
    if change is None or change.by is None:
        return change_text(change, language)
    if change.is_correction:
        return translate(CORRECTED, language).format(by=f"{whole(change.by):+,}")
    return whole(change.by)
