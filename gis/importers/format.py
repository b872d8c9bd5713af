"""What an import format is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from gis.importers import values
from gis.importers.table import heading
from gis.vocabulary import DesignationKind, Hazard

HAZARDS = {
    "洪水": Hazard.FLOOD,
    "崖崩れ、土石流及び地滑り": Hazard.LANDSLIDE,
    "高潮": Hazard.STORM_SURGE,
    "地震": Hazard.EARTHQUAKE,
    "津波": Hazard.TSUNAMI,
    "大規模な火事": Hazard.LARGE_FIRE,
    "内水氾濫": Hazard.INLAND_FLOOD,
    "火山現象": Hazard.VOLCANO,
}
"""The eight hazards as the decree names them (災害対策基本法施行令 20条の4)."""


@dataclass(frozen=True, eq=False)
class Format:
    """A kind of shelter list: what tells it from others, and where it differs from them.

    Headings that no two formats use differently are named in :mod:`gis.importers.shelter`; a
    format that has no such column leaves its cells blank.
    """

    name: str
    """The official name, in Japanese as its publisher writes it."""
    facility: str
    """The column with the shelter's name."""
    address: str
    hazards: Mapping[str, Hazard]
    """The columns that mark hazards; none where the list says nothing about them."""
    kind: DesignationKind = DesignationKind.EMERGENCY_SITE
    """What the rows are designated as, unless one says otherwise."""
    also_shelter: str | None = None
    """The column that marks an emergency site as a designated shelter, too."""
    sign: str | None = None
    """A column that this format alone has, where its name, address and hazards are not enough."""
    municipality_code: Callable[[str], str] = values.municipality_code
    """Reads a 全国地方公共団体コード as this publisher writes it."""

    def recognises(self, headings: frozenset[str]) -> bool:
        """Tell from the headings of a header, spelt as by :func:`gis.importers.table.heading`."""
        needed = {heading(column) for column in (self.facility, self.address, self.sign) if column}
        marks = {heading(column) for column in self.hazards}
        return needed <= headings and (not marks or not marks.isdisjoint(headings))

    @property
    def required(self) -> tuple[str, ...]:
        """The columns of which every row must have a cell, if only a blank one."""
        also_shelter = (self.also_shelter,) if self.also_shelter else ()
        return (self.facility, self.address, *self.hazards, *also_shelter)
