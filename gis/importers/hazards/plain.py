"""Files of no known format: areas alone, or with a column that somebody has named."""

from gis.importers.hazards.depths import UNREADABLE, read_depth
from gis.importers.hazards.zones import Cells, Choices, ZoneClass, ZoneFormat


def _always(_columns: frozenset[str]) -> bool:
    return True


def _nothing(_cells: Cells) -> ZoneClass:
    return ZoneClass()


PLAIN = ZoneFormat("areas", "区域のみ", None, None, _always, _nothing)
"""Areas of which nothing is known but where they are."""


def with_classes(column: str, choices: Choices) -> ZoneFormat:
    """Return the format of a file whose classes stand in a column that somebody has named."""

    def recognises(columns: frozenset[str]) -> bool:
        return column in columns

    def read(cells: Cells) -> ZoneClass:
        cell = cells[column]
        depth = choices.classes.get(cell) or read_depth(cell)
        problem = None if depth else (column, UNREADABLE)
        return ZoneClass(label=cell or None, depth=depth, problem=problem)

    return ZoneFormat("column_of_depths", "浸水深の列を指定", None, None, recognises, read)
