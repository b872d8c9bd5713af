"""The yardstick: the register's own columns and indexes in one bare table, filled by one COPY.

No triggers, no foreign keys, no second table: what a table with these types and indexes costs at
the least. The peers append to it, too.
"""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

import psycopg
import shapely

from gis.importers import ShelterRow, parse_inventory

COLUMNS = (
    "municipality_code",
    "facility_key",
    "name",
    "address",
    "hazards",
    "note",
    "details",
    "location",
    "kind",
    "common_id",
)
Line = tuple[str | None, ...]

# Only a transaction of ours has an actor and a moment; here the database's own have to do.
MAKE = """
CREATE TABLE bare (LIKE shelter INCLUDING ALL, kind text NOT NULL, common_id text NOT NULL);
ALTER TABLE bare ALTER recorded_at SET DEFAULT now(), ALTER recorded_by SET DEFAULT current_user;
CREATE UNIQUE INDEX bare_common_id_key ON bare (common_id);
"""


def lines(files: Iterable[Path]) -> Sequence[Line]:
    """Return the rows of lists as the register stores them, written as COPY takes them."""
    return [line for file in files for line in map(_line, parse_inventory(file.read_bytes()).rows)]


def copy(owner_url: str, rows: Sequence[Line]) -> None:
    """Write rows into the bare table, in one transaction."""
    statement = f"COPY bare ({', '.join(COLUMNS)}) FROM STDIN".encode()
    with (
        psycopg.connect(owner_url) as connection,
        connection.cursor() as cursor,
        cursor.copy(statement) as copy,
    ):
        for row in rows:
            copy.write_row(row)


def _line(row: ShelterRow) -> Line:
    kind, common_id = row.designations[0]
    point = shapely.set_srid(shapely.Point(row.lon, row.lat), 4326)
    return (
        row.municipality_code,
        common_id,
        row.name,
        row.address,
        None if row.hazards is None else f"{{{','.join(sorted(row.hazards))}}}",
        row.note,
        json.dumps(dict(row.details), ensure_ascii=False),
        str(shapely.to_wkb(point, hex=True, include_srid=True)),
        kind.value,
        common_id,
    )
