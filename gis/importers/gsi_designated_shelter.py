"""国土地理院 指定避難所: 11 columns nation-wide, 10 in the file of one municipality.

Whether a row is a 指定福祉避難所 is said by its 共通ID alone. 指定緊急避難場所との住所同一 adds no
designation, for the reason given in :mod:`gis.importers.gsi_emergency_site`.
"""

from gis.importers.format import Format
from gis.vocabulary import DesignationKind

FORMAT = Format(
    "国土地理院 指定避難所",
    facility="施設・場所名",
    address="住所",
    hazards={},
    kind=DesignationKind.DESIGNATED_SHELTER,
    sign="指定緊急避難場所との住所同一",
)
