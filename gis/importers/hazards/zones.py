"""What a file of hazard zones says, row by row, and what was wrong with it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from gis.importers.inventory import Problem
from gis.vocabulary import Hazard, ZoneWarning

Cells = Mapping[str, str]
"""The cells of a row by the names of their columns."""


class DepthRange(NamedTuple):
    """How deep water is expected, metres; ``max_m`` None is open upwards."""

    min_m: float
    max_m: float | None


@dataclass(frozen=True)
class ZoneClass:
    """What a row says of its zone; None is unknown throughout."""

    label: str | None = None
    """Its class in the file's own words."""
    name: str | None = None
    """What the file calls the zone: its river, or the place of a slope."""
    depth: DepthRange | None = None
    warning: ZoneWarning | None = None
    problem: tuple[str, str] | None = None
    """The column whose cell cannot be read, and what is expected there: a message."""


@dataclass(frozen=True)
class ZoneFormat:
    """A kind of file: what tells it from others, and what its rows say."""

    code: str
    """A short name: ASCII, words joined by underscores."""
    name: str
    """The official name, in Japanese as its publisher writes it."""
    hazard: Hazard | None
    """None where only a person knows."""
    source: str | None
    """Who publishes it, as the publisher wants to be named."""
    recognises: Callable[[frozenset[str]], bool]
    """Tells from the names of the columns."""
    read: Callable[[Cells], ZoneClass]


@dataclass(frozen=True)
class ZoneRow:
    """One row as the file has it."""

    row: int
    """The feature, from 1; those of several layers are numbered on."""
    says: ZoneClass
    area: Any
    """A valid MultiPolygon of shapely, degrees in EPSG:4326."""


@dataclass(frozen=True)
class ZoneFile:
    """A whole file. Each row is either taken (in ``rows``) or refused with a problem."""

    hazard: Hazard
    rows: tuple[ZoneRow, ...]
    problems: tuple[Problem, ...]
    row_count: int
    format: ZoneFormat

    @property
    def refused_count(self) -> int:
        """How many rows were not taken."""
        return self.row_count - len(self.rows)


@dataclass(frozen=True)
class Choices:
    """What a person says of a file."""

    hazard: Hazard | None = None
    """None is the one that its columns tell of."""
    class_column: str | None = None
    """In which column the class of a zone stands; None is that of a known format."""
    classes: Mapping[str, DepthRange] = field(default_factory=dict)
    """What the values of that column mean; the others are read as depths in words."""
