"""What reports from a shelter share: which opening they are about, and when one is a retry."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol
from uuid import UUID

from sqlalchemy.orm import Session

from gis.clock import moment_text
from gis.errors import (
    CountedBeforeOpening,
    IdUsedForAnother,
    NotFound,
    ShelterNotOpen,
    ShelterOfAnotherIncident,
)
from gis.models import ConditionReport, OccupancyReading, Opening, Photograph, Shelter
from gis.operations import Filed
from gis.queries.shelters import current_opening
from gis.store import now
from gis.text import N_


class AboutShelter(Protocol):
    """Something that somebody sends from a shelter; ``id`` is made by the client."""

    @property
    def id(self) -> UUID: ...  # noqa: D102 - as above
    @property
    def shelter_id(self) -> UUID: ...  # noqa: D102
    @property
    def incident_id(self) -> UUID | None:
        """For which incident it is meant; None for whichever the shelter is open in."""


class Observation(AboutShelter, Protocol):
    """Something that somebody saw at a shelter."""

    @property
    def observed_at(self) -> datetime | None:
        """When it was so; None is now."""


def opening_observed(session: Session, seen: AboutShelter, observed_at: datetime) -> Opening:
    """Return the opening that an observation is about.

    Raises
    ------
    gis.errors.NotFound, gis.errors.ShelterNotOpen, gis.errors.CountedBeforeOpening
        There is no such shelter, or it takes no part at that moment.
    gis.errors.ShelterOfAnotherIncident
        It takes part in another incident than the one meant.
    """
    opening = current_opening(session, seen.shelter_id, at=observed_at)
    if opening is None:
        name = shelter_observed(session, seen.shelter_id).name
        present = current_opening(session, seen.shelter_id, at=now(session))
        if present is None:
            raise ShelterNotOpen(field="shelter_id", shelter=name)
        raise CountedBeforeOpening(
            field="observed_at",
            received=moment_text(observed_at),
            shelter=name,
            since=moment_text(present.began_at),
        )
    if seen.incident_id not in {None, opening.incident_id}:
        name = shelter_observed(session, seen.shelter_id).name
        raise ShelterOfAnotherIncident(field="incident_id", shelter=name)
    return opening


def shelter_observed(session: Session, shelter_id: UUID) -> Shelter:
    """Return a shelter.

    Raises
    ------
    gis.errors.NotFound
        There is none.
    """
    shelter = session.get(Shelter, shelter_id)
    if shelter is None:
        raise NotFound(field="shelter_id", received=shelter_id, kind=N_("shelter"))
    return shelter


def same_as(
    session: Session,
    earlier: OccupancyReading | ConditionReport,
    seen: Observation,
    content: Mapping[str, object],
) -> Filed:
    """Return the first result of a retry, which says again what was said.

    Raises
    ------
    gis.errors.IdUsedForAnother
        It says something else under the same id.
    """
    said = dict(content)
    if seen.observed_at is not None:
        said["observed_at"] = seen.observed_at
    return first_result(session, earlier, seen, said)


def first_result(
    session: Session,
    earlier: OccupancyReading | ConditionReport | Photograph,
    seen: AboutShelter,
    said: Mapping[str, object],
) -> Filed:
    """Return the first result of a retry, which says again what stands in the row.

    Raises
    ------
    gis.errors.IdUsedForAnother
        It says something else under the same id, or comes from another shelter.
    """
    if earlier.opening_id is None:  # a photograph of a damage report
        raise IdUsedForAnother(field="id", received=seen.id)
    shelter = session.get_one(Shelter, session.get_one(Opening, earlier.opening_id).shelter_id)
    elsewhere = seen.shelter_id not in {shelter.id, shelter.joined_to_id}
    if elsewhere or any(getattr(earlier, name) != value for name, value in said.items()):
        raise IdUsedForAnother(field="id", received=seen.id)
    return Filed(earlier.id, is_new=False)
