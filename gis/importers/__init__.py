"""Shelter inventories in the formats that municipalities publish, read without a store.

A format is one module here and one line in :data:`FORMATS`.
"""

from gis.importers import municipal_standard
from gis.importers.errors import EmptyInventory, UnrecognisedInventory
from gis.importers.format import Format
from gis.importers.inventory import Inventory, Problem, ShelterRow
from gis.importers.table import HEADER_ROWS, Table, decoded, heading, records

__all__ = ["FORMATS", "Inventory", "Problem", "ShelterRow", "parse_inventory"]

FORMATS: tuple[Format, ...] = (municipal_standard.FORMAT,)
"""In the order in which they are tried; the first that recognises the header reads the file."""


def parse_inventory(content: bytes, municipality_code: str | None = None) -> Inventory:
    """Return what a shelter inventory says, every row of it taken or refused with its reason.

    Parameters
    ----------
    content
        A CSV or TSV file in UTF-8, CP932 or UTF-16, with or without a byte order mark.
    municipality_code
        全国地方公共団体コード (six digits) of rows that name no municipality; without it they
        are refused.

    Raises
    ------
    NotATextFile
        The bytes are in none of these encodings.
    EmptyInventory
        Nothing stands in the file, or nothing below its header.
    UnrecognisedInventory
        No format knows the header.
    """
    rows = tuple(records(decoded(content)))
    for index, row in enumerate(rows[:HEADER_ROWS]):
        headings = frozenset(map(heading, row.cells))
        for known in FORMATS:
            if known.recognises(headings):
                if index + 1 == len(rows):
                    raise EmptyInventory
                return known.parse(Table(row.cells, rows[index + 1 :]), municipality_code)
    if not rows:
        raise EmptyInventory
    raise UnrecognisedInventory(
        received=",".join(rows[0].cells), formats=", ".join(known.name for known in FORMATS)
    )
