"""Evacuation orders: what is in force, what was announced, where it applies."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from gis.errors import NotFound
from gis.models import EvacuationAnnouncement
from gis.occupancy import Tally
from gis.queries import SQL
from gis.sql import statement
from gis.text import N_
from gis.vocabulary import Hazard, OrderAction, OrderKind

_ALWAYS = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Announcement:
    """What was announced of an evacuation order."""

    id: UUID
    order_id: UUID
    incident_id: UUID
    municipality_code: str
    hazard: Hazard
    version: int
    """The number of the order's last announcement."""
    number: int
    action: OrderAction
    kind: OrderKind
    announced_at: datetime
    reason: str | None
    guidance: str | None
    note: str | None
    is_drawn: bool
    """Whether the area was drawn; its towns are then those whose point lies inside."""
    town_codes: tuple[str, ...]
    areas: tuple[str, ...]
    """Names of towns, or of districts of which every town is named."""
    is_whole: bool
    """Whether every town of the municipality is named."""
    persons: Tally
    households: Tally
    """With the number of towns of which it is unknown."""
    recorded_at: datetime
    recorded_by: str
    is_taken_back: bool
    holds: bool
    """Whether this is what now stands of its order."""

    @property
    def level(self) -> int | None:
        """The warning level (警戒レベル); None for a tsunami, which has none."""
        return self.kind.level(self.hazard)

    @property
    def is_in_force(self) -> bool:
        """Whether people have to keep to it."""
        return self.holds and self.action is not OrderAction.LIFTED


class Area(NamedTuple):
    """Where an announcement applies: a GeoJSON MultiPolygon, and a place inside to name it at.

    Degrees, EPSG:4326.
    """

    geometry: dict[str, Any]
    lon: float
    lat: float


def announcements(
    session: Session,
    incident_id: UUID,
    *,
    as_of: datetime | None = None,
    known_at: datetime | None = None,
) -> list[Announcement]:
    """Return all that was announced in an incident, the latest first; one statement.

    Parameters
    ----------
    as_of
        At which moment :attr:`Announcement.holds` is meant; None is now.
    known_at
        Leaves out what was recorded later; None is nothing.
    """
    return _announcements(session, incident_id=incident_id, as_of=as_of, known_at=known_at)


def orders(
    session: Session, incident_id: UUID, *, as_of: datetime, known_at: datetime | None = None
) -> list[Announcement]:
    """Return what stands of each order of an incident at a moment: in force, then lifted.

    Within both the most urgent come first, then the latest.

    Parameters
    ----------
    known_at
        What was known then; None is as known at ``as_of``.
    """
    told = announcements(session, incident_id, as_of=as_of, known_at=known_at or as_of)
    return sorted((each for each in told if each.holds), key=_urgency)


def orders_in_force(
    session: Session, incident_id: UUID, *, as_of: datetime, known_at: datetime | None = None
) -> list[Announcement]:
    """Return what people have to keep to at a moment; :func:`orders` says in which order."""
    standing = orders(session, incident_id, as_of=as_of, known_at=known_at)
    return [each for each in standing if each.is_in_force]


def announcements_of(session: Session, order_id: UUID) -> list[Announcement]:
    """Return all that was announced of an order, the latest first.

    Raises
    ------
    gis.errors.NotFound
        There is no such order.
    """
    told = _announcements(session, order_id=order_id)
    if not told:
        raise NotFound(field="order_id", received=order_id, kind=N_("evacuation order"))
    return told


def areas(session: Session, announcement_ids: Sequence[UUID]) -> dict[UUID, Area]:
    """Return where announcements apply; one statement for all of them.

    Without a drawn area it is an approximation from the points of towns, which the statement
    explains; missing where no town is named.
    """
    rows = session.execute(
        statement(SQL / "evacuation_areas.sql"), {"announcement_ids": list(announcement_ids)}
    )
    return {row.id: Area(row.geometry, row.lon, row.lat) for row in rows}


def drawn_area(session: Session, announcement_id: UUID) -> str | None:
    """Return the area that was drawn for an announcement as EWKT; None where towns were chosen."""
    area: str | None = session.scalar(
        select(func.ST_AsEWKT(EvacuationAnnouncement.area)).where(
            EvacuationAnnouncement.id == announcement_id
        )
    )
    return area


def _announcements(
    session: Session,
    *,
    incident_id: UUID | None = None,
    order_id: UUID | None = None,
    as_of: datetime | None = None,
    known_at: datetime | None = None,
) -> list[Announcement]:
    rows = session.execute(
        statement(SQL / "evacuation_announcements.sql"),
        {
            "incident_id": incident_id,
            "order_id": order_id,
            "as_of": as_of or _ALWAYS,
            "known_at": known_at or _ALWAYS,
        },
    )
    return [_announcement(dict(row)) for row in rows.mappings()]


def _announcement(row: dict[str, Any]) -> Announcement:
    for figure in ("persons", "households"):
        row[figure] = Tally(row[figure], row.pop(f"{figure}_unknown_towns"))
    return Announcement(
        hazard=Hazard(row.pop("hazard")),
        action=OrderAction(row.pop("action")),
        kind=OrderKind(row.pop("kind")),
        town_codes=tuple(row.pop("town_codes")),
        areas=tuple(row.pop("areas")),
        **row,
    )


_MOST_URGENT = tuple(reversed(OrderKind))


def _urgency(one: Announcement) -> tuple[bool, int, float, str]:
    return (
        not one.is_in_force,
        _MOST_URGENT.index(one.kind),
        -one.announced_at.timestamp(),
        str(one.order_id),
    )
