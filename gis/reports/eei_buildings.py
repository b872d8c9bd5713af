"""Damage to buildings as EEI (DS-455-1, 建物被害（市区町村毎）) has it."""

from gis.reports.declared_counts import declared_count
from gis.reports.eei import MUNICIPALITY, municipality, rendering
from gis.reports.rendering import Cell
from gis.reports.situation import SituationSummary
from gis.text import N_

CELLS = {
    "住家被害（全壊）": "dwelling_total.buildings",
    "住家被害（半壊）": "dwelling_half.buildings",
    "住家被害（一部破損）": "dwelling_partial.buildings",
    "住家被害（床上浸水）": "dwelling_over_floor.buildings",
    "住家被害（床下浸水）": "dwelling_under_floor.buildings",
    "非住家被害（公共建物）": "public_building.buildings",
    "非住家被害（その他）": "other_building.buildings",
    "火災数（建物）": "fire_building.fires",
    "火災数（危険物）": "fire_hazardous.fires",
    "火災数（その他）": "fire_other.fires",
}
COLUMNS = (*MUNICIPALITY, *CELLS)


def rows(summary: SituationSummary) -> list[list[Cell]]:
    """Return the one row of the city, as headquarters declare it."""
    counts = [declared_count(summary, key) for key in CELLS.values()]
    return [[*municipality(summary), *counts]]


RENDERING = rendering("eei_buildings", N_("EEI: damage to buildings"), COLUMNS, rows)
