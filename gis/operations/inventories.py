"""Taking inventories into the register: what one would do, doing it, taking it back."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert, text
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.orm import Session

from gis.errors import ImportUnderWay
from gis.garbage import collection_paused
from gis.importers import Inventory
from gis.importers.mapping import read_mapping
from gis.models import ColumnMapping, InventoryImport
from gis.operations.copying import copy_rows
from gis.operations.facilities import Facility, facilities_of, given_values
from gis.operations.identification import Decisions, Identification, Question, identify
from gis.sql import statement
from gis.text import N_
from gis.vocabulary import DesignationKind

SQL = Path(__file__).parent / "sql"

STEPS = (
    N_("Comparing with the register"),
    N_("Adding shelters"),
    N_("Changing shelters"),
    N_("Adding designations"),
    N_("Completing designations"),
)
"""What an import does one after the other, messages of the catalogue."""

WRITES = (
    "add_shelters.sql",
    "change_shelters.sql",
    "add_designations.sql",
    "complete_designations.sql",
)

NAME_LENGTH_MOST = 255

LISTED_MOST = 500
"""Shelters that a plan names of each kind; the counts are of all."""


@dataclass(frozen=True)
class Listed:
    """A shelter that a plan names."""

    name: str
    address: str | None
    lon: float | None
    lat: float | None
    row: int | None = None
    """Its row in the file; None for one that is not there."""
    shelter_id: UUID | None = None
    """None for one that is not in the register."""


@dataclass(frozen=True)
class Change:
    """What would become of a shelter that the register has."""

    shelter: Listed
    fields: Mapping[str, tuple[Any, Any]]
    """By field, or heading of a detail: what it is, what it would be."""
    designations: tuple[tuple[DesignationKind, str | None], ...]
    """What it would be designated as besides, with its 共通ID."""


@dataclass(frozen=True)
class Counts:
    """Shelters; the first three add up to those that the inventory holds."""

    added: int
    changed: int
    unchanged: int
    retired: int
    """Those of them that a person took off the register; they stay off."""


@dataclass(frozen=True)
class ImportPlan:
    """What an import would do; the lists name at most :data:`LISTED_MOST`."""

    counts: Counts
    added: tuple[Listed, ...]
    changed: tuple[Change, ...]
    missing: tuple[Listed, ...]
    """In the register and of the file's municipalities and kinds, but not in the file."""
    missing_count: int
    questions: tuple[Question, ...]
    """Rows that wait for a person; without a decision they are left out."""
    recognised_count: int
    """Shelters known without a key of the file's; an import remembers them."""


@dataclass(frozen=True)
class SourceFile:
    """The file that an inventory came in."""

    name: str
    sha256: str
    """Of its bytes, hexadecimal."""

    @classmethod
    def of(cls, name: str, content: bytes) -> "SourceFile":
        """Return the name and the mark of a file."""
        # A name from another machine's archive may hold bytes that are no letters here.
        readable = name.encode("utf-8", "replace").decode()[:NAME_LENGTH_MOST]
        return cls(readable or "-", sha256(content).hexdigest())


@dataclass(frozen=True)
class Registration:
    """What an import did."""

    counts: Counts
    questions: tuple[Question, ...]
    import_id: UUID | None
    """None where nothing had to be written."""


def plan_import(
    session: Session, inventory: Inventory, decisions: Decisions | None = None
) -> ImportPlan:
    """Return what importing an inventory would do, field by field; writes nothing that lasts.

    Parameters
    ----------
    session
        Of a transaction that will be rolled back (:meth:`gis.store.Workspace.rehearsal`).
    inventory
        What the file says.
    decisions
        What a person decided about rows in question.
    """
    identified = _stage(session, inventory, decisions or {})
    most = {"most": LISTED_MOST}
    asked = [one.shelter_id for each in identified.questions for one in each.candidates]
    missing = session.execute(
        statement(SQL / "missing_shelters.sql"), most | {"asked": asked}
    ).all()
    return ImportPlan(
        _counts(session),
        tuple(
            Listed(row.name, row.address, row.lon, row.lat, row.row_number)
            for row in session.execute(statement(SQL / "planned_additions.sql"), most)
        ),
        tuple(map(_change, session.execute(statement(SQL / "planned_changes.sql"), most))),
        tuple(Listed(row.name, row.address, row.lon, row.lat, None, row.id) for row in missing),
        missing[0].total if missing else 0,
        identified.questions,
        len(identified.links),
    )


