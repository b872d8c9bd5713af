"""Recording how a shelter is off: lifelines, supplies, toilets, room, needs."""

from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from gis.errors import (
    AmountImpossible,
    NothingSaid,
)
from gis.models import ConditionReport
from gis.models.condition import FLOOR_AREA_MOST_M2, TEXT_LENGTH, TOILETS
from gis.occupancy import PERSONS_MOST
from gis.operations import Filed
from gis.operations.moments import checked_moment
from gis.operations.observing import opening_observed, same_as
from gis.operations.texts import kept_texts
from gis.store import now
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
    said = _checked(report.said)
    observed_at = checked_moment(report.observed_at, now(session))
    earlier = session.get(ConditionReport, report.id)
    if earlier is not None:
        return same_as(session, earlier, report, said | {"source": report.source})
    opening = opening_observed(session, report, observed_at)
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
        return same_as(
            session,
            session.get_one(ConditionReport, report.id),
            report,
            said | {"source": report.source},
        )
    return Filed(report.id, is_new=True)


def _checked(told: ConditionSaid) -> dict[str, str | int | None]:
    """Return what is said, if it can be; text of nothing but blanks says nothing."""
    said = asdict(told) | kept_texts(told, dict.fromkeys(_TEXTS, TEXT_LENGTH))
    for item, (least, most) in _AMOUNTS.items():
        amount = said[item]
        if amount is not None and not least <= int(amount) <= most:
            label = CONDITION_LABELS[item]
            raise AmountImpossible(field=item, received=amount, item=label, least=least, most=most)
    if all(told is None for told in said.values()):
        raise NothingSaid(field="note")
    return said
