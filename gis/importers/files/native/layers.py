"""Says as JSON what stands in the layers of the files of places in a folder."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyogrio.raw  # type: ignore[import-untyped]

ENDINGS = {".shp", ".gpkg", ".fgb", ".kml", ".geojson"}


def layers(folder: Path) -> Iterator[dict[str, Any]]:
    """Yield every layer: its fields column by column, its geometry as hexadecimal WKB."""
    for path in sorted(folder.iterdir()):
        if path.suffix in ENDINGS:
            for name, _ in pyogrio.list_layers(path):
                yield {"file": path.stem, "name": name} | content(path, name)


def content(path: Path, name: str) -> dict[str, Any]:
    """Return one layer; letters of a shapefile stand for bytes, whose encoding is told later."""
    encoding = "LATIN1" if path.suffix == ".shp" else None
    meta, _, geometry, columns = pyogrio.raw.read(
        path, layer=name, encoding=encoding, datetime_as_string=True
    )
    shapes = [] if geometry is None else geometry.tolist()
    return {
        "crs": meta["crs"],
        "fields": list(meta["fields"]),
        "columns": [column.tolist() for column in columns],
        "shapes": [shape and shape.hex() for shape in shapes],
    }


if __name__ == "__main__":
    json.dump(list(layers(Path(sys.stdin.readline().strip()))), sys.stdout, default=str)
