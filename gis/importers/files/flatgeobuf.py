"""FlatGeobuf: one layer of features, made for the web."""

from gis.importers.files.layers import layers, sheet
from gis.importers.files.sheet import Sheet

_MAGIC = b"fgb\x03fgb"


def read(content: bytes) -> tuple[Sheet, ...] | None:
    """Return the layer, or None when the bytes are no FlatGeobuf of version 3.

    Raises
    ------
    BrokenFile, ReadingTooCostly, UnknownCoordinateSystem
        It cannot be read.
    """
    if not content.startswith(_MAGIC):
        return None
    return tuple(map(sheet, layers({"list.fgb": content})))
