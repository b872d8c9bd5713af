"""What an inventory file says, row by row, and what was wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from gis.importers.files import Record
from gis.importers.values import SWAPPED
from gis.vocabulary import DesignationKind, Hazard

Designations = tuple[tuple[DesignationKind, str | None], ...]
"""What a shelter is designated as, each with its 共通ID where the file gives one."""


@dataclass(frozen=True, slots=True)
class ShelterRow:
    """One row as the file has it; whether two rows are one shelter is for the store to decide.

    ``lon`` and ``lat`` are degrees in EPSG:4326, both None for a shelter without a place.
    ``hazards`` is None where the file does not say for which hazards the shelter serves, and empty
    where it says for none. ``capacity`` counts persons; None is unknown.
    """

    row: int
    """The row in the file as a spreadsheet numbers it, from 1; in GeoJSON the feature, from 1."""
    name: str
    name_kana: str | None
    address: str | None
    lon: float | None
    lat: float | None
    phone: str | None
    municipality_code: str
    """全国地方公共団体コード of the designating municipality, six digits."""
    hazards: frozenset[Hazard] | None
    designations: Designations
    capacity: int | None
    capacity_is_fictitious: bool
    local_id: str | None
    """The identifier that the file's own publisher uses."""
    note: str | None
    details: Mapping[str, str] = field(default_factory=dict)
    """What has no field of its own, by its heading in 自治体標準 v2, as the publisher wrote it."""


@dataclass(frozen=True)
class Problem:
    """Something in the file that is not as it should be."""

    row: int | None
    """The row, numbered as in ShelterRow; None when the whole file is meant."""
    column: str | None
    """The column's heading; None when the whole row is meant."""
    found: str
    """What stands there, shortened."""
    expected: str
    """What should stand there: a message of the catalogue."""
    taken: bool
    """Whether the row went in all the same."""


@dataclass(frozen=True)
class Inventory:
    """A whole file. Each row is either taken (in ``rows``) or refused with a problem."""

    rows: tuple[ShelterRow, ...]
    problems: tuple[Problem, ...]
    row_count: int
    """Rows in the file that hold anything, without the header and what stands above it."""
    format: str = ""
    """The name of the format that the file was read as."""
    header: tuple[str, ...] = field(default=(), compare=False)
    records: tuple[Record, ...] = field(default=(), compare=False)
    """All rows, as they stand in the file; two files that say the same may differ in them."""

    @property
    def refused_rows(self) -> frozenset[int]:
        """The numbers of the rows that were not taken."""
        return frozenset(
            problem.row for problem in self.problems if problem.row and not problem.taken
        )

    @property
    def swapped_rows(self) -> frozenset[int]:
        """The rows whose latitude and longitude stand in each other's place."""
        return frozenset(
            problem.row for problem in self.problems if problem.row and problem.expected == SWAPPED
        )
