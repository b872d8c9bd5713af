"""What GDAL reads in layers of features, made tables; each container has a module of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import shapely

from gis.importers.files.confined import confined
from gis.importers.files.places import places
from gis.importers.files.sheet import LAT, LON, Sheet, feature_rows
from gis.text import N_


@dataclass(frozen=True)
class Layer:
    """A layer as its file has it, column by column."""

    file: str
    """Which of the files it was in, without the ending."""
    name: str
    crs: str | None
    fields: tuple[str, ...]
    columns: tuple[list[Any], ...]
    shapes: list[str | None]
    """WKB in hexadecimal digits; empty for a table without places."""


def layers(files: Mapping[str, bytes]) -> list[Layer]:
    """Return the layers of some files.

    Parameters
    ----------
    files
        Their contents by names of ours, whose endings say what each was recognised as.

    Raises
    ------
    BrokenFile, ReadingTooCostly
        They cannot be read.
    """
    return [
        Layer(
            layer["file"],
            layer["name"],
            layer["crs"],
            tuple(layer["fields"]),
            tuple(layer["columns"]),
            layer["shapes"],
        )
        for layer in confined("layers", files)
    ]


def sheet(layer: Layer) -> Sheet:
    """Return a layer as a table; the place of a feature counts, not a copy of it in its fields.

    Raises
    ------
    UnknownCoordinateSystem
        The layer's places cannot be transformed to degrees.
    """
    count = max(map(len, (layer.shapes, *layer.columns)), default=0)
    rows = [dict(zip(layer.fields, row, strict=True)) for row in zip(*layer.columns, strict=True)]
    rows = rows or [{} for _ in range(count)]
    shapes = shapely.from_wkb(layer.shapes, on_invalid="ignore") if layer.shapes else [None] * count
    located = places(shapes, layer.crs or "EPSG:4326")
    # 緯度 and 経度 come first, whatever the fields are called.
    columns = (LAT, LON) if any(located) else ()
    features = [dict.fromkeys(columns) | row | at for row, at in zip(rows, located, strict=True)]
    return Sheet(layer.name, feature_rows(features), _notes(layer))


def _notes(layer: Layer) -> tuple[str, ...]:
    if layer.crs or not any(layer.shapes):
        return ()
    return (N_("a coordinate system; the places were taken as longitude and latitude"),)
