"""国土地理院 指定避難所: 11 columns nation-wide, 10 in the file of one municipality.

Whether a row is a 指定福祉避難所 is said by its 共通ID alone. 指定緊急避難場所との住所同一 adds no
designation, for the reason given in :mod:`gis.importers.gsi_emergency_site`.
"""

from gis.importers import gsi_emergency_site
from gis.importers.columns import ACCEPTED_PERSONS, HAZARDS, MAYORS_MATTERS
from gis.importers.format import Format
from gis.vocabulary import DesignationKind

FORMAT = Format(
    code="gsi_designated_shelter",
    name="国土地理院 指定避難所",
    columns={
        **{
            column: heading
            for column, heading in gsi_emergency_site.FORMAT.columns.items()
            if column not in HAZARDS
        },
        ACCEPTED_PERSONS: ACCEPTED_PERSONS,
        MAYORS_MATTERS: MAYORS_MATTERS,
    },
    kind=DesignationKind.DESIGNATED_SHELTER,
    signs=("指定緊急避難場所との住所同一",),
)
