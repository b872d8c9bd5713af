"""Evacuation orders as EEI (DS-455-1, 避難指示等（発令毎）) has them."""

from gis.occupancy import Tally
from gis.reports.eei import MUNICIPALITY, moment, municipality, rendering
from gis.reports.order_wording import areas_text, total_text
from gis.reports.rendering import Cell
from gis.reports.situation import OrderLine, SituationSummary
from gis.text import N_, Language, translate

COLUMNS = (
    "発令・解除理由",
    *MUNICIPALITY,
    "発令区分",
    "発令・解除区分",
    "発令・解除対象地区",
    "発令・移行・解除日時",
    "警戒レベル",
    "補足情報",
    "避難行動指針",
    "対象世帯数",
    "対象人数",
    "対象世帯・人数の総数",
    "災害種別",
)
_JA = Language.JA


def rows(summary: SituationSummary) -> list[list[Cell]]:
    """Return one row per order: in force, then lifted."""
    return [_row(line, summary) for line in summary.orders]


def _row(line: OrderLine, summary: SituationSummary) -> list[Cell]:
    return [
        line.reason,
        *municipality(summary),
        translate(line.kind.label, _JA),
        "発令" if line.is_in_force else "解除",
        areas_text(line.areas, _JA, is_whole=line.is_whole, is_drawn=line.is_drawn),
        moment(line.announced_at),
        line.level,
        line.note,
        line.guidance,
        _complete(line.households),
        _complete(line.persons),
        total_text(line.households, line.persons, _JA),
        translate(line.hazard.label, _JA),
    ]


def _complete(people: Tally) -> int | None:
    """Return a number where it leaves nobody out; the words for both say what is unknown."""
    return None if people.unknown_places else people.known


RENDERING = rendering("eei_orders", N_("EEI: evacuation orders"), COLUMNS, rows)
