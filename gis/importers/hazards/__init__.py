"""Hazard zones in the files that ministries, prefectures and cities publish, read without a store.

A format is one module here and one line in :data:`FORMATS`. A file of no known format is taken all
the same where somebody says of which hazard it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from gis.garbage import collection_paused
from gis.importers.errors import NoZones, UnrecognisedZones, ZoneClassMissing
from gis.importers.files import Layer, features
from gis.importers.files.sheet import shown
from gis.importers.hazards import flood_a31, landslide_a33, tsunami_a40
from gis.importers.hazards.areas import Fit, Unfit, areas_of
from gis.importers.hazards.plain import PLAIN, with_classes
from gis.importers.hazards.zones import Cells, Choices, ZoneFile, ZoneFormat, ZoneRow
from gis.importers.inventory import Problem
from gis.text import N_

__all__ = ["FORMATS", "Choices", "ZoneFile", "ZoneFormat", "ZoneRow", "parse_zones"]

FORMATS: tuple[ZoneFormat, ...] = (tsunami_a40.FORMAT, flood_a31.FORMAT, landslide_a33.FORMAT)
"""In the order in which they are tried; the first that recognises the columns reads the layer."""

_CELL_SHOWN = 80


def parse_zones(content: bytes, choices: Choices | None = None) -> ZoneFile:
    """Return the zones of a file, every row of it taken or refused with its reason.

    Parameters
    ----------
    content
        A file of a kind that :func:`gis.importers.files.features` reads.
    choices
        What the file does not say itself.

    Raises
    ------
    gis.importers.errors.UnrecognisedZones
        Nobody said of which hazard the zones are, and the columns do not tell.
    gis.importers.errors.ZoneClassMissing
        The column named for the class is not there.
    gis.importers.errors.NoZones
        No row could be taken.
    gis.errors.Refused
        The file cannot be read, for one of the reasons in :mod:`gis.importers.errors`.
    """
    with collection_paused():
        return _parsed(features(content), choices or Choices())


def _parsed(layers: Sequence[Layer], choices: Choices) -> ZoneFile:
    reading = _Reading(_format_of(layers, choices))
    hazard = choices.hazard or reading.format.hazard
    if hazard is None:
        raise UnrecognisedZones(received=_columns(layers))
    for layer in layers:
        reading.read(layer)
    if not reading.rows:
        raise NoZones(received=reading.count)
    return ZoneFile(
        hazard, tuple(reading.rows), tuple(reading.problems), reading.count, reading.format
    )


def _format_of(layers: Sequence[Layer], choices: Choices) -> ZoneFormat:
    """Return how a file is read: one format for all layers that it recognises."""
    columns = [frozenset(layer.fields) for layer in layers]
    if choices.class_column is None:
        tried = (one for one in FORMATS if any(map(one.recognises, columns)))
        return next(tried, PLAIN)
    if not any(choices.class_column in names for names in columns):
        raise ZoneClassMissing(received=choices.class_column, columns=_columns(layers))
    return with_classes(choices.class_column, choices)


def _columns(layers: Sequence[Layer]) -> str:
    return ", ".join(dict.fromkeys(name for layer in layers for name in layer.fields)) or "—"


@dataclass
class _Reading:
    """What has been read of a file so far."""

    format: ZoneFormat
    rows: list[ZoneRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    count: int = 0

    def read(self, layer: Layer) -> None:
        """Read the rows of a layer, or say that it was left."""
        if not self.format.recognises(frozenset(layer.fields)):
            self._note(layer.name, N_("zones in classes; this layer was not read"))
            return
        if layer.crs is None:
            message = N_("a coordinate system; the places were taken as longitude and latitude")
            self._note(layer.name, message)
        rows = zip(*layer.columns, strict=True) if layer.columns else [()] * len(layer.shapes)
        for values, area in zip(rows, areas_of(layer.shapes, layer.crs), strict=True):
            self.count += 1
            if isinstance(area, Unfit):
                self._name(None, area.found, area.expected, taken=False)
            else:
                cells = map(str.strip, map(shown, values))
                self._take(dict(zip(layer.fields, cells, strict=True)), area)

    def _take(self, cells: Cells, area: Fit) -> None:
        says = self.format.read(cells)
        if area.mended:
            mended = N_("a ring that does not cross itself; it was mended")
            self._name(None, area.mended, mended, taken=True)
        if says.problem:
            column, expected = says.problem
            self._name(column, cells[column], expected, taken=True)
        self.rows.append(ZoneRow(self.count, says, area.area))

    def _name(self, column: str | None, found: str, expected: str, *, taken: bool) -> None:
        self.problems.append(Problem(self.count, column, found[:_CELL_SHOWN], expected, taken))

    def _note(self, found: str, expected: str) -> None:
        self.problems.append(Problem(None, None, found, expected, taken=True))
