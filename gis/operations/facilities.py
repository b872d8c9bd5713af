"""From the rows of an inventory to facilities: what several rows say of one place, together."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from gis.identity import comparable_name
from gis.importers.inventory import ShelterRow
from gis.vocabulary import DesignationKind

WELFARE_MARK = "w"
"""Ends the key of a welfare shelter that shares its number with another shelter."""


@dataclass(slots=True)
class Facility:
    """What an inventory says of one facility; None is what it does not say."""

    key: str
    row: ShelterRow
    """The row that leads, or came first."""
    said: dict[str, Any]
    designations: dict[DesignationKind, str | None] = field(default_factory=dict)

    @property
    def has_shelter_id(self) -> bool:
        """Whether it is a designated shelter under a 共通ID of its own."""
        return self.designations.get(DesignationKind.DESIGNATED_SHELTER) is not None

    def stand_apart(self) -> None:
        """Be another facility than the one with which it shares its number."""
        self.key += WELFARE_MARK

    def take(self, other: "Facility") -> None:
        """Add what another row says; where both speak the other one has the last word."""
        details = {**(self.said["details"] or {}), **(other.said["details"] or {})}
        said = {name: value for name, value in other.said.items() if value is not None}
        self.said |= said | {"details": details or None}
        self.row = other.row
        for kind, common_id in other.designations.items():
            self.designations[kind] = common_id or self.designations.get(kind)


def facilities_of(rows: Iterable[ShelterRow]) -> dict[str, Facility]:
    """Return the facilities that rows describe, by their key.

    Of two rows of one facility the leading one has the last word.
    """
    facilities: dict[str, Facility] = {}
    welfare: list[Facility] = []
    for row in sorted(rows, key=leads):
        found = Facility(facility_key(row), row, _said(row), dict(row.designations))
        if is_welfare_alone(found):
            welfare.append(found)
        else:
            _add(facilities, found)
    for found in welfare:
        known = facilities.get(found.key)
        if known and is_another_shelter(known.said["name"], found) and known.has_shelter_id:
            found.stand_apart()
        _add(facilities, found)
    return facilities


def _add(facilities: dict[str, Facility], found: Facility) -> None:
    known = facilities.setdefault(found.key, found)
    if known is not found:
        known.take(found)


def is_welfare_alone(facility: Facility) -> bool:
    """Tell whether a row is a welfare shelter under a 共通ID and nothing else."""
    return [*facility.designations] == [DesignationKind.WELFARE_SHELTER] and any(
        facility.designations.values()
    )


def numbered_kinds(facility: Facility) -> set[str]:
    """Return as what a facility is a shelter under a 共通ID of its own."""
    return {
        kind.value
        for kind, common_id in facility.designations.items()
        if common_id and kind is not DesignationKind.EMERGENCY_SITE
    }


def is_another_shelter(name: str, welfare: Facility) -> bool:
    """Tell by its name whether a facility is another one than the shelter of its number.

    The national register numbers by address. A hall and the sports centre beside it share a number,
    the one a designated and the other a welfare shelter (330 of the 1,673 numbers with both, in the
    list of October 2025); their names tell them apart.
    """
    return comparable_name(name) != comparable_name(welfare.said["name"])


def leads(row: ShelterRow) -> bool:
    """Tell whether a row stands in a list of designated shelters.

    What it says of a facility goes before what a list of emergency sites says: the national lists
    name and place one in two of their common facilities differently.
    """
    return row.designations[0][0] is not DesignationKind.EMERGENCY_SITE


def facility_key(row: ShelterRow) -> str:
    """Return what makes rows one facility of one municipality.

    With a 全国共通避難所・避難場所ID it is facility number and sequence (``id[:11] + id[13]``),
    which an emergency site and a designated shelter on one site share; else the publisher's own
    id, else name and address.
    """
    for _, common_id in row.designations:
        if common_id:
            return common_id[:11] + common_id[13]
    own = row.local_id or f"{row.name}|{row.address or ''}"
    return f"{row.municipality_code}|{own}"


def has_publishers_id(key: str) -> bool:
    """Tell whether a key is made of an id that a publisher uses for this one facility alone."""
    return key.count("|") == 1


def _said(row: ShelterRow) -> dict[str, Any]:
    """Return the fields of a row in the order of the table ``given``."""
    return {
        "leads": leads(row),
        "municipality_code": row.municipality_code,
        "name": row.name,
        "name_kana": row.name_kana,
        "address": row.address,
        "phone": row.phone,
        "capacity": row.capacity,
        # Goes with a capacity, so that a row without one cannot call another row's genuine.
        "capacity_is_fictitious": None if row.capacity is None else row.capacity_is_fictitious,
        "hazards": row.hazards,
        "note": row.note,
        "details": row.details or None,
        "lon": row.lon,
        "lat": row.lat,
    }


def given_values(facility: Facility, shelter_id: object) -> tuple[object, ...]:
    """Return the line of a facility in the table ``given``, as COPY takes it."""
    said = facility.said
    return (
        facility.key,
        shelter_id,
        facility.row.row,
        said["leads"],
        said["municipality_code"],
        said["name"],
        said["name_kana"],
        said["address"],
        said["phone"],
        said["capacity"],
        said["capacity_is_fictitious"],
        _array(said["hazards"]) if said["hazards"] is not None else None,
        said["note"],
        _object(said["details"]),
        said["lon"],
        said["lat"],
    )


@lru_cache(maxsize=1024)
def _array(terms: frozenset[str]) -> str:
    return "{" + ",".join(sorted(terms)) + "}"


def _object(details: Mapping[str, str] | None) -> str:
    return json.dumps(details, ensure_ascii=False) if details else "{}"
