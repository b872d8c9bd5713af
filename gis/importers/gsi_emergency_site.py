"""国土地理院 指定緊急避難場所: 17 columns nation-wide, 16 in the file of one municipality.

指定避難所との住所同一 is no designation: it says that some designated shelter has this address, and
an address may have several facilities. That shelter stands in the list of 指定避難所 under a 共通ID
of its own; where it is this facility, both IDs share facility number and sequence and the register
joins them. A designation guessed here would have no ID, and would make a shelter of the sports
ground where only the gymnasium beside it is one.
"""

from gis.importers.format import HAZARDS, Format

FORMAT = Format(
    "国土地理院 指定緊急避難場所", facility="施設・場所名", address="住所", hazards=HAZARDS
)
