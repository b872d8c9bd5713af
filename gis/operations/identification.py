"""Which shelter of the register each facility of an inventory is."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import Row
from sqlalchemy.orm import Session

from gis.identity import Facility as Known
from gis.identity import Match, Outcome, comparable_address, comparable_name, match_facilities
from gis.importers import Problem, columns
from gis.operations.facilities import (
    WELFARE_MARK,
    Facility,
    has_publishers_id,
    is_another_shelter,
    numbered_kinds,
)
from gis.sql import statement
from gis.text import N_
from gis.vocabulary import DesignationKind

SQL = Path(__file__).parent / "sql"

NEW: Literal["new"] = "new"
"""A person's decision that a facility is none of those that resemble it."""

SITE = DesignationKind.EMERGENCY_SITE.value
_DECIDED = statement(SQL / "decided_shelters.sql")

Decisions = Mapping[str, UUID | Literal["new"]]
"""What a person decided, by facility key."""


@dataclass(frozen=True)
class Resembling:
    """A shelter of the register that a row may mean."""

    shelter_id: UUID
    name: str
    address: str | None
    lon: float | None
    lat: float | None
    likeness: float
    """0 to 1."""
    distance_m: float | None


@dataclass(frozen=True)
class Question:
    """A row that only a person can tell to be one of several shelters, or a new one."""

    facility_key: str
    row: int
    name: str
    address: str | None
    outcome: Outcome
    candidates: tuple[Resembling, ...]
    """The most alike first."""

    def as_problem(self) -> Problem:
        """Return why the row was left out, as the other reasons are told."""
        names = "、".join(candidate.name for candidate in self.candidates)
        expected = N_("somebody's decision whether it is one of these or a new shelter")
        return Problem(self.row, columns.NAME, f"{self.name} ≒ {names}", expected, taken=False)


@dataclass(frozen=True)
class Identification:
    """Which facilities are known, and which ones a person must decide about."""

    shelter_ids: Mapping[str, UUID]
    """By facility key; what is neither here nor in question is new."""
    links: Mapping[str, UUID]
    """Those of them that were recognised without a key of their own: to be remembered."""
    questions: tuple[Question, ...]


def identify(
    session: Session, facilities: dict[str, Facility], decisions: Decisions
) -> Identification:
    """Find the facilities of an inventory in the register.

    By 共通ID first, then by the publisher's own ID, then by what a person decided, then by name,
    address and distance. Two different IDs of one kind are two facilities, however alike.
    """
    found, suspects = _known(session, facilities)
    shelter_ids = {key: row.shelter_id for key, row in found.items()}
    decided = {key: choice for key, choice in decisions.items() if key in facilities}
    links = _decided(session, {key: it for key, it in decided.items() if key not in shelter_ids})
    rest = {
        key: facility
        for key, facility in facilities.items()
        if key not in shelter_ids and key not in links and decided.get(key) != NEW
    }
    questions = [_suspicion(rest.pop(key), row) for key, row in suspects.items() if key in rest]
    claimed = {*shelter_ids.values(), *links.values()}
    for facility, match, rows in _matches(session, rest.values(), claimed):
        if _is_certain(facility, match, rows):
            links[facility.key] = rows[match.candidates[0].facility.key].id
        elif match.outcome is not Outcome.NONE:
            questions.append(_question(facility, match, rows))
    return Identification(shelter_ids | links, links, tuple(questions))


def _decided(session: Session, decisions: Decisions) -> dict[str, UUID]:
    """Return the shelters that a person chose, as far as they are still there to be chosen."""
    chosen = {key: choice for key, choice in decisions.items() if choice != NEW}
    given = {"chosen": [*{*chosen.values()}]}
    now = {row.id: row.shelter_id for row in session.execute(_DECIDED, given)}
    return {key: now[choice] for key, choice in chosen.items() if choice in now}


def _known(
    session: Session, facilities: dict[str, Facility]
) -> tuple[dict[str, Row[Any]], dict[str, Row[Any]]]:
    """Return the shelters that facilities mean by IDs and keys, and those that are under suspicion.

    A facility of another name under the same number stands apart: it is another shelter where the
    number is of the national register, and a person's to tell where it is a publisher's own.
    """
    found = _known_by_key(session, facilities)
    apart: dict[str, Row[Any]] = {}
    for key, row in [*found.items()]:
        facility = facilities[key]
        mark = _mark_of_another(facility, row) if row.by_key_alone else None
        if mark and key + mark not in facilities:
            del facilities[key], found[key]
            facility.key += mark
            facilities[facility.key] = facility
            apart[facility.key] = row
    again = _known_by_key(session, {key: facilities[key] for key in apart})
    suspects = {key: row for key, row in apart.items() if has_publishers_id(key)}
    return found | again, {key: row for key, row in suspects.items() if key not in again}


