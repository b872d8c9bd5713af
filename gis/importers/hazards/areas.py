"""From the geometry of features to areas on the ground: EPSG:4326 degrees, longitude first."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from pyproj import Transformer
from pyproj.exceptions import CRSError

from gis.geometry.place import JAPAN
from gis.importers.errors import UnknownCoordinateSystem
from gis.importers.files.places import IN_DEGREES
from gis.text import N_


@dataclass(frozen=True)
class Fit:
    """An area that can be kept: a valid MultiPolygon of shapely."""

    area: Any
    mended: str | None = None
    """What was wrong with its rings before they were mended."""


@dataclass(frozen=True)
class Unfit:
    """Geometry that is no area in Japan."""

    found: str
    expected: str
    """A message of the catalogue."""


def areas_of(shapes: Sequence[str | None], crs: str | None) -> list[Fit | Unfit]:
    """Return the area of each feature, or why it is none.

    Parameters
    ----------
    shapes
        WKB in hexadecimal digits, x east and y north; None where there is none.
    crs
        Their coordinate reference system, for pyproj; None is taken as degrees.

    Raises
    ------
    gis.importers.errors.UnknownCoordinateSystem
        pyproj does not know it.
    """
    found = np.array([*shapely.from_wkb(list(shapes), on_invalid="ignore"), None], dtype=object)
    flat = shapely.force_2d(found[:-1])
    return list(map(_area, flat if crs is None or crs in IN_DEGREES else _in_degrees(flat, crs)))


def _in_degrees(shapes: Any, crs: str) -> Any:  # noqa: ANN401 - arrays of shapely
    try:
        transformer = Transformer.from_crs(crs, "EPSG:4326", always_xy=True)
    except CRSError as error:
        raise UnknownCoordinateSystem(received=crs) from error
    return shapely.transform(shapes, transformer.transform, interleaved=False)


def _area(geometry: Any) -> Fit | Unfit:  # noqa: ANN401 - shapely publishes no types
    if geometry is None or geometry.is_empty:
        return Unfit("", N_("an area; the row has none"))
    if geometry.geom_type not in {"Polygon", "MultiPolygon"}:
        return Unfit(geometry.geom_type, N_("a polygon"))
    if not _is_in_japan(geometry):
        west, south, *_ = geometry.bounds
        return Unfit(f"{west:g}, {south:g}", N_("an area within Japan"))
    if geometry.is_valid:
        return Fit(_multi([geometry]))
    reason = shapely.is_valid_reason(geometry)
    mended = shapely.make_valid(geometry, method="structure", keep_collapsed=False)
    parts = [part for part in shapely.get_parts(mended) if part.area]
    return Fit(_multi(parts), reason) if parts else Unfit(reason, N_("an area with an extent"))


def _multi(polygons: Sequence[Any]) -> Any:  # noqa: ANN401 - shapely publishes no types
    return shapely.multipolygons(shapely.get_parts(polygons))


def _is_in_japan(geometry: Any) -> bool:  # noqa: ANN401 - shapely publishes no types
    west, south, east, north = geometry.bounds
    return JAPAN.contain(west, south) and JAPAN.contain(east, north)
