"""Taking inventories into the register of shelters."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from gis.geometry.place import Place
from gis.importers.inventory import Inventory, ShelterRow
from gis.sql import statement
from gis.vocabulary import DesignationKind

SQL = Path(__file__).parent / "sql"


@dataclass(frozen=True)
class Registration:
    """What an inventory did to the register; the three add up to its facilities."""

    added: int
    changed: int
    unchanged: int


def register_shelters(session: Session, inventory: Inventory) -> Registration:
    """Take an inventory into the register; taking it again changes nothing.

    Rows of one facility become one shelter with several designations. What the inventory does not
    say (None) erases nothing that another list said. Nothing is ever deleted.
    """
    facilities: dict[str, dict[str, Any]] = {}
    designations: dict[tuple[str, str], str | None] = {}
    # Of two rows of one facility the leading one has the last word.
    for row in sorted(inventory.rows, key=leads):
        key = facility_key(row)
        said = {name: value for name, value in _facility(row).items() if value is not None}
        facilities.setdefault(key, {"facility_key": key}).update(said)
        for kind, common_id in row.designations:
            designations[key, kind.value] = common_id or designations.get((key, kind.value))
    counts = session.execute(
        statement(SQL / "register_shelters.sql"), {"facilities": json.dumps([*facilities.values()])}
    ).one()
    session.execute(
        statement(SQL / "register_designations.sql"),
        {
            "designations": json.dumps(
                [
                    {"facility_key": key, "kind": kind, "common_id": common_id}
                    for (key, kind), common_id in designations.items()
                ]
            )
        },
    )
    return Registration(
        counts.added, counts.changed, len(facilities) - counts.added - counts.changed
    )


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
    common_ids = [common_id for _, common_id in row.designations if common_id]
    if common_ids:
        return common_ids[0][:11] + common_ids[0][13]
    own = row.local_id or f"{row.name}|{row.address or ''}"
    return f"{row.municipality_code}|{own}"


def _facility(row: ShelterRow) -> dict[str, Any]:
    place = None if row.lon is None or row.lat is None else Place(row.lon, row.lat)
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
        "hazards": None if row.hazards is None else sorted(row.hazards),
        "note": row.note,
        "location": place and place.ewkt(),
    }


@dataclass(frozen=True)
class StockCount:
    """A counted stock: which designation's shelter, which item, how much (None: not counted)."""

    common_id: str
    item_code: str
    quantity: int | None
    is_fictitious: bool


def set_stocks(session: Session, counts: Iterable[StockCount]) -> None:
    """Set the stock of shelters where none is known yet."""
    rows = [vars(count) for count in counts]
    session.execute(statement(SQL / "set_stocks.sql"), {"stocks": json.dumps(rows)})
