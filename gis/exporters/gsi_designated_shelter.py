"""国土地理院 指定避難所: 11 columns nation-wide, 10 in the file of one municipality.

That a row is a 指定福祉避難所 is said by its 共通ID alone; without one it would be taken for an
ordinary shelter, and is left out.
"""

import re
from collections.abc import Iterator, Sequence

from gis.exporters.cells import SHELTER_KINDS, flag
from gis.exporters.gsi import (
    MUNICIPALITY,
    Row,
    addresses,
    designations,
    row_cells,
    shares_address,
    without_common_id,
)
from gis.exporters.remark import Remark, counted
from gis.exporters.shelter_list import ShelterList
from gis.queries.register import RegisteredShelter
from gis.text import N_
from gis.vocabulary import DesignationKind

ACCEPTED = "受入対象者"
FURTHER = "その他市町村長が必要と認める事項"
COLUMNS = (
    "NO",
    "共通ID",
    MUNICIPALITY,
    "施設・場所名",
    "住所",
    "指定緊急避難場所との住所同一",
    FURTHER,
    ACCEPTED,
    "緯度",
    "経度",
    "備考",
)
_PARTS = re.compile(
    rf"(?P<備考>.*?)((^| / ){ACCEPTED}: (?P<{ACCEPTED}>.+?))?"
    rf"((^| / ){FURTHER}: (?P<{FURTHER}>.+))?",
    re.DOTALL,
)
"""A note in which the register keeps these columns under their headings."""


def rows(shelters: Sequence[RegisteredShelter]) -> Iterator[dict[str, str]]:
    """Yield one row per designation as a shelter, general or welfare."""
    sites = addresses(shelters, DesignationKind.EMERGENCY_SITE)
    for number, (shelter, _, common_id) in enumerate(filter(_is_held, _all(shelters)), start=1):
        is_site = shares_address(shelter, sites, DesignationKind.EMERGENCY_SITE)
        yield {
            **row_cells(number, shelter, common_id),
            **_note_cells(shelter.note or ""),
            "指定緊急避難場所との住所同一": flag(is_site),
        }


def remarks(shelters: Sequence[RegisteredShelter]) -> Iterator[Remark]:
    """Yield what the list does not say."""
    yield from counted(
        N_("Welfare shelters left out, because they have no common ID: {count}."),
        sum(not _is_held(row) for row in _all(shelters)),
    )
    yield from without_common_id(filter(_is_held, _all(shelters)))


def _all(shelters: Sequence[RegisteredShelter]) -> Iterator[Row]:
    return designations(shelters, *SHELTER_KINDS)


def _is_held(row: Row) -> bool:
    _, kind, common_id = row
    return common_id is not None or kind is DesignationKind.DESIGNATED_SHELTER


def _note_cells(note: str) -> dict[str, str]:
    """Return a note in the columns that it came from."""
    parts = _PARTS.fullmatch(note)
    return parts.groupdict("") if parts else {}


LIST = ShelterList(
    "gsi_designated_shelter",
    N_("Geospatial Information Authority, designated shelters"),
    "{code:.5}_1",
    "mergeFromCity_1",
    COLUMNS,
    rows,
    remarks,
    frozenset({MUNICIPALITY}),
)
