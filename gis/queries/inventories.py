"""What was imported, how lists are read, and what of the register waits for a person."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, aliased

from gis.config import CityProfile
from gis.identity import Facility, Outcome, match_facilities
from gis.models import ColumnMapping, Designation, InventoryImport, Municipality, Shelter
from gis.vocabulary import DesignationKind


@dataclass(frozen=True)
class ImportView:
    """An import as people are told of it; the counts are of shelters, ``row_count`` of rows."""

    id: UUID
    file_name: str
    file_sha256: str
    format: str
    row_count: int
    refused: int
    added: int
    changed: int
    unchanged: int
    recorded_at: datetime
    recorded_by: str
    undone_at: datetime | None


@dataclass(frozen=True)
class ShelterName:
    """A shelter of the register, as much of it as tells it from another."""

    id: UUID
    name: str
    address: str | None
    lon: float | None
    lat: float | None
    version: int


@dataclass(frozen=True)
class JoinablePair:
    """Two shelters that may be one: ``other`` would become ``shelter``."""

    shelter: ShelterName
    other: ShelterName
    likeness: float
    """0 to 1."""
    distance_m: float | None


def recent_imports(session: Session, limit: int = 50) -> list[ImportView]:
    """Return the imports that changed something, the last one first."""
    columns = [getattr(InventoryImport, name) for name in ImportView.__dataclass_fields__]
    found = session.execute(select(*columns).order_by(InventoryImport.number.desc()).limit(limit))
    return [ImportView(**row) for row in found.mappings()]


def kept_mappings(session: Session) -> dict[str, str]:
    """Return the mappings that were made on the page, as TOML by their code."""
    found = session.execute(
        select(ColumnMapping.code, ColumnMapping.content).order_by(ColumnMapping.code)
    )
    return {row.code: row.content for row in found}


def municipality_codes(session: Session, city: CityProfile) -> Mapping[str, frozenset[str]]:
    """Return the codes of a city and of all that the register knows, by their written names.

    A name that several prefectures have (美里町) has several codes.
    """
    detail = Shelter.details["地方公共団体名"].astext
    listed = select(detail, Shelter.municipality_code).where(detail.is_not(None)).distinct()
    own = select(Municipality.name_ja, Municipality.code)
    codes: dict[str, set[str]] = defaultdict(set, {city.name_ja: {city.code}})
    for name, code in (*session.execute(listed), *session.execute(own)):
        codes[name].add(code)
    return {name: frozenset(known) for name, known in codes.items()}


def unplaced_shelters(session: Session, municipality_code: str) -> list[ShelterName]:
    """Return the shelters in use that are not on the map, by name."""
    found = session.execute(
        _names(Shelter).where(
            Shelter.municipality_code == municipality_code,
            Shelter.location.is_(None),
            Shelter.retired_at.is_(None),
            Shelter.joined_to_id.is_(None),
        )
    )
    return [ShelterName(**row) for row in found.mappings()]


def retired_shelters(session: Session, municipality_code: str) -> list[ShelterName]:
    """Return the shelters that were taken off the register, by name."""
    found = session.execute(
        _names(Shelter).where(
            Shelter.municipality_code == municipality_code, Shelter.retired_at.is_not(None)
        )
    )
    return [ShelterName(**row) for row in found.mappings()]


def joined_shelters(
    session: Session, municipality_code: str
) -> list[tuple[ShelterName, ShelterName]]:
    """Return the shelters that were joined, each with the one it became."""
    into = aliased(Shelter)
    pairs = session.execute(
        select(Shelter.id, into.id)
        .join(into, into.id == Shelter.joined_to_id)
        .where(Shelter.municipality_code == municipality_code)
        .order_by(Shelter.name, Shelter.id)
    ).all()
    names = _by_id(session, [id_ for pair in pairs for id_ in pair])
    return [(names[joined], names[kept]) for joined, kept in pairs]


def joinable_pairs(session: Session, municipality_code: str) -> list[JoinablePair]:
    """Return shelters that may be one under two IDs, the most alike first.

    The national lists give some facilities one number as an emergency site and another one as a
    designated shelter. Two shelters with a designation of the same kind are never offered.
    """
    kinds = _kinds(session, municipality_code)
    sites = {id_ for id_, has in kinds.items() if has == {DesignationKind.EMERGENCY_SITE}}
    names = _by_id(session, [*kinds])
    others = [_compared(names[id_]) for id_ in kinds if id_ not in sites]
    rows = [_compared(names[id_]) for id_ in sites]
    pairs: list[JoinablePair] = []
    for row, match in zip(rows, match_facilities(rows, others), strict=True):
        if match.outcome is Outcome.NONE:
            continue
        for candidate in match.candidates:
            kept, other = names[UUID(candidate.facility.key)], names[UUID(row.key)]
            if DesignationKind.EMERGENCY_SITE not in kinds[kept.id]:
                pairs.append(JoinablePair(kept, other, candidate.likeness, candidate.distance_m))
    return sorted(pairs, key=lambda pair: (-pair.likeness, pair.shelter.name))


def _names(shelter: type[Shelter]) -> Select[Any]:
    return select(
        shelter.id,
        shelter.name,
        shelter.address,
        func.ST_X(shelter.location).label("lon"),
        func.ST_Y(shelter.location).label("lat"),
        shelter.version,
    ).order_by(shelter.name, shelter.id)


def _kinds(session: Session, municipality_code: str) -> dict[UUID, set[DesignationKind]]:
    found = session.execute(
        select(Shelter.id, func.array_agg(Designation.kind))
        .join(Designation, Designation.shelter_id == Shelter.id)
        .where(
            Shelter.municipality_code == municipality_code,
            Shelter.retired_at.is_(None),
            Shelter.joined_to_id.is_(None),
        )
        .group_by(Shelter.id)
    )
    return {id_: {DesignationKind(kind) for kind in kinds} for id_, kinds in found}


def _by_id(session: Session, ids: list[UUID]) -> dict[UUID, ShelterName]:
    found = session.execute(_names(Shelter).where(Shelter.id.in_(ids)))
    return {row["id"]: ShelterName(**row) for row in found.mappings()}


def _compared(shelter: ShelterName) -> Facility:
    return Facility(str(shelter.id), shelter.name, shelter.address, shelter.lon, shelter.lat)
