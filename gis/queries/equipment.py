"""What state equipment is in: what stands of it in each place, and all that was told of it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from gis.models import EquipmentCheck, Shelter
from gis.queries import SQL
from gis.sql import statement
from gis.vocabulary import Source


@dataclass(frozen=True)
class EquipmentState:
    """What stands of an item in a place; what nobody looked at is None."""

    place_id: UUID
    item_code: str
    working: int | None
    broken: int | None
    in_use: int | None
    """Of those that work."""
    next_check_on: date | None
    note: str | None
    """The last one that anybody wrote."""
    checked_at: datetime | None
    """When anybody last counted working or broken ones; None where there are notes alone."""
    checked_by: str | None


@dataclass(frozen=True)
class CheckView:
    """What somebody found when looking at an item in a place."""

    id: UUID
    working: int | None
    broken: int | None
    in_use: int | None
    next_check_on: date | None
    note: str | None
    observed_at: datetime
    source: Source
    recorded_at: datetime
    recorded_by: str


def equipment_states(session: Session) -> list[EquipmentState]:
    """Return what stands of all equipment everywhere; one statement.

    What was told of a shelter that was joined to another one is told of that one.
    """
    rows = session.execute(statement(SQL / "equipment_checks.sql"))
    return [EquipmentState(*row) for row in rows.all()]


def checks_of(session: Session, place_id: UUID, item_code: str) -> list[CheckView]:
    """Return all that was told of an item in a place, what was seen last first."""
    fields = [getattr(EquipmentCheck, name) for name in CheckView.__annotations__]
    query = (
        select(*fields)
        .outerjoin(Shelter, Shelter.id == EquipmentCheck.place_id)
        .where(
            func.coalesce(Shelter.joined_to_id, EquipmentCheck.place_id) == place_id,
            EquipmentCheck.item_code == item_code,
        )
        .order_by(
            EquipmentCheck.observed_at.desc(), EquipmentCheck.recorded_at.desc(), EquipmentCheck.id
        )
    )
    return [
        CheckView(**{**row, "source": Source(row["source"])})
        for row in session.execute(query).mappings()
    ]
