"""国土地理院 指定緊急避難場所 as published before the 共通ID: 17 columns with 市町村コード.

指定避難所との重複 means here what it means in the lists of municipalities, from which it was taken:
the site itself is a designated shelter. No list of 指定避難所 with IDs went with these files.
"""

from dataclasses import replace

from gis.importers import gsi_emergency_site, values

FORMAT = replace(
    gsi_emergency_site.FORMAT,
    name="国土地理院 指定緊急避難場所（旧形式）",
    also_shelter="指定避難所との重複",
    sign="指定避難所との重複",
    municipality_code=values.short_municipality_code,
)
