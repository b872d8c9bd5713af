"""Small files of every container, each with the same two invented shelters."""

import gzip
import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import geopandas
import openpyxl
import shapely
import xlwt  # type: ignore[import-untyped]

from gis.importers.files import Sheet, sheets

HEADER = ("名称", "住所", "収容")
ROWS = (("円蔵小学校", "円蔵1-13-1", 810), ("鶴嶺小学校", "茅ヶ崎463", None))
POINTS = (shapely.Point(139.407668, 35.342381), shapely.Point(139.3897, 35.3377))

CSV = "名称,住所,収容\n円蔵小学校,円蔵1-13-1,810\n鶴嶺小学校,茅ヶ崎463,\n".encode()
KML = """<?xml version="1.0" encoding="Shift_JIS"?>
<kml xmlns="http://www.opengis.net/kml/2.2"><Document>
<Folder><name>小学校</name><Placemark><name>円蔵小学校</name><description>北門から</description>
<ExtendedData><Data name="住所"><value>円蔵1-13-1</value></Data></ExtendedData>
<Point><coordinates>139.407668,35.342381,0</coordinates></Point></Placemark></Folder>
<Folder><name>公園</name><Placemark><name>中央公園</name>
<Point><coordinates>139.404,35.331</coordinates></Point></Placemark></Folder>
</Document></kml>"""


def cells(content: bytes) -> list[tuple[str, ...]]:
    """Return the cells of the one table of a file."""
    (table,) = sheets(content)
    return [record.cells for record in table.records]


def column(table: Sheet, name: str) -> list[str]:
    """Return the cells under a heading."""
    header, *rows = table.records
    place = header.cells.index(name)
    return [row.cells[place] for row in rows]


def packed(members: Mapping[str, bytes | str]) -> bytes:
    """Return a zip archive."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def members(content: bytes) -> dict[str, bytes]:
    """Return what is in a zip archive."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def xlsx(*tables: Mapping[str, Any]) -> bytes:
    """Return a workbook; each table gives its cells by their place, such as ``B3``."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for number, table in enumerate(tables or ({"A1": "名称", "A2": "円蔵小学校"},), start=1):
        page = book.create_sheet(f"一覧 & {number}")
        for place, value in table.items():
            page[place] = value
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def xls(rows: Iterable[tuple[Any, ...]] = (HEADER, *ROWS)) -> bytes:
    """Return a workbook of Excel 97."""
    book = xlwt.Workbook()
    page = book.add_sheet("一覧")
    for number, row in enumerate(rows):
        for place, value in enumerate(row):
            page.write(number, place, value)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def ods(rows: str | None = None, *, manifest: str = "") -> bytes:
    """Return a workbook of OpenDocument with the two shelters, or with other rows."""
    names = "".join(
        f'<table:table-row><table:table-cell office:value-type="string"><text:p>{cell}</text:p>'
        "</table:table-cell></table:table-row>"
        for cell in ("名称", "円蔵小学校", "鶴嶺小学校")
    )
    urn = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<office:document-content xmlns:office="{urn}:office:1.0" xmlns:table="{urn}:table:1.0"'
        f' xmlns:text="{urn}:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="一覧">{names if rows is None else rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    entry = (
        '<manifest:file-entry manifest:full-path="/" manifest:media-type='
        f'"application/vnd.oasis.opendocument.spreadsheet">{manifest}</manifest:file-entry>'
    )
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": content,
            "META-INF/manifest.xml": (
                f'<manifest:manifest xmlns:manifest="{urn}:manifest:1.0">{entry}'
                "</manifest:manifest>"
            ),
        }
    )


def frame(
    crs: str | None = "EPSG:4326", points: Iterable[object] = POINTS
) -> geopandas.GeoDataFrame:
    """Return the two shelters as features; their places are degrees whatever the system."""
    columns = dict(zip(HEADER, zip(*ROWS, strict=True), strict=True))
    places = geopandas.GeoSeries(list(points), crs="EPSG:4326")
    made = geopandas.GeoDataFrame(columns, geometry=places.to_crs(crs) if crs else places.values)
    return made if crs else made.set_crs(None, allow_override=True)


def flatgeobuf(folder: Path, *, crs: str = "EPSG:4326", points: Iterable[object] = POINTS) -> bytes:
    """Return a FlatGeobuf in the order of its rows."""
    frame(crs, points).to_file(folder / "a.fgb", driver="FlatGeobuf", SPATIAL_INDEX="NO")
    return (folder / "a.fgb").read_bytes()


def geopackage(
    folder: Path, *layers: str, crs: str = "EPSG:4326", points: Iterable[object] = POINTS
) -> bytes:
    """Return a GeoPackage."""
    file = folder / "a.gpkg"
    file.unlink(missing_ok=True)
    for layer in layers or ("避難所",):
        frame(crs, points).to_file(file, driver="GPKG", layer=layer)
    return file.read_bytes()


def shapefile(
    folder: Path,
    *,
    encoding: str = "cp932",
    drop: Iterable[str] = (".cpg",),
    crs: str | None = "EPSG:4326",
) -> dict[str, bytes]:
    """Return the parts of a shapefile, without some of them."""
    frame(crs).to_file(folder / "list.shp", encoding=encoding)
    parts = sorted(folder.glob("list.*"))
    return {part.name: part.read_bytes() for part in parts if part.suffix not in drop}


def geojson(*geometries: object, crs: object = None) -> bytes:
    """Return features named after their number."""
    features = [
        {"type": "Feature", "geometry": geometry, "properties": {"名称": str(number)}}
        for number, geometry in enumerate(geometries)
    ]
    whole: dict[str, Any] = {"type": "FeatureCollection", "features": features}
    return json.dumps(whole | ({"crs": crs} if crs else {})).encode()


def every_container(folder: Path) -> dict[str, bytes]:
    """Return a file of each kind."""
    plain = {
        "csv": CSV,
        "geojson": geojson({"type": "Point", "coordinates": [139.4, 35.3]}),
        "xlsx": xlsx(),
        "xls": xls(),
        "ods": ods(),
        "kml": KML.encode("cp932"),
        "flatgeobuf": flatgeobuf(folder),
        "geopackage": geopackage(folder),
        "shapefile": packed(shapefile(folder)),
    }
    return plain | {"gzip": gzip.compress(CSV), "zip": packed({"list.csv": CSV})}
