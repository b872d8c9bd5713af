"""Tables of EEI (DS-455-1): one subject each, in the names and the order of the standard.

EEI gives names alone: moments are written as ISO 8601 with their offset, what is unknown or does
not apply stays empty, and the table is Japanese whatever language its sender reads.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from gis.clock import jst
from gis.reports.csv_blocks import csv_table
from gis.reports.rendering import Cell, Rendering
from gis.reports.sip4d_terms import mark
from gis.reports.situation import SituationSummary
from gis.text import Language

MUNICIPALITY = ("地方公共団体コード", "都道府県名", "市区町村名")


def rendering(
    name: str,
    title: str,
    columns: Sequence[str],
    rows: Callable[[SituationSummary], Iterable[Sequence[Cell]]],
) -> Rendering[SituationSummary]:
    """Return how a summary leaves the house as a table of EEI."""

    def render(summary: SituationSummary, _: Language) -> bytes:
        return csv_table([columns, *rows(summary)])

    return Rendering(
        name, title, ".csv", "text/csv; charset=utf-8", render, stem=name, for_systems=True
    )


def municipality(summary: SituationSummary) -> tuple[Cell, ...]:
    """Return :data:`MUNICIPALITY`; of a drill or a demonstration its name says so."""
    return summary.city_code, summary.prefecture_ja, mark(summary) + summary.city_name_ja


def moment(told: datetime | None) -> str | None:
    """Return a moment in Japanese time with its offset."""
    return jst(told).isoformat(timespec="seconds") if told else None
