"""What both lists of 国土地理院 share."""

from collections.abc import Container, Iterator, Sequence

from gis.exporters.cells import place_cells
from gis.exporters.remark import Remark, counted
from gis.queries.register import RegisteredShelter
from gis.text import N_
from gis.vocabulary import DesignationKind

MUNICIPALITY = "都道府県名及び市町村名"
"""A column of the nation-wide lists only."""

Row = tuple[RegisteredShelter, DesignationKind, str | None]
Address = tuple[str, str | None]


def designations(shelters: Sequence[RegisteredShelter], *kinds: DesignationKind) -> Iterator[Row]:
    """Yield each designation of some kinds with its shelter."""
    for shelter in shelters:
        for kind, common_id in shelter.designations:
            if kind in kinds:
                yield shelter, kind, common_id


def addresses(shelters: Sequence[RegisteredShelter], *kinds: DesignationKind) -> frozenset[Address]:
    """Return where there are shelters of some kinds; one without an address is nowhere."""
    return frozenset(
        address_of(shelter)
        for shelter in shelters
        if shelter.address and shelter.is_designated(*kinds)
    )


def address_of(shelter: RegisteredShelter) -> Address:
    """Return an address that no other municipality has."""
    return shelter.municipality_code, shelter.address


def row_cells(number: int, shelter: RegisteredShelter, common_id: str | None) -> dict[str, str]:
    """Return the cells that both lists have; the running number means nothing to anybody else."""
    return {
        "NO": str(number),
        "共通ID": common_id or "",
        MUNICIPALITY: shelter.details.get("地方公共団体名", ""),
        "施設・場所名": shelter.name,
        "住所": shelter.address or "",
        **place_cells(shelter),
        "備考": shelter.note or "",
    }


def shares_address(
    shelter: RegisteredShelter, others: Container[Address], *kinds: DesignationKind
) -> bool:
    """Tell whether a shelter is of some kinds itself or stands where one of them does."""
    return shelter.is_designated(*kinds) or address_of(shelter) in others


def without_common_id(rows: Iterator[Row]) -> Iterator[Remark]:
    """Yield how many rows whoever reads the list has to find by name and address."""
    unnamed = sum(common_id is None for _, _, common_id in rows)
    return counted(
        N_("Rows without a common ID: {count}. They can be told by name and address only."),
        unnamed,
    )
