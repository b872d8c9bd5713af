"""Figures that headquarters declare, as forms of other bodies ask them: whole, or not known."""

from collections.abc import Mapping

from gis.figures import added
from gis.reports.situation import SituationSummary
from gis.vocabulary import FigureState

FIRES = ("fire_building.fires", "fire_hazardous.fires", "fire_other.fires")
_SURE = frozenset({FigureState.CONFIRMED, FigureState.NOT_APPLICABLE})


def declared_count(summary: SituationSummary, *keys: str) -> int | None:
    """Return the number of a cell, or of some together; None where any of it is unknown."""
    together = added("", [summary.figure(key) for key in keys])
    if together.value is None or together.unknown_parts:
        return None
    return int(together.value)


def unsure(summary: SituationSummary, titles: Mapping[str, tuple[str, ...]]) -> str:
    """Say which numbers nobody has confirmed yet; nothing where all are.

    Parameters
    ----------
    titles
        What the form calls a number, with the cells that it adds up.
    """
    names = [
        title
        for title, keys in titles.items()
        if declared_count(summary, *keys) is not None
        and not all(summary.figure(key).state in _SURE for key in keys)
    ]
    return f"未確認の値: {'、'.join(names)}" if names else ""
