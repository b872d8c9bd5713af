"""国土地理院 指定緊急避難場所 as published before the 共通ID: 17 columns with 市町村コード.

指定避難所との重複 means here what it means in the lists of municipalities, from which it was taken:
the site itself is a designated shelter. No list of 指定避難所 with IDs went with these files.
"""

from gis.importers import gsi_emergency_site, values
from gis.importers.columns import ALSO_SHELTER, MUNICIPALITY_CODES, MUNICIPALITY_NAME
from gis.importers.format import Format

FORMAT = Format(
    code="gsi_emergency_site_old",
    name="国土地理院 指定緊急避難場所（旧形式）",
    columns=dict(gsi_emergency_site.FORMAT.columns)
    | {
        MUNICIPALITY_CODES[0]: "市町村コード",
        MUNICIPALITY_NAME: "市町村名",
        ALSO_SHELTER: ALSO_SHELTER,
    },
    signs=(ALSO_SHELTER,),
    municipality_code=values.short_municipality_code,
)
