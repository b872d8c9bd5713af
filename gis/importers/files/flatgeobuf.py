"""FlatGeobuf: one layer of features, made for the web."""

from gis.importers.files.layers import Layer, layers, sheet
from gis.importers.files.sheet import Sheet

_MAGIC = b"fgb\x03fgb"


def read(content: bytes) -> tuple[Sheet, ...] | None:
    """Return the layer as a table, or None when the bytes are no FlatGeobuf of version 3.

    Raises
    ------
    BrokenFile, ReadingTooCostly, UnknownCoordinateSystem
        It cannot be read.
    """
    found = features(content)
    return None if found is None else tuple(map(sheet, found))


def features(content: bytes) -> tuple[Layer, ...] | None:
    """Return the layer, or None when the bytes are no FlatGeobuf of version 3.

    Raises
    ------
    BrokenFile, ReadingTooCostly
        It cannot be read.
    """
    if not content.startswith(_MAGIC):
        return None
    return tuple(layers({"list.fgb": content}))
