"""What a summary tells of cliff failures (崖くずれ)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from gis.queries.damage_cells import ReportBehind, reports_behind
from gis.vocabulary import DamageUnit, FormRow, ReportState, Severity


@dataclass(frozen=True)
class LandslideLine:
    """One cliff failure that headquarters have found to be so; what is None is unknown.

    Neither what was written of it nor the words for its place are here: both may hold names.
    """

    id: UUID
    state: ReportState
    severity: Severity | None
    lon: float | None
    lat: float | None
    """Degrees, EPSG:4326: where it was as far as was known at the moment."""
    observed_at: datetime
    """When it was seen; when it happened nobody asks."""
    places: float | None
    """How many (箇所), where the report says it."""


def landslide_lines(
    session: Session, incident_id: UUID, *, as_of: datetime, known_at: datetime | None = None
) -> tuple[LandslideLine, ...]:
    """Return the cliff failures that the form counts as confirmed, the first seen first.

    One statement.
    """
    found = reports_behind(
        session,
        incident_id,
        FormRow.CLIFF,
        DamageUnit.PLACES,
        as_of=as_of,
        known_at=known_at,
    )
    lines = (_line(each) for each in found if ReportState(each.report.state).counts)
    return tuple(sorted(lines, key=lambda line: (line.observed_at, str(line.id))))


def _line(behind: ReportBehind) -> LandslideLine:
    report = behind.report
    return LandslideLine(
        id=report.id,
        state=ReportState(report.state),
        severity=Severity(report.severity) if report.severity else None,
        lon=report.lon,
        lat=report.lat,
        observed_at=report.observed_at,
        places=report.affected,
    )
