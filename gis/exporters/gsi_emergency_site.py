"""国土地理院 指定緊急避難場所: 17 columns nation-wide, 16 in the file of one municipality."""

from collections.abc import Iterator, Sequence

from gis.exporters.cells import HAZARDS, SHELTER_KINDS, flag, hazard_cells
from gis.exporters.gsi import (
    MUNICIPALITY,
    addresses,
    designations,
    row_cells,
    shares_address,
    without_common_id,
)
from gis.exporters.remark import Remark, hazards_left_open
from gis.exporters.shelter_list import ShelterList
from gis.queries.register import RegisteredShelter
from gis.text import N_
from gis.vocabulary import DesignationKind

COLUMNS = (
    "NO",
    "共通ID",
    MUNICIPALITY,
    "施設・場所名",
    "住所",
    *HAZARDS.values(),
    "指定避難所との住所同一",
    "緯度",
    "経度",
    "備考",
)


def rows(shelters: Sequence[RegisteredShelter]) -> Iterator[dict[str, str]]:
    """Yield one row per designated emergency site."""
    others = addresses(shelters, *SHELTER_KINDS)
    sites = designations(shelters, DesignationKind.EMERGENCY_SITE)
    for number, (site, _, common_id) in enumerate(sites, start=1):
        yield {
            **row_cells(number, site, common_id),
            **hazard_cells(site),
            "指定避難所との住所同一": flag(shares_address(site, others, *SHELTER_KINDS)),
        }


def remarks(shelters: Sequence[RegisteredShelter]) -> Iterator[Remark]:
    """Yield what the list does not say."""
    yield from without_common_id(designations(shelters, DesignationKind.EMERGENCY_SITE))
    yield from hazards_left_open(
        site for site, _, _ in designations(shelters, DesignationKind.EMERGENCY_SITE)
    )


LIST = ShelterList(
    "gsi_emergency_site",
    N_("Geospatial Information Authority, emergency sites"),
    "{code:.5}_2",
    "mergeFromCity_2",
    COLUMNS,
    rows,
    remarks,
    frozenset({MUNICIPALITY}),
)
