"""Who has to ask which shelters for their figures."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy.orm import Session

from gis.queries import SQL
from gis.sql import statement


class Assignee(NamedTuple):
    """Who has to ask a shelter, and whether because of the district it lies in."""

    name: str | None
    by_district: bool


@dataclass(frozen=True)
class Assignees:
    """The last word on each shelter and on each district; None is nobody."""

    by_shelter: Mapping[UUID, str | None]
    by_district: Mapping[str, str | None]

    def of(self, shelter_id: UUID, district: str | None) -> Assignee:
        """Return who has to ask a shelter: its own one, else that of its district."""
        own = self.by_shelter.get(shelter_id)
        if own is not None:
            return Assignee(own, by_district=False)
        named = None if district is None else self.by_district.get(district)
        return Assignee(named, by_district=named is not None)


def assignees(session: Session, incident_id: UUID, as_of: datetime) -> Assignees:
    """Return who has to ask in an incident, as it stood at a moment; one statement."""
    rows = session.execute(
        statement(SQL / "assignees.sql"), {"incident_id": incident_id, "at": as_of}
    ).all()
    return Assignees(
        {row.shelter_id: row.assignee for row in rows if row.shelter_id is not None},
        {row.district: row.assignee for row in rows if row.district is not None},
    )
