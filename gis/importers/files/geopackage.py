"""GeoPackage: layers of features in a database of SQLite."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing

from gis.importers.errors import BrokenFile, ContentElsewhere
from gis.importers.files.layers import Layer, layers, sheet
from gis.importers.files.sheet import Sheet

_MAGIC = b"SQLite format 3\x00"
_APPLICATION_ID = slice(68, 72)
"""In the header of the database; a GeoPackage says GPKG there, GP10 or GP11 before 1.2."""

_QUOTED = re.compile(r'"[^"]*"|\'[^\']*\'|`[^`]*`|\[[^\]]*\]')
_SPATIAL_INDEX = re.compile(r"create virtual table \S+ using rtree\b.*", re.IGNORECASE | re.DOTALL)


def read(content: bytes) -> tuple[Sheet, ...] | None:
    """Return the layers as tables, or None when the bytes are no GeoPackage.

    Raises
    ------
    BrokenFile, ContentElsewhere, ReadingTooCostly, UnknownCoordinateSystem
        It cannot be read, or must not.
    """
    found = features(content)
    return None if found is None else tuple(map(sheet, found))


def features(content: bytes) -> tuple[Layer, ...] | None:
    """Return the layers, or None when the bytes are no GeoPackage.

    Raises
    ------
    BrokenFile, ContentElsewhere, ReadingTooCostly
        It cannot be read, or must not.
    """
    if not content.startswith(_MAGIC) or not content[_APPLICATION_ID].startswith(b"GP"):
        return None
    for statement in _calculated(content):
        if not _SPATIAL_INDEX.fullmatch(_QUOTED.sub("name", statement)):
            raise ContentElsewhere(received=statement)
    return tuple(layers({"list.gpkg": content}))


def _calculated(content: bytes) -> Iterator[str]:
    """Yield what makes the tables that are not in the file: some open other files when read."""
    query = "SELECT sql FROM sqlite_master WHERE type IN ('table', 'view') AND rootpage = 0"
    try:
        with closing(sqlite3.connect(":memory:")) as database:
            database.deserialize(content)
            yield from (statement or "" for (statement,) in database.execute(query))
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise BrokenFile from error
