"""KML: placemarks in folders, each folder a layer."""

import html
import re
from dataclasses import replace

from gis.importers.errors import ContentElsewhere
from gis.importers.files.layers import Layer, layers, sheet
from gis.importers.files.sheet import Sheet
from gis.importers.files.text import decoded

_TOP = 4096
"""Within so many letters a document says what it is."""

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_FIRST_ELEMENT = re.compile(r"<(?:\w+:)?(\w+)")
_ELSEWHERE = re.compile(r"<!DOCTYPE|<!ENTITY|OGRVRTDataSource", re.IGNORECASE)
"""Entities can name files or multiply without end; the last is GDAL's own list of other files."""

_FIELD = re.compile(
    r"(<(?:\w+:)?(?:Data|SimpleData|SimpleField)\s[^<>]*?\bname\s*=\s*)(\"[^\"]*\"|'[^']*')"
)

_OF_DRAWING = {
    "id",
    "timestamp",
    "begin",
    "end",
    "altitudeMode",
    "tessellate",
    "extrude",
    "visibility",
    "drawOrder",
    "icon",
}
"""Fields that GDAL adds to every layer, about how a placemark is drawn."""


def read(content: bytes) -> tuple[Sheet, ...] | None:
    """Return the folders with placemarks, or None when the bytes are no KML.

    Name, description and ExtendedData of a placemark are columns.

    Raises
    ------
    BrokenFile, ContentElsewhere, NotATextFile, ReadingTooCostly
        It cannot be read, or must not.
    """
    if b"<" not in content[:64]:
        return None
    markup = decoded(content)
    if not markup.lstrip().startswith("<"):
        return None
    if elsewhere := _ELSEWHERE.search(markup):
        raise ContentElsewhere(received=elsewhere[0])
    first = _FIRST_ELEMENT.search(markup[:_TOP])
    if first is None or first[1] != "kml":
        return None
    # The declaration may name an encoding that is not ours any more.
    plain, names = _plainly_named(_DECLARATION.sub("", markup))
    found = layers({"list.kml": plain.encode()})
    return tuple(sheet(_named(layer, names)) for layer in found)


def _plainly_named(markup: str) -> tuple[str, dict[str, str]]:
    """Return the document with plain names for its fields, and the fields by these.

    GDAL makes a dash of every letter of a field that is not English.
    """
    plain: dict[str, str] = {}

    def named(field: re.Match[str]) -> str:
        name = plain.setdefault(html.unescape(field[2][1:-1]), f"field_{len(plain)}")
        return f'{field[1]}"{name}"'

    changed = _FIELD.sub(named, markup)
    return changed, {name: field for field, name in plain.items()}


def _named(layer: Layer, names: dict[str, str]) -> Layer:
    kept = [
        (names.get(field, field), column)
        for field, column in zip(layer.fields, layer.columns, strict=True)
        if field not in _OF_DRAWING
    ]
    return replace(
        layer,
        fields=tuple(field for field, _ in kept),
        columns=tuple(column for _, column in kept),
    )
