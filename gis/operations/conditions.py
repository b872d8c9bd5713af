"""Recording how a shelter is off: lifelines, supplies, toilets, room, needs."""

from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from gis.clock import moment_text
from gis.errors import (
    AmountImpossible,
    CountedBeforeOpening,
    IdUsedForAnother,
    NotFound,
    NothingSaid,
    ShelterNotOpen,
    ShelterOfAnotherIncident,
    TextTooLong,
)
from gis.models import ConditionReport, Opening, Shelter
from gis.models.condition import FLOOR_AREA_MOST_M2, TEXT_LENGTH, TOILETS
from gis.occupancy import PERSONS_MOST
from gis.operations import Filed
from gis.operations.moments import checked_moment
from gis.queries.shelters import current_opening
from gis.store import now
from gis.text import N_
from gis.vocabulary import CONDITION_LABELS, LifelineState, Source, SupplyState

_AMOUNTS = dict.fromkeys(TOILETS, (0, PERSONS_MOST)) | {"floor_area_m2": (1, FLOOR_AREA_MOST_M2)}
"""From where to where an amount can be."""
_TEXTS = ("needs", "note")


@dataclass(frozen=True, kw_only=True)
class ConditionSaid:
    """What somebody says of a shelter; what nobody looked at is None.

    Toilets are those that can be used, ``floor_area_m2`` the room open to people (m²).
    """

    electricity: LifelineState | None = None
    gas: LifelineState | None = None
    water: LifelineState | None = None
    sewage: LifelineState | None = None
    communication: LifelineState | None = None
    drinking_water: SupplyState | None = None
    domestic_water: SupplyState | None = None
    food: SupplyState | None = None
    fuel: SupplyState | None = None
    floor_area_m2: int | None = None
    toilets_shared: int | None = None
    toilets_women: int | None = None
    toilets_men: int | None = None
    toilets_multipurpose: int | None = None
    toilets_temporary: int | None = None
    toilets_simple: int | None = None
    toilets_manhole: int | None = None
    toilets_portable: int | None = None
    toilets_vehicle: int | None = None
    needs: str | None = None
    note: str | None = None


@dataclass(frozen=True)
class ConditionReportIn:
    """A report to record. ``id`` is made by the client."""

    id: UUID
    shelter_id: UUID
    said: ConditionSaid
    observed_at: datetime | None = None
    """When it was so; None is now."""
    source: Source = Source.OTHER
    incident_id: UUID | None = None
    """For which incident it is meant; None for whichever the shelter is open in."""


def report_condition(session: Session, report: ConditionReportIn) -> Filed:
    """Record how a shelter that takes part is off; filing it again changes nothing.

    Raises
    ------
    gis.errors.AmountImpossible, gis.errors.TextTooLong, gis.errors.NothingSaid
        What is said cannot be, is longer than is kept, or is nothing.
    gis.errors.ObservedInFuture, gis.errors.ObservedTooEarly, gis.errors.MomentWithoutZone
        The moment cannot be.
    gis.errors.NotFound, gis.errors.ShelterNotOpen, gis.errors.CountedBeforeOpening
        There is no such shelter, or it takes no part at that moment.
    gis.errors.ShelterOfAnotherIncident
        It takes part in another incident than the one meant.
    gis.errors.IdUsedForAnother
        The id stands for another report.
    """
    said = _checked(asdict(report.said))
    observed_at = checked_moment(report.observed_at, now(session))
    earlier = session.get(ConditionReport, report.id)
    if earlier is not None:
        return _same_as(session, earlier, report, said)
    opening = _opening(session, report, observed_at)
    filed = session.execute(
        insert(ConditionReport)
        .values(
            **said,
            id=report.id,
            opening_id=opening.id,
            observed_at=observed_at,
            source=report.source,
        )
        .on_conflict_do_nothing(index_elements=["id"])
        .returning(ConditionReport.id)
    ).one_or_none()
    if filed is None:
        # Another delivery of the same message came in between; it is the first result.
        return _same_as(session, session.get_one(ConditionReport, report.id), report, said)
    return Filed(report.id, is_new=True)


def _checked(said: dict[str, str | int | None]) -> dict[str, str | int | None]:
    """Return what is said, if it can be; text of nothing but blanks says nothing."""
    for item in _TEXTS:
        said[item] = str(said[item] or "").strip() or None
        _check_text(item, str(said[item] or ""))
    for item, (least, most) in _AMOUNTS.items():
        amount = said[item]
        if amount is not None and not least <= int(amount) <= most:
            label = CONDITION_LABELS[item]
            raise AmountImpossible(field=item, received=amount, item=label, least=least, most=most)
    if all(told is None for told in said.values()):
        raise NothingSaid(field="note")
    return said


def _check_text(item: str, text: str) -> None:
    if len(text) > TEXT_LENGTH:
        raise TextTooLong(field=item, received=text, length=len(text), most=TEXT_LENGTH)


def _opening(session: Session, report: ConditionReportIn, observed_at: datetime) -> Opening:
    """Return the opening that a report is about."""
    opening = current_opening(session, report.shelter_id, at=observed_at)
    if opening is None:
        name = _name(session, report.shelter_id)
        present = current_opening(session, report.shelter_id, at=now(session))
        if present is None:
            raise ShelterNotOpen(field="shelter_id", shelter=name)
        raise CountedBeforeOpening(
            field="observed_at",
            received=moment_text(observed_at),
            shelter=name,
            since=moment_text(present.began_at),
        )
    if report.incident_id not in {None, opening.incident_id}:
        name = _name(session, report.shelter_id)
        raise ShelterOfAnotherIncident(field="incident_id", shelter=name)
    return opening


def _name(session: Session, shelter_id: UUID) -> str:
    shelter = session.get(Shelter, shelter_id)
    if shelter is None:
        raise NotFound(field="shelter_id", received=shelter_id, kind=N_("shelter"))
    return shelter.name


def _same_as(
    session: Session,
    earlier: ConditionReport,
    report: ConditionReportIn,
    said: dict[str, str | int | None],
) -> Filed:
    """Return the first result of a retry, which says again what was said."""
    content: dict[str, object] = {**said, "source": report.source}
    if report.observed_at is not None:
        content["observed_at"] = report.observed_at
    shelter = session.get_one(Shelter, session.get_one(Opening, earlier.opening_id).shelter_id)
    elsewhere = report.shelter_id not in {shelter.id, shelter.joined_to_id}
    if elsewhere or any(getattr(earlier, name) != value for name, value in content.items()):
        raise IdUsedForAnother(field="id", received=report.id)
    return Filed(earlier.id, is_new=False)