def _mark_of_another(facility: Facility, row: Row[Any]) -> str | None:
    """Return how to tell a facility from the shelter of its key, or None where they are one."""
    if is_another_shelter(row.name, facility):
        if has_publishers_id(facility.key):
            # Lists of one town count anew: No 1 is a park here and a school there.
            moved = comparable_address(row.address or "") != comparable_address(
                facility.said["address"] or ""
            )
            uses = _uses(row.kinds), _uses(kind.value for kind in facility.designations)
            if moved or uses[0].isdisjoint(uses[1]):
                return "#" + comparable_name(facility.said["name"])
        elif numbered_kinds(facility) and row.numbered_kinds:
            shelters = {kind for kind in row.numbered_kinds if kind != SITE}
            if shelters and shelters.isdisjoint(numbered_kinds(facility)):
                return WELFARE_MARK
    return None


def _suspicion(facility: Facility, row: Row[Any]) -> Question:
    """Return the question whether a facility is the shelter that had its number."""
    candidate = Resembling(row.shelter_id, row.name, row.address, row.lon, row.lat, 0.0, None)
    return Question(
        facility.key,
        facility.row.row,
        facility.said["name"],
        facility.said["address"],
        Outcome.DOUBTFUL,
        (candidate,),
    )


def _known_by_key(session: Session, facilities: Mapping[str, Facility]) -> dict[str, Row[Any]]:
    ids = [
        (key, common_id)
        for key, facility in facilities.items()
        for common_id in facility.designations.values()
        if common_id
    ]
    given = {
        "keys": [*facilities],
        "id_keys": [key for key, _ in ids],
        "common_ids": [common_id for _, common_id in ids],
    }
    found = session.execute(statement(SQL / "known_facilities.sql"), given)
    return {row.facility_key: row for row in found}


def _matches(
    session: Session, facilities: Iterable[Facility], claimed: Iterable[UUID]
) -> Iterable[tuple[Facility, Match, Mapping[str, Row[Any]]]]:
    """Yield how each facility compares with the shelters that no other row means."""
    asking = _by_municipality(facilities)
    if not asking:
        return
    given = {
        "municipality_codes": [*asking],
        "without_common_id": [
            code
            for code, facilities in asking.items()
            if not all(any(facility.designations.values()) for facility in facilities)
        ],
        "claimed": [*claimed],
    }
    found: dict[str, list[Row[Any]]] = defaultdict(list)
    for row in session.execute(statement(SQL / "candidates.sql"), given):
        found[row.municipality_code].append(row)
    for municipality_code, rows in found.items():
        alike = groupby(sorted(asking[municipality_code], key=_nature), key=_nature)
        for (has_common_id, kinds), group in alike:
            ours = [*group]
            # Two common IDs are two facilities: their register says so. Joining them is a
            # person's decision, offered elsewhere.
            fit = [row for row in rows if not (has_common_id and row.has_common_id)]
            if not fit:
                continue
            # A shelter to which another one was joined goes by both names.
            known = [_comparable(row, kinds) for row in fit]
            theirs = {str(row.id): row for row in fit}
            matches = match_facilities([_compared(facility) for facility in ours], known)
            for facility, match in zip(ours, matches, strict=True):
                yield facility, match, theirs


def _nature(facility: Facility) -> tuple[bool, tuple[str, ...]]:
    """Return whether a facility has a common ID, and as what it is designated."""
    kinds = tuple(sorted(kind.value for kind in facility.designations))
    return any(facility.designations.values()), kinds


def _comparable(row: Row[Any], kinds: Sequence[str]) -> Known:
    """Return a shelter for comparison; one that is designated as something else needs a person.

    A shelter and an emergency site of one name and address are two things as often as one.
    """
    return Known(
        str(row.id),
        row.name,
        row.address,
        row.lon,
        row.lat,
        needs_person=bool(row.kinds) and _uses(kinds).isdisjoint(_uses(row.kinds)),
    )


def _uses(kinds: Iterable[str]) -> set[bool]:
    """Return whether people flee there (True), stay there (False), or both."""
    return {kind == DesignationKind.EMERGENCY_SITE for kind in kinds}


def _by_municipality(facilities: Iterable[Facility]) -> dict[str, list[Facility]]:
    grouped: dict[str, list[Facility]] = defaultdict(list)
    for facility in facilities:
        grouped[facility.said["municipality_code"]].append(facility)
    return grouped


def _compared(facility: Facility) -> Known:
    said = facility.said
    return Known(facility.key, said["name"], said["address"], said["lon"], said["lat"])


def _is_certain(facility: Facility, match: Match, rows: Mapping[str, Row[Any]]) -> bool:
    """Tell whether no person needs to look.

    A publisher that gives two facilities different IDs may have renumbered its list, or means two.
    """
    if match.outcome is not Outcome.MATCHED:
        return False
    theirs = rows[match.candidates[0].facility.key].facility_key
    return not (has_publishers_id(facility.key) and has_publishers_id(theirs))


def _question(facility: Facility, match: Match, rows: Mapping[str, Row[Any]]) -> Question:
    return Question(
        facility.key,
        facility.row.row,
        facility.said["name"],
        facility.said["address"],
        match.outcome,
        tuple(
            Resembling(
                rows[candidate.facility.key].id,
                candidate.facility.name,
                candidate.facility.address,
                candidate.facility.lon,
                candidate.facility.lat,
                candidate.likeness,
                candidate.distance_m,
            )
            for candidate in match.candidates
        ),
    )
