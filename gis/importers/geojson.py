"""From the text of a GeoJSON file to numbered rows of cells, as if it had been a table.

A feature is a row under its number in the file, its properties and its point are the cells. Any
format of a table is read from it that way, without knowing of GeoJSON.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from gis.importers.table import Record
from gis.text import N_

COLUMNS_MOST = 500
"""Different properties of all features; more is no table, and would fill the memory with blanks."""

_UNREADABLE = re.compile(r"[\x00-\x08\x0e-\x1f\ud800-\udfff]")


def features(text: str) -> list[Any] | None:
    """Return the features of a text, or None when it is no GeoJSON."""
    if not text.lstrip().startswith("{"):
        return None
    try:
        # Numbers stay as written; a detour through binary would change identifiers and degrees.
        found = json.loads(text, parse_float=str, parse_int=str, parse_constant=str)
    except (ValueError, RecursionError):
        return None
    listed = found.get("features")
    return listed if isinstance(listed, list) else None


def feature_records(listed: list[Any]) -> Iterator[Record]:
    """Yield a header, and each feature under its number from 1."""
    rows = [_properties(feature) for feature in listed]
    columns = dict.fromkeys(column for row in rows if row for column in row)
    if not columns or len(columns) > COLUMNS_MOST:
        return
    yield Record(0, tuple(columns))
    for number, row in enumerate(rows, start=1):
        if row is None:
            yield Record(number, (_cell(listed[number - 1]),), N_("a feature with properties"))
        else:
            yield Record(number, tuple(_cell(row.get(column)) for column in columns))


def _properties(feature: object) -> dict[str, Any] | None:
    """Return a feature's point and properties by heading; its point counts, not a copy of it."""
    if not isinstance(feature, dict) or not isinstance(feature.get("properties"), dict):
        return None
    return _point(feature.get("geometry")) | {
        _cell(name): value
        for name, value in feature["properties"].items()
        if name not in {"緯度", "経度"} or not feature.get("geometry")
    }


def _point(geometry: object) -> dict[str, Any]:
    match geometry:
        case {"type": "Point", "coordinates": [lon, lat, *_]}:
            return {"緯度": lat, "経度": lon}
        case {"type": kind}:
            return {"緯度": kind, "経度": None}
    return {}


def _cell(value: object) -> str:
    """Return a property as a cell of a table; escapes that stand for no letter become U+FFFD."""
    if value is None:
        return ""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return _UNREADABLE.sub("\ufffd", text)
