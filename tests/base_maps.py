"""Base maps made on the spot: PMTiles of images or shapes, and a server of tiles that can stop."""

import csv
import gzip
import io
import json
import math
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import write
from sqlalchemy import text
from sqlalchemy.orm import Session

from gis.config import DATA_FOLDER, city_profile
from gis.geometry.tiles import Tile

CITY = city_profile("142077")
GREEN, GREY = (190, 215, 180), (120, 120, 120)
FROM_ZOOM, TO_ZOOM = 9, 13
LAYERS = ("earth", "roads", "places")
"""Of Protomaps' schema as much as shows that it is drawn."""
VECTOR = """
    WITH box AS (SELECT ST_TileEnvelope(:z, :x, :y) AS tile),
    city AS (SELECT ST_Union(ST_Transform(ST_SetSRID(ST_GeomFromGeoJSON(one), 4326), 3857)) AS land
             FROM jsonb_array_elements_text(CAST(:land AS jsonb)) AS one),
    earth AS (SELECT 'earth' AS kind, ST_AsMVTGeom(land, tile) AS geom FROM city, box),
    roads AS (SELECT 'major_road' AS kind, ST_AsMVTGeom(ST_Transform(ST_SetSRID(ST_MakeLine(
                  ST_MakePoint(139.35, 35.30 + step * 0.02),
                  ST_MakePoint(139.46, 35.34 + step * 0.02)), 4326), 3857), tile) AS geom
              FROM box, generate_series(0, 4) AS step),
    places AS (SELECT 'locality' AS kind, 'town' AS kind_detail, name, 5 AS min_zoom,
                      9 AS population_rank,
                      ST_AsMVTGeom(ST_Transform(ST_SetSRID(ST_MakePoint(lon, lat), 4326), 3857),
                                   tile) AS geom
               FROM box, jsonb_to_recordset(CAST(:towns AS jsonb))
                   AS town(name text, lon float, lat float))
    SELECT (SELECT ST_AsMVT(earth, 'earth') FROM earth)
        || (SELECT ST_AsMVT(roads, 'roads') FROM roads)
        || (SELECT ST_AsMVT(places, 'places') FROM places)
"""


def png(label: str, colour: tuple[int, int, int] = GREEN) -> bytes:
    """Return a tile that says which one it is."""
    image = Image.new("RGB", (256, 256), colour)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, 255, 255), outline=GREY)
    pen.text((12, 12), label, fill=GREY)
    content = io.BytesIO()
    image.save(content, "PNG")
    return content.getvalue()


def tiles() -> Iterator[Tile]:
    """Yield the tiles of the demonstration city."""
    with_edges = CITY.bounds
    for zoom in range(FROM_ZOOM, TO_ZOOM + 1):
        first = _tile(zoom, with_edges.west, with_edges.north)
        last = _tile(zoom, with_edges.east, with_edges.south)
        for x in range(first.x, last.x + 1):
            for y in range(first.y, last.y + 1):
                yield Tile(zoom, x, y)


def _tile(zoom: int, lon: float, lat: float) -> Tile:

    side = 2**zoom
    down = math.asinh(math.tan(math.radians(lat))) / math.pi
    return Tile(zoom, int((lon / 360 + 0.5) * side), int((0.5 - down / 2) * side))


def pmtiles(
    file: Path,
    tile_type: TileType,
    draw: Callable[[Tile], bytes],
    *,
    tile_compression: Compression = Compression.NONE,
    layers: tuple[str, ...] = (),
) -> Path:
    """Write a real file of the demonstration city."""
    box = CITY.bounds
    header = {
        "tile_type": tile_type,
        "tile_compression": tile_compression,
        "min_lon_e7": round(box.west * 1e7),
        "min_lat_e7": round(box.south * 1e7),
        "max_lon_e7": round(box.east * 1e7),
        "max_lat_e7": round(box.north * 1e7),
        "center_zoom": FROM_ZOOM,
        "center_lon_e7": round(box.west * 1e7),
        "center_lat_e7": round(box.south * 1e7),
    }
    metadata = {
        "attribution": '<a href="https://example.org">防災課 &amp; 測量班</a><script>x()</script>',
        "vector_layers": [{"id": layer} for layer in layers],
    }
    ids = {zxy_to_tileid(one.zoom, one.x, one.y): one for one in tiles()}
    with write(str(file)) as writer:
        for number in sorted(ids):
            writer.write_tile(number, draw(ids[number]))
        writer.finalize(header, metadata)
    return file


def raster_file(file: Path) -> Path:
    """Write a file of images."""
    return pmtiles(
        file, TileType.PNG, lambda tile: png(f"file {tile.zoom}/{tile.x}/{tile.y}", (215, 205, 180))
    )


def vector_file(file: Path, session: Session, layers: tuple[str, ...] = LAYERS) -> Path:
    """Write a file of shapes, which PostGIS makes."""
    facts = {"land": json.dumps(_land()), "towns": json.dumps(_towns(), ensure_ascii=False)}

    def draw(tile: Tile) -> bytes:
        made = session.scalar(text(VECTOR), facts | {"z": tile.zoom, "x": tile.x, "y": tile.y})
        return gzip.compress(bytes(made or b""), mtime=0)

    return pmtiles(file, TileType.MVT, draw, tile_compression=Compression.GZIP, layers=layers)


def _land() -> list[Any]:
    features = json.loads((DATA_FOLDER / "cities" / CITY.boundary).read_text())["features"]
    return [feature["geometry"] for feature in features]


def _towns() -> list[dict[str, Any]]:
    with (DATA_FOLDER / "cities" / CITY.towns).open(encoding="utf-8") as lines:
        rows = [*csv.DictReader(lines)][::9]
    return [
        {"name": f"{one['town_name']}駅", "lon": float(one["lon"]), "lat": float(one["lat"])}
        for one in rows
    ]


class TileServer:
    """Tiles of somebody else, on a port of this machine: it can stop, and start again there."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.asked: list[str] = []
        """Which tiles were asked for."""
        self.referrers: set[str | None] = set()
        self.speaks = threading.Event()
        """Cleared, it takes calls and says nothing."""
        self.speaks.set()
        self.only: str | None = None
        """How the addresses begin that there is a tile for; 404 for others."""
        self._running: ThreadingHTTPServer | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/{{z}}/{{x}}/{{y}}.png"

    def start(self) -> None:
        ours = self

        class Tiles(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                ours.asked.append(self.path)
                ours.speaks.wait()
                # Whoever looks elsewhere meanwhile does not wait for it.
                with suppress(ConnectionError):
                    self.answer()

            def answer(self) -> None:
                ours.referrers.add(self.headers.get("Referer"))
                content = png(self.path) if self.path.startswith(ours.only or "/") else b""
                self.send_response(200 if content else 404)
                self.send_header("Content-Type", "image/png")
                self.send_header("Content-Length", str(len(content)))
                self.send_header("Cache-Control", "max-age=3600")
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self._running = ThreadingHTTPServer(("127.0.0.1", self.port), Tiles)
        threading.Thread(target=self._running.serve_forever, daemon=True).start()

    def stop(self) -> None:
        if self._running:
            self._running.shutdown()
            self._running.server_close()
            self._running = None
