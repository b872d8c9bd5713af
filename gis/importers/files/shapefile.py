"""Zipped shapefiles: the parts of a layer have one name and each an ending."""

import codecs
from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePosixPath

from gis.importers.files.archive import Archive, opened
from gis.importers.files.layers import Layer, layers, sheet
from gis.importers.files.sheet import Sheet

_PARTS = (".shp", ".shx", ".dbf", ".prj")
_ENCODING = ".cpg"

_HEADER_LENGTH = slice(8, 10)
"""Where a dbf says how many bytes stand before its rows."""


def read(content: bytes) -> tuple[Sheet, ...] | None:
    """Return each shapefile of an archive as a table, or None when there is none.

    Raises
    ------
    BrokenFile, PasswordNeeded, ReadingTooCostly, UnknownCoordinateSystem, UnpacksTooLarge
    UnsafeName
        It cannot be read.
    """
    found = features(content)
    return None if found is None else tuple(map(sheet, found))


def features(content: bytes) -> tuple[Layer, ...] | None:
    """Return the features of each shapefile of an archive, or None when there is none.

    Text is in the encoding of the .cpg file, else in UTF-8 if it can be, else in CP932.

    Raises
    ------
    BrokenFile, PasswordNeeded, ReadingTooCostly, UnpacksTooLarge, UnsafeName
        It cannot be read.
    """
    archive = opened(content)
    if archive is None or not (names := layer_names(archive)):
        return None
    parts = [_parts(archive, name) for name in names]
    files = {
        f"{number:04}{ending}": part
        for number, one in enumerate(parts)
        for ending, part in one.items()
        if ending in _PARTS
    }
    return tuple(
        _named(layer, names[int(layer.file)], _encoding(parts[int(layer.file)]))
        for layer in layers(files)
    )


def layer_names(archive: Archive) -> list[str]:
    """Return the shapefiles of an archive, without their endings."""
    return [name[:-4] for name in archive.members if name.lower().endswith(".shp")]


def _parts(archive: Archive, name: str) -> Mapping[str, bytes]:
    """Return the parts of a shapefile by their endings, whichever letters are capital ones."""
    return {
        member[-4:].lower(): archive.content(member)
        for member in archive.members
        if member[:-4] == name and member[-4:].lower() in {*_PARTS, _ENCODING}
    }


def _encoding(parts: Mapping[str, bytes]) -> str:
    told = parts.get(_ENCODING, b"").decode("ascii", "replace").strip()
    table = parts.get(".dbf", b"")
    rows = table[int.from_bytes(table[_HEADER_LENGTH], "little") :]
    # ESRI writes 932 or "ANSI 932"; and what is called Shift_JIS has the letters of Windows.
    number = told.upper().removeprefix("ANSI ")
    for name in (f"cp{number}" if number.isdigit() else told, "utf-8"):
        try:
            encoding = codecs.lookup(name).name
            if not told:
                rows.decode(encoding)
        except (LookupError, UnicodeError, ValueError):
            continue
        return "cp932" if encoding == "shift_jis" else encoding
    return "cp932"


def _named(layer: Layer, name: str, encoding: str) -> Layer:
    """Return a layer with its own name and with text in place of bytes, cell by cell.

    A letter cut in two at the end of a field becomes U+FFFD and costs its row, not the file.
    """

    def text(cell: object) -> object:
        if isinstance(cell, str):
            return cell.encode("latin-1", "replace").decode(encoding, "replace")
        return cell

    return replace(
        layer,
        name=PurePosixPath(name).name,
        fields=tuple(str(text(field)) for field in layer.fields),
        columns=tuple(list(map(text, column)) for column in layer.columns),
    )
