"""What a file of damage reports says, row by row, and what was wrong with it."""

from dataclasses import dataclass, field, fields
from datetime import datetime
from uuid import UUID

from gis.damage import DamageDetails
from gis.importers.files import Record
from gis.importers.inventory import Problem
from gis.importers.values import SWAPPED
from gis.vocabulary import DamageCategory, LocatedBy, Severity, Source


@dataclass(frozen=True, kw_only=True)
class DamageRow(DamageDetails):
    """One report as the file tells it; None is unknown.

    ``location`` is (lon, lat) in degrees, EPSG:4326; ``observed_at`` is aware.
    """

    row: int
    """The row in the file as a spreadsheet numbers it; in GeoJSON the feature, from 1."""
    id: UUID | None = None
    """Where the file names one."""
    category: DamageCategory
    severity: Severity | None = None
    location: tuple[float, float] | None = None
    place_text: str | None = None
    note: str | None = None
    reporter: str | None = None
    observed_at: datetime | None = None
    source: Source = Source.FILE
    accuracy_m: float | None = None
    located_by: LocatedBy | None = None

    def content(self) -> str:
        """Return all that it says as one text, wherever it stands in whichever file."""
        told = {
            each.name: str(getattr(self, each.name))
            for each in sorted(fields(self), key=lambda each: each.name)
            if each.name != "row" and getattr(self, each.name) is not None
        }
        if self.observed_at is not None:
            told["observed_at"] = str(self.observed_at.timestamp())
        return repr(told)


@dataclass(frozen=True)
class SavedPhotograph:
    """A photograph in a file that the field app saved; its report may be filed already."""

    id: UUID
    report_id: UUID
    content: bytes = field(repr=False)
    taken_at: datetime | None = None


@dataclass(frozen=True)
class ReportList:
    """A whole file. Each row is taken, refused with a problem, or says what an earlier one says."""

    rows: tuple[DamageRow, ...]
    problems: tuple[Problem, ...]
    row_count: int
    """Rows in the file that hold anything, without the header and what stands above it."""
    repeated: int = 0
    """Rows that say what an earlier one says: one report with it."""
    header: tuple[str, ...] = field(default=(), compare=False)
    records: tuple[Record, ...] = field(default=(), compare=False)
    photographs: tuple[SavedPhotograph, ...] = ()

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
