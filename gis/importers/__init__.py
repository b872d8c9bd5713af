"""Shelter inventories in the formats that municipalities publish, read without a store.

A format is one module here and one line in :data:`FORMATS`.
"""

from gis.importers import (
    gsi_designated_shelter,
    gsi_emergency_site,
    gsi_emergency_site_old,
    municipal_standard,
    recommended_v1,
)
from gis.importers.errors import EmptyInventory, UnrecognisedInventory
from gis.importers.format import Format
from gis.importers.geojson import feature_records, features
from gis.importers.inventory import Inventory, Problem, ShelterRow
from gis.importers.shelter import read_inventory
from gis.importers.table import HEADER_ROWS, Table, decoded, heading, records

__all__ = ["FORMATS", "Inventory", "Problem", "ShelterRow", "parse_inventory"]

FORMATS: tuple[Format, ...] = (
    municipal_standard.FORMAT,
    recommended_v1.FORMAT,
    gsi_emergency_site_old.FORMAT,
    gsi_emergency_site.FORMAT,
    gsi_designated_shelter.FORMAT,
)
"""In the order in which they are tried; the first that recognises the header reads the file."""


def parse_inventory(content: bytes, municipality_code: str | None = None) -> Inventory:
    """Return what a shelter inventory says, every row of it taken or refused with its reason.

    Parameters
    ----------
    content
        A CSV, TSV or GeoJSON file in UTF-8, CP932 or UTF-16, with or without a byte order mark.
        Features of GeoJSON are numbered from 1, in place of rows.
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
    text = decoded(content)
    listed = features(text)
    rows = tuple(records(text) if listed is None else feature_records(listed))
    for index, row in enumerate(rows[:HEADER_ROWS]):
        headings = frozenset(map(heading, row.cells))
        for known in FORMATS:
            if known.recognises(headings):
                if index + 1 == len(rows):
                    raise EmptyInventory
                return read_inventory(Table(row.cells, rows[index + 1 :]), known, municipality_code)
    if not rows:
        raise EmptyInventory
    raise UnrecognisedInventory(
        received=",".join(rows[0].cells), formats=", ".join(known.name for known in FORMATS)
    )
