"""The board of shelters in operation: compiled once, for the list and for the wall."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self
from uuid import UUID

from sqlalchemy.orm import Session

from gis.config import CityProfile
from gis.occupancy import (
    Trend,
    change_since,
    crowding,
    ranking_share,
    reporting_interval,
)
from gis.queries.assignments import Assignees, assignees
from gis.queries.conditions import Wants, wants_of
from gis.queries.incidents import IncidentView
from gis.queries.occupancy import trends
from gis.queries.places import districts
from gis.queries.shelters import ShelterStatus, shelter_statuses
from gis.reports.totals import Totals, totals
from gis.vocabulary import Crowding, ShelterState

TREND_LENGTH = timedelta(hours=24)
CHANGE_AFTER = timedelta(hours=1)

_ORDER = (
    ShelterState.OPEN,
    ShelterState.PERMANENT,
    ShelterState.UNKNOWN,
    ShelterState.PREPARING,
    ShelterState.CLOSED,
)


@dataclass(frozen=True)
class BoardLine:
    """One shelter that takes or took part in the incident.

    What is said of open ones only is None for the others: crowding. When its figure grows old is
    said of those that somebody asks.
    """

    status: ShelterStatus
    crowding: Crowding | None
    stale_at: datetime | None
    """From when its figure counts as old."""
    escalates_at: datetime | None
    """From when asking it is a matter for more than its assignee."""
    district: str | None
    assignee: str | None
    assigned_by_district: bool
    trend: Trend
    """Counts of the last 24 hours."""
    change: int | None
    """Persons against one hour ago; None where unknown, such as when nobody has counted since."""
    wants: Wants


@dataclass(frozen=True, kw_only=True)
class Board(Totals):
    """The shelters of an incident at a moment, the most urgent first.

    ``interval`` is how often shelters are to report then.
    """

    incident: IncidentView
    as_of: datetime
    interval: timedelta
    lines: tuple[BoardLine, ...]
    registered: int

    def count(self, *states: ShelterState) -> int:
        """Return how many shelters are in one of some states."""
        return sum(line.status.state in states for line in self.lines)

    @property
    def open_count(self) -> int:
        """How many shelters hold people."""
        return self.count(*(state for state in ShelterState if state.holds_people))


def compile_board(
    session: Session,
    city: CityProfile,
    incident: IncidentView,
    *,
    as_of: datetime,
    known_at: datetime | None = None,
) -> Board:
    """Compile the board of an incident; five statements, whatever the number of shelters.

    Parameters
    ----------
    as_of
        The moment.
    known_at
        By what was known when; None is as it was known at that moment itself.
    """
    register = shelter_statuses(session, incident.id, as_of=as_of, known_at=known_at)
    statuses = [status for status in register if status.opening_id]
    interval = reporting_interval(city.reporting, incident.started_at, as_of)
    around = _Surroundings.of(session, incident, statuses, as_of, known_at)
    lines = [_line(status, city, interval, around, as_of) for status in statuses]
    return Board(
        incident=incident,
        as_of=as_of,
        interval=interval,
        lines=tuple(sorted(lines, key=_urgency)),
        registered=len(register),
        **vars(totals(statuses)),
    )


@dataclass(frozen=True)
class _Surroundings:
    """What is looked up for all lines at once."""

    trends: Mapping[UUID, Trend]
    """By opening."""
    districts: Mapping[UUID, str | None]
    asking: Assignees
    wants: Mapping[UUID, Wants]
    """By opening."""

    @classmethod
    def of(
        cls,
        session: Session,
        incident: IncidentView,
        statuses: Sequence[ShelterStatus],
        as_of: datetime,
        known_at: datetime | None,
    ) -> Self:
        openings = [status.opening_id for status in statuses if status.opening_id]
        return cls(
            trends(session, openings, since=as_of - TREND_LENGTH, until=as_of, known_at=known_at),
            districts(session, [status.id for status in statuses]),
            assignees(session, incident.id, as_of),
            wants_of(session, openings, as_of=as_of, known_at=known_at),
        )


def _line(
    status: ShelterStatus,
    city: CityProfile,
    interval: timedelta,
    around: _Surroundings,
    as_of: datetime,
) -> BoardLine:
    trend = around.trends.get(status.opening_id, Trend()) if status.opening_id else Trend()
    district = around.districts[status.id]
    assignee = around.asking.of(status.id, district)
    return BoardLine(
        status=status,
        crowding=crowding(status.share, city.crowding) if status.is_open else None,
        stale_at=status.stale_at(interval),
        escalates_at=status.escalates_at(interval),
        district=district,
        assignee=assignee.name,
        assigned_by_district=assignee.by_district,
        trend=trend,
        change=change_since(trend, as_of - CHANGE_AFTER),
        wants=_wants(status, around),
    )


def _wants(status: ShelterStatus, around: _Surroundings) -> Wants:
    """Return what is wanting in a shelter; where nobody is any more, nothing is."""
    if status.opening_id is None or not status.takes_part:
        return Wants()
    return around.wants.get(status.opening_id, Wants())


def _urgency(line: BoardLine) -> tuple[int, float, str]:
    """Sort what holds people before what may, the fullest first, then by name."""
    status = line.status
    order = 0 if status.is_open else _ORDER.index(status.state)
    return (order, -ranking_share(status.share), status.name)
