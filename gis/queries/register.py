"""The register of shelters as it leaves the house."""

from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import Select, func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import Session

from gis.models import Designation, Shelter
from gis.vocabulary import DesignationKind, Hazard

ROWS_AT_ONCE = 2000
"""Rows fetched at a time: a register of the whole country need not be in memory twice."""


@dataclass(frozen=True, slots=True)
class RegisteredShelter:
    """What the register publishes of a shelter.

    ``lon`` and ``lat`` are degrees (EPSG:4326) or None where the place is unknown; ``capacity``
    counts persons, None is unknown; ``hazards`` None means that nobody has stated them.
    """

    name: str
    name_kana: str | None
    address: str | None
    lon: float | None
    lat: float | None
    phone: str | None
    municipality_code: str
    """全国地方公共団体コード of the designating municipality, six digits."""
    hazards: frozenset[Hazard] | None
    designations: tuple[tuple[DesignationKind, str | None], ...]
    """Each kind with its 共通ID, in the order of the vocabulary; none if self-organised."""
    capacity: int | None
    capacity_is_fictitious: bool
    local_id: str | None
    """The publisher's own identifier, of a shelter that is known by it for want of a 共通ID."""
    note: str | None
    details: dict[str, str]
    """Heading of 自治体標準 v2 → text as published, for what has no field of its own here."""

    def is_designated(self, *kinds: DesignationKind) -> bool:
        """Tell whether it is designated as one of some kinds."""
        return any(kind in kinds for kind, _ in self.designations)

    @property
    def common_ids(self) -> tuple[str, ...]:
        """The 共通ID of its designations, an emergency site's first: lists of sites lead by it."""
        known = [(kind, common_id) for kind, common_id in self.designations if common_id]
        known.sort(key=lambda pair: pair[0] is not DesignationKind.EMERGENCY_SITE)
        return tuple(common_id for _, common_id in known)


def registered_shelters(
    session: Session, municipality_code: str | None = None
) -> list[RegisteredShelter]:
    """Return the shelters in use, by municipality, 共通ID and name, in one statement.

    Parameters
    ----------
    session
        A reading of the store.
    municipality_code
        全国地方公共団体コード (six digits) of the one municipality wanted; None for all of them.
    """
    chosen = _in_use()
    if municipality_code is not None:
        chosen = chosen.where(Shelter.municipality_code == municipality_code)
    rows = session.execute(chosen.execution_options(yield_per=ROWS_AT_ONCE))
    return [
        RegisteredShelter(
            row.name,
            row.name_kana,
            row.address,
            row.lon,
            row.lat,
            row.phone,
            row.municipality_code,
            None if row.hazards is None else _hazards(tuple(row.hazards)),
            tuple(zip(map(DesignationKind, row.kinds or ()), row.common_ids or (), strict=True)),
            row.capacity,
            row.capacity_is_fictitious,
            _local_id(row.facility_key, row.municipality_code),
            row.note,
            row.details,
        )
        for row in rows
    ]


def _in_use() -> Select[tuple[object, ...]]:
    """Return the statement; one city's is read by indexes, the whole country's in one sweep."""
    of_some_kind = Designation.kind.is_not(None)
    # The codes of the kinds sort as the vocabulary has them.
    kinds = func.array_agg(aggregate_order_by(Designation.kind, Designation.kind))
    common_ids = func.array_agg(aggregate_order_by(Designation.common_id, Designation.kind))
    return (
        select(
            Shelter.name,
            Shelter.name_kana,
            Shelter.address,
            func.ST_X(Shelter.location).label("lon"),
            func.ST_Y(Shelter.location).label("lat"),
            Shelter.phone,
            Shelter.municipality_code,
            Shelter.hazards,
            Shelter.capacity,
            Shelter.capacity_is_fictitious,
            Shelter.facility_key,
            Shelter.note,
            Shelter.details,
            kinds.filter(of_some_kind).label("kinds"),
            common_ids.filter(of_some_kind).label("common_ids"),
        )
        .outerjoin(Designation, Designation.shelter_id == Shelter.id)
        .where(Shelter.retired_at.is_(None), Shelter.joined_to_id.is_(None))
        .group_by(Shelter.id)
        .order_by(
            Shelter.municipality_code,
            func.min(Designation.common_id.collate("C")).nulls_last(),
            Shelter.name.collate("C"),
            Shelter.facility_key.collate("C"),
        )
    )


@lru_cache(maxsize=256)
def _hazards(codes: tuple[str, ...]) -> frozenset[Hazard]:
    """Return hazards; a register of many shelters has few different sets of them."""
    return frozenset(map(Hazard, codes))


def _local_id(facility_key: str, municipality_code: str) -> str | None:
    """Return the publisher's own identifier out of a key ``CODE|identifier``.

    A key by name and address has a second bar, and one by 共通ID has none.
    """
    code, bar, identifier = facility_key.partition("|")
    return identifier if bar and code == municipality_code and "|" not in identifier else None
