"""Telling who has to ask which shelters for their figures."""

from uuid import UUID

from sqlalchemy.orm import Session

from gis.errors import NotFound
from gis.models import Assignment, Shelter
from gis.operations.texts import kept_text
from gis.queries.incidents import held_open
from gis.text import N_

NAME_LENGTH = 100


def assign(
    session: Session,
    incident_id: UUID,
    *,
    shelter_id: UUID | None = None,
    district: str | None = None,
    assignee: str | None,
) -> None:
    """Say who has to ask a shelter, or the shelters of a district, from now on.

    Words are added, none is changed; the last one on a shelter, or on a district, counts.

    Parameters
    ----------
    shelter_id, district
        One of the two.
    assignee
        The name of a person or a team; None or blank is nobody, and then that of the district asks
        where there is one.

    Raises
    ------
    gis.errors.IncidentNotOpen
        The incident is closed.
    gis.errors.NotFound
        There is no such incident, shelter or district.
    gis.errors.TextTooLong
        The name is longer than is kept.
    """
    held_open(session, incident_id)
    _check_place(session, shelter_id, district)
    name = kept_text("assignee", assignee, NAME_LENGTH)
    session.add(
        Assignment(
            incident_id=incident_id,
            shelter_id=shelter_id,
            district=district,
            assignee=name,
        )
    )
    session.flush()


def _check_place(session: Session, shelter_id: UUID | None, district: str | None) -> None:
    if shelter_id is not None and district is not None:
        raise TypeError("one shelter or one district, not both")
    if shelter_id is not None:
        if session.get(Shelter, shelter_id) is None:
            raise NotFound(field="shelter_id", received=shelter_id, kind=N_("shelter"))
    elif not (district or "").strip() or len(district or "") > NAME_LENGTH:
        raise NotFound(field="district", received=district, kind=N_("district"))
