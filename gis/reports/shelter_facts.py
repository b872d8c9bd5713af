"""What other bodies ask of an opened shelter besides its headline figures."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from gis.occupancy import PARTS
from gis.queries.occupancy import Figure, figures_of_all
from gis.queries.register_facts import RegisterFacts, register_facts
from gis.queries.shelters import ShelterStatus
from gis.vocabulary import DesignationKind


@dataclass(frozen=True)
class ShelterCounts:
    """Figures of EEI (DS-455-1, 避難所) besides persons and households; None is unknown.

    A part of a total was counted together with it: it is none of an older total. Infants and
    people who need care are left out, as in a small shelter that count tells who they are.
    """

    voluntary_persons: int | None = None
    voluntary_households: int | None = None
    men: int | None = None
    women: int | None = None
    gender_unknown: int | None = None
    staff: int | None = None
    supporters: int | None = None
    outside_persons: int | None = None
    outside_households: int | None = None


@dataclass(frozen=True)
class ShelterFacts:
    """What the register and the opening say; None is unknown.

    ``lon`` and ``lat`` are degrees (EPSG:4326). Notes are left out: free text may hold names.
    """

    municipality_code: str | None = None
    municipality: str | None = None
    """The Japanese name of that; None of one that is not kept here."""
    common_id: str | None = None
    """全国共通避難所・避難場所ID: the shelter's before the emergency site's."""
    name_kana: str | None = None
    phone: str | None = None
    lon: float | None = None
    lat: float | None = None
    designations: tuple[DesignationKind, ...] = ()
    """None of a self-organised shelter (自主避難所)."""
    reason: str | None = None
    """Why it is in its state."""


Told = tuple[ShelterFacts, ShelterCounts]


def shelter_facts(
    session: Session,
    statuses: Iterable[ShelterStatus],
    *,
    as_of: datetime,
    known_at: datetime | None = None,
) -> Mapping[UUID, Told]:
    """Return what is told of opened shelters besides, by shelter; two statements in all."""
    opened = {status.opening_id: status for status in statuses if status.opening_id}
    registered = register_facts(session, [status.id for status in opened.values()])
    counted = figures_of_all(session, [*opened], as_of=as_of, known_at=known_at)
    return {
        status.id: (
            _facts(status, registered[status.id]),
            # Of a closed one nothing counts any more: whoever was last seen there has left.
            _counts(counted.get(opening_id, {}) if status.is_open else {}),
        )
        for opening_id, status in opened.items()
    }


def _facts(status: ShelterStatus, registered: RegisterFacts) -> ShelterFacts:
    return ShelterFacts(
        **vars(registered),
        lon=status.lon,
        lat=status.lat,
        designations=tuple(map(DesignationKind, status.designations)),
        reason=status.reason,
    )


def _counts(figures: Mapping[str, Figure]) -> ShelterCounts:
    return ShelterCounts(
        **{each.name: _count(each.name, figures) for each in fields(ShelterCounts)}
    )


def _count(name: str, figures: Mapping[str, Figure]) -> int | None:
    figure, total = figures.get(name), figures.get(PARTS.get(name, name))
    if figure is None or total is None or figure.observed_at != total.observed_at:
        return None
    return figure.count
