"""Shelter inventories in the formats that municipalities publish, read without a store.

A format is one module here and one line in :data:`FORMATS`, or a mapping file without any code.
"""

from collections.abc import Sequence
from dataclasses import replace

from gis.garbage import collection_paused
from gis.importers import (
    gsi_designated_shelter,
    gsi_emergency_site,
    gsi_emergency_site_old,
    land_numerical_p20,
    municipal_standard,
    recommended_v1,
)
from gis.importers.errors import EmptyInventory, UnrecognisedInventory
from gis.importers.files import Sheet, sheets
from gis.importers.format import Format
from gis.importers.inventory import Inventory, Problem, ShelterRow
from gis.importers.shelter import Choices, read_inventory
from gis.importers.table import HEADER_ROWS, Table, heading
from gis.text import N_

__all__ = [
    "FORMATS",
    "Choices",
    "Format",
    "Inventory",
    "Problem",
    "ShelterRow",
    "likely_header",
    "parse_inventory",
]

FORMATS: tuple[Format, ...] = (
    municipal_standard.FORMAT,
    recommended_v1.FORMAT,
    gsi_emergency_site_old.FORMAT,
    gsi_emergency_site.FORMAT,
    gsi_designated_shelter.FORMAT,
    land_numerical_p20.FORMAT,
)
"""In the order in which they are tried; the first that recognises the header reads the file."""


def parse_inventory(
    content: bytes, choices: Choices | None = None, formats: Sequence[Format] = FORMATS
) -> Inventory:
    """Return what a shelter inventory says, every row of it taken or refused with its reason.

    Parameters
    ----------
    content
        A file of any kind that :mod:`gis.importers.files` reads. Of several sheets or layers the
        first that a format recognises is read, and the others are named as not read.
    choices
        What the file does not say itself.
    formats
        Those to try, in this order: :data:`FORMATS`, mappings after them, or the one that somebody
        chose.

    Raises
    ------
    gis.importers.errors.EmptyInventory
        Nothing stands in the file, or nothing below its header.
    gis.importers.errors.UnrecognisedInventory
        No format knows the header.
    gis.errors.Refused
        The file cannot be read, for one of the reasons in :mod:`gis.importers.errors`.
    """
    with collection_paused():
        return _parsed(sheets(content), choices or Choices(), formats)


def _parsed(found: Sequence[Sheet], choices: Choices, formats: Sequence[Format]) -> Inventory:
    if not any(sheet.records for sheet in found):
        raise EmptyInventory
    for sheet in found:
        if recognised := _recognised(sheet, formats):
            known, table = recognised
            if not table.records:
                raise EmptyInventory
            inventory = read_inventory(table, known, choices)
            notes = _notes(sheet, found)
            return replace(inventory, problems=(*notes, *inventory.problems))
    received = next(sheet.records[0].cells for sheet in found if sheet.records)
    raise UnrecognisedInventory(
        received=",".join(received), formats=", ".join(known.name for known in formats)
    )


def _recognised(sheet: Sheet, formats: Sequence[Format]) -> tuple[Format, Table] | None:
    """Return the format that knows a header in the first rows, and the table below it."""
    for index, row in enumerate(sheet.records[:HEADER_ROWS]):
        headings = frozenset(map(heading, row.cells))
        for known in formats:
            if known.recognises(headings):
                return known, Table(row.cells, sheet.records[index + 1 :], sheet.ends_openly)
    return None


def _notes(read: Sheet, found: Sequence[Sheet]) -> list[Problem]:
    """Return what there is to say about the file as a whole."""
    others = [sheet.name or "" for sheet in found if sheet is not read and sheet.records]
    left = N_("one list in the file; this sheet was not read")
    return [
        *(Problem(None, None, "", note, taken=True) for note in read.notes),
        *(Problem(None, None, name, left, taken=True) for name in others),
    ]


def likely_header(content: bytes) -> tuple[str, ...]:
    """Return the headings from which a person can choose columns: the fullest of the first rows.

    Raises
    ------
    gis.errors.Refused
        The file cannot be read, or holds nothing.
    """
    first = next((sheet for sheet in sheets(content) if sheet.records), None)
    if first is None:
        raise EmptyInventory
    rows = [row.cells for row in first.records[:HEADER_ROWS]]
    fullest = max(rows, key=lambda cells: sum(bool(cell.strip()) for cell in cells))
    return tuple(dict.fromkeys(filter(None, map(str.strip, fullest))))
