"""The register as the shelter lists that others read: one list, one kind of file, each one module.

A list is a module here and one line in :data:`LISTS`; a kind of file the same in :data:`ENCODINGS`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gis.exporters import (
    csv_cp932,
    csv_utf8,
    gsi_designated_shelter,
    gsi_emergency_site,
    municipal_standard,
    recommended_v1,
    xlsx,
)
from gis.exporters.encoding import Encoding, Row, readable
from gis.exporters.remark import Remark
from gis.exporters.shelter_list import ShelterList
from gis.queries.register import RegisteredShelter
from gis.text import N_

__all__ = ["ENCODINGS", "LISTS", "Encoding", "Exported", "Remark", "ShelterList", "export"]

LISTS: dict[str, ShelterList] = {
    each.code: each
    for each in (
        municipal_standard.LIST,
        recommended_v1.LIST,
        gsi_emergency_site.LIST,
        gsi_designated_shelter.LIST,
    )
}

ENCODINGS: dict[str, Encoding] = {
    each.name: each for each in (csv_utf8.ENCODING, csv_cp932.ENCODING, xlsx.ENCODING)
}


@dataclass(frozen=True)
class Exported:
    """A file that is ready to be handed out, and what to say with it."""

    content: bytes
    file_name: str
    media_type: str
    remarks: tuple[Remark, ...]


def export(
    shelter_list: ShelterList,
    shelters: Sequence[RegisteredShelter],
    encoding: Encoding,
    *,
    municipality_code: str | None = None,
    is_drill: bool = False,
) -> Exported:
    """Return shelters as a list; taken in again it changes nothing in a register that holds them.

    Parameters
    ----------
    shelter_list, encoding
        Of :data:`LISTS` and :data:`ENCODINGS`.
    shelters
        In the order in which they shall stand.
    municipality_code
        全国地方公共団体コード (six digits) of the municipality whose shelters these are; None where
        they are those of several.
    is_drill
        Whether the register is a drill's; the file's name and a remark say so.
    """
    columns = shelter_list.header(municipality_code)
    encoded = encoding.encode(_rows(shelter_list, shelters, columns))
    drill = (Remark(N_("This is a drill.")),) if is_drill else ()
    stem = shelter_list.file_stem(municipality_code)
    return Exported(
        encoded.content,
        f"{'kunren_' if is_drill else ''}{stem}{encoding.suffix}",
        encoding.media_type,
        (*drill, *shelter_list.remarks(shelters), *encoded.remarks),
    )


def _rows(
    shelter_list: ShelterList, shelters: Sequence[RegisteredShelter], columns: Row
) -> Iterator[Row]:
    yield columns
    for cells in shelter_list.rows(shelters):
        yield readable([cells.get(column, "") for column in columns])
