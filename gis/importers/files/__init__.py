"""From the bytes of a file to tables of cells, whatever container they come in.

A container is one module here and one line in :data:`READERS`; what packs one file is a line in
:data:`WRAPPERS`. Both go by what the bytes say, never by the file's name.
"""

from collections.abc import Callable

from gis.importers.errors import NestedArchive, NoPlacesInFile
from gis.importers.files import (
    flatgeobuf,
    geojson,
    geopackage,
    gzipped,
    kml,
    shapefile,
    spreadsheet,
    text,
    zipped,
)
from gis.importers.files.bounds import FILE_MB_MOST, UNPACKED_MB_MOST, checked_size
from gis.importers.files.layers import Layer
from gis.importers.files.sheet import Record, Sheet

__all__ = [
    "FEATURES",
    "FILE_MB_MOST",
    "READERS",
    "UNPACKED_MB_MOST",
    "WRAPPERS",
    "Layer",
    "Record",
    "Sheet",
    "checked_size",
    "features",
    "sheets",
]

READERS: tuple[Callable[[bytes], tuple[Sheet, ...] | None], ...] = (
    spreadsheet.read,
    shapefile.read,
    geopackage.read,
    flatgeobuf.read,
    kml.read,
    geojson.read,
    text.read,
)
"""In the order in which they are tried; each answers None to what is not its own, bar the last."""

FEATURES: tuple[Callable[[bytes], tuple[Layer, ...] | None], ...] = (
    shapefile.features,
    geopackage.features,
    flatgeobuf.features,
    geojson.features,
)
"""The same for those whose places are more than points."""

WRAPPERS: tuple[Callable[[bytes], bytes | None], ...] = (gzipped.unwrapped, zipped.unwrapped)
"""Each answers None to what it has not packed."""


def sheets(content: bytes) -> tuple[Sheet, ...]:
    """Return the tables of a file: worksheets, layers, or the one that a text is.

    Places given as geometry come as the cells 緯度 and 経度 in degrees (EPSG:4326); what is no
    point is given by a point on it.

    Parameters
    ----------
    content
        CSV, TSV (UTF-8, CP932, UTF-16), GeoJSON, xlsx, xls, ods, KML, GeoPackage, FlatGeobuf or a
        zipped shapefile; or one of these packed by gzip or zip, once.

    Raises
    ------
    gis.errors.Refused
        The file as a whole cannot be read: one of :mod:`gis.importers.errors` says why.
    """
    checked_size(len(content))
    content = _unwrapped(content)
    found = (reader(content) for reader in READERS)
    return next(tables for tables in found if tables is not None)


def features(content: bytes) -> tuple[Layer, ...]:
    """Return the layers of a file with the whole geometry of their features.

    Parameters
    ----------
    content
        A zipped shapefile, GeoPackage, FlatGeobuf or GeoJSON; or one of these packed by gzip or
        zip, once.

    Raises
    ------
    gis.importers.errors.NoPlacesInFile
        It is none of these.
    gis.errors.Refused
        The file as a whole cannot be read: one of :mod:`gis.importers.errors` says why.
    """
    checked_size(len(content))
    content = _unwrapped(content)
    for reader in FEATURES:
        if (layers := reader(content)) is not None:
            return layers
    raise NoPlacesInFile


def _unwrapped(content: bytes) -> bytes:
    """Return what was packed once; what was packed twice could unpack to anything."""
    for unwrap in WRAPPERS:
        inner = unwrap(content)
        if inner is None:
            continue
        if gzipped.is_gzip(inner) or zipped.is_archive(inner):
            raise NestedArchive
        return inner
    return content
