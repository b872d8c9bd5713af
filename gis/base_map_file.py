"""The operator's own base map: one PMTiles file, of any size, of which only the head is read here.

The format is PMTiles 3: a header of 127 bytes that says where the rest begins, metadata as JSON,
directories, tiles. Browsers read directories and tiles themselves, by ranges of bytes.
"""

import gzip
import html
import json
import re
import zlib
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from struct import Struct
from typing import IO, Any, Final

from gis.config import Bounds
from gis.errors import BaseMapMissing, BaseMapUnreadable
from gis.text import N_

HEADER: Final = Struct("<7sB 2Q 2Q 4Q 3Q 4B 2B 4i")
"""Up to the bounds: the first two pairs are where the root directory and the metadata stand."""
METADATA_BYTES_MOST: Final = 4 * 1024 * 1024
DEGREE: Final = 10_000_000
SCHEMA: Final = frozenset({"earth", "roads"})
"""Layers of Protomaps' vector tiles that no city is without, and other schemas are."""
OF_ANOTHER_KIND: Final = N_("it is no PMTiles file of version 3")
PACKED_OTHERWISE: Final = N_("it is packed in a way that browsers cannot unpack")
OTHER_TILES: Final = N_("its tiles are neither images nor vector tiles")
OTHER_SCHEMA: Final = N_("its vector tiles are not in the schema of Protomaps")


class TileType(IntEnum):
    """What the tiles of a file are, as its header says it."""

    MVT = 1
    PNG = 2
    JPEG = 3
    WEBP = 4
    AVIF = 5


class Packing(IntEnum):
    """How a file is packed; brotli (3) and zstd (4) no browser unpacks for us."""

    UNSAID = 0
    NONE = 1
    GZIP = 2


@dataclass(frozen=True)
class BaseMapFile:
    """What the head of a file says of its map."""

    tile_type: TileType
    bounds: Bounds | None
    """None where the header says nothing of them."""
    min_zoom: int
    max_zoom: int
    credit: str
    """Text without markup; empty where the file names nobody."""

    @property
    def is_vector(self) -> bool:
        """Whether the tiles are shapes, to be drawn by the browser, and not images."""
        return self.tile_type is TileType.MVT


def read_base_map(path: Path | None) -> BaseMapFile:
    """Return what a file says of its map.

    Raises
    ------
    gis.errors.BaseMapMissing
        There is none, or it cannot be read.
    gis.errors.BaseMapUnreadable
        It is none that a browser could draw.
    """
    if path is None:
        raise BaseMapMissing
    try:
        with path.open("rb") as source:
            return _read(source)
    except OSError:
        raise BaseMapMissing(received=path.name) from None


def _read(source: IO[bytes]) -> BaseMapFile:
    head = source.read(HEADER.size)
    if len(head) < HEADER.size or not head.startswith(b"PMTiles\x03"):
        raise BaseMapUnreadable(reason=OF_ANOTHER_KIND)
    facts = HEADER.unpack(head)
    at, length = facts[4:6]
    packing, tile_packing, tile_type, min_zoom, max_zoom, *corners = facts[14:]
    _check(packing, tile_packing, tile_type)
    try:
        source.seek(at)
    except (OSError, OverflowError, ValueError):  # farther than any file reaches
        raise BaseMapUnreadable(reason=OF_ANOTHER_KIND) from None
    metadata = _metadata(source.read(min(length, METADATA_BYTES_MOST)), packing)
    if tile_type == TileType.MVT and not _layers(metadata) >= SCHEMA:
        raise BaseMapUnreadable(reason=OTHER_SCHEMA)
    west, south, east, north = (corner / DEGREE for corner in corners)
    box = Bounds(west=west, south=south, east=east, north=north)
    is_some = west < east and south < north
    return BaseMapFile(
        TileType(tile_type), box if is_some else None, min_zoom, max_zoom, _credit(metadata)
    )


def _check(packing: int, tile_packing: int, tile_type: int) -> None:
    if not {packing, tile_packing} <= {one.value for one in Packing}:
        raise BaseMapUnreadable(reason=PACKED_OTHERWISE)
    if tile_type not in {one.value for one in TileType}:
        raise BaseMapUnreadable(reason=OTHER_TILES)


def _metadata(packed: bytes, packing: int) -> dict[str, Any]:
    try:
        said = json.loads(gzip.decompress(packed) if packing == Packing.GZIP else packed)
    except (EOFError, ValueError, RecursionError, gzip.BadGzipFile, zlib.error):
        raise BaseMapUnreadable(reason=OF_ANOTHER_KIND) from None
    return said if isinstance(said, dict) else {}


def _layers(metadata: dict[str, Any]) -> set[str]:
    said = metadata.get("vector_layers")
    layers = said if isinstance(said, list) else ()
    return {str(one.get("id")) for one in layers if isinstance(one, dict)}


def _credit(metadata: dict[str, Any]) -> str:
    """Return whom to name, as text: files hold a piece of HTML there."""
    without_tags = re.sub(r"<[^>]*>", " ", str(metadata.get("attribution") or ""))
    return " ".join(html.unescape(without_tags).split())
