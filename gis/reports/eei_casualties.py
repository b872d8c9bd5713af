"""Casualties as EEI (DS-455-1, 人的被害（市区町村毎）) has them."""

from gis.reports.declared_counts import declared_count, unsure
from gis.reports.eei import MUNICIPALITY, municipality, rendering
from gis.reports.rendering import Cell
from gis.reports.situation import SituationSummary
from gis.text import N_

CELLS = {
    "死者数": "dead.persons",
    "災害関連死者数（内数）": "related_dead.persons",
    "行方不明者数": "missing.persons",
    "負傷者数（重傷）": "seriously_injured.persons",
    "負傷者数（軽傷）": "slightly_injured.persons",
}
COLUMNS = (*MUNICIPALITY, *CELLS, "備考")


def rows(summary: SituationSummary) -> list[list[Cell]]:
    """Return the one row of the city, as headquarters declare it.

    備考 says what is unconfirmed; what was written of a figure stays in the house.
    """
    counts = [declared_count(summary, key) for key in CELLS.values()]
    said = unsure(summary, {title: (key,) for title, key in CELLS.items()})
    return [[*municipality(summary), *counts, said]]


RENDERING = rendering("eei_casualties", N_("EEI: casualties"), COLUMNS, rows)
