"""国土地理院 指定緊急避難場所: 17 columns nation-wide, 16 in the file of one municipality.

指定避難所との住所同一 is no designation: it says that some designated shelter has this address, and
an address may have several facilities. That shelter stands in the list of 指定避難所 under a 共通ID
of its own; where it is this facility, both IDs share facility number and sequence and the register
joins them. A designation guessed here would have no ID, and would make a shelter of the sports
ground where only the gymnasium beside it is one.
"""

from gis.importers.columns import (
    ADDRESS,
    COMMON_ID,
    HAZARDS,
    LAT,
    LON,
    MUNICIPALITY_NAME,
    NAME,
    NOTE,
)
from gis.importers.format import Format

FORMAT = Format(
    code="gsi_emergency_site",
    name="国土地理院 指定緊急避難場所",
    columns={
        COMMON_ID: "共通ID",
        MUNICIPALITY_NAME: "都道府県名及び市町村名",
        NAME: "施設・場所名",
        ADDRESS: "住所",
        **{column: column.removeprefix("災害種別_") for column in HAZARDS},
        LAT: "緯度",
        LON: "経度",
        NOTE: "備考",
    },
)
