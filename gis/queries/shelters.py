"""Shelters as they stand: register, opening, latest figures."""

from dataclasses import dataclass, fields
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from gis.clock import CLOCK_TOLERANCE
from gis.errors import NotFound
from gis.models import Designation, OccupancyReading, Opening, ResourceItem, Shelter, Stock
from gis.occupancy import share_of_capacity
from gis.queries import SQL
from gis.sql import statement
from gis.text import N_
from gis.vocabulary import DesignationKind, ShelterState


@dataclass(frozen=True)
class ShelterStatus:
    """A shelter and its latest known figures in one incident.

    ``lon`` and ``lat`` are degrees (EPSG:4326) or None where the place is unknown; ``capacity``,
    ``persons`` and ``households`` are None where unknown, never 0.
    """

    id: UUID
    name: str
    address: str | None
    capacity: int | None
    capacity_is_fictitious: bool
    hazards: list[str] | None
    lon: float | None
    lat: float | None
    designations: list[str]
    opening_id: UUID | None
    opened_at: datetime | None
    closed_at: datetime | None
    opening_version: int | None
    persons: int | None
    observed_at: datetime | None
    source: str | None
    recorded_by: str | None
    households: int | None

    @property
    def state(self) -> ShelterState:
        """Whether it is open in the incident."""
        if self.opened_at is None:
            return ShelterState.NOT_OPENED
        return ShelterState.CLOSED if self.closed_at else ShelterState.OPEN

    @property
    def is_open(self) -> bool:
        """Whether people may be in it now."""
        return self.state is ShelterState.OPEN

    @property
    def is_self_organised(self) -> bool:
        """Whether it is on no list of the municipality (自主避難所)."""
        return not self.designations

    @property
    def is_designated_shelter(self) -> bool:
        """Whether people are meant to stay there, and not only to flee there."""
        return bool(
            {DesignationKind.DESIGNATED_SHELTER, DesignationKind.WELFARE_SHELTER}
            & set(self.designations)
        )

    @property
    def share(self) -> float | None:
        """Persons divided by capacity; None where either is unknown or it is not open."""
        return share_of_capacity(self.persons, self.capacity) if self.is_open else None


def shelter_statuses(
    session: Session, incident_id: UUID | None, *, as_of: datetime
) -> list[ShelterStatus]:
    """Return every shelter of the register, by name, as known at a moment.

    Without an incident none is opened. One statement, whatever the number of shelters.
    """
    rows = session.execute(
        statement(SQL / "shelter_statuses.sql"), {"incident_id": incident_id, "as_of": as_of}
    )
    return [ShelterStatus(**row) for row in rows.mappings()]


def current_opening(session: Session, shelter_id: UUID, *, at: datetime) -> Opening | None:
    """Return the opening of a shelter that is under way at a moment, in whatever incident."""
    return session.scalars(
        select(Opening)
        .where(
            Opening.shelter_id == shelter_id,
            # The clock that says "opened" and the clock that says "counted" are not the same.
            Opening.opened_at <= at + CLOCK_TOLERANCE,
            Opening.closed_at.is_(None) | (Opening.closed_at > at),
        )
        .order_by(Opening.opened_at)
        .limit(1)
    ).one_or_none()


@dataclass(frozen=True)
class ReadingView:
    """One recorded count; None is not counted."""

    id: UUID
    persons: int | None
    households: int | None
    observed_at: datetime
    recorded_at: datetime
    recorded_by: str
    source: str
    note: str | None


def readings_of(session: Session, opening_id: UUID, *, limit: int = 100) -> list[ReadingView]:
    """Return the readings of an opening, the latest observed first."""
    columns = [getattr(OccupancyReading, field.name) for field in fields(ReadingView)]
    rows = session.execute(
        select(*columns)
        .where(OccupancyReading.opening_id == opening_id)
        .order_by(OccupancyReading.observed_at.desc(), OccupancyReading.recorded_at.desc())
        .limit(limit)
    )
    return [ReadingView(**row) for row in rows.mappings()]


@dataclass(frozen=True)
class StockLine:
    """How much of an item lies in a shelter; ``quantity`` None is not counted."""

    name_ja: str
    name_en: str
    unit_ja: str
    unit_en: str
    quantity: int | None
    observed_at: datetime
    is_fictitious: bool


def stock_of(session: Session, shelter_id: UUID) -> list[StockLine]:
    """Return the stock of a shelter in the order of the item list."""
    rows = session.execute(
        select(
            ResourceItem.name_ja,
            ResourceItem.name_en,
            ResourceItem.unit_ja,
            ResourceItem.unit_en,
            Stock.quantity,
            Stock.observed_at,
            Stock.is_fictitious,
        )
        .join(ResourceItem, ResourceItem.code == Stock.item_code)
        .where(Stock.shelter_id == shelter_id)
        .order_by(ResourceItem.code)
    )
    return [StockLine(**row) for row in rows.mappings()]


def shelter_ids(session: Session, *, limit: int) -> list[UUID]:
    """Return the ids of some shelters of the register."""
    return list(session.scalars(select(Shelter.id).limit(limit)))


def shelter_of_designation(session: Session, common_id: str) -> UUID:
    """Return which shelter bears a 全国共通避難所・避難場所ID.

    Raises
    ------
    gis.errors.NotFound
        None does.
    """
    shelter_id = session.scalar(
        select(Designation.shelter_id).where(Designation.common_id == common_id)
    )
    if shelter_id is None:
        raise NotFound(field="common_id", received=common_id, kind=N_("shelter"))
    return shelter_id