def import_inventory(
    session: Session,
    inventory: Inventory,
    source: SourceFile,
    decisions: Decisions | None = None,
    *,
    progress: Callable[[str], object] = lambda _step: None,
) -> Registration:
    """Take an inventory into the register; taking it again writes nothing.

    What the inventory does not say (None) erases nothing that another list said. Nothing is ever
    deleted, and rows in question are left out until somebody decides.

    Parameters
    ----------
    progress
        Is told each step before it begins, one of :data:`STEPS`. Whatever it raises ends the
        transaction with nothing written.
    """
    _hold(session)
    progress(STEPS[0])
    identified = _stage(session, inventory, decisions or {}, holds=True)
    counts = _counts(session)
    if not (counts.added or counts.changed or identified.links):
        return Registration(counts, identified.questions, None)
    import_id = uuid4()
    _mark(session, str(import_id))
    for step, statement_file in zip(STEPS[1:], WRITES, strict=True):
        progress(step)
        session.execute(statement(SQL / statement_file))
    if identified.links:
        session.execute(
            statement(SQL / "add_links.sql"),
            {"keys": [*identified.links], "shelter_ids": [*identified.links.values()]},
        )
    _mark(session, "")
    session.execute(
        insert(InventoryImport),
        {
            "id": import_id,
            "file_name": source.name,
            "file_sha256": source.sha256,
            "format": inventory.format,
            "row_count": inventory.row_count,
            "refused": len(inventory.refused_rows) + len(identified.questions),
            "added": counts.added,
            "changed": counts.changed,
            "unchanged": counts.unchanged,
        },
    )
    return Registration(counts, identified.questions, import_id)


def undo_import(session: Session, import_id: UUID) -> None:
    """Take the last import back: what it added goes, what it changed becomes what it was.

    Raises
    ------
    gis.errors.Refused
        On the way out of the transaction: it is not the last import, somebody changed one of its
        shelters since, or one that it added has been opened or stocked.
    """
    _hold(session)
    session.execute(text("SELECT undo_inventory_import(:id)"), {"id": import_id})


def keep_mapping(session: Session, code: str, content: str) -> None:
    """Keep a mapping for next time, in place of one of the same name.

    Raises
    ------
    gis.importers.errors.MappingInvalid
        It is none.
    """
    read_mapping(code, content)
    statement_ = upsert(ColumnMapping).values(code=code, content=content)
    session.execute(
        statement_.on_conflict_do_update(
            index_elements=["code"], set_={"content": statement_.excluded.content}
        )
    )


def _hold(session: Session) -> None:
    """Be the only one that imports or undoes until the transaction ends.

    Two at once would each work from a register that the other one is changing.
    """
    if not session.scalar(text("SELECT pg_try_advisory_xact_lock(hashtext('inventory_import'))")):
        raise ImportUnderWay


def _mark(session: Session, import_id: str) -> None:
    """Have the change record name the import that writes from now on."""
    session.execute(text("SELECT set_config('hq.import', :id, true)"), {"id": import_id})


def _stage(
    session: Session, inventory: Inventory, decisions: Decisions, *, holds: bool = False
) -> Identification:
    """Lay an inventory beside the register, in tables that end with the transaction.

    Parameters
    ----------
    holds
        Whether nobody else may change the shelters that the inventory means until then.
    """
    with collection_paused():
        return _laid_out(session, inventory, decisions, holds=holds)


def _laid_out(
    session: Session, inventory: Inventory, decisions: Decisions, *, holds: bool
) -> Identification:
    facilities = facilities_of(inventory.rows)
    identified = identify(session, facilities, decisions)
    for question in identified.questions:
        del facilities[question.facility_key]
    _unite(facilities, identified.shelter_ids)
    # A transaction may take in several files.
    session.execute(text("DROP TABLE IF EXISTS pg_temp.given, pg_temp.given_designation"))
    session.execute(text("DROP TABLE IF EXISTS pg_temp.new_designation, pg_temp.merged"))
    for table in ("given", "given_designation"):
        session.execute(statement(SQL / f"{table}.sql"))
    copy_rows(session, "given", _given(facilities, identified.shelter_ids))
    copy_rows(session, "given_designation", _given_designations(facilities))
    session.execute(text("ANALYZE given, given_designation"))
    if holds:
        session.execute(statement(SQL / "hold_shelters.sql"))
    for table in ("new_designation", "merged"):
        session.execute(statement(SQL / f"{table}.sql"))
    return identified


def _unite(facilities: dict[str, Facility], shelter_ids: Mapping[str, UUID]) -> None:
    """Make facilities that are one shelter of the register (two lists, once joined) one again."""
    first: dict[UUID, Facility] = {}
    for key in [*facilities]:
        if (shelter_id := shelter_ids.get(key)) is None:
            continue
        facility = facilities[key]
        known = first.setdefault(shelter_id, facility)
        if known is not facility:
            del facilities[key]
            known.take(facility)


def _given(
    facilities: Mapping[str, Facility], shelter_ids: Mapping[str, UUID]
) -> Iterator[tuple[object, ...]]:
    for key, facility in facilities.items():
        yield given_values(facility, shelter_ids.get(key))


def _given_designations(facilities: Mapping[str, Facility]) -> Iterator[tuple[object, ...]]:
    for key, facility in facilities.items():
        for kind, common_id in facility.designations.items():
            yield key, kind.value, common_id


def _counts(session: Session) -> Counts:
    row = session.execute(statement(SQL / "merged_counts.sql")).one()
    return Counts(row.added, row.changed, row.unchanged, row.retired)


def _change(row: Any) -> Change:  # noqa: ANN401 - a row of a statement, as named there
    return Change(
        Listed(row.name, row.address, row.lon, row.lat, row.row_number, row.shelter_id),
        {field: (was, becomes) for field, (was, becomes) in row.fields.items()},
        tuple((DesignationKind(kind), common_id) for kind, common_id in row.designations),
    )
